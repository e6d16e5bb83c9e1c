"""Hyphens at the ends of lines: a word broken there is joined where the document's own words show that it is one, and kept as written where they do not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from msgspec import Struct, field

from lineage.model import Evidence, Finding, Line, Text, evidence_of

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?(?:[-‐‑][^\W\d_]+)*")
LAST = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)-$")
FIRST = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?(?:-[^\W\d_]+)*")
JOINED = re.compile(r"\w-$")
HANGS = re.compile(r"(?:and|or|to)\b")
ENDINGS = ("s", "es", "d", "ed", "ing", "ly", "'s", "’s")
MOST = 5  # breaks that a finding quotes


class Breaks(Struct):
    """The breaks of one item: how each is joined, and the ones that its words do not decide."""

    words: Words
    item: str
    undecided: list[tuple[str, tuple[Evidence, ...]]] = field(default_factory=list)

    def join(self, before: Text, after: Text) -> Text | None:
        """The two lines as one text; None where no word is broken between them and a blank belongs there.

        The hyphen is left out only where the word stands without it elsewhere in the item, and never with it.
        """
        if not JOINED.search(before.string) or not after.string[:1].isalnum() or HANGS.match(after.string):
            return None
        last, first = LAST.search(before.string), FIRST.match(after.string)
        if last is None or first is None or not first.group()[0].islower():
            return Text.join((before, after), "")
        whole = self._whole(last.group(1), first.group())
        if whole is None:
            self.undecided.append((f"{last.group()}{first.group()}", evidence_of(before[last.start() :], self.item, "blocks.hyphen")))
        return Text.join((before[:-1] if whole else before, after), "")

    def _whole(self, one: str, other: str) -> bool | None:
        """Whether the two parts are one word (True), a word with a hyphen (False), or nothing in the item says (None)."""
        plain, hyphened = self.words.holds(one + other), self.words.holds(f"{one}-{other}")
        if plain != hyphened:
            return plain
        return None

    def findings(self) -> tuple[Finding, ...]:
        """One note on all that is undecided, or nothing."""
        if not self.undecided:
            return ()
        shown = ", ".join(f'"{word}"' for word, _ in self.undecided[:MOST]) + (" and others" if len(self.undecided) > MOST else "")
        count = len(self.undecided)
        return (
            Finding(
                "text.hyphen-undecided",
                "note",
                f"{count} {'word has its' if count == 1 else 'words have their'} hyphen at the end of a line ({shown}), and nothing else in the text tells a broken word from "
                "one that is written with a hyphen. The hyphen is kept; a search for the word in one piece may miss it.",
                tuple(one for _, evidence in self.undecided[:MOST] for one in evidence),
            ),
        )


def _words(text: str) -> list[str]:
    return WORD.findall(text.lower().replace("‐", "-").replace("‑", "-"))


class Words:
    """The words of an item that stand whole within a line."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines

    @cached_property
    def standing(self) -> set[str]:
        """The words that stand in the item, in small letters; the parts of words broken at a line's end are none."""
        found: set[str] = set()
        whole: list[str] = []
        broken = False
        for line in self.lines:
            ends = line.text.endswith("-")
            if broken or ends:
                words = _words(line.text)
                if words and broken:
                    del words[0]
                if words and ends:
                    words.pop()
                found.update(words)
            else:
                whole.append(line.text)
            broken = ends
        # The same few thousand words stand there again and again: each is looked at once.
        found.update(_words(" ".join(set(" ".join(whole).split()))))
        return found

    def holds(self, word: str) -> bool:
        """Whether the word, or it with another ending, stands somewhere."""
        word = word.lower()
        if word in self.standing or any(word + ending in self.standing for ending in ENDINGS):
            return True
        return any(word.endswith(ending) and len(word) - len(ending) > 3 and word[: -len(ending)] in self.standing for ending in ENDINGS)
