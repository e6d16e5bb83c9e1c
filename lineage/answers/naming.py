"""From what a person types to the one work that is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace

from lineage.errors import AmbiguousError, NotFoundError
from lineage.model import Work, bare
from lineage.model.confusion import likeness
from lineage.model.dates import find_dates
from lineage.profiles import abbreviations

if TYPE_CHECKING:
    from lineage.store.reading import Reading


def find_work(name: str, store: Reading, on: date | None = None, as_known: str | None = None) -> tuple[Work, tuple[Work, ...]]:
    """The work that the name means, and the other works that bear or bore the name.

    ``name`` is a number (``3.48``, ``§ 3.48``), a title with or without its series and date, or a work id. ``3.48`` never means ``3.48.1``. Of several holders of a
    number, the one that held it on the day is taken if exactly one can be told; with none, the one that bore it before a renumbering took it away, or bears it since.

    Raises NotFoundError where nothing held or mentioned fits, AmbiguousError with the candidates where several do; it never picks one.
    """
    exact = store.works(ids=[name.strip()], as_known=as_known)
    if exact:
        return exact[0], ()
    works = store.works(ids=store.ids_called(*_keys(name), as_known), as_known=as_known)
    fitting = _by_number(name, works) or _by_title(name, works, store, as_known)
    if not fitting:
        # The titles of a view may be others than those that are kept.
        works = store.works(as_known=as_known)
        fitting = _by_title(name, works, store, as_known)
    if not fitting:
        raise NotFoundError(
            f'Nothing held or mentioned in this library is called "{name}".',
            hint="Try its number, its title, or `lineage search` with words of its text; `lineage in-force --all --on DATE` lists every work.",
            candidates=tuple(_near(name, works)),
        )
    if len(fitting) == 1:
        return fitting[0], ()
    fitting = _oldest_first(fitting, store, as_known)
    chosen = _meant(name, fitting, store, on, as_known) if on is not None else []
    if len(chosen) == 1:
        return chosen[0], tuple(w for w in fitting if w.id != chosen[0].id)
    when = f" on {on.isoformat()}" if on else ""
    raise AmbiguousError(
        f'"{name}" could mean {len(fitting)} works{when}, and which of them is meant cannot be told.',
        hint="Ask with one of these work ids, or with a day on which only one of them held the name.",
        candidates=tuple(f'{w.id}  {w.title or "(title not held)"}' for w in fitting),
    )


def _oldest_first(works: list[Work], store: Reading, as_known: str | None) -> list[Work]:
    """The works in the order in which they began, whatever the order in which they were met."""
    began: dict[str, date] = {}
    for text in store.expressions([w.id for w in works], as_known=as_known):
        began[text.work] = min(began.get(text.work, date.max), text.starts.first or text.starts.last or date.max)
    return sorted(works, key=lambda w: (began.get(w.id, date.max), w.title, w.id))


def _keys(name: str) -> tuple[list[str], list[str]]:
    """The bare numbers and titles that a name may give."""
    numbered, titled, words = _numbered(name), _titled(_undated(name)), _undated(name)
    numbers = [bare(_without_agency(name)), *([bare(numbered["number"])] if numbered else [])]
    titles = [bare(words), *([bare(titled["title"])] if titled else [])]
    return [n for n in numbers if n], [t for t in titles if t]


def _numbered(name: str) -> re.Match[str] | None:
    """The series and the number of "Special Order 18-04", "Manual Section 3.48"."""
    return re.fullmatch(r"(?P<series>[A-Za-z ]+?)\s*(?:No\.?|Number|#|§)?\s*(?P<number>[A-Z]{0,3}-?\d[\w.\-/]*)(?:\s*[-–,]\s*(?P<title>.+))?", _without_agency(name).strip())


def _undated(name: str) -> str:
    """The words of a name without the dates in it."""
    words = name
    for found in reversed(list(find_dates(name))):
        words = words[: found.start] + words[found.end :]
    return re.sub(r"\b(?:of|dated)\s*$|[()\"“”]", " ", words).strip(" ,-–")


def _titled(words: str) -> re.Match[str] | None:
    """The series and the title of "Special Order - Social Media"."""
    return re.match(r"(?P<series>[A-Za-z ]+?)\s*[-–:\"]\s*(?P<title>.+)$", words)


def _by_number(name: str, works: Sequence[Work]) -> list[Work]:
    wanted = bare(_without_agency(name))
    found = [w for w in works if wanted and w.bears(wanted, None)]
    if found:
        return found
    match = _numbered(name)
    if match is None:
        return []
    numbered = [w for w in works if w.bears(match.group("number"), None)]
    return [w for w in numbered if any(_is_series(match.group("series"), replace(w, series=s)) for s in (w.series, *(b.series for b in w.numbers)))]


def _by_title(name: str, works: Sequence[Work], store: Reading, as_known: str | None) -> list[Work]:
    dates, words = list(find_dates(name)), _undated(name)
    exact = [w for w in works if bare(w.title) == bare(words)]
    if not exact:
        match = _titled(words)
        if match:
            exact = [w for w in works if bare(w.title) == bare(match.group("title")) and _is_series(match.group("series"), w)]
    if len(exact) > 1 and dates:
        wanted = {d.day.on for d in dates}
        exact = [w for w in exact if any(x.starts.on in wanted or x.issued.on in wanted for x in store.expressions(w.id, as_known=as_known))]
    return exact


def _without_agency(name: str) -> str:
    for short in abbreviations() if " " in name.strip() else ():
        name = re.sub(rf"^\s*{re.escape(short)}\s+", "", name)
    return name


def _is_series(words: str, work: Work) -> bool:
    low = words.strip().lower().rstrip("s")
    return low in (work.series.replace("-", " "), "section", "manual") if work.series == "manual-section" else low == work.series.replace("-", " ")


def _meant(name: str, works: list[Work], store: Reading, on: date, as_known: str | None) -> list[Work]:
    """Those that may be meant on the day: of works that were renumbered first those that bear the number then, next those that bore it before, last those that bear it only later."""
    number = next((b.number for w in works for b in w.numbers if bare(name).endswith(bare(b.number))), None)
    if number is None:
        return _holder_on(works, store, on, as_known)
    bearing = [w for w in works if not w.numbers or (w.on(on).number is not None and bare(w.on(on).number or "") == bare(number))]
    before = [w for w in works if w not in bearing and w.bore(number, on)]
    later = [w for w in works if w not in bearing and w not in before]
    for pool in (bearing, before, later):
        periods = {p.work: p for p in store.periods(work=[w.id for w in pool], on=on, as_known=as_known)}
        begun = [w for w in pool if w.id in periods and (periods[w.id].status != "not-in-force" or periods[w.id].opened_by is not None)]
        if begun:
            return _holder_on(begun, store, on, as_known)
    return _holder_on(works, store, on, as_known)


def _holder_on(works: list[Work], store: Reading, on: date, as_known: str | None) -> list[Work]:
    """Those that may hold the number on the day: in force if any is, else not established; else the one whose life covers it."""
    periods = {p.work: p for p in store.periods(work=[w.id for w in works], on=on, as_known=as_known)}
    status = {w.id: periods[w.id].status if w.id in periods else "not-in-force" for w in works}
    live = [w for w in works if status[w.id] == "in-force"]
    unclear = [w for w in works if status[w.id] == "not-provable"]
    if live or unclear:
        return live + unclear
    return [w for w in works if w.id in periods and periods[w.id].opened_by is not None]


def _near(name: str, works: Sequence[Work]) -> list[str]:
    wanted = {w for w in re.findall(r"[a-z0-9.]+", name.lower()) if len(w) > 2}
    alike = [w for w in works if likeness(name) in (likeness(w.number or ""), likeness(w.title))]  # if OCR misread the one that is held
    if alike:
        return [f"{w.id}  {w.title}" for w in alike[:5]]
    scored = sorted(((len(wanted & set(re.findall(r"[a-z0-9.]+", f"{w.number or ''} {w.title}".lower()))), w) for w in works), key=lambda pair: (-pair[0], pair[1].id))
    return [f"{w.id}  {w.title}" for score, w in scored[:5] if score]
