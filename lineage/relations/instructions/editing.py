"""From the words of an instruction to what it does: the quoted words, marks that are named in words, counts and places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lineage.model import Edit, Position
from lineage.relations.instructions.paths import Unclear

if TYPE_CHECKING:
    from lineage.relations.instructions.reading import _Reader

MARKS = {
    "period": ".", "full stop": ".", "comma": ",", "semicolon": ";", "semi-colon": ";", "colon": ":", "question": "?", "exclamation": "!", "hyphen": "-", "dash": "–", "slash": "/", "apostrophe": "’",
}  # fmt: skip
NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
NTH = {"first": 1, "second": 2, "third": 3, "last": -1}
_QUOTED = re.compile(r"⟦\d+⟧")
_MARK = re.compile(r"\b(" + "|".join(MARKS) + r")\b")


def marked(reader: _Reader, words: str) -> str:
    """The words that are meant: what is quoted, or the mark that is named."""
    quoted = _QUOTED.search(words)
    if quoted:
        return reader.masked.said(quoted.group())
    named = _MARK.search(re.sub(r"\s+", " ", words.lower()))
    if named is None:
        raise Unclear(words)
    return MARKS[named[1]]


def exchanged(reader: _Reader, old: str, new: str | None) -> Edit:
    """Words in place of words; struck where nothing comes in their place."""
    count, occurrence, position = how_often(reader, old)
    return Edit(find=marked(reader, old), replace="" if new is None else marked(reader, new), count=count, occurrence=occurrence, position=position)


def put_beside(reader: _Reader, old: str, new: str, *, before: bool) -> Edit:
    """New words before or after words: found, and put back with them."""
    count, occurrence, position = how_often(reader, old)
    find = marked(reader, old)
    return Edit(find=find, replace=beside(new, find) if before else beside(find, new), count=count, occurrence=occurrence, position=position)


def beside(first: str, second: str) -> str:
    """Two stretches of words next to each other, with the blank that the language needs.

    >>> beside("the log", ", and the key"), beside("the log", "of the car")
    ('the log, and the key', 'the log of the car')
    """
    touching = not first or not second or first[-1].isspace() or second[0].isspace() or second[0] in ".,;:!?)]”’" or first[-1] in "([“‘"
    return first + second if touching else f"{first} {second}"


def how_often(reader: _Reader, words: str) -> tuple[int | None, int | None, Position | None]:
    """How many times the words must stand there (once where nothing is said, None for wherever), which of them is meant, and where."""
    outside = _QUOTED.sub(" ", words).lower()
    position = position_of(outside)
    said = reader.g.count.search(outside)
    if said is None:
        last = re.search(r"\b(?:final|concluding|closing|ending|last)\s+(?:" + "|".join(MARKS) + r")\b", outside)
        return 1, None, position or ("end" if last else None)
    told = said.group()
    nth = re.search(r"the\s+(first|second|third|last)\s+(?:time|place|instance)", told)
    if nth:
        return 1, NTH[nth[1]], position
    number = re.search(r"\b(both|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\b", told)
    if number and not re.search(r"\b(?:each|every|all\s+place|wherever)\b", told):
        return (int(number[1]) if number[1].isdigit() else NUMBERS[number[1]]), None, position
    return None, None, position


def position_of(words: str) -> Position | None:
    """Whether words must stand at the end or the beginning ("at the end"); "and the end" is a common slip for it."""
    found = re.search(r"\b(?:at|and)\s+(?:the\s+)?(?:very\s+)?(end|beginning|start)\b", words)
    return None if found is None else "end" if found[1] == "end" else "start"
