"""How an agency's papers are cited: a form with named parts, and brackets around what is left out with a part that is empty."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lineage.errors import ProfileError

FORM = "{agency}, {series}[ {number}][, {title}][ ({dated})] ({force})"
PARTS = ("agency", "abbreviation", "series", "number", "title", "dated", "force")
_GROUP = re.compile(r"\[([^\[\]]*)\]")
_PART = re.compile(r"\{(\w*)\}")


def checked(form: str, where: str) -> str:
    """The form, where it can be used. Raises ProfileError: every citation says when the rule was in force, since it is read without us."""
    unknown = [name for name in _PART.findall(form) if name not in PARTS]
    bare = _PART.sub("", _GROUP.sub(r"\1", form))
    if unknown or "{force}" not in _GROUP.sub("", form) or any(c in bare for c in "[]{}"):
        raise ProfileError(
            f"The profile {where} has a citation that cannot be used: {form!r}.",
            hint=f"Write it of {', '.join('{' + name + '}' for name in PARTS)}, with {{force}} outside all brackets; [ and ] stand around what is left out where a part in it is empty.",
        )
    return form


def cited(form: str, parts: Mapping[str, str]) -> str:
    """The citation.

    >>> cited("{abbreviation} {series}[ {number}][, {title}] ({force})", {"abbreviation": "LBPD", "series": "Special Order", "number": "", "title": "Social Media", "force": "in force from May 17, 2019"})
    'LBPD Special Order, Social Media (in force from May 17, 2019)'
    """

    def filled(match: re.Match[str]) -> str:
        names = _PART.findall(match[1])
        return put(match[1]) if all(parts.get(name) for name in names) else ""

    def put(words: str) -> str:
        return _PART.sub(lambda m: parts.get(m[1], ""), words)

    # Groups first, and all in one pass: a title with brackets of its own is no group.
    pieces, at = [], 0
    for match in _GROUP.finditer(form):
        pieces += [put(form[at : match.start()]), filled(match)]
        at = match.end()
    return "".join([*pieces, put(form[at:])])
