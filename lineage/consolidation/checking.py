"""Our words held against a published text: each difference explained by an order, by a silent edit, or not explained.

An explanation is proven, never guessed. An order explains what differs where its change, applied to our words, makes them as published and makes nothing else differ; or where its place is not found in the
text held, and the words that it quotes do the same. A silent edit explains it where another text with the number and dates of ours has the published words. What merely touches the clause is named as possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct, field
from msgspec.structs import replace

from lineage.consolidation.applying import apply
from lineage.consolidation.holding import Hunk, exchanged, hold, op_of, redlined, words_of
from lineage.consolidation.targets import find, without_name
from lineage.consolidation.tree import Tree
from lineage.consolidation.trouble import CannotApply
from lineage.model.edition import Checked, Difference, How
from lineage.model.eid import bare_marker
from lineage.model.wording import Change, Unit, Wording

NOT_FOUND = ("consolidation.target-absent", "consolidation.target-twice", "consolidation.target-moved")
SAME_DAY = "consolidation.same-day"
FEW = 4  # words from which a new clause is told by its words alone
_Key = tuple[object, ...]


class _Search(Struct):
    """What is still to be explained (by key), and what is by now. ``kept`` are the changes by which ours is made so far, ``waiting`` those held and not applied."""

    base: Sequence[Unit]
    published: Sequence[Unit]
    numbers: tuple[str, ...]
    changes: list[Change]
    kept: list[Change]
    waiting: list[Change]
    open: dict[_Key, Hunk]
    found: dict[_Key, tuple[Change, How]] = field(default_factory=dict)
    silent: dict[_Key, str] = field(default_factory=dict)
    lacking: dict[_Key, list[str]] = field(default_factory=dict)


def check(
    base: Sequence[Unit], changes: Iterable[Change], published: Sequence[Unit], numbers: Sequence[str] = (), others: Iterable[Change] = (), texts: Mapping[str, Sequence[Unit]] | None = None
) -> Checked:
    """The words of a rule after these changes against a published text.

    ``others`` are changes held that do not belong to ours: later ones, those without a day. ``texts`` are the other texts with the number and dates of the base, by item. The order of changes and texts does not matter.
    """
    changes = list(changes)
    ours = apply(base, changes, numbers)
    first = hold(ours.units, published)
    if not first.hunks:
        return Checked((), first.layout)
    done = set(ours.applied)
    waiting = sorted((*(c for c in changes if c.id not in done), *others), key=lambda c: (c.on, c.id))
    search = _Search(base, published, tuple(numbers), changes, [c for c in changes if c.id in done], waiting, {h.key: h for h in first.hunks})
    _by_orders(search)
    _by_silent_edits(search, texts or {})
    _by_leaving_out(search)
    return Checked(_told(search, ours, first.hunks), first.layout)


def _by_orders(search: _Search) -> None:
    """Take up each change that explains something, until none does: one may fit only after another."""
    trying = True
    while trying and search.open:
        trying = False
        for change in [c for c in search.waiting if c.id not in {k.id for k in search.kept}]:
            trying = _try(search, change) or trying


def _try(search: _Search, change: Change) -> bool:
    whole = replace(change, doubt="")
    made = apply(search.base, [*search.kept, whole], search.numbers)
    code = next((r.code for r in made.refused if r.relation == change.id), "")
    if not code:
        return _taken(search, whole, made, "applied")
    if code == SAME_DAY and change.on < date.max:  # which of the two came first does not matter where each does what is published
        later = replace(whole, on=change.on + timedelta(days=1))
        return _taken(search, later, apply(search.base, [*search.kept, later], search.numbers), "applied")
    edit = change.relation.edit
    if code in NOT_FOUND and edit is not None and edit.find is not None:
        anywhere = replace(change.relation, affected=replace(change.relation.affected, path=()))
        return _again(search, replace(whole, relation=anywhere))
    if code == "consolidation.words-count" and edit is not None:
        return _again(search, replace(whole, relation=replace(change.relation, edit=replace(edit, count=None))))
    return code in NOT_FOUND and _new_words(search, change)


def _again(search: _Search, change: Change) -> bool:
    """The same with its quoted words alone."""
    return _taken(search, change, apply(search.base, [*search.kept, change], search.numbers), "words")


def _taken(search: _Search, change: Change, made: Wording, how: How) -> bool:
    """Whether the words so made differ less from the published ones, and nowhere anew; then they are ours from now on."""
    if {change.id, *(c.id for c in search.kept)} - set(made.applied):
        return False
    left = {h.key for h in hold(made.units, search.published).hunks}
    solved = search.open.keys() - left
    if not solved or left - search.open.keys():
        return False
    search.kept.append(change)
    _solve(search, solved, change, how)
    return True


def _solve(search: _Search, solved: Iterable[_Key], change: Change, how: How) -> None:
    for key in solved:
        search.found[key] = (change, how)
        del search.open[key]


def _new_words(search: _Search, change: Change) -> bool:
    """Whether the published text has, where ours differs, each clause of the new text that the order gives, under the number that it gives."""
    edit = change.relation.edit
    if edit is None or edit.find is not None:
        return False
    new = [(bare_marker(c.marker), words_of(" ".join((c.heading.string, c.text.string)))) for c in change.clauses] or [("", words_of(edit.text or ""))]
    path = change.relation.affected.path
    names = {bare_marker(n.split()[-1]) for n in (edit.marker or "", *path[-1:]) if n.strip()}
    solved: set[_Key] = set()
    for number, words in new:
        fitting = {h.theirs for h in search.open.values() if h.theirs is not None and not h.moved and _says(search.published[h.theirs], words, {number} - {""} or names)}
        if len(fitting) != 1 or len(words) < FEW:
            return False
        solved |= {key for key, h in search.open.items() if h.theirs in fitting}
    _solve(search, solved, change, "words")
    search.waiting.remove(change)
    return True


def _says(unit: Unit, words: tuple[str, ...], names: set[str]) -> bool:
    body = words_of(" ".join((unit.heading.string, unit.text.string)))
    return (body == words or (*words_of(unit.marker), *body) == words) and (not names or bare_marker(unit.marker) in names)


def _by_silent_edits(search: _Search, texts: Mapping[str, Sequence[Unit]]) -> None:
    """What another text of the same number and dates says as published, with the changes that fit it."""
    for item in sorted(texts):
        mine = {c.id: c for c in (*search.changes, *search.kept)}
        other = hold(apply(texts[item], mine.values(), search.numbers).units, search.published)
        differing = {h.theirs for h in other.hunks if h.theirs is not None}
        kept = {h.removed for h in other.hunks if h.theirs is None}
        for key, h in list(search.open.items()):
            if not h.moved and (h.theirs not in differing if h.theirs is not None else h.removed not in kept):
                search.silent[key] = item
                del search.open[key]


def _by_leaving_out(search: _Search) -> None:
    """Name the changes applied to our words without which they would be as published. That explains nothing: it says what the published text lacks."""
    for change in sorted(search.kept, key=lambda c: (c.on, c.id)):
        if not search.open:
            return
        rest = [c for c in search.kept if c is not change]
        made = apply(search.base, rest, search.numbers)
        left = {h.key for h in hold(made.units, search.published).hunks}
        known = search.open.keys() | search.silent.keys() | search.found.keys()
        if left <= known and {c.id for c in rest} <= set(made.applied):
            for key in search.open.keys() - left:
                search.lacking.setdefault(key, []).append(change.id)


def _told(search: _Search, ours: Wording, hunks: Iterable[Hunk]) -> tuple[Difference, ...]:
    """The differences in the order in which they are read, those of one clause and one explanation together."""
    groups: dict[tuple[object, ...], list[Hunk]] = {}
    for h in hunks:
        change, how = search.found.get(h.key, (None, None))
        lacking = tuple(search.lacking.get(h.key, ()))
        possible = tuple(_possible(search, ours, h)) if h.key in search.open and not lacking else ()
        groups.setdefault((h.ours, h.theirs, change.id if change else None, how, search.silent.get(h.key), possible, lacking), []).append(h)
    return tuple(_difference(search, ours, own, *name[2:]) for name, own in groups.items())  # type: ignore[arg-type]


def _difference(
    search: _Search, ours: Wording, hunks: Sequence[Hunk], by: str | None, how: How | None, text: str | None, possible: tuple[str, ...], lacking: tuple[str, ...]
) -> Difference:
    first = hunks[0]
    our = ours.units[first.ours] if first.ours is not None else None
    their = search.published[first.theirs] if first.theirs is not None else None
    unit = our or their
    return Difference(
        op_of(first), unit.eid or unit.wid if unit else "", (unit.marker if unit else ""), _said(our), _said(their), redlined(our, their), tuple(exchanged(our, their, h) for h in hunks),
        "order" if by else "silent-edit" if text else "unexplained", by, how, text, possible, lacking,
    )  # fmt: skip


def _said(unit: Unit | None) -> str | None:
    return " ".join(unit.strings()) if unit is not None else None


def _possible(search: _Search, ours: Wording, h: Hunk) -> Iterator[str]:
    """The changes that were not taken up and name the clause, one around it, or the whole."""
    for change in search.waiting:
        if change in search.kept or any(change.id == k.id for k in search.kept):
            continue
        path = change.relation.affected.path
        for number in search.numbers:
            path = without_name(path, number)
        sides = ((ours.units, h.ours), (search.published, h.theirs))
        if not path or any(at is not None and _within(units, at, path, change) for units, at in sides):
            yield change.id


def _within(units: Sequence[Unit], at: int, path: tuple[str, ...], change: Change) -> bool:
    tree = Tree(units)
    for part in (path, path[:-1]) if change.relation.kind == "inserts" and len(path) > 1 else (path,):
        try:
            spot = find(tree, part)
        except CannotApply:
            continue
        if spot.at is None or spot.at <= at < tree.end(spot.at):
            return True
    return bare_marker(path[-1].split()[-1]) == bare_marker(units[at].marker) != ""
