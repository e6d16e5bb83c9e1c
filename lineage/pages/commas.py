"""Tables of text (CSV, and its kin with tabs or semicolons): a record is a row, a field a cell."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

from lineage.errors import RefusedError
from lineage.guard import Limits
from lineage.model import Item
from lineage.pages import kind
from lineage.pages.marks import Marks
from lineage.pages.sheet import Sheet
from lineage.pages.text import encoding_doubt, too_much

SEPARATORS = ",;\t|"
LOOKED_AT = 50  # lines that tell which mark separates the fields
MOST_FIELDS = 200  # fields of one record; a list of orders has a dozen
LONGEST_FIELD = 20_000  # characters of one field
SEPARATE_PT = 72.0  # cells stand side by side, an inch apart; a table of text has no page image


def read(data: bytes, name: str, sha256: str, limits: Limits) -> Item:
    """The item of a table of text: one page, no boxes. Each field with words is a line with ``cell`` (0, record, field), and ``row`` is the line of the file on which
    its record begins, from 1. A line end within a field reads as a blank. Formulas are words like others; nothing is computed.

    Raises :class:`RefusedError` with ``pages.too-much-text`` (also for one field or one record beyond reason), ``pages.damaged`` (a quotation mark that is not closed)
    and ``pages.empty``.
    """
    string, encoding = kind.decode(data)
    if len(string) > limits.max_chars:
        raise too_much(name, len(string), limits)
    marks = Marks()
    sheet = Sheet(1)
    for at, (line, fields) in enumerate(_records(string, name)):
        for column, field in enumerate(fields):
            words = " ".join(marks.printed(field.replace("\u00a0", " "), 1).split())
            sheet.add(words, line, left_pt=column * SEPARATE_PT, cell=(0, at, column))
    if not sheet.lines:
        raise RefusedError(f"{name} is a table without a word in its cells, so nothing was read from it.", hint="Export the list again.", code="pages.empty")
    return Item(sha256, name, kind.CSV, len(data), (sheet.page(),), "", (*encoding_doubt(encoding), *marks.findings()))


def _records(string: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line on which it begins."""
    string = string.replace("\r\n", "\n").replace("\r", "\n")
    reader = csv.reader(io.StringIO(string, newline=""), delimiter=separator(string), strict=True)
    line = 1
    try:
        for fields in reader:
            if len(fields) > MOST_FIELDS or any(len(field) > LONGEST_FIELD for field in fields):
                raise _beyond_reason(name, line)
            yield line, fields
            line = reader.line_num + 1
    except csv.Error as error:
        if "field larger" in str(error):
            raise _beyond_reason(name, line) from None
        raise RefusedError(
            f"{name} is no sound table of text: in the record that begins on line {line} a quotation mark is opened and not closed, or stands in the middle of a field. "
            "Its rows would run into each other, so nothing was read from it.",
            hint="Export the list again from the program that keeps it, with quotation marks doubled inside of fields.",
            code="pages.damaged",
        ) from None


def separator(string: str) -> str:
    """The mark that separates the fields: the one that stands equally often, and most often, in the first lines; a comma where none does."""
    lines = [line for line in string.split("\n", LOOKED_AT)[:LOOKED_AT] if line.strip()]
    best, most = ",", 0
    for mark in SEPARATORS:
        counts = Counter(line.count(mark) for line in lines)
        usual, times = max(counts.items(), key=lambda pair: (pair[1], pair[0]), default=(0, 0))
        if usual and times * 2 >= len(lines) and usual * times > most:
            best, most = mark, usual * times
    return best


def _beyond_reason(name: str, line: int) -> RefusedError:
    return RefusedError(
        f"{name} has a record of more than {MOST_FIELDS} fields, or a field of more than {LONGEST_FIELD:,} characters, in the record that begins on line {line}; "
        "no list of orders looks like this, so nothing was read from it.",
        hint="Check that the file is the list of orders, and export it again.",
        code="pages.too-much-text",
    )
