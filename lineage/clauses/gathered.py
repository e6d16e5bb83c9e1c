"""What is gathered while a heading is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from lineage.model import DateReading, Finding, FurnitureKind, Text


@dataclass(slots=True)
class Gathered:
    """What is gathered while a heading is read."""

    series: str = ""
    number: Text = Text()
    title: Text = Text()
    dates: list[DateReading] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    last_block: int = -1
    consumed: list[Text] = field(default_factory=list)
    lines: list[Text] = field(default_factory=list)
    fields: list[tuple[str, Text]] = field(default_factory=list)
    beside: list[tuple[FurnitureKind, Text]] = field(default_factory=list)
