"""A sample of what was read, and the error rate that follows, for readers and as JSON."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from lineage.model.audit import Rate, Sampled
from lineage.rendering import values
from lineage.rendering.ink import WIDTH, Ink

NAMES = {"date": "dates", "relation": "relations", "boundary": "boundaries of clauses", "text": "words of clauses", None: "all readings"}


def sampled(one: Sampled) -> dict[str, Any]:
    """A reading that was drawn, as JSON."""
    return {"ref": one.ref, "kind": one.kind, "read": one.said, "evidence": [values.evidence(e) for e in one.evidence]}


def rate(one: Rate) -> dict[str, Any]:
    """An error rate as JSON: shares between 0 and 1."""
    return {"kind": one.kind or "all", "readings": one.whole, "marked": one.marked, "wrong": one.wrong, "rate": one.wrong / one.marked, "low": one.low, "high": one.high, "confidence": 0.95}


def shown(one: Sampled, files: Mapping[str, str], ink: Ink, place: str = "") -> str:
    """One reading: what was read, and where it stands."""
    where = f"{files.get(one.evidence[0].item, one.evidence[0].item[:12])} p. {one.evidence[0].page}" if one.evidence else ""
    head = ink(f"{place + '  ' if place else ''}{one.ref}  {one.kind}  {where}", "title")
    quote = [f"“{one.evidence[0].quote[:200]}”"] if one.evidence and one.kind in ("date", "relation") else []
    return "\n".join([head, *("   " + line for words in (one.said, *quote) for line in textwrap.wrap(words, WIDTH - 3))])


def text(drawn: Sequence[Sampled], rates: Sequence[Rate], files: Mapping[str, str], ink: Ink) -> str:
    """What was drawn, and what the marks on it say so far."""
    lines = [shown(one, files, ink) for one in drawn]
    if not rates:
        lines.append("Nothing of this sample is marked yet: lineage audit --by NAME marks it one by one, at a key each.")
    for one in rates:
        lines.append(
            f"{NAMES[one.kind]}: {one.wrong} of {one.marked} marked are wrong, {_percent(one.wrong / one.marked)}; of the {one.whole:,} in this library between {_percent(one.low)} and {_percent(one.high)} (95 %)"
        )
    return "\n".join(lines) + "\n"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"
