"""Places kept in the library for rules that are named and not held."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from lineage.model import Relation, Work, bare, may_be_series, reader_title, slug
from lineage.model.work import OF_A_MANUAL
from lineage.profiles import Profile

if TYPE_CHECKING:
    from lineage.store import Writing

UNKNOWN_SERIES = "unknown-series"


def keep(writing: Writing, profile: Profile, found: Iterable[Relation]) -> None:
    """A work for each rule that is named by its number, or by its series and title, and not known: it can be asked for, and waits for its paper."""
    for end, listed, day in ((end, r.standing == "index", r.effect.day.first if r.effect else None) for r in found for end in (r.affected, r.affecting)):
        if end.external or end.own:
            continue
        if end.number:
            known = writing.catalogue(profile.id, numbers={bare(end.number)}, titles=()).works
            known = tuple(w for w in known if day is None or w.bears(end.number, day) or w.bore(end.number, day))
            named = profile.series_of_number(end.number)
            series = end.series or (named.id if named else UNKNOWN_SERIES)
            known = tuple(w for w in known if may_be_series(series, w.series))
            name = end.number
        elif end.title and (end.series or listed):
            known = writing.catalogue(profile.id, numbers=(), titles={bare(end.title)}).works
            known = tuple(w for w in known if may_be_series(end.series, w.series))
            series, name = end.series or UNKNOWN_SERIES, slug(end.title)
        else:
            continue
        vague = series != UNKNOWN_SERIES and all(w.series == UNKNOWN_SERIES and not w.held for w in known)
        if not known or vague:
            holder = _free(writing, f"{profile.id}/{series}/{name}")
            writing.set_work(Work(f"{profile.id}/{series}/{name}/{holder}", profile.id, series, end.number, reader_title(end.title or ""), holder, held=False))


def _free(writing: Writing, address: str) -> int:
    """The first holder of an address that no work is: one that came to bear the number later has it already."""
    holder = 1
    while writing.works(ids=[f"{address}/{holder}"]):
        holder += 1
    return holder


def give_up(writing: Writing, profile: Profile, numbers: Iterable[str], titles: Iterable[str]) -> None:
    """A place kept for a number or a title of which the series was not known goes where a work of a known series bears it: the same is meant."""
    bearers: dict[str, list[Work]] = {}
    for work in writing.catalogue(profile.id, numbers=set(numbers), titles=set(titles)).works:
        for number in {bare(n) for n in (work.number, *(b.number for b in work.numbers)) if n} or {f"a title: {bare(work.title)}"}:
            bearers.setdefault(number, []).append(work)
        if work.number and work.title:
            bearers.setdefault(f"a title: {bare(work.title)}", []).append(work)
    for works in bearers.values():
        for work in vague(works):
            writing.close_work(work.id)


def vague(works: list[Work]) -> list[Work]:
    """Of works that share a name the places kept for a rule of which the series was not known, or that was named by its title, where another of them is what is meant."""
    found = [w for w in works if not w.held and not w.numbers and (w.series == UNKNOWN_SERIES or _as_section(w, works) or (w.number is None and _entitled(w, works)))]
    known = [w for w in works if w not in found]
    return [w for w in found if w.number is None or any(k.bears(w.number, None) for k in known)] if known else []


def clear(writing: Writing, profile: Profile, numbers: Iterable[str], found: Iterable[Relation]) -> bool:
    """Give up the places kept for these numbers that no act means any more, because another work has come to bear the number; whether there were any. ``found`` are all that name
    any of them; a citation that may mean several keeps none."""
    meant = {w for r in found for w in (r.affecting.work, r.affected.work, *(r.candidates if r.kind != "cites" else ())) if w}
    gone = False
    catalogue = writing.catalogue(profile.id, numbers=set(numbers), titles=())
    for work in catalogue.works:
        others = catalogue.by_number.get((profile.id, bare(work.number or "")), ())
        if not work.held and not work.numbers and work.id not in meant and len(others) > 1:
            writing.close_work(work.id)
            gone = True
    return gone


def _entitled(place: Work, works: list[Work]) -> bool:
    """Whether a work that is held, or has a number, bears the title for which a place was kept."""
    return any(w.id != place.id and (w.held or w.number is not None) and may_be_series(place.series, w.series) for w in works)


def _as_section(place: Work, works: list[Work]) -> bool:
    """Whether a rule of a manual that is held is what was cited as its section."""
    return any(w.held and w.series != place.series and w.series in OF_A_MANUAL and place.series in OF_A_MANUAL and w.number for w in works)


def forsaken(writing: Writing, works: Iterable[str]) -> bool:
    """Give up those of these places that no act means any more, because the paper that named them is held no longer; whether there were any."""
    gone = False
    for work in writing.works(ids=set(works)):
        if work.held:
            continue
        meant = writing.undecided().relations(works={work.id})
        if not meant:
            numbers, titles = {bare(n) for n in (work.number, *(b.number for b in work.numbers)) if n}, {bare(work.title)} - {""}
            named = writing.undecided().waiting(work.agency, numbers, titles)
            meant = [r for r in named if r.kind != "cites" and work.id in r.candidates]
        if not meant:
            writing.close_work(work.id)
            gone = True
    return gone


def entitle(writing: Writing, found: Iterable[Relation], untitled: Collection[str] = ()) -> None:
    """The title of a work that is not held: as an order writes it, else as an index does; the same whatever came first. Of those ``untitled`` that are not named by a title and
    have a number, there is none."""
    named: dict[str, list[tuple[bool, str, str]]] = {}
    for relation in found:
        for end in (relation.affecting, relation.affected):
            if end.work and end.title and end.number and not end.own:
                named.setdefault(end.work, []).append((relation.standing == "index", relation.id, end.title))
    for work in writing.works(ids=named) if named else ():
        title = reader_title(min(named[work.id])[2])
        if not work.held and work.title != title:
            writing.set_work(replace(work, title=title))
