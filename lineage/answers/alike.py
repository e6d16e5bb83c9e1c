"""Clauses of different rules in force that say nearly the same: duplicates that drift apart, and, where they differ by a "not" or a figure, candidates for a contradiction.

Every pair that is as alike as asked is found, and no other is looked at: of the shingles of a clause only the rarest are indexed, as many as a like clause cannot lack all of (prefix filtering: Bayardo,
Ma, Srikant, "Scaling up all pairs similarity search", 2007).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from math import ceil
from typing import TYPE_CHECKING

from msgspec import Struct

from lineage.answers.opposing import opposed, tokens
from lineage.consolidation.comparing import redline
from lineage.model.survey import Pair, Place, Remark

if TYPE_CHECKING:
    from lineage.answers.surveying import Scene

LEAST_WORDS = 12  # a shorter clause ("Number: 1.") is alike by chance
SHINGLE = 3
ALIKE = 0.6  # shared shingles of all: one word changed in fifteen
SHOWN = 3  # pairs of clauses shown of the same rules


class Said(Struct, frozen=True):
    """A clause with its words, and where it stands."""

    work: str
    name: str
    item: str
    file: str
    page: int
    eid: str
    words: str

    def place(self, quote: str = "") -> Place:
        """The place, with the words that are meant."""
        return Place(self.work, self.name, self.item, self.file, self.page, self.eid, quote or self.words)


class Text(Struct, frozen=True):
    """The clauses of a rule in force."""

    work: str
    clauses: tuple[Said, ...]


def texts(scene: Scene) -> list[Text]:
    """The words of every rule in force on the day, where they are held and every change to them is applied."""
    found = []
    rulings = [r for r in scene.in_force() if r.complete and r.period.item]
    pages = scene.store.clauses_of([r.period.item for r in rulings if r.period.item])
    for ruling in rulings:
        item, name = ruling.period.item or "", scene.held.name(ruling.work.id)
        place = {row.eid: row.page for row in pages.get(item, ())}
        if ruling.period.changes:
            periods = scene.held.periods[ruling.work.id]
            wording = scene.redlines.words(ruling.work, periods, periods.index(ruling.period))
            rows = [(unit.eid, unit.source, " ".join(filter(None, (unit.heading.string, unit.text.string)))) for unit in (wording.units if wording else ())]
        else:
            rows = [(row.eid, row.eid, " ".join(filter(None, (row.heading, row.text)))) for row in pages.get(item, ())]
        found.append(Text(ruling.work.id, tuple(Said(ruling.work.id, name, item, scene.file(item), place.get(source, 1), eid, words) for eid, source, words in rows if words)))
    return found


def remarks(found: Sequence[Text], changing: Collection[frozenset[str]] = ()) -> Iterator[Remark]:
    """Duplicates and candidates for contradictions, the clauses of the same rules together. ``changing`` are the pairs of works of which one changes the words of the other: it has them too."""
    clauses: dict[tuple[str, ...], list[Said]] = defaultdict(list)
    for text in found:
        for clause in text.clauses:
            said = tokens(clause.words)
            if len(said) >= LEAST_WORDS:
                clauses[said].append(clause)
    distinct = list(clauses)
    like = list(pairs(distinct))
    odds: dict[tuple[str, ...], list[Pair]] = defaultdict(list)
    near: dict[tuple[str, ...], list[Pair]] = defaultdict(list)
    for group, within in _groups(len(distinct), like):
        _sort_out({n: (distinct[n], clauses[distinct[n]]) for n in group}, within, odds, near)
    for subject, told in (("contradiction", odds), ("duplicate", near)):
        yield from (_remark(subject, works, same) for works, same in told.items() if len(works) > 2 or frozenset(works) not in changing)


def _sort_out(group: Mapping[int, tuple[tuple[str, ...], list[Said]]], within: Sequence[tuple[int, int]], odds: dict[tuple[str, ...], list[Pair]], near: dict[tuple[str, ...], list[Pair]]) -> None:
    """Clauses that are alike, under the rules in which they stand: every pair at odds, where the words of any show it, else one pair for the group."""
    works = _works(said for _, said in group.values())
    if len(works) < 2:
        return
    apart = [(m, n, pair) for m, n in within if (pair := _apart(group[m][1], group[n][1]))]
    against = [(m, n, pair) for m, n, pair in apart if opposed(group[m][0], group[n][0])]
    if against:
        odds[_works(group[n][1] for m, o, _ in against for n in (m, o))] += [_pair(*pair) for _, _, pair in against]
        return
    same = (pair for _, said in group.values() if (pair := _apart(said, said)))
    first = apart[0][2] if apart else next(same, None)
    if first is not None:
        near[works].append(_pair(*first))


def _works(said: Iterable[Sequence[Said]]) -> tuple[str, ...]:
    return tuple(sorted({clause.work for several in said for clause in several}))


def _apart(one: Sequence[Said], other: Sequence[Said]) -> tuple[Said, Said] | None:
    """A clause of each that stand in different rules."""
    return next(((a, b) for a in one for b in other if a.work != b.work), None)


def _differs(pair: Pair) -> bool:
    """Whether two clauses differ in more than punctuation, capitals and how a count is written."""
    return tokens(pair.first.quote) != tokens(pair.second.quote)


def _pair(one: Said, other: Said) -> Pair:
    return Pair(one.place(), other.place(), redline(one.words, other.words))


def pairs(distinct: Sequence[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """The pairs of these clauses (their words) of which at least the share ``ALIKE`` of all shingles is in both, by their places."""
    sets = [frozenset(zip(*(words[n:] for n in range(SHINGLE)), strict=False)) for words in distinct]
    common = Counter(shingle for one in sets for shingle in one)
    order = sorted(range(len(sets)), key=lambda n: len(sets[n]))
    index: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for n in order:
        one = sets[n]
        rarest = sorted(one, key=lambda s: (common[s], s))[: len(one) - ceil(ALIKE * len(one)) + 1]
        met = {m for shingle in rarest for m in index[shingle] if len(sets[m]) >= ALIKE * len(one)}
        for m in sorted(met):
            shared = len(one & sets[m])
            if shared >= ALIKE * (len(one) + len(sets[m]) - shared):
                yield m, n
        for shingle in rarest:
            if common[shingle] > 1:
                index[shingle].append(n)


def _groups(count: int, like: Iterable[tuple[int, int]]) -> Iterator[tuple[list[int], list[tuple[int, int]]]]:
    """The clauses (by their places) joined by pairs that are alike, each group with its pairs; also each that stands alone, for the same words may stand in several rules."""
    parent = list(range(count))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    joined = list(like)
    for m, n in joined:
        parent[root(n)] = root(m)
    within: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for m, n in joined:
        within[root(m)].append((m, n))
    groups: dict[int, list[int]] = defaultdict(list)
    for n in range(count):
        groups[root(n)].append(n)
    for n in sorted(groups):
        yield groups[n], within[n]


def _remark(subject: str, works: tuple[str, ...], found: list[Pair]) -> Remark:
    """One remark on the same rules: those that differ most first."""
    found.sort(key=lambda p: not _differs(p))
    drift = sum(map(_differs, found))
    names = list(dict.fromkeys(place.name for p in found for place in (p.first, p.second)))
    several = f"{names[0]} and {names[1]}" if len(works) == 2 else f"{names[0]}, {names[1]} and {len(works) - 2} other{'s' if len(works) > 3 else ''}"
    count = "a clause" if len(found) == 1 else f"{len(found)} clauses"
    if subject == "contradiction":
        count = "a clause" if len(found) == 1 else f"{len(found)} pairs of clauses"
        sentence = f"{several} have {count} in like words that differ by a negation or a figure; whether they speak of one matter, a person must say."
        return Remark("contradiction", sentence, works, pairs=tuple(found[:SHOWN]), more=max(0, len(found) - SHOWN), candidate=True, weight=len(found))
    how = "in the same words" if not drift else f"nearly alike, {drift} of them in words that differ" if drift < len(found) and len(found) > 1 else "nearly alike and not the same"
    shown = found[:drift] or found[:1]
    return Remark("duplicate", f"{several} have {count} {how}.", works, pairs=tuple(shown[:SHOWN]), more=max(0, len(found) - len(shown[:SHOWN])), candidate=True, weight=100 * bool(drift) + len(found) / 100)
