"""Text that knows where it came from.

A :class:`Line` is text as it stands on a page, with the box of every word. A :class:`Text` is built from pieces of lines; slicing and joining keep the
origin of every character, so evidence points at the source without any searching afterwards.

Offsets are zero-based and half-open. Boxes are ``(x0, y0, x1, y1)`` in PDF points from the top left; ``None`` for text and HTML, which have no page image.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import force_setattr, replace

Box = tuple[float, float, float, float]

# Lines that follow each other are this far apart in a page's text (the newline, and a blank that was cut off).
TOUCHING = 2
_BEGINS = itemgetter(0)  # where a run begins


class Style(Struct, frozen=True):
    """How characters look: size in points, colour as ``0xRRGGBB``, angle in degrees clockwise from level reading (0 to 360)."""

    font: str = ""
    size_pt: float = 0.0
    bold: bool = False
    italic: bool = False
    colour: int = 0
    angle: float = 0.0


class Line(Struct, frozen=True):
    """A run of text that stands on one printed row of one page, without a wide gap inside.

    Two segments of one printed row (a label and its value, a marker and its words, two columns) are two lines with the same ``row``.
    ``start`` is the offset of ``text[0]`` in :attr:`Page.text`. ``words`` holds ``(start, end, x0, x1)`` per word, offsets in ``text``; it is empty where there
    is no page image. ``left_pt`` is the left edge (HTML: 36 points a level of nesting). ``cell`` is ``(table, row, column)`` inside a table.
    ``hint`` says what the source itself says of the line: ``title``, ``heading``, ``item``, ``marker``, ``form``, ``annotation``, ``note``, ``aside`` (a side note), ``signature`` (a digital one), ``head``, ``foot``, ``hidden``,
    ``prompt``, ``changing``, ``comment``, ``mark`` (a piece of a picture that is no word) or nothing. ``confidence`` is how sure OCR is
    of the words (0 to 1); None where they were not read from a picture.
    """

    text: str
    page: int
    start: int
    row: int
    left_pt: float = 0.0
    box_pt: Box | None = None
    words: tuple[tuple[int, int, float, float], ...] = ()
    style: Style = Style()
    cell: tuple[int, int, int] | None = None
    hint: str = ""
    confidence: float | None = None

    def box_of(self, start: int, end: int) -> Box | None:
        """The box of the words that ``text[start:end]`` touches; the whole line where words have no boxes of their own."""
        if self.box_pt is None or (start <= 0 and end >= len(self.text)):
            return self.box_pt
        touched = [word for word in self.words if word[0] < end and start < word[1]]
        if not touched:
            return self.box_pt
        return (round(min(w[2] for w in touched), 2), self.box_pt[1], round(max(w[3] for w in touched), 2), self.box_pt[3])

    def part(self, start: int, end: int) -> Line | None:
        """The line as if only ``text[start:end]`` without blanks at its ends stood there, with its own place and boxes; None where nothing is left."""
        words = self.text[start:end]
        start += len(words) - len(words.lstrip())
        end = start + len(words.strip())
        if start >= end:
            return None
        boxes = tuple((max(a, start) - start, min(b, end) - start, x0, x1) for a, b, x0, x1 in self.words if a < end and start < b)
        box = self.box_of(start, end)
        return replace(self, text=self.text[start:end], start=self.start + start, words=boxes, box_pt=box, left_pt=box[0] if box else self.left_pt)


class Piece(NamedTuple):
    """A stretch of a text that stands in one place: page, half-open offsets in the page's text, box, the words there, and the least confidence of its lines."""

    page: int
    start: int
    end: int
    box_pt: Box | None
    quote: str
    confidence: float | None = None


class Text(Struct, frozen=True, eq=False):
    """A string whose every character knows its line.

    ``runs`` holds ``(at, line, offset)``: from position ``at`` on the characters are those of ``line`` from ``offset`` on; a run whose line is ``None`` was put in
    by joining (a blank between two lines) and stands nowhere. Runs are in order, the first at 0, and cover the whole string.

    >>> a = Line("conform to all", page=3, start=10, row=1)
    >>> b = Line("policies per § 6.1.1", page=4, start=0, row=0)
    >>> t = Text.of(a) + Text.of(b)
    >>> t.string
    'conform to all policies per § 6.1.1'
    >>> [(p.page, p.start, p.quote) for p in t[8:23].pieces()]
    [(3, 18, 'to all'), (4, 0, 'policies')]
    """

    string: str = ""
    runs: tuple[tuple[int, Line | None, int], ...] = ()
    _stands: list[Piece] | None = None  # once it was asked for

    @classmethod
    def of(cls, line: Line) -> Text:
        """The whole of one line."""
        return cls(line.text, ((0, line, 0),)) if line.text else cls()

    @classmethod
    def join(cls, parts: Iterable[Text], between: str = " ") -> Text:
        """The parts in order, with ``between`` (which stands nowhere) put between those that are not empty."""
        strings: list[str] = []
        runs: list[tuple[int, Line | None, int]] = []
        at = 0
        for part in parts:
            if not part.string:
                continue
            if strings and between:
                runs.append((at, None, 0))
                strings.append(between)
                at += len(between)
            if at:
                runs += [(at + start, line, offset) for start, line, offset in part.runs]
            else:
                runs += part.runs
            strings.append(part.string)
            at += len(part.string)
        return cls("".join(strings), tuple(runs))

    def __eq__(self, other: object) -> bool:
        return self is other or (other.__class__ is Text and self.string == other.string and self.runs == other.runs)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash((self.string, self.runs))

    def __repr__(self) -> str:
        return f"Text(string={self.string!r}, runs={self.runs!r})"

    def __add__(self, other: Text) -> Text:
        return Text.join((self, other))

    def __len__(self) -> int:
        return len(self.string)

    def __bool__(self) -> bool:
        return bool(self.string)

    def __str__(self) -> str:
        return self.string

    def __getitem__(self, part: slice) -> Text:
        start, end, _ = part.indices(len(self.string))
        if start >= end:
            return Text()
        if end - start == len(self.string):
            return self
        first = bisect_right(self.runs, start, key=_BEGINS) - 1
        at, line, offset = self.runs[first]
        runs = [(0, line, offset + start - at if line is not None else 0)]
        if len(self.runs) > first + 1:
            within = self.runs[first + 1 : bisect_left(self.runs, end, first + 1, key=_BEGINS)]
            runs += [(at - start, line, offset) for at, line, offset in within]
        return Text(self.string[start:end], tuple(runs))

    def strip(self) -> Text:
        """Without blanks at either end."""
        return self.within(0, len(self.string))

    def within(self, start: int, end: int) -> Text:
        """The stretch from ``start`` to ``end`` without blanks at either end."""
        words = self.string[start:end]
        start += len(words) - len(words.lstrip())
        return self[start : start + len(words.strip())]

    def lines(self) -> Iterator[Line]:
        """The lines that the text touches, in order, each once."""
        last: Line | None = None
        for _, line, _ in self.runs:
            if line is not None and line is not last:
                last = line
                yield line

    def pieces(self) -> list[Piece]:
        """Where the text stands: one piece for each stretch that is unbroken in its page's text. But for blanks, a piece's quote is ``page.text[start:end]``:
        a hyphen at a line's end that was left out by joining stands in the quote."""
        if self._stands is None:
            force_setattr(self, "_stands", self._places())
        return list(self._stands or ())

    @property
    def confidence(self) -> float | None:
        """The lowest of its lines; None where no line was read by OCR."""
        return min([line.confidence for _, line, _ in self.runs if line is not None and line.confidence is not None], default=None)

    def _places(self) -> list[Piece]:
        if len(self.runs) == 1 and (only := self.runs[0][1]) is not None:
            return [_piece(only, self.runs[0][2], self.string)] if self.string.strip() else []
        found: list[Piece] = []
        # The piece that may go on, in parts: to make one for each line and join them takes twice the time.
        page, start, end, quote = 0, 0, 0, ""
        box: Box | None = None
        confidence: float | None = None
        former, stopped = Line("", 0, 0, 0), 0
        for line, offset, words in self._printed():
            begins, until = line.start + offset, offset + len(words)
            if quote and line.page == page and 0 <= begins - end <= TOUCHING:
                broken = begins - end == TOUCHING and former is not line and former.text[stopped:] == "-"
                quote += f"{'-' if broken else ''}{' ' if begins > end else ''}{words}"
                box, confidence = union(box, line.box_of(offset, until)), least(confidence, line.confidence) if confidence is not None else line.confidence
            else:
                if quote:
                    found.append(Piece(page, start, end, box, quote, confidence))
                page, start, quote, box, confidence = line.page, begins, words, line.box_of(offset, until), line.confidence
            end, former, stopped = begins + len(words), line, until
        if quote:
            found.append(Piece(page, start, end, box, quote, confidence))
        return found

    def _printed(self) -> Iterator[tuple[Line, int, str]]:
        """The runs that stand on a page and are not blank: line, offset in it, words."""
        ends = [*(run[0] for run in self.runs[1:]), len(self.string)]
        for (at, line, offset), until in zip(self.runs, ends, strict=False):  # without any run there is one end
            if line is not None and (words := self.string[at:until]).strip():
                yield line, offset, words


def _piece(line: Line, offset: int, quote: str) -> Piece:
    """Where words of one line stand."""
    start, until = line.start + offset, offset + len(quote)
    return Piece(line.page, start, line.start + until, line.box_of(offset, until), quote, line.confidence)


def least(*known: float | None) -> float | None:
    """The lowest confidence of those that are known; None where none is."""
    return min([one for one in known if one is not None], default=None)


def union(one: Box | None, other: Box | None) -> Box | None:
    """The smallest box around both; the other where one is not known."""
    if one is None or other is None:
        return one or other
    left, top, right, bottom = one
    x0, y0, x1, y1 = other
    return (left if left <= x0 else x0, top if top <= y0 else y0, right if right >= x1 else x1, bottom if bottom >= y1 else y1)
