"""What is drawn on a PDF page: pictures, ruling lines, and the cells of tables that they make."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import repeat
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium
from msgspec import Struct, field

from lineage.model import Box
from lineage.pages.fonts import plain
from lineage.pages.glyphs import Frame
from lineage.pages.strips import Word

if TYPE_CHECKING:
    from lineage.pages.doubts import Doubts

THIN_PT = 3.0  # what is thinner is a line
SHORT_PT = 6.0  # what is shorter is no ruling
MOST_PATHS = 2_000  # a page with more is a drawing; looking for cells in it would take minutes
LONG_PATH, MOST_SEGMENTS = 6, 2_000  # a path between these may draw a whole grid
SQUARE_PT = (7.0, 16.0)
OPEN_PT = 15.0  # how far level rules must run on for an open cell
SNAP_PT = 3.0  # edges nearer than this are one
DEEP = 3
_thing = plain("FPDFPage_GetObject", ctypes.c_void_p, ctypes.c_int, result=ctypes.c_size_t)
_sort = plain("FPDFPageObj_GetType", ctypes.c_void_p)


class Drawn(Struct):
    """What is drawn: the number of pictures, and the boxes of lines and rectangles."""

    images: int = 0
    covered: float = 0.0  # share of the page under its largest picture
    pixels: int = 0  # of its finest picture
    rules: list[Box] = field(default_factory=list)
    bits: list[Box] = field(default_factory=list)  # too short for a ruling, but they bridge the corners of double rules
    paths: int = 0
    squares: dict[tuple[int, int], tuple[Box, bool]] = field(default_factory=dict)  # small ones, and whether a stroke goes slantwise through

    def gridded(self) -> bool:
        """Whether the rulings could make a table of two columns: three upright edges, and two level ones."""
        upright: set[int] = set()
        level: set[int] = set()
        for x0, y0, x1, y1 in self.rules:
            if y1 - y0 >= SHORT_PT:
                upright.update((round(x0 / 4), round(x1 / 4)) if x1 - x0 > THIN_PT else (round((x0 + x1) / 8),))
            if x1 - x0 >= SHORT_PT:
                level.update((round(y0 / 4), round(y1 / 4)) if y1 - y0 > THIN_PT else (round((y0 + y1) / 8),))
        return len(upright) >= 3 and len(level) >= 2 and self.paths <= MOST_PATHS


def drawn(page: Any, shape: Frame) -> Drawn:
    """The pictures and rulings of a page, in points from the top left."""
    found = Drawn()
    edges = tuple(ctypes.c_float() for _ in range(4))
    left, bottom, right, top = edges
    for thing, sort in _things(page):
        if sort == pdfium.FPDF_PAGEOBJ_IMAGE:
            found.images += 1
            _measured(found, thing, shape)
        elif sort == pdfium.FPDF_PAGEOBJ_FORM:
            found.images += _images(thing, DEEP)
        elif sort == pdfium.FPDF_PAGEOBJ_PATH:
            found.paths += 1
            if found.paths <= MOST_PATHS and pdfium.FPDFPageObj_GetBounds(thing, *edges):
                box = shape.box(left.value, bottom.value, right.value, top.value)
                _square(found, box, thing)
                if LONG_PATH <= pdfium.FPDFPath_CountSegments(thing) <= MOST_SEGMENTS and min(box[2] - box[0], box[3] - box[1]) > THIN_PT:
                    _strokes(found, thing, shape)
                else:
                    _rule(found, box, shape)
    return found


def _things(page: Any) -> Iterator[tuple[Any, int]]:
    """What is on a page beside its text, each with its sort; nearly all of most pages is text."""
    handle = ctypes.cast(page, ctypes.c_void_p).value
    found = list(map(_thing, repeat(handle), range(pdfium.FPDFPage_CountObjects(page))))
    for thing, sort in zip(found, map(_sort, found), strict=True):
        if sort != pdfium.FPDF_PAGEOBJ_TEXT:
            yield ctypes.cast(thing, pdfium.FPDF_PAGEOBJECT), sort


def _measured(found: Drawn, picture: Any, shape: Frame) -> None:
    """Notes how much of the page a picture covers and how fine it is."""
    edges = tuple(ctypes.c_float() for _ in range(4))
    if pdfium.FPDFPageObj_GetBounds(picture, *edges):
        x0, y0, x1, y1 = shape.box(*(edge.value for edge in edges))
        wide, high = min(x1, shape.width) - max(x0, 0.0), min(y1, shape.height) - max(y0, 0.0)
        if wide > 0 and high > 0:
            found.covered = max(found.covered, wide * high / max(shape.width * shape.height, 1.0))
    width, height = ctypes.c_uint(), ctypes.c_uint()
    if pdfium.FPDFImageObj_GetImagePixelSize(picture, width, height):
        found.pixels = max(found.pixels, width.value * height.value)


def _square(found: Drawn, box: Box, path: Any) -> None:
    """Notes a small square, or the slanting stroke through it: the check boxes of a printed form."""
    wide, high = box[2] - box[0], box[3] - box[1]
    if SQUARE_PT[0] <= wide <= SQUARE_PT[1] and abs(wide - high) < 2:
        at = (round((box[0] + box[2]) / 4), round((box[1] + box[3]) / 4))
        slanting = pdfium.FPDFPath_CountSegments(path) == 2
        found.squares[at] = (box, slanting or (at in found.squares and found.squares[at][1]))


def _strokes(found: Drawn, path: Any, shape: Frame) -> None:
    """The level and upright strokes of a path that draws many at once."""
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(path, matrix):
        return
    x, y = ctypes.c_float(), ctypes.c_float()
    before: tuple[float, float] | None = None
    for at in range(pdfium.FPDFPath_CountSegments(path)):
        part = pdfium.FPDFPath_GetPathSegment(path, at)
        pdfium.FPDFPathSegment_GetPoint(part, x, y)
        point = (matrix.a * x.value + matrix.c * y.value + matrix.e, matrix.b * x.value + matrix.d * y.value + matrix.f)
        if (
            before
            and pdfium.FPDFPathSegment_GetType(part) == pdfium.FPDF_SEGMENT_LINETO
            and min(abs(point[0] - before[0]), abs(point[1] - before[1])) < 1
        ):
            edges = (min(point[0], before[0]), min(point[1], before[1]), max(point[0], before[0]), max(point[1], before[1]))
            _rule(found, shape.box(*edges), shape)
        before = point


def _rule(found: Drawn, box: Box, shape: Frame) -> None:
    x0, y0, x1, y1 = box
    if x1 < 0 or y1 < 0 or x0 > shape.width or y0 > shape.height:
        return
    if x1 - x0 > 0.98 * shape.width and y1 - y0 > 0.98 * shape.height:
        return  # the page's own ground
    clipped = (max(x0, 0.0), max(y0, 0.0), min(x1, shape.width), min(y1, shape.height))
    rules = found.bits if max(x1 - x0, y1 - y0) < SHORT_PT else found.rules
    rules.append((round(clipped[0], 2), round(clipped[1], 2), round(clipped[2], 2), round(clipped[3], 2)))


def _images(form: Any, deep: int) -> int:
    """The pictures within a form, and within forms in it."""
    count = 0
    for at in range(min(max(pdfium.FPDFFormObj_CountObjects(form), 0), MOST_PATHS)):
        thing = pdfium.FPDFFormObj_GetObject(form, at)
        sort = pdfium.FPDFPageObj_GetType(thing)
        if sort == pdfium.FPDF_PAGEOBJ_IMAGE:
            count += 1
        elif sort == pdfium.FPDF_PAGEOBJ_FORM and deep:
            count += _images(thing, deep - 1)
    return count


class Grid(Struct):
    """The cells of a page's tables and the place of each, ``(table, row, column)``."""

    cells: list[Box] = field(default_factory=list)
    places: list[tuple[int, int, int]] = field(default_factory=list)

    def add(self, box: Box, place: tuple[int, int, int]) -> None:
        """One more cell."""
        self.cells.append((round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2)))
        self.places.append(place)

    def open_end(self, rules: list[Box], place: tuple[int, int, int]) -> None:
        """The last cell of a row whose table has no rule at its right side: a level rule runs on from the last closed cell."""
        own = [box for box, (table, row, _) in zip(self.cells, self.places, strict=True) if (table, row) == place[:2]]
        if not own:
            return
        edge, top, bottom = max(box[2] for box in own), min(box[1] for box in own), max(box[3] for box in own)
        on = [
            x1
            for x0, y0, x1, y1 in rules
            if y1 - y0 <= THIN_PT and x0 <= edge + THIN_PT and x1 > edge + OPEN_PT and min(abs(y0 - top), abs(y1 - bottom)) <= THIN_PT
        ]
        if on:
            self.add((edge, top, max(on), bottom), place)

    def cell_of(self, words: list[Word]) -> tuple[int, int, int] | None:
        """The cell in which the words stand, by the middle of the first."""
        if not self.cells:
            return None
        x, y = (words[0].x0 + words[0].x1) / 2, (words[0].y0 + words[0].y1) / 2
        for (x0, y0, x1, y1), place in zip(self.cells, self.places, strict=True):
            if x0 <= x <= x1 and y0 <= y <= y1:
                return place
        return None


NOTHING = Grid()


class Tables:
    """Finds the cells of tables among ruling lines, by pdfplumber's own rules on the lines that pdfium drew: so the file is not read a second time."""

    def __init__(self, doubts: Doubts) -> None:
        self.doubts = doubts
        self.tables = 0

    def grid(self, number: int, drawn: Drawn) -> Grid:
        """The cells on a page; none where its rulings make no table of two columns."""
        if drawn.paths > MOST_PATHS:
            self.doubts.no_tables.append(number)
        if not drawn.gridded():
            return NOTHING
        from pdfplumber import table

        page: Any = None  # only asked for its text, which is not wanted
        edges = table.merge_edges(list(_edges([*drawn.rules, *drawn.bits])), SNAP_PT, SNAP_PT, SNAP_PT, SNAP_PT)
        cells = table.intersections_to_cells(table.edges_to_intersections(edges, SNAP_PT, SNAP_PT))
        grid = Grid()
        for group in table.cells_to_tables(cells):
            rows = table.Table(page, group).rows
            if max(sum(cell is not None for cell in row.cells) for row in rows) < 2:
                continue
            for at, row in enumerate(rows):
                for column, cell in enumerate(row.cells):
                    if cell is not None:
                        grid.add(cell, (self.tables, at, column))
                grid.open_end(drawn.rules, (self.tables, at, len(row.cells)))
            self.tables += 1
        return grid


def _edges(rules: list[Box]) -> Iterator[dict[str, Any]]:
    """The edges of rulings in pdfplumber's form: a thin box is one line, any other its four sides, a tiny one a corner."""
    for x0, y0, x1, y1 in rules:
        across, down = (x0 + x1) / 2, (y0 + y1) / 2
        tiny = max(x1 - x0, y1 - y0) <= THIN_PT
        if tiny or x1 - x0 > THIN_PT:
            yield from (_edge("h", x0, y, x1, y) for y in ((down,) if y1 - y0 <= THIN_PT else (y0, y1)))
        if tiny or y1 - y0 > THIN_PT:
            yield from (_edge("v", x, y0, x, y1) for x in ((across,) if x1 - x0 <= THIN_PT else (x0, x1)))


def _edge(orientation: str, x0: float, top: float, x1: float, bottom: float) -> dict[str, Any]:
    return {
        "orientation": orientation,
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
        "object_type": "line",
    }
