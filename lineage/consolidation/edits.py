"""What one instruction does to the text, once its place is found."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from lineage.consolidation import phrases
from lineage.consolidation.restating import restated
from lineage.consolidation.targets import Spot, find, sentence
from lineage.consolidation.tree import Tree, brought, is_name
from lineage.consolidation.trouble import CannotApply
from lineage.model import Edit
from lineage.model.eid import bare_marker
from lineage.model.wording import Unit, Words

_MARKER = re.compile(r"\s*(?P<marker>(?:\(?[A-Za-z]{1,4}\)|\(?\d{1,3}[a-z]?[.)]|[A-Z]{1,4}\.|\(\d{1,3}\)|[•◦▪–-])(?=\s))\s+")


class Act(Struct, frozen=True):
    """An instruction that is ready to be applied: its relation's id, what it does, its words and the clauses that hold the new text."""

    by: str
    kind: str
    edit: Edit
    clauses: tuple[Unit, ...] = ()


def words_at(tree: Tree, spot: Spot, act: Act) -> list[str]:
    """Words in place of words, within what the spot names; the wids of the units that changed. Raises CannotApply unless they stand there the stated number of times."""
    edit = act.edit
    kept = _kept(tree, spot, edit)
    hits: list[tuple[int, str, list[tuple[int, int]]]] = []
    for at in _range(tree, spot):
        if at not in kept:
            hits += [(at, part, spans) for part, spans in _hits(tree.units[at], spot, edit) if spans]
    hits = _counted(tree, spot, edit, hits)
    for at, part, spans in hits:
        unit = tree.units[at]
        tree.units[at] = _with(unit, part, lambda old, spans=spans: phrases.exchanged(old, spans, edit.replace or "", act.by), act.by)
    return [tree.units[at].wid for at, _, _ in hits]


def _range(tree: Tree, spot: Spot) -> range:
    if spot.at is None:
        return range(len(tree.units))
    return range(spot.at, tree.end(spot.at) if spot.face == "unit" else spot.at + 1)


def _kept(tree: Tree, spot: Spot, edit: Edit) -> set[int]:
    """The places that an exception keeps."""
    kept: set[int] = set()
    for path in edit.excepted:
        inner = Tree([])
        inner.units = [tree.units[n] for n in _range(tree, spot)]
        first = _range(tree, spot).start
        at = find(inner, path).at
        if at is not None:
            kept |= set(range(first + at, first + inner.end(at)))
    return kept


def _hits(unit: Unit, spot: Spot, edit: Edit) -> list[tuple[str, list[tuple[int, int]]]]:
    """Where the words stand in the parts of a unit: "heading", "text", or "row column" of a cell."""
    position = edit.position if edit.position in ("start", "end") else None
    find_ = edit.find or ""
    if spot.face == "heading":
        return [("heading", phrases.places(find_, unit.heading.string, position))]
    if spot.face == "sentence":
        start, end = sentence(unit.text.string, spot.nth)
        return [("text", [(a + start, b + start) for a, b in phrases.places(find_, unit.text.string[start:end], position)])]
    found = [("text", phrases.places(find_, unit.text.string, position))]
    if spot.face == "lead-in":
        return found
    cells = [(f"{r} {c}", phrases.places(find_, cell.string, position)) for r, row in enumerate(unit.rows) for c, cell in enumerate(row)]
    return [("heading", phrases.places(find_, unit.heading.string, position)), *found, *cells]


def _counted(tree: Tree, spot: Spot, edit: Edit, hits: list[tuple[int, str, list[tuple[int, int]]]]) -> list[tuple[int, str, list[tuple[int, int]]]]:
    """The hits that the instruction means; raises CannotApply where they are not as many as it says."""
    total, unit = sum(len(spans) for _, _, spans in hits), _named(tree, spot)
    if total == 0:
        raise CannotApply("consolidation.words-absent", f"the words “{edit.find}” do not stand there", unit, waits=True)
    if edit.occurrence is not None:
        flat = [(at, part, [span]) for at, part, spans in hits for span in spans]
        if edit.occurrence > total:
            raise CannotApply("consolidation.words-count", f"the words “{edit.find}” stand there {total} times", unit)
        return [flat[edit.occurrence - 1 if edit.occurrence > 0 else edit.occurrence]]
    if edit.position == "end" and total > 1:
        return hits[-1:] if spot.at is not None else _too_many(edit, total, unit)
    if edit.count is not None and total != edit.count:
        return _too_many(edit, total, unit)
    return hits


def _too_many(edit: Edit, total: int, unit: str | None) -> list[tuple[int, str, list[tuple[int, int]]]]:
    raise CannotApply("consolidation.words-count", f"the words “{edit.find}” stand there {total} {'time' if total == 1 else 'times'}, and the instruction speaks of {edit.count or 1}", unit)


def _named(tree: Tree, spot: Spot) -> str | None:
    return tree.units[spot.at].wid if spot.at is not None else None


def _with(unit: Unit, part: str, made: object, by: str) -> Unit:
    """The unit with one part made anew by an act."""
    if part in ("heading", "text"):
        return phrases.changed(unit, by, **{part: made(getattr(unit, part))})  # type: ignore[operator]
    row, column = map(int, part.split())
    rows = tuple(tuple(made(cell) if (r, c) == (row, column) else cell for c, cell in enumerate(cells)) for r, cells in enumerate(unit.rows))  # type: ignore[operator]
    return phrases.changed(unit, by, rows=rows)


def add_words(tree: Tree, spot: Spot, act: Act) -> list[str]:
    """Words put at the start or the end of what the spot names."""
    at = spot.at
    if at is None:
        raise CannotApply("consolidation.target-absent", "the instruction does not say to which part of the text the words are added")
    unit, new = tree.units[at], (act.edit.replace or "").strip()
    old = unit.heading if spot.face == "heading" else unit.text
    start, end = sentence(old.string, spot.nth) if spot.face == "sentence" else (0, len(old))
    joined = "" if not old.string[start:end] or new[:1] in ".,;:!?)" else " "
    put = Words.of(new + " ", act.by) if act.edit.position == "start" else Words.of(joined + new, act.by)
    place = start if act.edit.position == "start" else end
    tree.units[at] = _with(unit, "heading" if spot.face == "heading" else "text", lambda words: words.put(place, place, put), act.by)
    return [unit.wid]


def substitute(tree: Tree, spot: Spot, act: Act) -> list[str]:
    """The whole of what the spot names in new words. What the new text leaves as it was keeps its name and the act that put it there."""
    if spot.face != "unit":
        return _face(tree, spot, act)
    start, end = (0, len(tree.units)) if spot.at is None else (spot.at, tree.end(spot.at))
    depth = min((u.depth for u in tree.units[start:end]), default=0)
    fresh = fresh_units(act, depth)
    old = tree.units[start:end]
    if spot.at is not None:
        fresh = _under_its_number(tree.units[spot.at], fresh)
    elif old and is_name(old[0]) and not is_name(fresh[0]):
        start, old = start + 1, old[1:]
        fresh = [replace(u, depth=u.depth + 1) for u in fresh] if old and old[0].depth > depth else fresh
    units, touched = restated(old, fresh, act.by)
    tree.put(start, start + len(old), units, act.by)
    gone = {u.wid for u in old} - {u.wid for u in units}
    return [*touched, *sorted(gone), *([tree.units[start].wid] if spot.at is not None else [])]


def _face(tree: Tree, spot: Spot, act: Act) -> list[str]:
    """A heading, a lead-in or a sentence in new words."""
    new, at = new_words(act), spot.at
    if at is None:
        at = next((n for n, u in enumerate(tree.units) if u.heading), None) if spot.face == "heading" else None
        if at is None:
            raise CannotApply("consolidation.target-absent", "the text has no such part")
    unit, part = tree.units[at], "heading" if spot.face == "heading" else "text"
    old: Words = getattr(unit, part)
    start, end = sentence(old.string, spot.nth) if spot.face == "sentence" else (0, len(old))
    tree.units[at] = _with(unit, part, lambda words: phrases.exchanged(words, [(start, end)], new, act.by), act.by)
    return [unit.wid]


def _under_its_number(old: Unit, fresh: list[Unit]) -> list[Unit]:
    """New text of a numbered unit begins with that unit; words without a number are its words."""
    first = fresh[0]
    if bare_marker(first.marker) == bare_marker(old.marker):
        if sum(u.depth == first.depth for u in fresh) > 1:
            raise CannotApply("consolidation.text-unclear", f"the new text of {old.marker} holds more than that one", old.wid)
        return fresh
    if first.heading or first.marker:
        raise CannotApply("consolidation.text-unclear", f"the new text of {old.marker or 'the part'} begins with {(first.marker or first.heading.string).strip()}, and how it stands there cannot be told", old.wid)
    own = replace(first, kind=old.kind, marker=old.marker, heading=old.heading, depth=old.depth, term=old.term)
    return [own, *(replace(u, depth=max(u.depth, old.depth + 1)) for u in fresh[1:])]


def fresh_units(act: Act, depth: int) -> list[Unit]:
    """The units of the new text, its outermost at ``depth``; raises CannotApply where no text is held."""
    if act.clauses:
        shift = depth - min(c.depth for c in act.clauses)
        return [brought(unit, act.by, shift) for unit in act.clauses]
    words = act.edit.text
    if words is None or not words.strip():
        raise CannotApply("consolidation.text-absent", "its new text was not found in the order")
    marked = _MARKER.match(words)
    marker, text = (marked["marker"], words[marked.end() :]) if marked else (act.edit.marker or "", words)
    return [Unit("", "item" if marker else "paragraph", depth, marker, text=Words.of(text.strip(), act.by), put_by=act.by)]


def new_words(act: Act) -> str:
    """The new text as one string."""
    if act.edit.text is not None:
        return act.edit.text.strip()
    if act.edit.replace is not None:
        return act.edit.replace
    return " ".join(" ".join(unit.strings()) for unit in fresh_units(act, 0))


def insert(tree: Tree, spot: Spot, act: Act) -> list[str]:
    """A new unit beside the one that the spot names, or in it."""
    position, at = act.edit.position, spot.at
    if at is None:
        depth = _top(tree)
        place = len(tree.units) if position in (None, "end") else next((n for n, u in enumerate(tree.units) if u.depth == depth and not is_name(u)), 0)
    elif position in ("start", "end"):
        below = range(at + 1, tree.end(at))
        depth = min((tree.units[n].depth for n in below), default=tree.units[at].depth + 1)
        place = at + 1 if position == "start" else tree.end(at)
        if position == "start":
            place = next((n for n in below if tree.units[n].kind not in ("lead-in", "paragraph")), place)
    else:
        depth = tree.units[at].depth
        place = at if position == "before" else tree.end(at)
    fresh = _styled(tree, fresh_units(act, depth), place, depth)
    _free_numbers(tree, fresh, place, depth, at)
    tree.put(place, place, _kinds_of_siblings(tree, fresh, depth), act.by)
    return [tree.units[n].wid for n in range(place, place + len(fresh))]


def _top(tree: Tree) -> int:
    body = [u.depth for u in tree.units if not is_name(u)]
    return min(body, default=0)


def _kinds_of_siblings(tree: Tree, fresh: Sequence[Unit], depth: int) -> list[Unit]:
    """A new unit that is one of a list of items is an item, however its order prints it."""
    kinds = {u.kind for u in tree.units if u.depth == depth and u.marker}
    return [replace(u, kind="item") if u.depth == depth and u.marker and kinds == {"item"} and u.kind == "paragraph" else u for u in fresh]


def _styled(tree: Tree, fresh: list[Unit], place: int, depth: int) -> list[Unit]:
    """The new units, of which a bare number is printed as those beside it are ("4" among "1." and "2." is "4.")."""
    if bare_marker(fresh[0].marker) != fresh[0].marker or not fresh[0].marker:
        return fresh
    shapes = {tree.units[n].marker.replace(bare_marker(tree.units[n].marker), "{}", 1) for n in siblings(tree, place, depth) if bare_marker(tree.units[n].marker)}
    shape = shapes.pop() if len(shapes) == 1 else "{}"
    return [replace(fresh[0], marker=shape.replace("{}", fresh[0].marker)), *fresh[1:]]


def _free_numbers(tree: Tree, fresh: Sequence[Unit], place: int, depth: int, at: int | None) -> None:
    """Raises CannotApply where a unit beside the place already bears the number of a new one."""
    taken = {bare_marker(tree.units[n].marker): tree.units[n] for n in siblings(tree, place, depth)} if tree.units else {}
    for unit in fresh:
        number = bare_marker(unit.marker)
        if unit.depth == depth and number and number in taken:
            raise CannotApply("consolidation.marker-taken", f"the text already has a {unit.marker.strip()} there", taken[number].wid, waits=True)


def siblings(tree: Tree, place: int, depth: int) -> list[int]:
    """The units of a depth that stand under the same unit as what is put at the place."""
    first = place - 1
    while first >= 0 and tree.units[first].depth >= depth:
        first -= 1
    last = place
    while last < len(tree.units) and tree.units[last].depth >= depth:
        last += 1
    return [n for n in range(first + 1, last) if tree.units[n].depth == depth]


def delete(tree: Tree, spot: Spot, act: Act) -> list[str]:
    """The unit that the spot names, and all below it, taken out; or a heading or a sentence of it."""
    if spot.at is None:
        raise CannotApply("consolidation.target-absent", "the instruction names no part of the text that is taken out")
    if spot.face in ("heading", "sentence"):
        return _face(tree, spot, replace(act, edit=replace(act.edit, text="")))
    gone = [u.wid for u in tree.units[spot.at : tree.end(spot.at)]]
    tree.put(spot.at, tree.end(spot.at), [], act.by)
    return gone


def renumber(tree: Tree, spot: Spot, act: Act) -> list[str]:
    """Another number for the unit, in the same punctuation."""
    new = bare_marker(act.edit.marker or act.edit.replace or "")
    if spot.at is None or spot.face != "unit" or not new:
        raise CannotApply("consolidation.target-absent", "the instruction does not say which part bears which number")
    unit = tree.units[spot.at]
    core = re.search(r"[^\W_](?:.*[^\W_])?", unit.marker)
    if core is None:
        raise CannotApply("consolidation.target-absent", "what is renumbered bears no number", unit.wid)
    tree.units[spot.at] = phrases.changed(unit, act.by, marker=unit.marker[: core.start()] + new + unit.marker[core.end() :])
    return [unit.wid]
