"""Lines become paragraphs: by markers, gaps, indents and style on a laid-out page; by blank lines in plain text; by the mark-up in HTML."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from statistics import median

from msgspec import Struct

from lineage.blocks.hyphens import Breaks
from lineage.model import Block, Line, Style, Text
from lineage.profiles import Profile

# The printed markers of outlines: I. A. 1. a. (1) (a) 1) 3.48.1 and bullets.
MARKER = re.compile(
    r"(?P<marker>(?:[IVXLC]{1,6}|[A-Z]|[a-z]|[ivxlc]{1,5}|A[A-Z]|([A-Za-z])\2|\d{1,3})[.)](?![\d)])|\((?:[A-Za-z]{1,2}|\d{1,3}|[ivxlc]{1,5})\)"
    r"|§{0,2}\s?\d{1,4}(?:\.\d{1,3}){1,5}\.?|§{1,2}\s?\d{1,4}\.?|(?:[IVX]{1,4}\.)?[A-Z]\.\d{1,2}(?:\.\w{1,2}){0,3}\.?|(?:\d{1,2}-\d{2}|\d{1,2})/\d{3}\.\d{2}"
    r"|(?:(?i:rule|article|chapter|part|step|phase))\s(?:\d{1,3}|[IVXLC]{1,6})[:.]|(?:RULE|ARTICLE|CHAPTER|PART)\s(?:\d{1,3}|[IVXLC]{1,6})(?=\s*[-–—]?\s*(?:[A-Z]{3}|$))"
    r"|(?:SECTION|Section|SEC\.|Sec\.)\s\d{1,4}(?:\.\d{1,3}){0,5}[.:]?(?=\s*[-–—]?\s*[A-Z]{2})"
    r"|[•▪◦○●■□➢➤►✓❖◆◼‣⁃∙*]|[-–—o](?=\s))(?:\s+|$)"
)
BARE = ("-", "–", "—", "o")  # bullets that are also printed within sentences
FIGURE = re.compile(r"[-–+$]?\d[\d.,/]*%?")
ASIDE = re.compile(r"[A-Z][A-Za-z]*(?:\s[A-Za-z]+){0,2}:")  # "NOTE:" beside the words that it names
OPENS_NOTE = re.compile(r"(?:NOTES?|EXCEPTIONS?|EXAMPLES?|WARNING|CAUTION|IMPORTANT|REMINDER|ATTENTION):", re.IGNORECASE)
# A line that breaks off before a number, so that the number at the head of the next is what it names; "this section" names none.
_BREAKS_OFF = re.compile(
    r"(?:(?<!\bthis )(?<!\bthat )(?<!\beach )(?<!\bevery )(?<!\bfollowing )(?<!\ba )\b(?:(?:sub)?sections?|(?:sub)?paragraphs?|items?|articles?|chapters?|nos?\.|numbers?)|§{1,2}"
    r"|\b(?:sections?|items?|paragraphs?)\s\(?[\w.]{1,9}\)?(?:,|,?\s(?:and|or|through|to)))\s*$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\(\w{1,4}\)|§{0,2}\s?\d{1,4}(?:\.\d{1,3})+|\d{1,3}\.")
LABEL_CHARS = 40  # no label is longer
NEW_PITCH = 1.4  # a gap of so many usual line pitches begins a paragraph
INDENT_PT = 9.0
NOTE_LEADING = 2.2  # lines of one side note are no further apart than so many sizes of their letters
SHORT = 0.82  # a line that ends before this share of the column's width is a paragraph's last, if its sentence ends too
VERY_SHORT = 0.7  # a line that ends before this share is the last of its paragraph if the next one begins with a capital
CLOSERS, TERMINAL = "\"”’)]", (".", ":", ";", "!", "?")


_NOTHING = Text()


class _Open(Struct):
    """The paragraph being gathered."""

    lines: list[Text]
    last: Line
    marker: Text
    hint: str
    left_pt: float
    marker_left_pt: float = 0.0
    cells: tuple[Text, ...] = ()
    table: int | None = None


def paragraphs(lines: list[Line], profile: Profile, breaks: Breaks, *, laid_out: bool, flowing: bool) -> list[Block]:
    """Blocks from body lines in order. ``laid_out``: lines have boxes (PDF); ``flowing``: lines were wrapped (plain text); neither: each line is whole (HTML)."""
    pitch = _pitch(lines) if laid_out else 0.0
    right = _right(lines) if laid_out else 0.0
    blocks: list[Block] = []
    current: _Open | None = None
    for row in _rows(lines):
        first = row[0]
        opened = _open(row, profile)
        if current is not None and opened.marker and len(row) == 1 and _names(current.last, first, opened.marker):
            opened = _Open([Text.of(first)], first, _NOTHING, "", first.left_pt, first.left_pt)
        if opened.hint == "heading" and current is not None and first.hint != "heading" and _unfinished(current, first, pitch, right):
            opened.hint = ""
        if current is not None and _continues(current, first, opened, pitch, right, laid_out=laid_out, flowing=flowing):
            current.lines += [Text.of(line) for line in row] if opened.marker else opened.lines
            current.last = row[-1]
            continue
        if current is not None:
            blocks.append(_close(current, breaks))
        current = opened
    if current is not None:
        blocks.append(_close(current, breaks))
    return blocks


def _unfinished(current: _Open, line: Line, pitch: float, right: float) -> bool:
    """Whether a line in capitals goes on with the sentence of the full line right above it."""
    last = current.last
    if current.hint == "heading" or not current.lines or last.page != line.page or _ended(last) or last.style.bold != line.style.bold:
        return False
    if last.box_pt is None or line.box_pt is None:
        return line.row == last.row + 1 and len(last.text) > 50
    return 0 < line.box_pt[1] - last.box_pt[1] <= pitch * 1.2 and last.box_pt[2] > right * SHORT


def _rows(lines: list[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    place: tuple[int, int] | None = None
    for line in lines:
        if (line.page, line.row) == place:
            rows[-1].append(line)
        else:
            rows.append([line])
            place = line.page, line.row
    return rows


def _ended(line: Line) -> bool:
    """Whether the line ends as a sentence does, or leads into a list."""
    return line.text.rstrip(CLOSERS).endswith(TERMINAL)


def _open(row: list[Line], profile: Profile) -> _Open:
    first = row[0]
    match = MARKER.match(first.text)
    if (first.hint == "marker" or (match and match.end() == len(first.text) and len(row) > 1)) and not _figures(row):
        texts = [Text.of(line) for line in row[1:]]
        return _Open(texts, row[-1], Text.of(first), "item", row[1].left_pt if len(row) > 1 else first.left_pt, first.left_pt)
    if len(row) == 2 and first.cell is None and ASIDE.fullmatch(first.text) and not is_label(first.text, profile):
        return _Open([Text.of(line) for line in row], row[-1], _NOTHING, "", first.left_pt, first.left_pt)
    if len(row) > 1:
        cells = tuple(Text.of(line) for line in row)
        return _Open(list(cells), row[-1], _NOTHING, "row", first.left_pt, first.left_pt, cells, first.cell[0] if first.cell else None)
    if match and (match.group("marker") not in BARE or first.hint == "item") and not _quoted(match, first):
        text = Text.of(first)
        return _Open([text[match.end() :]], first, text[: match.end("marker")], "item", _words_left(first, match.end()), first.left_pt)
    labelled = is_label(first.text, profile) and not (is_heading(first) and ":" not in first.text)  # "POLICY" may be a heading
    hint = "field" if labelled else first.hint if first.hint in ("heading", "title") else ""
    if first.hint == "aside":
        hint = ""
    elif not hint and is_heading(first):
        hint = "heading"
    return _Open([Text.of(first)], first, _NOTHING, hint, first.left_pt, first.left_pt, (), first.cell[0] if first.cell else None)


def _names(last: Line, line: Line, marker: Text) -> bool:
    """Whether the marker that seems to open a line is the number that the line before breaks off at: "... Manual Section", "3.48 is unchanged"."""
    said = line.text[len(marker) :].lstrip()
    return bool(_NUMBER.fullmatch(marker.string)) and (said[:1].islower() or said[:1] in ",;)") and last.row < line.row and last.page == line.page and _BREAKS_OFF.search(last.text) is not None


def _quoted(match: re.Match[str], line: Line) -> bool:
    """Whether "Section 3.48" opens a sentence about that section; it heads one where a title in capitals is all that follows."""
    return match.group("marker")[0] in "Ss" and len(match.group("marker")) > 2 and not line.text[match.end() :].isupper()


def _figures(row: list[Line]) -> bool:
    """Whether a row is one of a table of figures, so that what opens it is a figure as well: "0.2 1000 950", but not "2. 911"."""
    first = row[0].text
    return all(FIGURE.fullmatch(line.text) for line in row) and (len(row) > 2 or (len(row) == 2 and "." in first.rstrip(".")))


def _words_left(line: Line, at: int) -> float:
    """The left edge of the word at ``at``; that of the line where its words have no places."""
    return next((x0 for start, _, x0, _ in line.words if start >= at), line.left_pt)


def is_label(text: str, profile: Profile) -> bool:
    """Whether the line opens with a label of the heading: a label and a colon, or a label alone."""
    text = text.strip()
    if len(text) > LABEL_CHARS and ":" not in text[:LABEL_CHARS]:
        return False
    return profile.a_label.match(text) is not None


def is_heading(line: Line) -> bool:
    """Whether a line by itself looks like a heading: capitals throughout, or bold and short."""
    text = line.text.strip()
    if len(text) > 120 or not (line.style.bold or text.isupper()):
        return False
    if sum(map(str.isalpha, text)) < 4 or OPENS_NOTE.fullmatch(text):
        return False  # "NOTE:" opens a note, no part of the rule's outline
    if text.isupper():
        return not text.endswith((",", ";"))
    return len(text) < 80 and not text.endswith((".", ",", ";"))


def _continues(current: _Open, line: Line, opened: _Open, pitch: float, right: float, *, laid_out: bool, flowing: bool) -> bool:
    """Whether the row goes on with the paragraph that is open."""
    last = current.last
    if line.hint == "aside" or last.hint == "aside":
        return line.hint == last.hint and _next_of_note(last, line)  # a side note is no part of the paragraph beside it
    if opened.marker or opened.hint in ("field", "row", "heading", "title") or current.cells or current.hint == "field":
        return _heading_goes_on(current, line, opened, pitch) if laid_out else False
    if not current.lines or line.hint == "form" or last.hint == "form":
        return False
    if not (laid_out or flowing):
        return False
    if current.hint == "heading" or (line.cell is None) != (last.cell is None):
        return False
    ended = _ended(last)
    if line.page != last.page:
        return not ended
    if flowing:
        return line.row == last.row + 1
    if last.box_pt is None or line.box_pt is None:
        return False
    if abs(line.style.size_pt - last.style.size_pt) > 1 or (line.style.bold != last.style.bold and last.style.bold and len(current.lines) == 1):
        return False
    if current.marker and line.left_pt < current.marker_left_pt - 1:
        return False
    if last.box_pt[2] < right * VERY_SHORT and line.text[:1].isupper():
        return False
    if line.box_pt[1] - last.box_pt[1] > pitch * NEW_PITCH * max(1.0, line.style.size_pt / 12) or line.box_pt[1] < last.box_pt[1] - 1:
        return line.box_pt[1] < last.box_pt[1] - 1 and not ended
    return not (ended and (last.box_pt[2] < right * SHORT or line.left_pt > current.last.left_pt + INDENT_PT))


def _next_of_note(last: Line, line: Line) -> bool:
    """Whether a line of a side note goes on with the one right above it."""
    if last.box_pt is None or line.box_pt is None or last.page != line.page or abs(last.style.size_pt - line.style.size_pt) > 1:
        return False
    return 0 < line.box_pt[1] - last.box_pt[1] <= NOTE_LEADING * max(line.style.size_pt, 4.0)


def _heading_goes_on(current: _Open, line: Line, opened: _Open, pitch: float) -> bool:
    """A heading in capitals that runs over two printed lines of one style."""
    if current.hint != "heading" or opened.hint != "heading" or opened.marker or current.cells:
        return False
    last = current.last
    if last.page != line.page or last.box_pt is None or line.box_pt is None or last.style.size_pt != line.style.size_pt or last.style.bold != line.style.bold:
        return False
    return 0 < line.box_pt[1] - last.box_pt[1] <= pitch * 1.15 and last.box_pt[2] - last.box_pt[0] > 200


def _close(current: _Open, breaks: Breaks) -> Block:
    text = _joined(current.lines, breaks)
    style = _style(current.lines)
    hint = "" if current.hint == "row" and len(current.cells) < 2 else current.hint
    return Block(text, hint, current.marker, current.left_pt, style.bold, style.size_pt, current.table, current.cells)


def _style(parts: list[Text]) -> Style:
    """The style of most of its lines."""
    styles = [line.style for part in parts for line in part.lines()]
    if not styles:
        return Style()
    first = styles[0]
    return first if styles.count(first) == len(styles) else Counter(styles).most_common(1)[0][0]


def _joined(parts: list[Text], breaks: Breaks) -> Text:
    """Lines joined by a blank; none where a word is broken at a line's end."""
    if len(parts) == 1:
        return parts[0]
    joined: list[Text] = []
    for part in parts:
        whole = breaks.join(joined[-1], part) if joined and joined[-1].string.endswith("-") else None
        if whole is not None:
            joined[-1] = whole
        else:
            joined.append(part)
    return Text.join(joined)


def _pitch(lines: list[Line]) -> float:
    """The usual distance of two printed lines of one paragraph: the median of those that are no more than half again the size of the letters."""
    gaps = [
        (b.box_pt[1] - a.box_pt[1], a.style.size_pt)
        for a, b in pairwise(lines)
        if a.page == b.page and a.box_pt and b.box_pt and 4 < b.box_pt[1] - a.box_pt[1] < 40
    ]
    close = [gap for gap, size in gaps if gap <= 1.5 * max(size, 6.0)]
    return median(close) if close else median(gap for gap, _ in gaps) if gaps else 14.0


def _right(lines: list[Line]) -> float:
    edges = sorted(line.box_pt[2] for line in lines if line.box_pt and line.hint != "aside")
    return edges[int(len(edges) * 0.9)] if edges else 0.0
