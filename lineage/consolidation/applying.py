"""Changes applied to a base, day by day: what fits is applied, what does not is refused with its reason, and nothing is forced.

The rules:

- Changes work in the order of their days, and on one day in the order of their hours where every paper states one.
- Within one paper a path means the text as it stood before the paper; where the steps before it in the paper would make it mean another part, the instruction is refused.
- What does not fit yet waits for the other changes of its day.
- Two papers that touch the same part on one day are both refused: no paper says which came first.
- A change that is refused leaves the part that it names not established: what would find words there is refused too, until the part is said anew or taken out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from datetime import date
from itertools import groupby

from msgspec import Struct, field

from lineage.consolidation import edits
from lineage.consolidation.edits import Act
from lineage.consolidation.targets import Spot, find, without_name
from lineage.consolidation.tree import Tree
from lineage.consolidation.trouble import CannotApply
from lineage.model import Edit
from lineage.model.eid import bare_marker
from lineage.model.wording import Change, Refusal, Unit, Wording

WHOLE = ("substitutes", "supersedes")


class _State(Struct):
    """The text so far, what was applied and refused, and the numbers by which the rule itself may be named."""

    tree: Tree
    numbers: tuple[str, ...]
    held: bool
    applied: list[str] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    @property
    def adrift(self) -> bool:
        """Whether a refused change may have moved any part of the text."""
        return any(r.unit is None for r in self.refused)

    def wording(self) -> Wording:
        return Wording(self.tree.finished(), tuple(self.applied), tuple(self.refused), tuple(sorted(self.tree.struck.items())))


def apply(base: Sequence[Unit] | None, changes: Iterable[Change], numbers: Sequence[str] = ()) -> Wording:
    """The words of a rule after all these changes. ``base`` is None where no text is held; ``numbers`` are those that the rule bore, by which a path may name it."""
    state = _State(_tree(base), tuple(numbers), base is not None)
    for _, todays in _days(changes):
        _day(state, todays)
    return state.wording()


def states(base: Sequence[Unit] | None, changes: Iterable[Change], numbers: Sequence[str] = ()) -> Iterator[tuple[date, Wording]]:
    """The words after the changes of each day, in order of the days."""
    state = _State(_tree(base), tuple(numbers), base is not None)
    for on, todays in _days(changes):
        _day(state, todays)
        yield on, state.wording()


def _days(changes: Iterable[Change]) -> Iterator[tuple[date, list[Change]]]:
    for on, todays in groupby(sorted(changes, key=_place), key=lambda c: c.on):
        yield on, list(todays)


def _tree(base: Sequence[Unit] | None) -> Tree:
    return Tree(base or ())


def _place(change: Change) -> tuple[object, ...]:
    """Where a change stands among the others, whatever the order in which the papers were taken in."""
    first = change.relation.evidence[0]
    return (change.on, _hour(change), change.relation.item, first.page, first.start, change.id)


def _hour(change: Change) -> str:
    effect = change.relation.effect
    return (effect.day.hour or "") if effect else ""


def _day(state: _State, todays: list[Change]) -> None:
    """All changes of one day."""
    papers = [list(group) for _, group in groupby(todays, key=lambda c: c.relation.item)]
    hours = [{_hour(c) for c in paper} for paper in papers]
    if len(papers) > 1 and all(len(h) == 1 and "" not in h for h in hours) and len(set().union(*hours)) == len(papers):
        for paper in papers:
            _together(state, paper)
        return
    rivals = _rivals(state, papers) if len(papers) > 1 else {}
    for change in todays:
        if change.id in rivals:
            _refuse(state, change, CannotApply("consolidation.same-day", "another paper changes the same part on that day, and none says which came first", rivals[change.id]))
    _together(state, [c for c in todays if c.id not in rivals])


def _rivals(state: _State, papers: list[list[Change]]) -> dict[str, str | None]:
    """The changes of one day that touch a part which another paper touches, each with that part."""
    reach: list[tuple[Change, int, range, str | None]] = []
    for number, paper in enumerate(papers):
        for change in paper:
            try:
                spot = _spot(state.tree, change, state)
            except CannotApply:
                continue
            at = spot.at
            beside = change.relation.kind == "inserts" and change.relation.edit is not None and change.relation.edit.text is not None
            whole = range(len(state.tree.units)) if at is None else range(at, at + 1 if beside else state.tree.end(at))
            reach.append((change, number, whole, state.tree.units[at].wid if at is not None else None))
    found: dict[str, str | None] = {}
    for change, number, mine, wid in reach:
        if any(other != number and set(mine) & set(theirs) for _, other, theirs, _ in reach):
            found[change.id] = wid
    return found


def _together(state: _State, changes: list[Change]) -> None:
    """The changes of one or several papers of a day, none of which touches what another paper does: what does not fit yet waits for the others."""
    before = copy(state.tree)
    before.units = list(state.tree.units)
    waiting = _renumbered(state, changes)
    while waiting:
        left: list[tuple[Change, CannotApply]] = []
        for change in waiting:
            try:
                _one(state, change, before)
            except CannotApply as trouble:
                left.append((change, trouble))
        if len(left) == len(waiting) or not any(why.waits for _, why in left):
            for change, why in left:
                _refuse(state, change, why)
            return
        for change, why in left:
            if not why.waits:
                _refuse(state, change, why)
        waiting = [change for change, why in left if why.waits]


def _renumbered(state: _State, changes: list[Change]) -> list[Change]:
    """Give the new numbers, all at once, and give back the other changes. Nothing is renumbered where two units would bear one number."""
    asked = [c for c in changes if c.relation.kind == "renumbers" and not c.doubt]
    spots: list[tuple[Change, Spot]] = []
    for change in asked:
        try:
            if state.adrift:
                raise CannotApply("consolidation.depends", "a change before it is not applied, and may have moved the numbers")
            spots.append((change, _spot(state.tree, change, state)))
        except CannotApply as trouble:
            _refuse(state, change, trouble)
    gone = {state.tree.units[n].wid for c in changes if c.relation.kind == "deletes" for n in _taken_out(state, c)}
    kept = list(state.tree.units)
    for change, spot in spots:
        try:
            edits.renumber(state.tree, spot, _act(change))
        except CannotApply as trouble:
            _refuse(state, change, trouble)
            continue
        state.applied.append(change.id)
    for change, spot in spots:
        if spot.at is not None and change.id in state.applied and _twice(state.tree, spot.at, gone):
            state.tree.units = kept
            for other, _ in spots:
                if other.id in state.applied:
                    state.applied.remove(other.id)
                    _refuse(state, other, CannotApply("consolidation.marker-taken", "two parts would bear one number"))
            break
    return [c for c in changes if c not in asked]


def _taken_out(state: _State, change: Change) -> list[int]:
    try:
        spot = _spot(state.tree, change, state)
    except CannotApply:
        return []
    return [] if spot.at is None or _has_words(change) else [spot.at]


def _twice(tree: Tree, at: int, gone: set[str]) -> bool:
    mine = bare_marker(tree.units[at].marker)
    return any(n != at and bare_marker(tree.units[n].marker) == mine and tree.units[n].wid not in gone for n in edits.siblings(tree, at, tree.units[at].depth))


def _has_words(change: Change) -> bool:
    return change.relation.edit is not None and change.relation.edit.find is not None


def _one(state: _State, change: Change, before: Tree) -> None:
    """Apply one change; raises CannotApply, and then the text is as it was."""
    act = _act(change)
    if change.doubt:
        raise CannotApply("consolidation.doubtful", change.doubt)
    whole = act.kind in WHOLE and act.edit.find is None
    path = _path(change, state)
    if not state.held and not (whole and not path):
        raise CannotApply("consolidation.base-not-held", "the text that it changes is not held")
    spot = _spot(state.tree, change, state, before)
    unit = state.tree.units[spot.at].wid if spot.at is not None else None
    _established(state, spot, act, whole)
    try:
        touched = _do(state.tree, spot, act)
    except CannotApply as trouble:
        raise CannotApply(trouble.code, trouble.message, trouble.unit or unit, waits=trouble.waits) from None
    state.applied.append(change.id)
    if whole or (act.kind in ("deletes", "rescinds") and act.edit.find is None):
        _settle(state, unit, set(touched))
    state.held = True


def _established(state: _State, spot: Spot, act: Act, whole: bool) -> None:
    """Raises CannotApply where the words that a change needs are not established because another was refused."""
    if not state.refused or (whole and spot.face == "unit"):
        return
    open_ = {r.unit for r in state.refused if r.unit is not None}
    if spot.at is None:
        mine = {u.wid for u in state.tree.units}
    else:
        around = {state.tree.units[n].wid for n in state.tree.above(spot.at)}
        mine = {state.tree.units[n].wid for n in range(spot.at, state.tree.end(spot.at))} | around
    if open_ & mine:
        raise CannotApply("consolidation.depends", "a change of the same part before it is not applied", state.tree.units[spot.at].wid if spot.at is not None else None)
    if state.adrift and act.edit.find is None:
        raise CannotApply("consolidation.depends", "a change before it is not applied, and may have moved the parts of the text")


def _settle(state: _State, unit: str | None, gone: set[str]) -> None:
    """What is said anew or taken out is established again, whatever was refused there before."""
    state.refused = [] if unit is None else [r for r in state.refused if r.unit is None or (r.unit not in gone and r.unit != unit)]


def _do(tree: Tree, spot: Spot, act: Act) -> list[str]:
    """The one operation that the instruction is."""
    if act.edit.find is not None:
        return edits.words_at(tree, spot, act)
    if act.kind in ("deletes", "rescinds"):
        return edits.delete(tree, spot, act)
    if act.kind == "inserts" or act.kind == "creates":
        return edits.insert(tree, spot, act) if act.edit.text is not None or act.clauses else edits.add_words(tree, spot, act)
    if act.edit.text is not None or act.edit.replace is not None or act.clauses:
        return edits.substitute(tree, spot, act)
    raise CannotApply("consolidation.no-words", "it does not say which words change, or its new words were not read")


def _act(change: Change) -> Act:
    relation = change.relation
    if relation.edit is None and relation.kind not in ("deletes", "rescinds"):
        raise CannotApply("consolidation.no-words", "it does not say which words change")
    return Act(change.id, relation.kind, relation.edit or Edit(), change.clauses)


def _path(change: Change, state: _State) -> tuple[str, ...]:
    path = change.relation.affected.path
    for number in state.numbers:
        path = without_name(path, number)
    return path


def _spot(tree: Tree, change: Change, state: _State, before: Tree | None = None) -> Spot:
    """The place that the change names in the text; raises CannotApply where the steps before it in its paper make it another than it was."""
    path = _path(change, state)
    edit = change.relation.edit
    if change.relation.kind == "inserts" and edit is not None and edit.position is None and edit.find is None and path:
        return _slot(tree, path)
    if before is None:
        return find(tree, path)
    try:
        first = find(before, path)
    except CannotApply as trouble:
        if trouble.code != "consolidation.target-absent":
            raise
        return find(tree, path)
    if first.at is None:
        return first
    wid = before.units[first.at].wid
    if _names_another(tree, path, wid):
        raise CannotApply("consolidation.target-moved", f"the steps before it in its paper give the name {path[-1]} to another part", wid)
    at = tree.at(wid)
    if at is None:
        raise CannotApply("consolidation.target-absent", f"{path[-1]} is taken out by the same paper", wid)
    return Spot(at, first.face, first.nth)


def _names_another(tree: Tree, path: tuple[str, ...], wid: str) -> bool:
    """Whether the path means another unit by now; one that it means no longer is no other."""
    try:
        at = find(tree, path).at
    except CannotApply:
        return False
    return at is None or tree.units[at].wid != wid


def _slot(tree: Tree, path: tuple[str, ...]) -> Spot:
    """The place of a new unit that is named by the number it is to bear: right behind the one whose number comes before."""
    try:
        find(tree, path)
    except CannotApply as trouble:
        if trouble.code != "consolidation.target-absent":
            raise
    else:
        raise CannotApply("consolidation.marker-taken", f"the text already has a {path[-1]}", waits=True)
    former = _before(bare_marker(path[-1].split()[-1]))
    if former is None:
        raise CannotApply("consolidation.target-absent", f"where {path[-1]} belongs cannot be told")
    return find(tree, (*path[:-1], former))


def _before(number: str) -> str | None:
    """The number or letter right before: "6" of "7", "b" of "c"; None for the first, and for what is neither."""
    if number.isdigit() and int(number) > 1:
        return str(int(number) - 1)
    if len(number) == 1 and number.isalpha() and number.lower() != "a" and number.lower() not in "iv":
        return chr(ord(number) - 1)
    return None


def _refuse(state: _State, change: Change, trouble: CannotApply) -> None:
    state.refused.append(Refusal(change.id, trouble.code, trouble.message, trouble.unit or _bounded(state, change)))


def _bounded(state: _State, change: Change) -> str | None:
    """The unit to which what a refused change does is bounded; None where it may move others, or no unit can be told."""
    if change.relation.kind in ("inserts", "creates", "renumbers"):
        return None
    try:
        at = _spot(state.tree, change, state).at
    except CannotApply:
        return None
    return state.tree.units[at].wid if at is not None else None
