"""``resolve``: which work is meant by what is written.

The acts upon one number are read in the order of their days, because an act can only mean a holder that had begun and had not ended. Several possible holders
stay candidates, with a finding; nothing is picked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from msgspec.structs import replace

from lineage.model import ENDING, Catalogue, End, Finding, Relation, Work, bare, may_be_series
from lineage.profiles import Profile
from lineage.relations.entitled import by_title, titles
from lineage.relations.identity import titles_alike
from lineage.relations.misreadings import is_misread, misread, misreading
from lineage.relations.renumbering import follows, not_followed

MOVING = ("postpones", "extends", "reissues")  # upon what has not begun, or may be over
UPON_A_RULE = ("amends", "substitutes", "inserts", "deletes", "corrects", "confirms")  # said of a rule that stands
LONG_AGO = date(1, 1, 1)


def resolve(found: Iterable[Relation], catalogue: Catalogue, agency: str, own: dict[str, str], profile: Profile | None = None, *, joined: bool = True, decided: Callable[[Relation], Relation | None] | None = None) -> list[Relation]:
    """The relations with the works that they mean. What remains unclear is said by ``doubts_about``.

    ``own`` gives for each item the work that it is an expression of. An end that nothing held fits keeps ``work`` None; where several works fit, they are the
    relation's ``candidates`` and its certainty falls to doubtful. A relation resolved before is read anew. Where the works are ``joined`` over their numbers, a renumbering
    means one of those works at both ends, or is doubtful. ``decided`` gives a relation as a person ruled on it, None where it was rejected: so it bears on what other acts can mean, and is itself given
    back as it was read.
    """
    ended: dict[str, date] = {}
    held = {w.id for w in catalogue.works if w.held}
    done: list[Relation] = []
    for relation in sorted(found, key=_by_day):
        if relation.affected.subject is not None:
            done.append(replace(relation, affecting=replace(relation.affecting, work=own.get(relation.item))))
            continue  # it names no rule: which it may mean is told by their titles
        fresh = replace(relation, candidates=(), certainty="certain" if relation.certainty == "likely" or relation.candidates else relation.certainty)
        fresh = replace(fresh, scope="whole") if fresh.source == "field" and fresh.kind in ENDING and fresh.scope != "part" else fresh
        day = _day(fresh)
        numbering = profile.numbering(fresh.affected.number, day) if profile and day and fresh.affected.number and not fresh.affected.version_on else "today's"
        affecting, _ = _end(fresh.affecting, fresh, catalogue, agency, own, day, ended, acted_on=False)
        affected, candidates = _end(fresh.affected, fresh, catalogue, agency, own, day, ended, acted_on=fresh.standing == "order" or fresh.kind in ENDING)
        if numbering == "old" and not fresh.affected.own and (affected.work in held or candidates):
            affected, candidates = replace(affected, work=None), []  # an order of the old numbering, which is not held under that number
        fresh = replace(fresh, affecting=affecting, affected=affected)
        entitled = by_title(fresh.affected, candidates or [w for w in catalogue.works if w.id == affected.work], catalogue, agency) if fresh.standing == "order" else None
        if entitled is not None and entitled.id == own.get(fresh.item):
            entitled = None
        if entitled is not None and fresh.kind == "cites":
            done.append(replace(fresh, certainty="likely", affected=replace(affected, work=entitled.id)))
            continue
        if entitled is not None and (candidates or affected.work in held):
            candidates = [*(candidates or [w for w in catalogue.works if w.id == affected.work]), entitled]
        if joined and fresh.renames and fresh.standing == "order":
            done.append(_renumbering(fresh, candidates, catalogue, own.get(fresh.item)))
            continue
        if len(candidates) > 1:
            names = tuple(sorted(w.id for w in candidates))
            fresh = replace(fresh, candidates=names, certainty="doubtful" if fresh.kind != "cites" else fresh.certainty, affected=replace(affected, work=None))
        if fresh.standing == "index":
            done.append(_another_title(fresh, catalogue))
            continue  # a list ends nothing that an order may still act upon
        if affected.work not in held and len(candidates) < 2 and fresh.kind != "cites" and (likely := misread(affected, catalogue, agency, own.get(fresh.item))):
            fresh = replace(fresh, candidates=likely, certainty="doubtful", affected=replace(affected, work=None))
        elif numbering == "unclear" and fresh.kind in ENDING and fresh.affected.work in held and not fresh.affected.own:
            fresh = replace(fresh, certainty="doubtful", candidates=(str(fresh.affected.work),), scope="unknown")
        elif affected.work is None and not candidates and day is not None and (begun := begun_that_day(fresh, catalogue, agency, own.get(fresh.item))):
            fresh = replace(fresh, certainty="doubtful", candidates=(begun,), affected=replace(affected, work=begun))
        else:
            fresh = _contradicted(fresh, catalogue, day)
        done.append(fresh)
        _bears_on_others(decided(fresh) if decided is not None else fresh, ended)
    return done


def _bears_on_others(act: Relation | None, ended: dict[str, date]) -> None:
    """Keep when a rule was ended: what acts upon its number later means another."""
    day = _day(act) if act is not None else None
    if act is None or act.affected.work is None or act.certainty == "doubtful" or day is None:
        return
    if act.kind in ENDING and act.affected.version_on is None:
        ended[act.affected.work] = day
    elif act.kind in UPON_A_RULE and act.affected.work in ended and day > ended[act.affected.work]:
        del ended[act.affected.work]  # whether it had ended is open again, so a later end may mean it


def _renumbering(relation: Relation, candidates: list[Work], catalogue: Catalogue, own: str | None) -> Relation:
    """A renumbering with the work that went from the one number to the other; else in doubt about every work held that it may be about."""
    work = follows(relation, catalogue, own)
    if work is not None:
        return replace(relation, affecting=replace(relation.affecting, work=work.id), affected=replace(relation.affected, work=work.id))
    maybe = {w.id for w in candidates} | {w for w in (relation.affected.work, relation.affecting.work) if w}
    only = candidates[0].id if len(candidates) == 1 else None
    return replace(relation, certainty="doubtful", candidates=tuple(sorted(maybe)), affected=replace(relation.affected, work=only))


def doubts_about(unclear: Iterable[Relation], catalogue: Catalogue) -> list[Finding]:
    """The doubts of relations that have candidates, one for each work that each could mean."""
    called = {w.id: w.title for w in catalogue.works}
    numbers = {w.id: w.number or "" for w in catalogue.works}
    found: list[Finding] = []
    for r in unclear:
        if r.renames and r.standing == "order":
            found += not_followed(r)
            continue
        numbers |= {w.id: r.affected.number for w in catalogue.works if w.numbers and r.affected.number and w.bears(r.affected.number, None)}
        if r.kind != "cites" and begun_that_day(r, catalogue, r.candidates[0].split("/", 1)[0], None) is not None:
            continue  # the timeline says it, which knows the hours
        if r.kind != "cites":
            found += misreading(r, numbers) if is_misread(r, numbers) else _several(r, called, numbers) if len(r.candidates) > 1 else _contradiction(r)
    return found


def _end(
    end: End, relation: Relation, catalogue: Catalogue, agency: str, own: dict[str, str], day: date | None, ended: dict[str, date], *, acted_on: bool
) -> tuple[End, list[Work]]:
    if end.external:
        return replace(end, work=None), []
    if end.own:
        return replace(end, work=own.get(relation.item)), []
    itself = own.get(relation.item)
    works = _bearing(end, _named(end, catalogue, agency, itself if acted_on else None), day, catalogue)
    if relation.standing == "index":
        works = _titled(end, works, catalogue)
    if relation.kind == "cites" or not acted_on:
        living = [w for w in works if not w.held or day is None or _begun(w, catalogue, day, inclusive=True)] or works
        return replace(end, work=living[0].id if len(living) == 1 else None), living
    if end.version_on is not None:
        exact = [w for w in works if any(end.version_on in (x.starts.on, x.issued.on) for x in catalogue.by_work.get(w.id, ()))]
        if exact:
            works = exact
        return replace(end, work=works[0].id if len(works) == 1 else None), works
    alive = works
    if day is not None and relation.kind not in MOVING:  # an act whose day is not known could mean any holder
        alive = [w for w in works if not w.held or (_begun(w, catalogue, day, inclusive=False) and not _over(w, catalogue, ended, day))]
        if len(alive) > 1:
            alive = [w for w in alive if not _goes_on(w, catalogue, day)] or alive
        if not alive and relation.kind not in ENDING:
            alive = [w for w in works if _begun(w, catalogue, day, inclusive=True)]  # an act upon a rule that had ended is said, not dropped
    if relation.standing == "index":
        alive = alive or works  # before it began, or after it had ended: the timeline says that the list is at odds with the orders
    if not alive and itself is not None and end.number and any(bare(w.number or "") == bare(end.number) for w in catalogue.works if w.id == itself):
        return replace(end, work=itself), []  # its own number, and no other holder: an earlier version of itself
    return replace(end, work=alive[0].id if len(alive) == 1 else None), alive


def begun_that_day(relation: Relation, catalogue: Catalogue, agency: str, own: str | None) -> str | None:
    """The one bearer of the number, begun on the very day on which an order ends a bearer of it: the act may mean it, or one before it that is not held."""
    end, day = relation.affected, _day(relation)
    if relation.kind not in ENDING or relation.standing != "order" or relation.source == "stamp" or end.own or end.external or end.version_on or not end.number or day is None:
        return None
    works = [w for w in _named(end, catalogue, agency, own) if w.held]
    firsts = [x.starts.on for w in works for x in catalogue.by_work.get(w.id, ())]
    alike = not end.title or any(titles_alike(t, end.title) for w in works for t in titles(w, catalogue))
    return works[0].id if len(works) == 1 and alike and firsts and all(f == day for f in firsts) else None


def _named(end: End, catalogue: Catalogue, agency: str, own: str | None) -> list[Work]:
    """The works that the mention could name, by number, else by title and date."""
    if end.number:
        works = list(catalogue.by_number.get((agency, bare(end.number)), ()))
        of_series = [w for w in works if end.series is None or w.series == end.series]
        return [w for w in of_series or [w for w in works if may_be_series(end.series, w.series)] if w.id != own or end.version_on is not None or w.numbers]
    if end.title:
        works = [w for w in catalogue.by_title.get((agency, bare(end.title)), ()) if w.id != own and may_be_series(end.series, w.series)]
        if end.dated is not None:
            works = [w for w in works if not w.held or any(end.dated in (x.starts.on, x.issued.on) for x in catalogue.by_work.get(w.id, ()))]
        return works
    return []


def _bearing(end: End, works: list[Work], day: date | None, catalogue: Catalogue) -> list[Work]:
    """Of works that were renumbered those that bear the number on the day; where none does, those from which it was taken before: people go on naming a rule by its old number."""
    if not end.number or day is None or not any(w.numbers for w in works):
        return works
    number = end.number
    bearing = [w for w in works if w.bears(number, day)]
    known = [w for w in bearing if w.numbers or (w.held and _begun(w, catalogue, day, inclusive=True))] or [w for w in bearing if not w.held]
    return known or [w for w in works if w.bore(number, day)] or bearing


def _titled(end: End, works: list[Work], catalogue: Catalogue) -> list[Work]:
    """Of several bearers of a number those with a title like the one that the list gives; all where none has."""
    if not end.title or len(works) < 2:
        return works
    return [w for w in works if not w.title or any(titles_alike(t, end.title) for t in titles(w, catalogue))] or works


def _another_title(relation: Relation, catalogue: Catalogue) -> Relation:
    """What a list says of a rule with this number and a title that shares nothing with that of the rule held: another bearer of the number may be meant."""
    end = relation.affected
    work = next((w for w in catalogue.works if w.id == end.work), None)
    if work is None or not work.held or not end.title or any(titles_alike(t, end.title) for t in titles(work, catalogue)):
        return relation
    return replace(relation, certainty="doubtful", candidates=(work.id,))


def _begun(work: Work, catalogue: Catalogue, day: date, *, inclusive: bool) -> bool:
    firsts = [x.starts.first for x in catalogue.by_work.get(work.id, ())]
    return any(f is None or f < day or (inclusive and f == day) for f in firsts)


def _over(work: Work, catalogue: Catalogue, ended: dict[str, date], day: date) -> bool:
    """Whether the work had ended by an act before that day and did not begin again."""
    end = ended.get(work.id)
    return end is not None and end < day and not any(x.starts.first and end <= x.starts.first < day for x in catalogue.by_work.get(work.id, ()))


def _goes_on(work: Work, catalogue: Catalogue, day: date) -> bool:
    """Whether a later paper of the work says that it replaces the very text that stood before the day: so it had not ended then."""
    expressions = catalogue.by_work.get(work.id, ())
    before = [x for x in expressions if x.starts.first and x.starts.first < day]
    later = [x for x in expressions if x.starts.first and x.starts.first > day]
    if not before or not later:
        return False
    standing = max(before, key=lambda x: x.starts.first or LONG_AGO)
    days = {d.isoformat() for d in (standing.starts.on, standing.issued.on) if d}
    return any(days & set(x.names_prior) for x in later)


def _contradicted(relation: Relation, catalogue: Catalogue, day: date | None) -> Relation:
    """A rule that by a later paper of its own still stood after the day on which this act would have ended it: the act is doubtful."""
    work = relation.affected.work
    if relation.kind not in ENDING or work is None or relation.affected.own or relation.affected.version_on is not None or relation.source == "stamp":
        return relation
    held = next((w for w in catalogue.works if w.id == work), None)
    if day is None or held is None or not held.held or not _goes_on(held, catalogue, day):
        return relation
    return replace(relation, certainty="doubtful", candidates=(work,))


def _contradiction(relation: Relation) -> list[Finding]:
    if relation.scope == "unknown":
        message = (
            f'"{relation.affected.mention}" may be a number of the agency\'s former numbering, or the number of this rule: the paper that ends it is of the time when both '
            "were named. Whether this rule was ended is not established; a sighting after that day, or the order of the old number, could settle it."
        )
        return [Finding("relations.holder-unclear", "doubt", message, relation.evidence, work=relation.candidates[0])]
    done = "rescinded" if relation.kind == "rescinds" else "superseded"
    return [
        Finding(
            "relations.contradicted",
            "doubt",
            f'"{relation.affected.mention}" is {done} here, yet a later paper of that number says that it replaces the text that stood before. An older holder of the number '
            "may be meant; whether the rule was in force in between is not established. A sighting of that time could settle it.",
            relation.evidence,
            work=relation.candidates[0],
        )
    ]


def _several(relation: Relation, called: dict[str, str], numbers: dict[str, str]) -> list[Finding]:
    named = " or ".join(f'"{called.get(c, c)}" ({c})' for c in relation.candidates)
    one = all(bare(numbers.get(c) or relation.affected.number or "") == bare(relation.affected.number or "") for c in relation.candidates)
    why = "all bore that number and had begun" if one or not relation.affected.number else "it gives the number of the one and the title of the other"
    return [
        Finding(
            "relations.holder-unclear",
            "doubt",
            f'"{relation.affected.mention}" could mean {named}: {why}. None is ended by it; from that day none of them is established '
            "until a person decides or a sighting clears it.",
            relation.evidence,
            work=candidate,
        )
        for candidate in relation.candidates
    ]


def _day(relation: Relation) -> date | None:
    return relation.effect.day.first if relation.effect else None


def _by_day(relation: Relation) -> tuple[date, str]:
    return (_day(relation) or LONG_AGO, relation.id)
