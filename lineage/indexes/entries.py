"""Rows become entries: the rule that each lists, its dates by role, its marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct, field

from lineage.indexes.columns import DATES, Layout, is_head
from lineage.indexes.grid import Grid, Row
from lineage.indexes.marks import column_marks, marks_in, status_marks, title_marks
from lineage.model import DateReading, DateRole, Day, Entry, EntryMark, Evidence, Finding, Item, Text, evidence_of, reader_title
from lineage.model.dates import find_dates
from lineage.profiles import Profile, Series

ENDS = ("rescinds", "supersedes", "incorporates")
ROW = "index.row"


class Found(Struct):
    """What the rows of a list give."""

    entries: list[Entry] = field(default_factory=list)
    headings: list[Text] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def entries_of(item: Item, listing: list[tuple[Grid, Layout]], title: str, profile: Profile) -> Found:
    """The entries of all rows in order. A row of one cell that names no rule is a heading between the rows; a row that lists nothing is a finding."""
    found = Found()
    whole = _series_of(title, profile)
    group: Series | None = None
    for grid, layout in listing:
        if layout.unnamed:
            continue
        for row in grid.rows[layout.head :]:
            if is_head(row, layout):
                continue
            reader = _Reader(item, row, layout, profile, found)
            if reader.is_heading():
                found.headings.append(row.words)
                group = _series_of(row.words.string, profile)
                continue
            reader.entry(group or whole)
    return found


def _series_of(words: str, profile: Profile) -> Series | None:
    """The series that words name, in the singular or the plural ("List of General Orders")."""
    return profile.series_named(words) or profile.series_named(re.sub(r"(?<=\w\w\w)s\b", "", words))


class _Reader(Struct):
    """Reads one row."""

    item: Item
    row: Row
    layout: Layout
    profile: Profile
    found: Found

    def is_heading(self) -> bool:
        """A row with one cell, in another column than the number's, or without a figure."""
        if len(self.row.cells) > 1:
            return False
        (column, cell), *_ = self.row.cells.items()
        role = self.layout.roles[column] if column < len(self.layout.roles) else ""
        return role not in ("number", "title") or (role == "number" and not re.search(r"\d", cell.string)) or (role == "title" and "number" in self.layout.roles)

    def entry(self, group: Series | None) -> None:
        """Adds the entry of the row, or the finding that it lists nothing."""
        number, title = self._cell("number"), self._cell("title")
        marks = [*self._marks()]
        title, of_title = title_marks(title, self.profile)
        number, of_number = title_marks(number, self.profile)
        marks = [*of_number, *of_title, *marks]
        name = re.sub(r"\s+", "", number.string) or None
        if name is not None and not re.search(r"\d", name):
            name = None
        if name is None and not re.search(r"[A-Za-z]{3}", title.string):
            self._say("index.row-unread", "doubt", f'The row "{self.row.words.string[:120]}"{self._where()} names no order by number or title, so nothing was taken from it; a person must read it.')
            return
        series = self._series(name, group)
        dates = tuple(self._dates())
        made = tuple(EntryMark(m.kind, m.suffers, m.words, m.rest, m.rule, self._evidence(m.words, m.rule)) for m in marks)
        evidence = self._evidence(self._named(number, title), ROW)
        self.found.entries.append(Entry(name, reader_title(title.string), series, self.row.words, evidence, dates, made))

    def _named(self, number: Text, title: Text) -> Text:
        """The words that name the rule and give its beginning: as they stand where they are of one piece, else its number or title first."""
        parts = {"number": number, "title": title}
        said = {r: parts.get(r, self.row.cells.get(c, Text())) for c, r in enumerate(self.layout.roles) if r in ("number", "title", "issued", "effective")}
        printed = Text.join(said.values())
        return printed if len(printed.pieces()) == 1 else Text.join(said.get(role, Text()) for role in ("number", "title", "issued", "effective"))

    def _cell(self, role: str) -> Text:
        column = self.layout.roles.index(role) if role in self.layout.roles else -1
        return self.row.cells.get(column, Text())

    def _series(self, number: str | None, group: Series | None) -> str:
        """The series of the rule: its number tells, or its own cell, the heading above it, the head of the column, the title of the list."""
        by_number = self.profile.series_of_number(number) if number else None
        own = _series_of(self._cell("series").string, self.profile)
        head = next((h for h, role in zip(self.layout.heads, self.layout.roles, strict=False) if role == "number"), "")
        known = by_number or own or group or _series_of(head, self.profile)
        return known.id if known else ""

    def _dates(self) -> Iterator[DateReading]:
        for column, role in enumerate(self.layout.roles):
            cell = self.row.cells.get(column)
            if role not in DATES or cell is None:
                continue
            yield from self._dated(role, cell)  # type: ignore[arg-type]

    def _dated(self, role: DateRole, cell: Text) -> Iterator[DateReading]:
        dates = list(find_dates(cell.string, self.profile.numeric_dates))
        for one in dates:
            evidence = self._evidence(cell[one.start : one.end], ROW)
            basis = "a year of two figures, read as of 1950 to 2049" if one.two_digit_year else ""
            if one.impossible:
                self._say("dates.impossible", "doubt", f'The {role} date "{one.raw}"{self._where()} is no day of the calendar. It is kept as written, and nothing rests on it.', evidence)
            yield DateReading(role, one.day, one.raw, evidence[0].page, evidence, basis, "doubtful" if one.impossible else "certain")
        if not dates and re.search(r"\d", cell.string):
            evidence = self._evidence(cell, ROW)
            self._say("dates.unreadable", "doubt", f'The {role} date "{cell.string}"{self._where()} has no shape of a date that is known; a person must read it.', evidence)
            yield DateReading(role, Day(), cell.string, evidence[0].page, evidence, certainty="doubtful")

    def _marks(self) -> Iterator[EntryMark]:
        for column, role in enumerate(self.layout.roles):
            cell = self.row.cells.get(column)
            if cell is None or role in ("number", "title", "series", "other", *DATES):
                continue
            if role == "status":
                found, read = status_marks(cell, self.profile)
                yield from found
                if not read:
                    self._say("index.mark-unread", "doubt", f'The status "{cell.string[:120]}"{self._where()} is not known, so nothing was taken from it; a person must read it.', self._evidence(cell, ROW))
            elif role in ("remarks", ""):
                yield from marks_in(cell, self.profile)
            else:
                yield from column_marks(cell, role, self.profile)

    def _evidence(self, words: Text, rule: str) -> tuple[Evidence, ...]:
        found = evidence_of(words, self.item.sha256, rule)
        if self.row.line is None:
            return found
        return tuple(Evidence(e.item, e.page, e.box_pt, e.quote, e.start, e.end, e.rule, f"line {self.row.line}, column {self._column(e)}") for e in found)

    def _column(self, evidence: Evidence) -> int:
        """The column of a table of text in which a quote begins, from 1."""
        return next((c + 1 for c in sorted(self.row.cells) for p in self.row.cells[c].pieces() if p.start <= evidence.start < p.end), 1)

    def _where(self) -> str:
        first = next(iter(self.row.words.lines()), None)
        return f" on line {self.row.line}" if self.row.line is not None else f" on page {first.page}" if first else ""

    def _say(self, code: str, severity: str, message: str, evidence: tuple[Evidence, ...] = ()) -> None:
        self.found.findings.append(Finding(code, severity, message, evidence or self._evidence(self.row.words, ROW)))  # type: ignore[arg-type]
