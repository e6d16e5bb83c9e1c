"""Where words came from, written and read: a ``Text`` as one ``pl:origin`` for each stretch that is unbroken on its page.

Most stretches stand in the string as they stand on the page and follow each other with a blank between: they need no position in the
string. Elsewhere ``at`` gives it; and where words were joined otherwise than on the page ``runs`` lists every part as position in the
string, offset on the page and length, and ``hyphens`` where the page has a hyphen at the end of a line that was left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from lineage.model import Box, Line, Piece, Text

Run = tuple[int, int, int]


class Origin(NamedTuple):
    """A piece and where it stands in the string; ``at`` is None where it follows the one before, ``runs`` is empty for one unbroken
    slice, ``hyphens`` are the places in the string where the page has a hyphen at the end of a line that was left out.
    """

    piece: Piece
    begins: int
    at: int | None = None
    runs: tuple[Run, ...] = ()
    hyphens: tuple[int, ...] = ()


def origins(text: Text) -> Sequence[Origin]:
    """One for each of ``text.pieces()``, in order."""
    pieces, string = text.pieces(), text.string
    if len(pieces) == 1 and text.runs[0][1] is not None:
        # Most texts stand in one place, and their words begin and go on as they do there.
        (piece,) = pieces
        if len(text.runs) == 1:
            return (Origin(piece, 0, 0 if string[0].isspace() else None),)
        if not string[0].isspace() and len(piece.quote) == piece.end - piece.start and string.startswith(piece.quote):
            return (Origin(piece, 0),)
    return list(_followed(text, pieces)) if pieces else ()


def _followed(text: Text, pieces: Sequence[Piece]) -> Iterator[Origin]:
    """Each piece with the runs that it is made of."""
    runs = _runs(text)
    string, cursor, after = text.string, 0, 0
    for piece in pieces:
        first = cursor
        while runs[cursor][1] + runs[cursor][2] != piece.end:
            cursor += 1
        cursor += 1
        begins = runs[first][0]
        size = len(piece.quote)
        if size == piece.end - piece.start and string.startswith(piece.quote, begins):
            yield Origin(piece, begins, None if _next(string, after) == begins else begins)
            after = begins + size
        else:
            parts = tuple(runs[first:cursor])
            yield Origin(piece, begins, runs=parts, hyphens=tuple(_hyphens(piece.quote, parts)))
            after = runs[cursor - 1][0] + runs[cursor - 1][2]


def _hyphens(quote: str, parts: Sequence[Run]) -> Iterator[int]:
    """Where a part ends in the string and the quote goes on with a hyphen and the end of its line."""
    at = 0
    for (begins, on_page, size), (_, following, _) in pairwise(parts):
        at += size
        gap = following - on_page - size
        if gap == 2 and quote[at] == "-":
            yield begins + size
            at += 1
        at += gap > 0


def _next(string: str, after: int) -> int:
    """The first place from ``after`` on that is no blank."""
    if after < len(string) and not string[after].isspace():
        return after
    return len(string) - len(string[after:].lstrip())


def _runs(text: Text) -> list[Run]:
    """The runs that stand on a page and are not blank, as (position in the string, offset on the page, length): those of which pieces are
    made.
    """
    string = text.string
    ends = [run[0] for run in text.runs[1:]]
    ends.append(len(string))
    pairs = zip(text.runs, ends, strict=True)
    return [(at, line.start + offset, until - at) for (at, line, offset), until in pairs if line is not None and string[at:until].strip()]


def attributes(origin: Origin) -> str:
    """The attributes of one ``pl:origin``: page, start, end, box_pt (points from the top left) and, where needed, confidence (of words read by OCR), at or runs and
    hyphens.
    """
    piece = origin.piece
    boxed = f' box_pt="{box(piece.box_pt)}"' if piece.box_pt is not None else ""
    said = f' page="{piece.page}" start="{piece.start}" end="{piece.end}"{boxed}'
    if piece.confidence is not None:
        said += f' confidence="{piece.confidence:g}"'
    if origin.at is not None:
        said += f' at="{origin.at}"'
    if origin.runs:
        said += f' runs="{" ".join(f"{at} {start} {size}" for at, start, size in origin.runs)}"'
    if origin.hyphens:
        said += f' hyphens="{" ".join(map(str, origin.hyphens))}"'
    return said


def box(box_pt: Box) -> str:
    """Four decimals that read back as the same floats.

    >>> box((72.0, 1e-07, 540.25, 0.1))
    '72.0 0.0000001 540.25 0.1'
    """
    x0, y0, x1, y1 = map(float, box_pt)
    said = f"{x0!r} {y0!r} {x1!r} {y1!r}"
    return " ".join(format(Decimal(edge), "f") for edge in said.split()) if "e" in said else said


def read_box(said: str | None) -> Box | None:
    """The inverse of :func:`box`."""
    if said is None:
        return None
    x0, y0, x1, y1 = (float(edge) for edge in said.split())
    return (x0, y0, x1, y1)


def rebuild(string: str, said: Sequence[Mapping[str, str]]) -> Text:
    """A text with this string and with the pieces that these ``pl:origin`` tell of. Its lines hold the pieces' words and the hyphens left out, no more.

    Raises ValueError where an origin does not fit the string.
    """
    runs: list[tuple[int, Line | None, int]] = []
    after = 0
    for one in said:
        page, start, end, box_pt = int(one["page"]), int(one["start"]), int(one["end"]), read_box(one.get("box_pt"))
        hyphens = {int(place) for place in one.get("hyphens", "").split()}
        confidence = float(one["confidence"]) if "confidence" in one else None
        for at, on_page, size in _stretches(string, after, one, start, end):
            if not after <= at < at + size <= len(string):
                raise ValueError(f"An origin of page {page} does not fit its words.")
            if at > after:
                runs.append((after, None, 0))
            hyphen = "-" if at + size in hyphens else ""
            runs.append((at, Line(string[at : at + size] + hyphen, page, on_page, 0, box_pt=box_pt, confidence=confidence), 0))
            after = at + size
    if after < len(string):
        runs.append((after, None, 0))
    return Text(string, tuple(runs))


def _stretches(string: str, after: int, one: Mapping[str, str], start: int, end: int) -> list[Run]:
    listed = [int(number) for number in one.get("runs", "").split()]
    if listed:
        return list(zip(listed[::3], listed[1::3], listed[2::3], strict=True))
    return [(int(one["at"]) if "at" in one else _next(string, after), start, end - start)]
