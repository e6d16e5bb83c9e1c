"""Two texts held against each other word by word, whatever their layout: what differs, clause by clause."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from msgspec import Struct

from lineage.consolidation.restating import pairs
from lineage.consolidation.tree import is_name
from lineage.model.eid import bare_marker
from lineage.model.wording import Op, Step, Unit

# A number with its inner marks is one word: "3.5" is not "3. 5". A dash with a line's end behind it may be a broken word's.
_TOKEN = re.compile(r"\d+(?:[.,:/]\d+)+|\w+|[^\w\s]")
_SAME = str.maketrans({"“": '"', "”": '"', "„": '"', "’": "'", "‘": "'", "`": "'", "‐": "-", "‑": "-", "–": "-", "—": "-", "―": "-", "−": "-", "ﬁ": "fi", "ﬂ": "fl", "\u00ad": None, "\u200b": None, "\ufeff": None})
BREAK = "-\n"  # a hyphen that may be a line's end
_Word = tuple[str, str, str]


class Hunk(Struct, frozen=True):
    """Words of ours that stand otherwise in the published text. ``ours`` and ``theirs`` are the places of the two units, None where one is not there; ``start`` and ``end`` are the words in the
    published unit, half-open; ``moved`` says that a whole unit stands elsewhere."""

    ours: int | None
    theirs: int | None
    start: int
    end: int
    removed: tuple[str, ...]
    added: tuple[str, ...]
    moved: bool = False

    @property
    def key(self) -> tuple[object, ...]:
        """A name that is the same for the same difference from another text of ours: it goes by the published text, and by the words of what is not in it."""
        return (self.theirs, self.start, self.end, self.removed, self.moved)


class Held(Struct, frozen=True):
    """What differs, in the order in which it is read, and how many clauses differ in layout alone."""

    hunks: tuple[Hunk, ...]
    layout: int


def hold(ours: Sequence[Unit], theirs: Sequence[Unit]) -> Held:
    """Our units against the published ones. The number and title at the head count only where both texts have them."""
    mine, other = list(range(len(ours))), list(range(len(theirs)))
    if any(map(is_name, ours)) != any(map(is_name, theirs)):
        mine = [n for n in mine if not is_name(ours[n])]
        other = [n for n in other if not is_name(theirs[n])]
    same = {other[n]: mine[o] for n, o in pairs([ours[n] for n in mine], [theirs[n] for n in other]).items()}
    straight = _straight(same)
    hunks: list[Hunk] = []
    layout = 0
    for olds, news in _regions(ours, theirs, mine, other, straight):
        if not olds and len(news) == 1 and news[0] in straight:
            layout += _loosely(ours[straight[news[0]]], theirs[news[0]])
        elif _run(ours, olds) == _run(theirs, news):
            layout += 1
        else:
            found, more = _clauses(ours, theirs, olds, news, straight, same)
            hunks += found
            layout += more
    return Held(tuple(sorted(hunks, key=lambda h: _place(h, straight))), layout)


def _place(hunk: Hunk, straight: dict[int, int]) -> tuple[int, int, int]:
    """What is taken out stands behind the last unit before it that both texts have."""
    if hunk.theirs is not None:
        return hunk.theirs, 0, hunk.start
    before = max((n for n, o in straight.items() if o < (hunk.ours or 0)), default=-1)
    return before, 1, hunk.ours or 0


def _straight(same: dict[int, int]) -> dict[int, int]:
    """The longest run of pairs that stand in the same order in both texts."""
    ends: list[int] = []  # by length of a run less one, the published place at which the best of that length ends
    before: dict[int, int | None] = {}
    for n in sorted(same):
        at = bisect_left(ends, same[n], key=lambda e: same[e])
        before[n] = ends[at - 1] if at else None
        ends[at : at + 1] = [n]
    found: dict[int, int] = {}
    last: int | None = ends[-1] if ends else None
    while last is not None:
        found[last] = same[last]
        last = before[last]
    return found


def _regions(ours: Sequence[Unit], theirs: Sequence[Unit], mine: list[int], other: list[int], straight: dict[int, int]) -> Iterator[tuple[list[int], list[int]]]:
    """The units between those that say the same, and each of those by itself: then the first list is empty."""
    fixed = [(n, o) for n, o in sorted(straight.items()) if _words(ours[o]) == _words(theirs[n]) and _numbered(ours[o]) == _numbered(theirs[n])]
    a = b = -1
    for n, o in [*fixed, (len(theirs), len(ours))]:
        olds, news = [x for x in mine if a < x < o], [x for x in other if b < x < n]
        if olds or news:
            yield olds, news
        if n < len(theirs):
            yield [], [n]
        a, b = o, n


def _clauses(ours: Sequence[Unit], theirs: Sequence[Unit], olds: list[int], news: list[int], straight: dict[int, int], same: dict[int, int]) -> tuple[list[Hunk], int]:
    """What differs between units that do not say the same, one by one."""
    hunks: list[Hunk] = []
    layout = 0
    told: set[int] = set()
    for n in news:
        at = straight.get(n)
        if at is None or at not in olds:
            moved = n in same and n not in straight
            hunks.append(Hunk(None, n, 0, len(_full(theirs[n])), (), _full(theirs[n]), moved=moved))
            continue
        told.add(at)
        found = list(_hunks(ours[at], theirs[n], at, n))
        hunks += found
        layout += not found
    gone = set(same.values()) - set(straight.values())
    hunks += [Hunk(o, None, 0, 0, _full(ours[o]), (), moved=o in gone) for o in olds if o not in told]
    return hunks, layout


def _hunks(our: Unit, their: Unit, at: int, n: int) -> Iterator[Hunk]:
    for same, a, b, one, other in _steps(our, their):
        if not same:
            yield Hunk(at, n, a, b, tuple(w for w, _, _ in one), tuple(w for w, _, _ in other))


def _steps(our: Unit | None, their: Unit | None) -> Iterator[tuple[bool, int, int, Sequence[_Word], Sequence[_Word]]]:
    """What leads from our unit to the published one: whether the words are the same, from which word of the published unit to before which, the words of ours and the published ones."""
    alike = our is not None and their is not None and _numbered(our) == _numbered(their)  # "A." and "(A)" are one number
    ours = _printed(our, their.marker if alike and their else our.marker) if our else ()
    theirs = _printed(their, their.marker) if their else ()
    for op, a, b, c, d in SequenceMatcher(None, [w for w, _, _ in ours], [w for w, _, _ in theirs], autojunk=False).get_opcodes():
        same = op == "equal" or _broken([w for w, _, _ in ours[a:b]], [w for w, _, _ in theirs[c:d]])
        yield same, c, d, ours[a:b], theirs[c:d]


def _broken(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether the two differ in a hyphen at a line's end alone."""
    one, other = "".join(ours), "".join(theirs)
    if not one or not other or BREAK not in one + other:
        return False
    return any(one.replace(BREAK, sign) == other.replace(BREAK, sign) for sign in ("-", ""))


def _run(units: Sequence[Unit], places: list[int]) -> tuple[str, ...]:
    """All the words of these units with their numbers, wherever one ends and the next begins."""
    return tuple(word for n in places for word in (*filter(None, (_numbered(units[n]),)), *_words(units[n])))


def _loosely(our: Unit, their: Unit) -> int:
    return our.marker != their.marker or [*our.strings()] != [*their.strings()]


@lru_cache(maxsize=16384)
def words_of(string: str) -> tuple[str, ...]:
    """The words and marks of a string, without its layout.

    >>> words_of("Log  the “3.5 mile” run- up.")
    ('Log', 'the', '"', '3.5', 'mile', '"', 'run', '-\\n', 'up', '.')
    """
    return tuple(word for word, _, _ in _cut(string))


def _cut(string: str) -> tuple[_Word, ...]:
    """Each word of a string without its layout, as it is told apart, as it stands, and with the blank behind it."""
    plain = " ".join(string.translate(_SAME).split())
    found = []
    for m in _TOKEN.finditer(plain):
        broken = m[0] == "-" and plain[m.end() : m.end() + 1] == " " and plain[m.start() - 1 : m.start()].isalnum()
        found.append((BREAK if broken else m[0], m[0], " " if plain[m.end() : m.end() + 1] == " " else ""))
    return tuple(found)


def _printed(unit: Unit, marker: str) -> tuple[_Word, ...]:
    return _cut(" ".join(filter(None, (marker, _body(unit)))))


def _body(unit: Unit) -> str:
    return " ".join(filter(None, (unit.heading.string, unit.text.string, *(cell.string for row in unit.rows for cell in row))))


def _words(unit: Unit) -> tuple[str, ...]:
    return words_of(_body(unit))


def _full(unit: Unit) -> tuple[str, ...]:
    return words_of(" ".join(filter(None, (unit.marker, _body(unit)))))


def _numbered(unit: Unit) -> str:
    """Its number, whatever stands around it; of a mark that is none, that it is one."""
    return bare_marker(unit.marker) or ("•" if unit.marker.strip() else "")


def redlined(our: Unit | None, their: Unit | None) -> tuple[tuple[Step, str], ...]:
    """What leads from our unit to the published one, by words, without what is layout alone."""
    found: list[tuple[Step, str]] = []
    for same, _, _, one, other in _steps(our, their):
        if same:
            both = zip(one, other, strict=True) if len(one) == len(other) else zip(other, other, strict=True)
            found.append(("equal", "".join(printed + (mine or blank) for (_, _, mine), (_, printed, blank) in both)))
            continue
        found += [("delete", _line(one))] if one else []
        found += [("insert", _line(other))] if other else []
    return tuple(found)


def exchanged(our: Unit | None, their: Unit | None, hunk: Hunk) -> tuple[str, str]:
    """The words of ours and the published ones that a difference is about, as they stand."""
    if our is None or their is None:
        return _line(_printed(our, our.marker)) if our else "", _line(_printed(their, their.marker)) if their else ""
    return next(((_line(one).strip(), _line(other).strip()) for same, a, b, one, other in _steps(our, their) if not same and (a, b) == (hunk.start, hunk.end)), ("", ""))


def _line(words: Sequence[_Word]) -> str:
    return "".join(word + blank for _, word, blank in words)


def op_of(hunk: Hunk) -> Op:
    """What became of the unit."""
    return "insert" if hunk.ours is None else "delete" if hunk.theirs is None else "replace"
