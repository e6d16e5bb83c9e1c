"""Stamps on a scan: turned lines, and lines in coloured ink, which are looked for on a plane where only coloured ink is dark."""

from __future__ import annotations

import math
from typing import Any

from msgspec import Struct

from lineage.model import Style
from lineage.pages import engine, letters, picture
from lineage.pages.picture import Picture

LEVEL = 2.0  # degrees; a line nearer to level than this is level
SAME_ANGLE = 8.0  # lines of one stamp are turned alike
LEAST_SURE = 0.6  # what is read worse in both directions is a signature, a seal or a smear
LEAST_INK = 0.0002  # of the page; less coloured ink is noise of the picture


class Piece(Struct, frozen=True):
    """A word of a stamp: its place in pixels, its text, its look with the angle, how sure its reading is."""

    box: tuple[float, float, float, float]
    text: str
    style: Style
    score: float


def coloured(shot: Picture) -> list[Any]:
    """The quads of lines in coloured ink, and nothing where the page has hardly any."""
    if float(picture.tinted(shot).mean()) < LEAST_INK:
        return []
    small, factor = picture.coarse(picture.tint(shot), shot.scale)
    return [quad / factor for quad in engine.quads(small)]


def read(shot: Picture, tinted: list[Any], dark: list[Any]) -> list[Piece]:
    """The words of stamps: of ``tinted`` quads those that are turned or whose ink is not on the plane that is read, of ``dark`` ones all that no tinted quad holds."""
    plane, ink = picture.tint(shot), picture.tinted(shot)
    found: list[Piece] = []
    for quad in tinted:
        line = _line(plane, ink, quad, shot, found)
        if line and (line[0].style.angle or picture.is_white(shot.plane, ink, line[0].box)):
            found += line
    ink = picture.ink(shot.plane)
    for quad in dark:
        if not any(_holds(other, quad) for other in tinted):
            found += _line(shot.plane, ink, quad, shot, found)
    return found


def _line(plane: Any, ink: Any, quad: Any, shot: Picture, found: list[Piece]) -> list[Piece]:
    """The words of one line, read in that of its two directions in which it reads better."""
    best = max((_directed(plane, ink, way) for way in _ways(quad)), key=lambda line: line.sure)
    if best.sure < LEAST_SURE or not best.words:
        return []
    along = best.quad[1] - best.quad[0]
    angle = round(math.degrees(math.atan2(along[1], along[0])) % 360, 1)
    angle = 0.0 if min(angle, 360 - angle) <= LEVEL else angle
    size = round(2 * math.hypot(*(best.quad[3] - best.quad[0])) / shot.scale / letters.HEIGHT_OF_SIZE) / 2
    style = _like(Style("", size, colour=picture.hue(shot, ink, best.quad), angle=angle), found)
    return [Piece(_around(best.quad, word.place, best.wide, shot.size), word.text, style, word.score) for word in best.words]


class _Directed(Struct, frozen=True):
    quad: Any
    words: list[letters.Part]
    wide: int
    sure: float


def _directed(plane: Any, ink: Any, quad: Any) -> _Directed:
    crop = picture.upright_crop(plane, quad)
    mask = picture.upright_crop(ink.astype("uint8"), quad) > 0
    across = picture.span(mask, 0)
    read = engine.letters(picture.three(crop))
    if across is None or not read.text.strip():
        return _Directed(quad, [], 1, 0.0)
    return _Directed(quad, letters.parts(read, mask, across, mask.shape[0]), int(mask.shape[1]), read.score)


def _ways(quad: Any) -> list[Any]:
    """The quad with its first edge along the words, one way and the other; a level line is read as it lies."""
    import numpy

    long = quad if math.hypot(*(quad[1] - quad[0])) >= math.hypot(*(quad[2] - quad[1])) else numpy.roll(quad, -1, axis=0)
    along = long[1] - long[0]
    if abs(along[1]) < 0.2 * abs(along[0]):
        return [long if along[0] > 0 else numpy.roll(long, 2, axis=0)]
    return [long, numpy.roll(long, 2, axis=0)]


def _around(quad: Any, place: tuple[int, int], wide: int, size: tuple[int, int]) -> tuple[float, float, float, float]:
    """The box around a part of the quad's length, as far as it lies on the page."""
    along, down = quad[1] - quad[0], quad[3] - quad[0]
    corners = [quad[0] + along * (x / max(wide, 1)) + down * y for x in place for y in (0.1, 0.9)]
    xs, ys = ([min(max(float(c[at]), 0.0), float(size[at])) for c in corners] for at in (0, 1))
    return min(xs), min(ys), max(xs), max(ys)


def _like(style: Style, found: list[Piece]) -> Style:
    """The look of a line before it that differs by no more than the lines of one stamp do, so that they are told as one."""
    for piece in found:
        off = abs(piece.style.angle - style.angle)
        if min(off, 360 - off) < SAME_ANGLE and bool(piece.style.angle) == bool(style.angle) and bool(piece.style.colour) == bool(style.colour):
            return piece.style if abs(piece.style.size_pt - style.size_pt) < 0.25 * style.size_pt else Style("", style.size_pt, colour=piece.style.colour, angle=piece.style.angle)
    return style


def _holds(one: Any, other: Any) -> bool:
    """Whether the middle of a quad lies in another's box."""
    x, y = other.mean(axis=0)
    return bool(one[:, 0].min() <= x <= one[:, 0].max() and one[:, 1].min() <= y <= one[:, 1].max())
