"""What was read from one file, for people."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from lineage.model import ENDING, Binding, DateReading, Entry, Finding, Index, Item, Outline, Relation
from lineage.model.dates import long_date
from lineage.rendering.binding import applies_to
from lineage.rendering.ink import WIDTH, Ink


def show(item: Item, outline: Outline, relations: Iterable[Relation], findings: Iterable[Finding], profile: str, ink: Ink, index: Index | None = None, bindings: Iterable[Binding] = ()) -> str:
    """Heading, dates, clauses (of a list of orders its entries), relations, furniture and open questions of one file."""
    heading = outline.heading
    name = " ".join(part for part in (heading.series.replace("-", " ").title(), heading.number or "", heading.title) if part)
    lines = [ink(name, "title"), f"{item.name} · {item.media_type} · {outline.pages} page{'s' if outline.pages != 1 else ''} · profile {profile}", ""]
    lines += [f"  {d.role:10} {_day(d):26} {d.raw}  (p. {d.page}){'  ' + d.basis if d.basis else ''}" for d in heading.dates]
    lines.append("")
    if index is not None:
        lines += _entries(index, ink)
    for c in outline.clauses if index is None or not index.entries else ():
        words = " ".join(t.string for t in (c.marker, c.heading, c.text) if t)
        indent = "  " * (c.depth + 1)
        lines += textwrap.wrap(words, WIDTH, initial_indent=indent, subsequent_indent=indent + "  ")
    lines += ["", ink("Relations", "label")]
    for r in relations:
        effect = f", effective {long_date(r.effect.day.on)}" if r.effect and r.effect.day.on else ""
        sure = " (open question)" if r.certainty == "doubtful" and r.kind != "cites" else " (a part)" if r.scope == "part" and r.kind in ENDING else ""
        lines.append(f'  {r.kind:12} {r.affecting.mention} -> {r.affected.mention}{effect}{sure}  p. {r.evidence[0].page} "{r.evidence[0].quote[:60]}"')
    said = list(bindings)
    if said:
        lines += ["", ink("Whom it binds", "label"), *applies_to(said)]
    lines += ["", ink("Set aside", "label")]
    lines += [f"  {f.kind:12} p. {', '.join(map(str, f.pages[:12]))}  {f.text[:70]}  ({f.reason})" for f in outline.furniture]
    questions = list(findings)
    if questions:
        lines += ["", ink("Open questions", "label")]
        for f in questions:
            lines += textwrap.wrap(f"{f.severity}: {f.message}", WIDTH, initial_indent="  ", subsequent_indent="    ")
    return "\n".join(lines) + "\n"


def _entries(index: Index, ink: Ink) -> list[str]:
    """The rows of a list of orders: number, title, dates by role, marks."""
    lines = [ink(f"A list of {len(index.entries)} orders" if index.entries else "A list of orders, none of them read", "label"), f"  columns: {' | '.join(role or '?' for role in index.columns)}", ""]
    for entry in index.entries:
        lines += textwrap.wrap(_entry(entry), WIDTH, initial_indent="  ", subsequent_indent="      ")
    return lines


def _entry(entry: Entry) -> str:
    place = entry.evidence[0]
    said = [f"{d.role} {d.day.on.isoformat() if d.day.on else d.raw}" for d in entry.dates] + [f"{m.kind}{' (it was)' if m.suffers else ''}: {m.words.string}" for m in entry.marks]
    name = " ".join(part for part in (entry.series.replace("-", " ").title(), entry.number or "", entry.title) if part)
    return f"{name}  ({place.at or f'p. {place.page}'}){'  ' if said else ''}{' · '.join(said)}"


def _day(reading: DateReading) -> str:
    if reading.day.on:
        return long_date(reading.day.on)
    if reading.day.earliest or reading.day.latest:
        return f"{reading.day.earliest or '?'} to {reading.day.latest or '?'}"
    return "not readable"
