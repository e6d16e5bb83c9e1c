"""Scans that the tests make for themselves: a PDF's pages drawn as noisy pictures that lie a little askew, with stamps put on afterwards."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from typing import NamedTuple

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

DPI = 170


class Mark(NamedTuple):
    """Words stamped around a middle (points from the top left), turned so many degrees clockwise."""

    words: str
    angle: float
    x: float
    y: float
    colour: tuple[int, int, int] = (200, 30, 40)
    size: float = 22


def scan(data: bytes, skew: float = 0.6, noise: float = 12, marks: Sequence[Mark] = (), pages: Sequence[int] | None = None, dpi: int = DPI) -> bytes:
    """A PDF of pictures without any text. ``skew`` is in degrees clockwise and changes its sign from page to page."""
    document = pypdfium2.PdfDocument(data)
    shots = []
    for at in pages if pages is not None else range(len(document)):
        shot = document[at].render(scale=dpi / 72).to_pil().convert("RGB")
        for mark in marks if at == 0 else ():
            shot = _stamped(shot, mark, dpi / 72)
        shots.append(_worn(shot, skew * (-1) ** at, noise))
    out = io.BytesIO()
    shots[0].save(out, "PDF", resolution=dpi, save_all=True, append_images=shots[1:], quality=70)
    return out.getvalue()


def _stamped(shot: Image.Image, mark: Mark, scale: float) -> Image.Image:
    font = ImageFont.load_default(mark.size * scale)
    left, top, right, bottom = font.getbbox(mark.words)
    piece = Image.new("L", (int(right - left) + 8, int(bottom - top) + 8), 0)
    ImageDraw.Draw(piece).text((4 - left, 4 - top), mark.words, font=font, fill=255)
    turned = piece.rotate(-mark.angle, expand=True, resample=Image.Resampling.BICUBIC)
    place = (int(mark.x * scale - turned.width / 2), int(mark.y * scale - turned.height / 2))
    inked = Image.new("RGB", shot.size, (255, 255, 255))
    inked.paste(Image.new("RGB", turned.size, mark.colour), place, turned)
    return ImageChops.multiply(shot, inked)  # ink lets what is printed below it through


def _worn(shot: Image.Image, skew: float, noise: float) -> Image.Image:
    turned = shot.rotate(-skew, resample=Image.Resampling.BICUBIC, fillcolor=(255, 255, 255)).filter(ImageFilter.GaussianBlur(0.6))
    if not noise:
        return turned
    grey = Image.effect_noise(turned.size, noise).convert("RGB")
    worn = ImageChops.add(turned, grey, scale=1.0, offset=-128)
    dots, chance = ImageDraw.Draw(worn), random.Random(7)
    for _ in range(turned.width * turned.height // 2000):
        dots.point((chance.randrange(turned.width), chance.randrange(turned.height)), fill=(60, 60, 60))
    return worn
