"""What a person is asked, in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from lineage.model import Finding, Period, Work
from lineage.model.dates import long_date
from lineage.model.decision import SubjectKind
from lineage.review.options import called


def sentence_of(subject: SubjectKind, work: Work, period: Period, findings: Sequence[Finding]) -> str:
    """The doubt as it was found; where none was written down, what is open about the days."""
    said = findings[0].message if findings else ""
    if subject != "stretch":
        return said or f"What is read here bears on {called(work)}, and is doubtful."
    what = "how it stood" if period.status == "not-provable" else "in which words" if not period.complete or "expressions.several-texts" in period.findings else "whether this doubt counts"
    asked = f"{called(work)}, {days(period)}: {what} is not established."
    return f"{asked} {said}" if said else asked


def days(period: Period) -> str:
    """The days of a period in words; no exclusive end is shown."""
    start, end = period.interval.start, period.interval.end
    begins = f"from {long_date(start)}" if start else "up to"
    if end is None:
        return f"{begins} on" if start else "all days"
    last = long_date(end - timedelta(days=1))
    if start == end - timedelta(days=1):
        return f"on {last}"
    return f"{begins} through {last}" if start else f"{begins} {last}"
