"""The text of a draft, section by section; one that is not sure, or that the check finds at fault, is a comment with its reason."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Callable, Iterable

from msgspec import Struct, field

WIDTH = 150  # of a line of a comment
MOST_LINES = 5  # of one note


class Section(Struct):
    """Some lines of the file. ``notes`` are always comments; ``lines`` are TOML, commented out where ``unsure`` says why."""

    notes: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    unsure: str = ""

    def text(self) -> list[str]:
        """The lines as they stand in the file."""
        notes = [line for note in self.notes for line in comment(note)]
        if not self.unsure:
            return [*notes, *self.lines]
        return [*notes, *comment(f"Not sure: {self.unsure}"), *(f"# {line}" for line in self.lines)]


def comment(words: str) -> list[str]:
    """The lines of a comment, without the marks that it cannot hold; at most five.

    >>> comment("Two\\x00words")
    ['# Two words']
    """
    shown = " ".join("".join(c if c.isprintable() else " " for c in words).split())
    return textwrap.wrap(shown, WIDTH, initial_indent="# ", subsequent_indent="#   ", max_lines=MOST_LINES, placeholder=" …")


def quoted(words: str) -> str:
    """A TOML text: between single quotes where it can be, so that a pattern is read as it is written.

    >>> print(quoted(r"\\bGO\\s?"), quoted("Sheriff's"))
    '\\bGO\\s?' "Sheriff's"
    """
    plain = all(c.isprintable() or c == "\t" for c in words)
    return f"'{words}'" if plain and "'" not in words else json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007F")


def listed(values: Iterable[str]) -> str:
    """A TOML list of texts."""
    return f"[{', '.join(quoted(value) for value in values)}]"


def literal(words: str) -> str:
    """The words as a pattern that finds them and whatever blanks stand between them."""
    return r"\s+".join(re.escape(word).replace(r"\-", "-").replace(r"\#", "#").replace(r"\&", "&").replace("'", "[’']") for word in words.split())


def settled(sections: list[Section], faults: Callable[[str], list[tuple[int, str]]]) -> str:
    """The text of all sections. Where the check finds a fault (its line and what it says), the section is commented out with that as its reason, until none is left."""
    for _ in range(len(sections) + 1):
        text, owners = _joined(sections)
        found = [(owners[line - 1], said) for line, said in faults(text) if line <= len(owners) and owners[line - 1].lines and not owners[line - 1].unsure]
        if not found:
            break
        for section, said in found:
            section.unsure = section.unsure or said
    return text


def _joined(sections: list[Section]) -> tuple[str, list[Section]]:
    lines: list[str] = []
    owners: list[Section] = []
    for section in sections:
        own = section.text()
        if own:
            own = [*own, ""]
        lines += own
        owners += [section] * len(own)
    return "\n".join(lines).rstrip("\n") + "\n", owners
