"""What is gathered while a heading is read."""

from __future__ import annotations

from msgspec import Struct, field

from lineage.model import DateReading, Finding, FurnitureKind, Text
from lineage.profiles import TimeWords


class Gathered(Struct):
    """What is gathered while a heading is read. ``timed`` are time words of its effect, each with the words that it stands in and the rule that found it: what they mean may hang on the
    other dates."""

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
    timed: list[tuple[TimeWords, Text, str]] = field(default_factory=list)
