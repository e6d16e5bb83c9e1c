"""Pages opened one ahead: while the lines of one page are put together in Python, pdfium parses the next in a second thread, without Python's lock.

pdfium takes calls from one thread at a time, so nobody may call it between ``begin`` and ``take``.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pypdfium2.raw as pdfium

FEW = 8  # pages of a document for which no thread is begun
TURN_S = 0.0001  # pdfium has two calls a page, of about a millisecond: by default a thread waits five for Python's lock between them

Opened = tuple[Any, Any]  # a page of pdfium and its text, each nothing where it cannot be had


class Ahead:
    """The pages of one document in order. ``close`` it, whatever happens."""

    def __init__(self, document: Any, count: int, most_objects: int) -> None:
        self._document, self._count, self._most = document, count, most_objects
        self._turn_s = sys.getswitchinterval()
        self._next: Future[Opened] | None = None
        self._aside: ThreadPoolExecutor | None = None
        # Within a pool the other cores read other files.
        if count > FEW and (os.cpu_count() or 1) > 1 and multiprocessing.parent_process() is None:
            self._aside = ThreadPoolExecutor(max_workers=1)
            sys.setswitchinterval(min(TURN_S, self._turn_s))

    def begin(self, number: int) -> None:
        """Have this page opened from now on, where there is one."""
        if self._aside is not None and number <= self._count:
            self._next = self._aside.submit(self._opened, number)

    def take(self, number: int) -> Opened:
        """This page; whoever takes it closes it."""
        coming, self._next = self._next, None
        return self._opened(number) if coming is None else coming.result()

    def close(self) -> None:
        """Closes a page that was begun and never taken, and ends the thread."""
        if self._next is not None:
            shut(self._next.result())
        if self._aside is not None:
            self._aside.shutdown()
            sys.setswitchinterval(self._turn_s)

    def _opened(self, number: int) -> Opened:
        page = pdfium.FPDF_LoadPage(self._document, number - 1)
        # The text of a page with too many objects would take minutes, and the page is refused.
        return page, pdfium.FPDFText_LoadPage(page) if page and pdfium.FPDFPage_CountObjects(page) <= self._most else None


def shut(opened: Opened) -> None:
    """Closes a page and its text, as far as they were had."""
    page, text = opened
    if text:
        pdfium.FPDFText_ClosePage(text)
    if page:
        pdfium.FPDF_ClosePage(page)
