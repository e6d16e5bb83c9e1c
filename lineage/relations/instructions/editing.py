"""From the words of an instruction to what it does: the quoted words, marks that are named in words, counts and places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lineage.model import Edit, Position
from lineage.relations.instructions.paths import Unclear

if TYPE_CHECKING:
    from lineage.relations.instructions.making import Maker

MARKS = {
    "period": ".", "full stop": ".", "comma": ",", "semicolon": ";", "semi-colon": ";", "colon": ":", "question": "?", "exclamation": "!", "hyphen": "-", "dash": "–", "slash": "/", "apostrophe": "’",
}  # fmt: skip
NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1, "final": -1}
_QUOTED = re.compile(r"⟦\d+⟧")
_MARK = re.compile(r"\b(" + "|".join(MARKS) + r")\b")


def marked(reader: Maker, words: str) -> str:
    """The words that are meant: what is quoted, or the mark that is named."""
    quoted = _QUOTED.search(words)
    if quoted:
        return reader.masked.said(quoted.group())
    named = _MARK.search(re.sub(r"\s+", " ", words.lower()))
    if named is None:
        raise Unclear(words)
    return MARKS[named[1]]


def exchanged(reader: Maker, old: str, new: str | None) -> Edit:
    """Words in place of words; struck where nothing comes in their place."""
    count, occurrence, position = how_often(reader, old)
    put = "" if new is None else marked(reader, new)
    by = reader.g.mark_beside.match(old)
    find, put = _by_words(reader, by, put) if by else (marked(reader, old), put)
    return Edit(find=find, replace=put, count=count, occurrence=occurrence, position=position)


def _by_words(reader: Maker, told: re.Match[str], new: str) -> tuple[str, str]:
    """A mark that is told by the words that it stands after or before: these are found with it, and stay."""
    words, was = marked(reader, told.group()), marked(reader, told["mark"])
    if re.search(r"\b(?:after|following)\b", _QUOTED.sub("", told.group()), re.IGNORECASE):
        return words + was, beside(words, new)
    return f"{was} {words}", beside(new, words) if new else f" {words}"


def put_beside(reader: Maker, old: str, new: str, *, before: bool) -> Edit:
    """New words before or after words: found, and put back with them. Before a mark they need a blank, for none stands there."""
    count, occurrence, position = how_often(reader, old)
    by = reader.g.mark_beside.match(old)
    find = _by_words(reader, by, "")[0] if by else marked(reader, old)
    if before and by is None and not _QUOTED.search(old) and new[:1].isalnum():
        new = f" {new}"
    return Edit(find=find, replace=beside(new, find) if before else beside(find, new), count=count, occurrence=occurrence, position=position)


def beside(first: str, second: str) -> str:
    """Two stretches of words next to each other, with the blank that the language needs.

    >>> beside("the log", ", and the key"), beside("the log", "of the car")
    ('the log, and the key', 'the log of the car')
    """
    touching = not first or not second or first[-1].isspace() or second[0].isspace() or second[0] in ".,;:!?)]”’" or first[-1] in "([“‘"
    return first + second if touching else f"{first} {second}"


def how_often(reader: Maker, words: str) -> tuple[int | None, int | None, Position | None]:
    """How many times the words must stand there (once where nothing is said, None for wherever), which of them is meant, and where."""
    outside = _QUOTED.sub(" ", words).lower()
    position = position_of(reader, outside)
    said = reader.g.count.search(outside)
    if said is None:
        return _before_them(reader, words, position)
    told = said.group()
    nth = re.search(r"the\s+(first|second|third|last)\s+(?:time|place|instance)", told)
    if nth:
        return 1, NTH[nth[1]], position
    number = re.search(r"\b(both|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\b", told)
    if number and not re.search(r"\b(?:each|every|all\s+place|wherever)\b", told):
        return (int(number[1]) if number[1].isdigit() else NUMBERS[number[1]]), None, position
    return None, None, position


def _before_them(reader: Maker, words: str, position: Position | None) -> tuple[int | None, int | None, Position | None]:
    """What stands before the words says how often: "each occurrence of", "the second"; the last mark is the one at the end. Raises Unclear where it counts sentences and not the words."""
    head = _QUOTED.split(words)[0].lower()
    if _QUOTED.search(words) is None or reader.g.mark_beside.match(words):
        at_end = re.search(r"\b(?:final|concluding|closing|ending)\s+(?:" + "|".join(MARKS) + r")\b", head)
        return 1, -1 if re.search(r"\blast\s", head) else None, position or ("end" if at_end else None)
    if reader.g.counted.search(head):
        raise Unclear(words)
    nth, number = re.search(r"\b(first|second|third|fourth|fifth|last|final)\b", head), re.search(r"\b(both|two)\b", head)
    if number:
        return NUMBERS[number[1]], None, position
    if reader.g.many.search(head):
        return None, None, position
    return 1, NTH[nth[1]] if nth else None, position


def position_of(reader: Maker, words: str) -> Position | None:
    """Whether words must stand at the end or the beginning ("at the end"); "and the end" is a common slip for it. Raises Unclear where that is the end of another unit than one that is named."""
    found = re.search(r"\b(?:at|and)\s+(?:the\s+)?(?:very\s+)?(end|beginning|start)\b(?:\s+of\s+the\s+(?P<unit>\w+))?", words)
    if found is None:
        return None
    if found["unit"] and not reader.names(found["unit"]):
        raise Unclear(words.strip())
    return "end" if found[1] == "end" else "start"
