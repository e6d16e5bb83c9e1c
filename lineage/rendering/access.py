"""Who may see what, for people and as JSON."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

from lineage.model import Shown, Told
from lineage.model.access import Marking, Purge, Withdrawal
from lineage.model.dates import long_date
from lineage.rendering.ink import WIDTH, Ink
from lineage.rendering.values import Json


def withdrawal(one: Withdrawal) -> Json:
    """A withdrawal, or its undoing."""
    return {"item": one.item, "undone": one.undone, "by": one.by, "because": one.because, "said_at": one.said_at, "works": list(one.works)}


def marking(one: Marking) -> Json:
    """A marking."""
    return {"work": one.work, "access": one.access, "by": one.by, "because": one.because, "said_at": one.said_at}


def purge(one: Purge) -> Json:
    """What is left of a purged file."""
    return {"item": one.item, "size": one.size, "by": one.by, "because": one.because, "said_at": one.said_at}


def purged(one: Purge) -> str:
    """The same as a sentence."""
    return f"Item {one.item} ({one.size:,} bytes) was purged on {_day(one.said_at)} by {one.by}: {one.because}"


def gone(answer: Shown | Told, ink: Ink) -> list[str]:
    """A line on each file of a rule that counts no longer, and on each whose words are gone."""
    said = [("Withdrawn", withdrawn_words(one)) for one in answer.withdrawn]
    said += [("Purged", f"The words of an item of this rule were purged on {_day(one.said_at)} by {one.by}: {one.because}") for one in answer.purged]
    for copy in answer.redacted if isinstance(answer, Told) else ():
        said.append(("Redacted", f"{answer.item_names.get(copy.item, copy.item[:12])} is a copy of {answer.item_names.get(copy.of, copy.of[:12])} with words blacked out"))
    lines = [line for label, words in said for line in textwrap.wrap(words, WIDTH, initial_indent=f"{label:<10}", subsequent_indent=" " * 10)]
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


RESTRICTED = "contains restricted rules; not for release"


def note(left_out: int | None, *, restricted: bool = False) -> str:
    """What is said at the head of what leaves a library: how many rules are left out, or that it must not be given away; empty where neither is so."""
    if left_out is not None:
        return "Public rules only; 1 restricted rule is left out." if left_out == 1 else f"Public rules only; {left_out} restricted rules are left out."
    return RESTRICTED if restricted else ""


def headed(words: str, said: str) -> str:
    """A text, an HTML page, a picture or a document in XML with what is said of it at its head: to be read on a page and in a picture, as a comment in other XML."""
    if not said:
        return words
    start = words.lstrip()[:200].lower()
    if start.startswith(("<!doctype html", "<html")):
        before, body, after = words.partition("<body>")
        return f'{before}{body}<p class="release"><strong>{escape(said)}</strong></p>\n{after}'
    if start.startswith("<svg"):
        tag, end, after = words.partition(">")
        return f'{tag}{end}<!-- {said} --><text x="8" y="14" font-size="12" font-family="sans-serif">{escape(said)}</text>{after}'
    if start.startswith("<?xml"):
        declaration, end, after = words.partition("?>")
        return f"{declaration}{end}\n<!-- {said} -->{after}"
    if start.startswith("<"):
        return f"<!-- {said} -->\n{words}"
    return f"{said}\n\n{words}"


def with_note(value: Json, left_out: int | None, *, restricted: bool = False) -> Json:
    """The same for JSON: the note and the count come first."""
    said = note(left_out, restricted=restricted)
    head: Json = {"release": said} if said else {}
    return head | ({"left_out": left_out} if left_out is not None else {}) | value
