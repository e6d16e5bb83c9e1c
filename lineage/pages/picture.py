"""A page as a picture: rendered, straightened, cut, and asked where its ink is. All in pixels from the top left."""

from __future__ import annotations

import ctypes
import math
from itertools import pairwise
from statistics import median
from typing import Any

import pypdfium2.raw as pdfium
from msgspec import Struct

from lineage.pages.glyphs import Frame

DPI = 180.0  # small print is read well at this, and finer pictures are read no better
LONGEST = 3_000  # pixels of the longer side, whatever the page's size
FINDING_DPI = 110.0  # lines are found as well on a coarse picture, in a third of the time
COLOURED = 60  # a pixel whose channels differ by more is coloured ink
WHITE = 255
STEEP = 8.0  # lines that are longer than this many times their height tell how the page lies

Gap = tuple[int, int]


class Picture(Struct, frozen=True):
    """The page in colour (height, width, red green blue) and the plane of it that is read, dark on white; ``scale`` is pixels a point."""

    colour: Any
    plane: Any
    scale: float

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return int(self.plane.shape[1]), int(self.plane.shape[0])


def rendered(page: Any, shape: Frame) -> Picture:
    """The page as it is shown, without annotations and form values, which are read as such. Its plane is the red one: red ink becomes white."""
    import numpy

    scale = min(DPI / 72, LONGEST / max(shape.width, shape.height, 1.0))
    width, height = max(round(shape.width * scale), 8), max(round(shape.height * scale), 8)
    bitmap = pdfium.FPDFBitmap_Create(width, height, 0)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, 0)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        held = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    whole = numpy.frombuffer(held, dtype=numpy.uint8).reshape(height, stride // 4, 4)[:, :width]
    colour = numpy.ascontiguousarray(whole[:, :, 2::-1])
    return Picture(colour, colour[:, :, 0].copy(), scale)


def coarse(plane: Any, scale: float) -> tuple[Any, float]:
    """The plane as three equal channels at the size at which lines are found, and how much it was made smaller."""
    import cv2

    factor = min(FINDING_DPI / 72 / scale, 1.0)
    small = cv2.resize(plane, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA) if factor < 1 else plane
    return three(small), factor


def three(plane: Any) -> Any:
    """A plane as a picture of three equal channels, as the engine wants it."""
    import cv2

    return cv2.cvtColor(plane, cv2.COLOR_GRAY2RGB)


def lie(quads: list[Any]) -> float:
    """Degrees clockwise by which the long lines lie off level; 0 where there are too few."""
    found = []
    for quad in quads:
        along, down = quad[1] - quad[0], quad[3] - quad[0]
        wide, high = math.hypot(*along), math.hypot(*down)
        if high > 0 and wide > STEEP * high:
            found.append(math.degrees(math.atan2(along[1], along[0])))
    return median(found) if len(found) >= 3 else 0.0


def straightened(picture: Picture, degrees: float) -> Picture:
    """The picture turned back around its middle by so many degrees; what comes in at the edges is white."""
    import cv2

    turn = _turn(picture, degrees)
    planes = [cv2.warpAffine(p, turn, picture.size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=(WHITE,) * 3) for p in (picture.colour, picture.plane)]
    return Picture(planes[0], planes[1], picture.scale)


def moved(quad: Any, picture: Picture, degrees: float) -> Any:
    """Where a quad comes to stand by :func:`straightened`."""
    import numpy

    turn = _turn(picture, degrees)
    return numpy.asarray(quad, dtype=numpy.float32) @ turn[:, :2].T + turn[:, 2]


def _turn(picture: Picture, degrees: float) -> Any:
    import cv2

    width, height = picture.size
    return cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)


def ink(plane: Any) -> Any:
    """True where there is ink: darker than the ground around it, specks left out."""
    import cv2
    import numpy

    smooth = cv2.medianBlur(plane, 3)
    level, _ = cv2.threshold(smooth, 0, WHITE, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    # A page without ink has no two levels: what Otsu's rule would part there is the paper's own noise.
    level = min(level, float(numpy.median(smooth)) - 40)
    return smooth < level


def upright_crop(plane: Any, quad: Any) -> Any:
    """The picture of a quad's inside, its first edge on top."""
    import cv2
    import numpy

    points: Any = numpy.asarray(quad, dtype=numpy.float32)
    top, right, bottom, left = (math.hypot(*(points[at] - points[at - 1])) for at in (1, 2, 3, 0))
    wide, high = max(int(max(top, bottom)), 2), max(int(max(left, right)), 2)
    wanted = numpy.array([[0, 0], [wide, 0], [wide, high], [0, high]], dtype=numpy.float32)
    return cv2.warpPerspective(plane, cv2.getPerspectiveTransform(points, wanted), (wide, high), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)


def span(mask: Any, axis: int) -> Gap | None:
    """From the first to behind the last row (1) or column (0) with ink; None without any."""
    import numpy

    filled = numpy.flatnonzero(mask.any(axis=axis))
    return (int(filled[0]), int(filled[-1]) + 1) if filled.size else None


def emptiest(mask: Any) -> int:
    """The middle one of the columns with the least ink."""
    import numpy

    columns = mask.sum(axis=0)
    least = numpy.flatnonzero(columns == columns.min())
    return int(least[len(least) // 2])


def gaps(mask: Any) -> list[Gap]:
    """The half-open stretches of columns without ink between the first and the last that have some."""
    import numpy

    filled = numpy.flatnonzero(mask.any(axis=0))
    return [(int(a) + 1, int(b)) for a, b in pairwise(filled) if b - a > 1]


def baseline(mask: Any) -> int | None:
    """The row on which the letters of a line stand: where the ink of the lower half falls off most."""
    import numpy

    rows = mask.sum(axis=1).astype(int)
    if len(rows) < 8 or not rows.any():
        return None
    fall = rows[:-2] - rows[2:]
    half = len(fall) // 2
    return half + int(numpy.argmax(fall[half:])) + 1


def is_ring(mask: Any) -> bool:
    """Whether a small piece of ink is a ring: ink at the middle of each side, none at its heart and corners."""
    high, wide = mask.shape
    if min(high, wide) < 5:
        return False
    down, across = high // 3, wide // 3
    sides = (mask[:down, across:-across], mask[-down:, across:-across], mask[down:-down, :across], mask[down:-down, -across:])
    corner = max(min(high, wide) // 6, 1)
    corners = (mask[:corner, :corner], mask[:corner, -corner:], mask[-corner:, :corner], mask[-corner:, -corner:])
    heart = mask[down:-down, across:-across]
    return bool(heart.mean() < 0.3 and all(side.mean() > 0.35 for side in sides) and all(part.mean() < 0.5 for part in corners))


def blobs(mask: Any, reach: int) -> list[tuple[int, int, int, int, int]]:
    """``(x0, y0, x1, y1, ink)`` of each piece of ink, pieces within ``reach`` pixels side by side taken together."""
    import cv2
    import numpy

    wide = cv2.dilate(mask.astype(numpy.uint8), numpy.ones((1, max(reach, 1)), numpy.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(wide, connectivity=8)
    found = []
    for at in range(1, count):
        x, y, w, h, _ = (int(v) for v in stats[at])
        part = mask[y : y + h, x : x + w] & (labels[y : y + h, x : x + w] == at)
        inner = span(part, 0)
        if inner:
            found.append((x + inner[0], y, x + inner[1], y + h, int(part.sum())))
    return found


def tinted(shot: Picture) -> Any:
    """True where there is coloured ink."""
    import cv2

    return cv2.medianBlur(_colourfulness(shot), 3) > COLOURED


def tint(shot: Picture) -> Any:
    """The plane on which only coloured ink is dark."""
    import numpy

    return (WHITE - numpy.minimum(_colourfulness(shot).astype(int) * 3 // 2, WHITE)).astype(numpy.uint8)


def _colourfulness(shot: Picture) -> Any:
    return shot.colour.max(axis=2) - shot.colour.min(axis=2)


def without(shot: Picture, quads: list[Any]) -> Picture:
    """The picture with the coloured ink inside turned quads taken off the plane that is read, so that a stamp of any colour leaves the words below it."""
    import cv2
    import numpy

    turned = [quad for quad in quads if abs(quad[1][1] - quad[0][1]) > 0.1 * abs(quad[1][0] - quad[0][0])]
    if not turned:
        return shot
    inside = numpy.zeros(shot.plane.shape, numpy.uint8)
    cv2.fillPoly(inside, [numpy.asarray(quad, numpy.int32) for quad in turned], 1)
    ink = cv2.dilate(tinted(shot).astype(numpy.uint8), numpy.ones((3, 3), numpy.uint8))
    plane = shot.plane.copy()
    there = (inside & ink) > 0
    plane[there] = shot.colour.max(axis=2)[there]  # coloured ink is bright in its own channel, and what is printed black below it dark in all
    return Picture(shot.colour, plane, shot.scale)


def is_white(plane: Any, ink: Any, box: tuple[float, float, float, float]) -> bool:
    """Whether the ink in a box is mostly white on the plane that is read: red ink is."""
    x0, y0, x1, y1 = (max(int(edge), 0) for edge in box)
    part = plane[y0:y1, x0:x1][ink[y0:y1, x0:x1]]
    return bool(part.size) and float(part.mean()) > 128


def hue(shot: Picture, ink: Any, quad: Any) -> int:
    """The usual colour of the ink in a quad's box as 0xRRGGBB; 0 where it has none."""
    import numpy

    x0, y0 = (max(int(edge), 0) for edge in quad.min(axis=0))
    x1, y1 = (int(edge) for edge in quad.max(axis=0))
    pixels = shot.colour[y0:y1, x0:x1][ink[y0:y1, x0:x1]]
    if not pixels.size:
        return 0
    red, green, blue = (int(value) for value in numpy.median(pixels, axis=0))
    return red << 16 | green << 8 | blue if max(red, green, blue) - min(red, green, blue) > COLOURED else 0
