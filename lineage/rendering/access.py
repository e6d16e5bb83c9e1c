"""Who may see what, for people and as JSON."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from datetime import date

from lineage.model.access import Marking, Withdrawal
from lineage.model.dates import long_date
from lineage.rendering.ink import WIDTH, Ink
from lineage.rendering.values import Json


def withdrawal(one: Withdrawal) -> Json:
    """A withdrawal, or its undoing."""
    return {"item": one.item, "undone": one.undone, "by": one.by, "because": one.because, "said_at": one.said_at, "works": list(one.works)}


def marking(one: Marking) -> Json:
    """A marking."""
    return {"work": one.work, "access": one.access, "by": one.by, "because": one.because, "said_at": one.said_at}


def withdrawn(found: Sequence[Withdrawal], ink: Ink) -> list[str]:
    """A line on each file of a rule that counts no longer."""
    lines: list[str] = []
    for one in found:
        lines += textwrap.wrap(withdrawn_words(one), WIDTH - 9, initial_indent=f"{'Withdrawn':<10}", subsequent_indent=" " * 10)
    return [ink(line, "open") for line in lines]


def withdrawn_words(one: Withdrawal) -> str:
    """That a file counts no longer, as a sentence."""
    return f"An item of this rule was withdrawn on {_day(one.said_at)} by {one.by}: {one.because}"


def marked(made: Sequence[Marking], access: str, names: Mapping[str, str]) -> str:
    """What was marked."""
    lines = [f"{names.get(one.work, one.work)}: {one.access}" for one in made]
    return "\n".join([*lines, f"{len(made)} marked {access}." if made else f"Nothing was changed: all of it was {access} already."]) + "\n"


def done(one: Withdrawal, name: str, names: Mapping[str, str]) -> str:
    """What a withdrawal did."""
    on = ", ".join(names.get(work, work) for work in one.works) or "no rule"
    return f"{name} counts {'again' if one.undone else 'no longer'}. It bears on: {on}.\n"


def _day(moment: str) -> str:
    return long_date(date.fromisoformat(moment[:10]))
