"""Identity: a number is a name that a work holds for a time.

Papers that bear one number are one work where a later one names the earlier as the version of itself that it replaces, or where their titles are alike; papers whose
titles share nothing, and of which none names the other, are different holders of the number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from lineage.model import Expression, Finding, bytes_of

# Words that two titles may share without being about one thing.
COMMON_WORDS = frozenset(("for", "and", "the", "of", "on", "in", "to", "with", "by", "department", "police", "members", "member", "policy", "procedure", "procedures", "sworn", "order"))


def holders(expressions: Sequence[Expression], numbered: bool) -> list[list[Expression]]:
    """The expressions of one number (or, without a number, of one title) parted into works, each in order of its days; the earliest work first.

    Without a number an order is known by its title and its date: two dates are two works.
    """
    ordered = sorted(expressions, key=_by_day)
    groups: list[list[Expression]] = []
    for at, expression in enumerate(ordered):
        named = _named(expression, ordered[:at])
        fitting = [g for g in groups if not _beside(expression, g) and any(e in named or _alike(e, expression, numbered) for e in g)]
        if not fitting:
            groups.append([expression])
            continue
        first = fitting[0]
        first.append(expression)
        for other in fitting[1:]:
            # The new paper ties two groups together.
            first.extend(other)
            groups.remove(other)
    return [sorted(group, key=_by_day) for group in groups]


def _beside(expression: Expression, group: Sequence[Expression]) -> bool:
    """Whether the same manual holds both under one number: it means two rules by it, however much their titles share."""
    return any(bytes_of(e.item) == bytes_of(expression.item) and bare_title(e.title) != bare_title(expression.title) for e in group)


def _named(later: Expression, earlier: Sequence[Expression]) -> list[Expression]:
    """The papers that the later one names as its own former version; where two holders bear one date, those with a title like its own."""
    named = [e for e in earlier if _names(later, e)]
    alike = [e for e in named if _titles_alike(e, later)]
    return alike or named


def title_doubts(group: Sequence[Expression], number: str) -> list[Finding]:
    """A title that changed only in part, where the later paper does not name the earlier: one work by likeness, which is said."""
    found = []
    for earlier, later in pairwise(group):
        if bare_title(earlier.title) != bare_title(later.title) and not _names(later, earlier) and earlier.starts != later.starts:
            found.append(
                Finding(
                    "identity.title-changed",
                    "note",
                    f'Number {number} bore the title "{earlier.title}" and then "{later.title}". The later paper does not name the earlier; they are held as one work because the titles are alike.',
                    work=later.work,
                )
            )
    return found


def bare_title(title: str) -> str:
    """A title without what means nothing: case, punctuation, blanks."""
    return " ".join(re.findall(r"[a-z0-9]+", title.lower()))


def _alike(earlier: Expression, later: Expression, numbered: bool) -> bool:
    if numbered:
        return _titles_alike(earlier, later)
    return earlier.starts == later.starts or (earlier.issued == later.issued and earlier.issued.first is not None)


def _titles_alike(one: Expression, other: Expression) -> bool:
    return bare_title(one.title) == bare_title(other.title) or bool(_telling(one.title) & _telling(other.title))


def _names(later: Expression, earlier: Expression) -> bool:
    """Whether the later paper names the earlier as a version of itself, by its effective or its issue date."""
    days = {d.isoformat() for d in (earlier.starts.on, earlier.issued.on) if d is not None}
    return bool(days & set(later.names_prior))


def _telling(title: str) -> set[str]:
    return {w for w in re.findall(r"[a-z0-9]+", title.lower()) if len(w) > 2} - COMMON_WORDS


def _by_day(expression: Expression) -> tuple[str, str, str]:
    first, issued = expression.starts.first, expression.issued.first
    return (first.isoformat() if first else "", issued.isoformat() if issued else "", expression.item)
