"""The head of a library's log, and by what an answer was made; as JSON and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lineage.rendering.values import Json

if TYPE_CHECKING:
    from lineage.model.making import MadeBy
    from lineage.store.log import Head


def made_by(one: MadeBy) -> Json:
    """By what an answer was made, for the end of its JSON."""
    return {"made_by": {"tool": "lineage", "version": one.version, "head": one.head, "entries": one.entries, "profiles": one.profiles}}


def head(last: Head | None) -> Json:
    """The head of a log and the number of its entries."""
    return {"head": last.hash if last else None, "entries": last.number if last else 0}


def head_in_words(last: Head | None) -> str:
    """The same for people; on one line, so that it can be copied."""
    if last is None:
        return "The library has no log."
    return f"Head of the log: {last.hash} ({last.number} {'entry' if last.number == 1 else 'entries'}, the last of {last.moment})"
