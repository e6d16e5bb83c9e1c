"""What OCR takes for what, as one table: candidates for whoever looks for a number, a date or words that are not there as read. Nothing is ever rewritten by it.

Seen on scans of orders: a zero is read as O ("7.1.2.1 O"), a stroke as 1 ("611/17" for 6/1/17), i, l, I and 1 for each other ("lnstagram"), rn as m ("usemame").
"""

from __future__ import annotations

import re
from datetime import date

from lineage.model.dates import read_date

AS_READ, AS_MISREAD = "as read", "as OCR may have misread"

# Shapes taken for each other, in lower case; the first stands for all of them.
ALIKE = ("0oq", "1il|!", "5s$", "8b", "2z", "6g")
# In a number, each figure and the letters that it is taken for.
FIGURES = {"0": "o", "1": "il", "5": "s", "8": "b", "2": "z", "6": "g", "o": "0", "i": "1l", "l": "1i", "s": "5", "b": "8", "z": "2", "g": "6"}
# Pairs of letters taken for one.
JOINED = {"rn": "m", "vv": "w", "cl": "d"}
_FIRST = {ord(char): group[0] for group in ALIKE for char in group}
_LETTERS_OF = {char: group for group in ALIKE for char in group}
_SINGLE = {one: pair for pair, one in JOINED.items()}
_FIGURES = str.maketrans({char: group[0] for group in ALIKE for char in group} | {char.upper(): group[0] for group in ALIKE for char in group})
_NUMERIC = re.compile(r"(?<![A-Za-z])[0-9OoQIl|!SsBZzGg]*\d[0-9OoQIl|!SsBZzGg]*(?![A-Za-z])")
_LONGEST = 40  # characters of a date


def likeness(text: str) -> str:
    """A key that is the same for two texts of which one may be the other misread.

    >>> likeness("7.1.2.1 O") == likeness("7.1.2.10"), likeness("lnstagram usemame") == likeness("Instagram username"), likeness("3.48") == likeness("3.46")
    (True, True, False)
    """
    low = text.lower()
    for pair, one in JOINED.items():
        low = low.replace(pair, one)
    low = re.sub(r"\s*([.,\-/])\s*", lambda m: "." if m[1] == "," else m[1], low.translate(_FIRST))
    return re.sub(r"(?<=\d)\s+(?=\d)", "", re.sub(r"\s+", " ", low)).strip(" .")


def variants(number: str) -> set[str]:
    """The numbers of which this one may be a misreading, or that may be one of it, by one letter or figure; in lower case, itself not among them.

    >>> sorted(variants("7.1.2.1o"))
    ['7.1.2.10', '7.1.2.io', '7.1.2.lo', '7.1.z.1o', '7.i.2.1o', '7.l.2.1o']
    """
    low = number.lower()
    return {low[:at] + other + low[at + 1 :] for at, char in enumerate(low) for other in FIGURES.get(char, "")}


def dates(raw: str) -> list[date]:
    """The days that the whole text may mean if OCR misread a figure or a stroke of it, in order of time; none where it is a date as it stands.

    >>> dates("611/17"), dates("l2 March2O19"), dates("3-35-21"), dates("May 17, 2019")
    ([datetime.date(2017, 6, 1)], [datetime.date(2019, 3, 12)], [], [])
    """
    raw = raw.strip(" .,;:")
    if len(raw) > _LONGEST or read_date(raw) is not None:
        return []
    raw = re.sub(r"(?<=[a-z])(?=\d[\dOolI|]{3}$)|(?<=\d)(?=[A-Z][a-z]{2})|(?<=[a-z]{2})(?=\d{1,2}\b)", " ", raw)  # a blank that was not seen
    figures = _NUMERIC.sub(lambda match: match.group().translate(_FIGURES), raw)
    readings = {figures}
    if re.fullmatch(r"[\d/]{5,10}", figures):
        # One stroke, or both, read as a 1.
        for _ in range(2 - figures.count("/")):
            readings |= {r[:at] + "/" + r[at + 1 :] for r in readings for at in range(1, len(r) - 1) if r[at] == "1"}
    found = {one.day.on for reading in readings if (one := read_date(reading)) is not None and one.day.on is not None}
    return sorted(found)


def pattern(word: str) -> re.Pattern[str]:
    """Finds a word or number as it is, and as OCR may have misread it.

    >>> bool(pattern("Instagram").search("no lnstagram post")), bool(pattern("7.1.2.10").search("Section 7 .1.2.1 O of")), bool(pattern("3.48").search("13.48 or 3.481"))
    (True, True, False)
    """
    low = word.lower()
    numeric = any(char.isdigit() for char in low)
    parts: list[str] = []
    at = 0
    while at < len(low):
        pair = low[at : at + 2]
        parts.append(f"(?:{pair}|{JOINED[pair]})" if pair in JOINED else _shape(low[at], numeric))
        at += 2 if pair in JOINED else 1
    between = r"\s?" if numeric else ""
    return re.compile(rf"(?<![\w.]){between.join(parts)}(?!\w|[.\-/]\d)", re.IGNORECASE)


def _shape(char: str, numeric: bool) -> str:
    if char in _LETTERS_OF:
        return "[" + re.escape(_LETTERS_OF[char]) + "]"
    if char in _SINGLE and not numeric:
        return f"(?:{char}|{_SINGLE[char]})"
    if char.isspace():
        return r"\s+"
    if numeric and char in ".,":
        return "[.,]"
    return "[/1]" if numeric and char == "/" else "[-‐-―−]" if char == "-" else re.escape(char)
