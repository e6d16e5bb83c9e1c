"""Identity: a number is a name that a work holds for a time.

Papers that bear one number are one work where a later one names the earlier as the version of itself that it replaces, or where their titles are alike; papers whose
titles share nothing, and of which none names the other, are different holders of the number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from lineage.model import Expression, Finding, Relation, Work, bytes_of

# Words that two titles may share without being about one thing.
COMMON_WORDS = frozenset(("for", "and", "the", "of", "on", "in", "to", "with", "by", "department", "police", "members", "member", "policy", "procedure", "procedures", "sworn", "order"))


def holders(expressions: Sequence[Expression], numbered: bool, ruled: Mapping[frozenset[str], bool] | None = None) -> list[list[Expression]]:
    """The expressions of one number (or, without a number, of one title) parted into works, each in order of its days; the earliest work first.

    Without a number an order is known by its title and its date: two dates are two works. ``ruled`` says of pairs of items whether a person holds them to be texts of one work.
    """
    ruled = ruled or {}
    ordered = sorted(expressions, key=_by_day)
    groups: list[list[Expression]] = []
    for at, expression in enumerate(ordered):
        named = _named(expression, ordered[:at])
        said = [{ruled.get(frozenset((e.item, expression.item))) for e in g} for g in groups]
        fitting = [
            g for g, word in zip(groups, said, strict=True)
            if False not in word and (True in word or (not _beside(expression, g) and any(e in named or _alike(e, expression, numbered) for e in g)))
        ]  # fmt: skip
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
    alike = [e for e in named if titles_alike(e.title, later.title)]
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
        return titles_alike(earlier.title, later.title)
    return earlier.starts == later.starts or (earlier.issued == later.issued and earlier.issued.first is not None)


def titles_alike(one: str, other: str) -> bool:
    """Whether two titles are the same, or share a word that tells what they are about."""
    return bare_title(one) == bare_title(other) or bool(_telling(one) & _telling(other))


def _names(later: Expression, earlier: Expression) -> bool:
    """Whether the later paper names the earlier as a version of itself, by its effective or its issue date."""
    days = {d.isoformat() for d in (earlier.starts.on, earlier.issued.on) if d is not None}
    return bool(days & set(later.names_prior))


def _telling(title: str) -> set[str]:
    return {w for w in re.findall(r"[a-z0-9]+", title.lower()) if len(w) > 2} - COMMON_WORDS


def _by_day(expression: Expression) -> tuple[str, str, str]:
    first, issued = expression.starts.first, expression.issued.first
    return (first.isoformat() if first else "", issued.isoformat() if issued else "", expression.item)


def title_contradictions(acts: Sequence[Relation], work: Work, expressions: Sequence[Expression]) -> list[Finding]:
    """Where a list of orders gives the rule another title than its own papers: once for each list and title."""
    own = [x.title for x in expressions] or [work.title]
    found: dict[tuple[str, str], Finding] = {}
    for act in acts:
        title = act.affected.title
        if act.standing != "index" or not title or work.id not in (act.affected.work, *act.candidates) or bare_title(title) in map(bare_title, own):
            continue
        alike = any(titles_alike(title, t) for t in own)
        meant = "The titles are alike, so the same rule is taken to be meant" if alike else "The two share no telling word, so another bearer of the number may be meant: what the list says of it ends nothing here"
        message = f'A list of orders gives number {work.number or work.title} the title "{title}", and the paper held calls itself "{own[-1]}". {meant}; the paper\'s own title stands.'
        found.setdefault((act.item, bare_title(title)), Finding("index.contradicts", "note" if alike else "doubt", message, act.evidence, work=work.id))
    return list(found.values())
