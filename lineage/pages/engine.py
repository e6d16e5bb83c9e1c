"""The one home of the OCR engine (extra ``ocr``): lines found in a picture, and the letters of one line.

The engine is rapidocr on onnxruntime; its models come with the wheel, so nothing is fetched. Its own classifier of upside-down lines is never
used: on a level line it turned good words into letters of no language and said nothing.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
from functools import cache
from importlib.util import find_spec
from typing import Any

from msgspec import Struct

HINT = "Install the extra that reads scans, pip install 'policy-lineage[ocr]', or run OCR over it (for example ocrmypdf) and give the searchable PDF."

# What the engine's alphabet has beside the letters that are printed here: full-width forms, and the marks that it takes bullets for.
_WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0x3001: ",", 0x3002: ".", 0x2236: ":"}


class Letters(Struct, frozen=True):
    """The letters of one line as read: for each its middle as a share of the line's width (0 to 1), and how sure the engine is (0 to 1)."""

    text: str
    middles: tuple[float, ...]
    scores: tuple[float, ...]

    @property
    def score(self) -> float:
        """How sure the engine is of the whole, 0 where nothing was read."""
        return sum(self.scores) / len(self.scores) if self.scores else 0.0


NOTHING = Letters("", (), ())


@cache
def available() -> bool:
    """Whether the extra is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def quads(picture: Any) -> list[Any]:
    """The four corners of each line found, in pixels, from the top left of the words clockwise."""
    found = _engine()(picture, use_det=True, use_rec=False)
    return [] if found.boxes is None else list(found.boxes)


def letters(picture: Any) -> Letters:
    """What stands on a picture of one level line."""
    found = _engine()(picture, use_det=False, use_rec=True)
    if not found.txts or not found.txts[0]:
        return NOTHING
    info = found.word_results[0]
    columns = [column for word in info.word_cols for column in word]
    return _placed(found.txts[0].translate(_WIDE), columns, [float(score) for score in info.confs], float(info.line_txt_len))


def _placed(text: str, columns: list[int], scores: list[float], length: float) -> Letters:
    """The engine gives columns for all letters but blanks: a blank stands between its neighbours."""
    middles: list[float] = []
    given = iter(columns)
    for char in text:
        middles.append(middles[-1] if char.isspace() and middles else (next(given, int(length)) + 0.5) / max(length, 1.0))
    for at, char in enumerate(text):
        if char.isspace() and 0 < at < len(text) - 1:
            middles[at] = (middles[at - 1] + middles[at + 1]) / 2
    return Letters(text, tuple(middles), tuple(scores))


@cache
def _engine() -> Any:
    """The engine, made once for each process. Within a pool it uses one thread: the other cores read other files."""
    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    threads = 1 if multiprocessing.parent_process() is not None else os.cpu_count() or 1
    settings = {
        "Global.log_level": "error",
        "Global.use_cls": False,
        "Global.return_word_box": True,
        "Global.text_score": 0.0,
        "Global.max_side_len": 10_000,  # pictures are brought to size before
        "EngineConfig.onnxruntime.intra_op_num_threads": threads,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    }
    return RapidOCR(params=settings)
