"""What the page says of a rule on a day: the answer of ``Library.show`` in plain strings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct
from msgspec.structs import astuple

from lineage.answers.wording import unit_of
from lineage.model import Event, Evidence, Reason, Shown, Unit, bytes_of
from lineage.model.dates import long_date
from lineage.rendering import copies, editions, standing, wording
from lineage.rendering.binding import binding_words, touch_words
from lineage.rendering.ink import Ink
from lineage.rendering.plain import cite, title

NOT_ESTABLISHED = "not established by the documents held"


class Clause(Struct, frozen=True):
    """A clause of a text as it is shown: its depth, marker, heading, words, and the cells of a table."""

    kind: str
    depth: int
    marker: str
    heading: str
    words: str
    rows: tuple[tuple[str, ...], ...] = ()


class Words(Struct, frozen=True):
    """A text of a rule, clause by clause, and what must be said of it before it is read. ``item`` is the file of its base."""

    head: str
    item: str
    name: str
    clauses: tuple[Clause, ...]


class Said(Struct, frozen=True, eq=False):
    """What is said of a rule on a day. All but ``sentence`` is the same on every day of a stretch; ``sentence`` names the day."""

    status: str
    name: str
    tags: tuple[str, ...]
    words: Words | None
    proof: tuple[str, ...]
    beside: tuple[tuple[str, str], ...]
    open: tuple[str, ...]
    cited: str
    sources: tuple[tuple[str, str], ...]
    sentence: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Said) and self._but_the_day() == other._but_the_day()

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self._but_the_day())

    def _but_the_day(self) -> tuple[object, ...]:
        return astuple(self)[:-1]


def said(answer: Shown) -> Said:
    """An answer as the page says it."""
    ruling = answer.ruling
    return Said(
        status=ruling.status,
        name=title(ruling.work, ruling.series_name, ruling.agency_name, answer.issued_on).removesuffix(f" ({ruling.agency_name})"),
        tags=tuple(_tags(answer)),
        words=_words(answer),
        proof=tuple(_step(r, answer.item_names) for r in answer.reasons) + _seen(answer),
        beside=tuple(_beside(answer)),
        open=tuple(f.message for f in answer.findings if f.severity != "note" or f.code in ruling.codes),
        cited=cite(ruling, answer) if ruling.status == "in-force" else "",
        sources=tuple(_sources(answer)),
        sentence=answer.sentence,
    )


def _tags(answer: Shown) -> Iterable[str]:
    ruling = answer.ruling
    yield {"in-force": "in force", "not-in-force": "not in force", "not-provable": NOT_ESTABLISHED}[ruling.status]
    if ruling.status == "in-force":
        yield standing.ground(ruling)
    yield from standing.extras(ruling)
    if ruling.change_day:
        yield "day of a change"


def _words(answer: Shown) -> Words | None:
    if answer.text is None:
        return None
    units = answer.wording.units if answer.wording and answer.wording.units else tuple(unit_of(c) for c in answer.clauses)  # type: ignore[arg-type]
    base = answer.ruling.period.item or ""
    head = wording.text(answer, Ink())[0] if answer.wording and answer.wording.units else ""
    return Words(head, bytes_of(base), answer.item_names.get(base, base[:12]), tuple(_clause(unit) for unit in units))


def _clause(unit: Unit) -> Clause:
    return Clause(unit.kind, unit.depth, unit.marker, unit.heading.string, unit.text.string, tuple(tuple(cell.string for cell in row) for row in unit.rows))


def _step(one: Reason, names: dict[str, str]) -> str:
    """A step of an answer, with the quote that proves it."""
    day = one.day_text if one.on is None else long_date(one.on)
    quote = wording.places(one.evidence, names) if one.evidence else ""
    parts = [one.note if one.note not in quote else "", quote]
    return " · ".join(filter(None, (f"{day}: {one.event}", *parts)))


def _seen(answer: Shown) -> tuple[str, ...]:
    ruling = answer.ruling
    if ruling.observed_on is None or ruling.period.item is None:
        return ()
    name = answer.item_names.get(ruling.period.item, ruling.period.item[:12])
    return (f"seen published on {long_date(ruling.observed_on)}: {name}, or a copy with the same words",)


def _beside(answer: Shown) -> Iterable[tuple[str, str]]:
    """What stands beside the proof, each under its label."""
    for binding in answer.bindings:
        yield "Binds", binding_words(binding)
    for line in wording.changes(answer, Ink()):
        yield "Changed", line.removeprefix("Changed").strip()
    for line in editions.lines(answer, Ink()):
        yield "Held to", line.removeprefix("Held to").strip()
    for touch in answer.touches:
        yield "Touched", touch_words(touch)
    for copy in answer.copies:
        yield "Copy", f"{copy.name}: {copies.came(copy.provenance)}; {copies.signed(copy.signature)}"


def _sources(answer: Shown) -> Iterable[tuple[str, str]]:
    """The files that the answer rests on: hash and name."""
    proofs: list[Evidence] = [e for r in answer.reasons for e in r.evidence]
    items = dict.fromkeys([answer.ruling.period.item or "", *(e.item for e in proofs), *(c.item for c in answer.copies)])
    for item in items:
        if item in answer.item_names:
            yield bytes_of(item), answer.item_names[item]


def ended_by(event: Event | None, names: dict[str, str], own: str) -> str:
    """What closes a period, in words."""
    if event is None:
        return ""
    by = names.get(event.by or "", "") or event.by_mention
    on = f" on {long_date(event.day.on)}" if event.day.on else ""
    return f"{event.label} by {by}{on}" if by and event.by != own else f"{event.label}{on}"


def last_day(end: date) -> str:
    """The last day before an exclusive end, for people."""
    return long_date(date.fromordinal(end.toordinal() - 1))
