"""Pages opened one ahead by a second thread: the same item as without, and nothing left behind where reading stops halfway."""

from __future__ import annotations

import sys
import threading

import pytest
from msgspec.structs import replace
from reportlab.pdfgen.canvas import Canvas

from lineage import pages
from lineage.errors import RefusedError
from lineage.guard import LIMITS, Limits
from lineage.pages import ahead

from .made import pdf, prose, stamp

COUNT = ahead.FEW + 6


def numbered(canvas: Canvas) -> None:
    prose(canvas)
    canvas.drawString(300, 40, f"Page {canvas.getPageNumber()}")
    if canvas.getPageNumber() % 3 == 0:
        stamp(canvas, "RESCINDED", 30)


def test_the_item_is_the_same_with_and_without_the_second_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pdf(*[numbered] * COUNT)
    beside = pages.read_bytes(data, "order.pdf")
    monkeypatch.setattr(ahead, "FEW", COUNT)
    assert pages.read_bytes(data, "order.pdf") == beside
    assert [page.lines[-1].page for page in beside.pages] == list(range(1, COUNT + 1))


@pytest.mark.parametrize("limits", [replace(LIMITS, max_chars=1_000), replace(LIMITS, max_objects_per_page=1)])
def test_a_reading_that_stops_halfway_leaves_no_thread_and_no_setting(limits: Limits) -> None:
    turn_s, running = sys.getswitchinterval(), threading.active_count()
    with pytest.raises(RefusedError):
        pages.read_bytes(pdf(*[numbered] * COUNT), "order.pdf", limits)
    assert (sys.getswitchinterval(), threading.active_count()) == (turn_s, running)
