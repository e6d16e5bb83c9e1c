"""Renumbering: a rule goes on under another number. Which acts that say so are proven, and which papers are then texts of one work.

An act is proven where one rule alone can be meant by the old number, the day is settled, no text of the old number begins on that day or later, and nobody gives the rule, or the
number, away twice. A paper that speaks of itself ties its own texts to the old number; where another paper says it, the first texts of the new number that begin from that day on
are the rule's where their titles are alike (or no title of it is known). What is not proven ties nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from lineage.model import Borne, Catalogue, Finding, Relation, Work, bare, may_be_series
from lineage.relations.identity import titles_alike

UNCLEAR = "identity.renumbering-unclear"
UNKNOWN_SERIES = "unknown-series"


class Joined(Struct, frozen=True):
    """Works that are one, oldest first (none where no paper and no mention of it is held but the act itself), and the numbers that it bore."""

    works: tuple[str, ...]
    numbers: tuple[Borne, ...]


class _Claim(Struct, frozen=True):
    """That the bearer of one number (``former``, where any is known) bears another from a day on; ``heir`` is the holder of the new number that is the same rule."""

    act: Relation
    former: Work | None
    heir: Work | None
    on: date

    @property
    def old(self) -> str:
        return bare(self.act.affected.number or "")

    @property
    def new(self) -> str:
        return bare(self.act.affecting.number or "")

    @property
    def giver(self) -> str:
        """The rule that gives its number away."""
        return self.former.id if self.former is not None and self.former.held else self.old


def joined(acts: Iterable[Relation], catalogue: Catalogue, own: dict[str, str]) -> list[Joined]:
    """Which works of the catalogue (each under one number) are one, by the acts that are proven. ``acts`` are resolved; ``own`` gives the work of each item."""
    works = {w.id: w for w in catalogue.works}
    claims = [c for a in acts if telling(a) for c in [_claim(a, catalogue, works, own)] if c is not None]
    claims = _once([c for c in claims if not _goes_on_under_old(c, catalogue)])
    chains: list[Joined] = []
    for claim in sorted(claims, key=lambda c: (c.on, c.act.id)):
        before = _chain(claim, chains)
        if before is None or (claim.heir is not None and any(claim.heir.id in c.works for c in chains)):
            continue
        chains = [c for c in chains if c is not before]
        chains.append(_longer(before, claim))
    return chains


def telling(act: Relation) -> bool:
    """Whether an act says of one rule, without doubt, that it bears another number."""
    return act.renames and act.standing == "order" and act.status != "rejected" and act.certainty != "doubtful" and bool(act.affected.number and act.affecting.number)


def follows(act: Relation, catalogue: Catalogue, own: str | None) -> Work | None:
    """The renumbered work of the catalogue that went from the one number of the act to the other."""
    old, new = bare(act.affected.number or ""), bare(act.affecting.number or "")
    for work in catalogue.works:
        if act.affecting.own and work.id != own:
            continue
        if any(bare(a.number) == old and bare(b.number) == new for a, b in zip(work.numbers, work.numbers[1:], strict=False)):
            return work
    return None


def not_followed(act: Relation) -> list[Finding]:
    """The doubt about each work that an unproven renumbering may be about."""
    message = (
        f'"{act.affected.mention}" is said to bear the number {act.affecting.number or act.affecting.mention}, and that one rule bore both cannot be proven: more than one rule may be meant, the day is not '
        "settled, or papers of the two numbers stood beside each other. They are kept as they are until a person decides; an edition or a list with both numbers could settle it."
    )
    return [Finding(UNCLEAR, "doubt", message, act.evidence, work=work) for work in act.candidates]


def _claim(act: Relation, catalogue: Catalogue, works: dict[str, Work], own: dict[str, str]) -> _Claim | None:
    former = works.get(act.affected.work or "")
    if act.affecting.own:
        heir = works.get(own.get(act.item, ""))
        first = min((f for f in _firsts(heir, catalogue)), default=None) if heir else None
        return _Claim(act, former, heir, first) if heir and first and heir != former else None
    day = act.effect.day.on if act.effect else None
    if day is None or bare(act.affected.number or "") == bare(act.affecting.number or ""):
        return None
    alike = [w for w in _bearers(act, catalogue) if w != former and _alike(former, act, w, catalogue)]
    if any(f < day for w in alike for f in _firsts(w, catalogue)):
        return None  # a rule with that title bore the new number before
    alike.sort(key=lambda w: (min(_firsts(w, catalogue), default=date.max), w.id))
    return _Claim(act, former, alike[0] if alike else None, day)


def _bearers(act: Relation, catalogue: Catalogue) -> list[Work]:
    """The works held under the new number."""
    agencies = {w.agency for w in catalogue.works}
    named = (w for agency in agencies for w in catalogue.by_number.get((agency, bare(act.affecting.number or "")), ()))
    return [w for w in named if w.held and may_be_series(act.affecting.series, w.series)]


def _alike(former: Work | None, act: Relation, heir: Work, catalogue: Catalogue) -> bool:
    titles = [x.title for x in catalogue.by_work.get(former.id, ())] if former else []
    titles = titles or [t for t in (act.affected.title, former.title if former else None) if t]
    return not titles or any(titles_alike(t, x.title) for t in titles for x in catalogue.by_work.get(heir.id, ()))


def _firsts(work: Work, catalogue: Catalogue) -> list[date]:
    return [x.starts.first for x in catalogue.by_work.get(work.id, ()) if x.starts.first]


def _goes_on_under_old(claim: _Claim, catalogue: Catalogue) -> bool:
    """Whether a text of the old number begins when it should bear the new one."""
    return claim.former is not None and any(f >= claim.on for f in _firsts(claim.former, catalogue))


def _once(claims: Sequence[_Claim]) -> list[_Claim]:
    """One claim for a rule and its new number, the earliest; none where a rule is given two numbers on one day, or two rules one."""
    best: dict[tuple[str, str], _Claim] = {}
    for claim in sorted(claims, key=lambda c: (c.on, c.act.id)):
        known = best.get((claim.giver, claim.new))
        heir = claim.heir if known is None or claim.act.affecting.own else known.heir or claim.heir  # what a paper says of itself goes before likeness
        best[claim.giver, claim.new] = replace(known or claim, heir=heir)
    given, taken = Counter((c.giver, c.on) for c in best.values()), Counter((c.new, c.on) for c in best.values())
    return [c for c in best.values() if given[c.giver, c.on] == 1 and taken[c.new, c.on] == 1]


def _chain(claim: _Claim, chains: list[Joined]) -> Joined | None:
    """The numbers that the rule bore until now; None where it had given that number up before, or another may have come to bear it."""
    former = claim.former
    last = [c for c in chains if bare(c.numbers[-1].number) == claim.old and (c.numbers[-1].since or date.min) < claim.on]
    if former is not None and former.held:
        mine = [c for c in chains if former.id in c.works]
        if mine:
            return mine[0] if mine == last else None
        return None if last else Joined((former.id,), (_first(claim, former),))
    if last:
        return last[0] if len(last) == 1 else None
    return Joined((former.id,) if former else (), (_first(claim, former),))


def _first(claim: _Claim, former: Work | None) -> Borne:
    end = claim.act.affected
    series = former.series if former else end.series or (claim.heir.series if claim.heir else UNKNOWN_SERIES)
    return Borne(series, (former.number if former else None) or end.number or "")


def _longer(before: Joined, claim: _Claim) -> Joined:
    last, end = before.numbers[-1], claim.act.affecting
    series = claim.heir.series if claim.heir else last.series if may_be_series(end.series, last.series) else end.series or last.series
    number = (claim.heir.number if claim.heir else None) or end.number or ""
    works = (*before.works, claim.heir.id) if claim.heir else before.works
    return Joined(works, (*before.numbers[:-1], replace(last, until=claim.on), Borne(series, number, claim.on, None, claim.act.id)))
