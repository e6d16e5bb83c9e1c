"""What the draft says, and a rule in force says with nearly the same words and another figure, or with a "not": told as it stands, and no more is claimed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from msgspec import Struct

from lineage.impact.likeness import alike
from lineage.impact.scene import TOKEN, Scene, words_of
from lineage.impact.sentences import STOPS, Sentence, difference, taken_apart
from lineage.model import Evidence, Work
from lineage.model.dates import long_date
from lineage.model.impact import Caution

HOW = {"figure": "gives another figure", "negation": "differs by a negation", "force": "differs in what is a duty and what is allowed"}
FORMULA = 4  # rules that say it, each with its own figure: a form to be filled in, and no contradiction


class New(Struct, frozen=True):
    """A sentence that the draft brings into a rule, and where in the draft."""

    work: str
    said: Sentence
    evidence: tuple[Evidence, ...]
    day: date


def contradictions(scene: Scene) -> Iterator[Caution]:
    """One caution for each rule in force from which sentences of the draft differ, with the first of them."""
    fresh = list(_fresh(scene))
    if not fresh:
        return
    day = min(one.day for one in fresh)
    standing = _index(scene, day, _Wanted(fresh))
    found: dict[str, list[tuple[New, Sentence, str]]] = defaultdict(list)
    for one in fresh:
        meets = [(work, other, how) for work, other, how in _meeting(one, standing) if work.id != one.work and not (other.measures and not alike(work.title, scene.name_of(one.work)))]
        if len({work.id for work, _, _ in meets}) < FORMULA:
            for work, other, how in meets:
                found[work.id].append((one, other, how))
    for work_id, pairs in found.items():
        one, other, how = pairs[0]
        mine, theirs = around(one.said.words, other.words)
        more = f"; {len(pairs) - 1} further {'sentence differs' if len(pairs) == 2 else 'sentences differ'} from it likewise" if len(pairs) > 1 else ""
        than = "than" if how == "figure" else "from"
        message = f'"{mine}" {HOW[how]} {than} {scene.name(work_id)}, in force on {long_date(day)}, which says "{theirs}"{more}.'
        yield Caution("impact.differs", message, one.evidence, work_id, "Say the same, or amend or rescind that rule in the same order.")


def _fresh(scene: Scene) -> Iterator[New]:
    """The sentences that are new in a rule by the draft: of its own text those that its former text did not say, of a rule that it amends those that the changes make."""
    for paper, own in scene.papers:
        day = scene.starts(paper)
        former = {s.substance + s.figures for u in scene.before.units(own.id, day) for s in taken_apart(words_of(u))}
        instructing = scene.instructions(paper)
        for clause in scene.sayings(paper):
            for text in (clause.text, *(cell for row in clause.rows for cell in row)):
                for said in taken_apart(text.string):
                    quoted = any(said.words in quote or quote in said.words for quote in instructing.get(clause.eid, ()))
                    if said.substance + said.figures not in former and not quoted:
                        yield New(own.id, said, scene.place(paper, text), day)
    for work in sorted({a.affected.work for a in scene.acts if a.kind != "cites" and a.affected.work and not scene.own_version(a)}):
        act = next(a for a in scene.acts if a.affected.work == work and a.kind != "cites")
        day = scene.day_of(act)
        units = scene.before.units(work, day)
        said_before = {s.words for u in units for s in taken_apart(words_of(u))}
        for unit in scene.after.units(work, day):
            for said in taken_apart(words_of(unit)):
                if units and said.words not in said_before:
                    mine = next((a for a in scene.acts if a.id in unit.acts), act)
                    yield New(work, said, mine.evidence, day)


Standing = dict[tuple[str, str], list[tuple[Work, Sentence]]]


class _Wanted:
    """The words of new sentences two by two, by which most texts can be left aside at a glance."""

    def __init__(self, fresh: list[New]) -> None:
        self.where: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.sizes: list[int] = []
        for at, one in enumerate(fresh):
            pairs = [pair for pair in pairwise(TOKEN.findall(one.said.words.lower())) if not STOPS.issuperset(pair)]
            self.sizes.append(len(pairs))
            for pair in pairs:
                self.where[pair].append(at)

    def may_stand_in(self, tokens: list[str]) -> bool:
        """Whether these words have a third of those of one of the sentences in its order: what says nearly the same has more."""
        counts = Counter(at for pair in pairwise(tokens) for at in self.where.get(pair, ()))
        return any(count * 3 >= self.sizes[at] for at, count in counts.items())


def _index(scene: Scene, day: date, wanted: _Wanted) -> Standing:
    """The sentences of the rules in force on a day, by each two words of substance in a row; only those of units that may say nearly the same as a new sentence."""
    found: Standing = defaultdict(list)
    for work in scene.after.in_force(day):
        if work.id in scene.own:
            continue
        for words, tokens in scene.after.tokens(work.id, day):
            if not wanted.may_stand_in(tokens):
                continue
            for said in taken_apart(words):
                for pair in said.pairs:
                    found[pair].append((work, said))
    return found


def _meeting(one: New, standing: Standing) -> Iterator[tuple[Work, Sentence, str]]:
    """The sentences in force that say nearly the same and differ; none of a rule that says the very same as well."""
    counts: Counter[tuple[str, Sentence]] = Counter()
    works: dict[str, Work] = {}
    for pair in one.said.pairs:
        for work, said in standing.get(pair, ()):
            counts[work.id, said] += 1
            works[work.id] = work
    near = [(w, s) for (w, s), n in counts.items() if n * 2 >= len(one.said.pairs)]
    same = {w for w, s in near if s.substance == one.said.substance and s.figures == one.said.figures and s.negated == one.said.negated and s.force == one.said.force}
    for name, said in near:
        how = difference(one.said, said) if name not in same else ""
        if how:
            yield works[name], said, how


def around(one: str, other: str, beside: int = 9) -> tuple[str, str]:
    """Two sentences that differ, each cut to some words before and after the first word in which they do.

    >>> around("Logs are kept for two years.", "Logs are kept for one year.", 2)
    ('... kept for two years.', '... kept for one year.')
    """
    mine, theirs = one.split(), other.split()
    at = next((n for n, (a, b) in enumerate(zip(mine, theirs, strict=False)) if a.strip(".,;:").lower() != b.strip(".,;:").lower()), min(len(mine), len(theirs)))
    return _cut(mine, at, beside), _cut(theirs, at, beside)


def _cut(words: list[str], at: int, beside: int) -> str:
    start, end = max(at - beside, 0), at + beside
    return ("... " if start else "") + " ".join(words[start:end]) + (" ..." if end < len(words) else "")
