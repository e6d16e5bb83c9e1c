"""What is doubtful about the reading of a Word file, said once for the whole item."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from lineage.model import Finding
from lineage.pages.runs import LINKED, PUT_IN

if TYPE_CHECKING:
    from lineage.pages.story import Story

QUOTED = 3  # places that a finding quotes
_WORDS = 60  # characters of each


def findings(story: Story, comments: int) -> tuple[Finding, ...]:
    """All doubts, worst first."""
    doubtful = story.doubtful
    found = []
    for what, count in Counter(story.runs.unread).items():
        times = f" ({count} times)" if count > 1 else ""
        text = f"The file holds {what}{times} that this tool does not read; what it says is not known. A PDF printed from Word shows it."
        found.append(Finding("pages.part-unread", "blocker" if what in (LINKED, PUT_IN) else "doubt", text))
    if doubtful.changing:
        text = (
            f"The words {_quoted(doubtful.changing)} come from a field that changes whenever the file is opened, saved or printed. They are kept apart and are no date "
            "of the paper; the PDF or the paper that was issued could settle what stood there."
        )
        found.append(Finding("pages.changing-field", "doubt", text))
    if doubtful.hidden:
        text = f"Hidden words stand in the file: {_quoted(doubtful.hidden)}. Word does not show or print them; they are kept apart from the text."
        found.append(Finding("pages.hidden-text", "doubt", text))
    if doubtful.struck:
        text = (
            f"Words in the text are struck through: {_quoted(doubtful.struck)}. They may have been taken out by hand; they are read as they stand. "
            "The issued paper could settle it."
        )
        found.append(Finding("pages.struck-out", "doubt", text))
    if doubtful.uncounted:
        text = f"The automatic numbers before {_quoted(doubtful.uncounted)} are of a form that is not known here; the markers that Word prints there are not read."
        found.append(Finding("pages.numbering-unread", "doubt", text))
    if comments:
        text = f"{comments} comment{'s' if comments > 1 else ''} of readers stand{'' if comments > 1 else 's'} beside the text; they are no part of it and are kept apart."
        found.append(Finding("pages.comments", "note", text))
    return tuple(found)


def _quoted(words: list[str]) -> str:
    shown = [" ".join(w.split()) for w in dict.fromkeys(words)]
    said = ", ".join(f'"{w[:_WORDS].rstrip()}{"…" if len(w) > _WORDS else ""}"' for w in shown[:QUOTED])
    return said + (f" and {len(shown) - QUOTED} more" if len(shown) > QUOTED else "")
