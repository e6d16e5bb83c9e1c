"""Pages opened one ahead: while the lines of one page are put together in Python, pdfium parses the next in a second thread, without Python's lock.

pdfium takes calls from one thread at a time, so nobody may call it between ``begin`` and ``take`` or ``rest``.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import sys
from queue import SimpleQueue
from threading import Thread
from typing import Any

import pypdfium2.raw as pdfium

from lineage.pages.fonts import plain

FEW = 8  # pages of a document for which no thread is begun
TURN_S = 0.0001  # pdfium has two calls a page, of about a millisecond: by default a thread waits five for Python's lock between them

Opened = tuple[Any, Any]  # a page of pdfium and its text, each nothing where it cannot be had

_objects = plain("FPDFPage_CountObjects", ctypes.c_void_p)  # it keeps Python's lock, since to get it back takes far longer than the call
_NONE: Opened = (None, None)


class Ahead:
    """The pages of one document in order. ``close`` it, whatever happens."""

    def __init__(self, document: Any, count: int, most_objects: int) -> None:
        self._document, self._count, self._most = document, count, most_objects
        self._turn_s = sys.getswitchinterval()
        self._taken, self._next = _NONE, _NONE
        self._coming = self._ready = False  # whether the next page was begun, and whether it is there
        self._wanted: SimpleQueue[int] = SimpleQueue()
        self._opened: SimpleQueue[Opened] = SimpleQueue()
        self._aside: Thread | None = None
        # Within a pool the other cores read other files.
        if count > FEW and (os.cpu_count() or 1) > 1 and multiprocessing.parent_process() is None:
            self._aside = Thread(target=self._work, daemon=True)
            self._aside.start()
            sys.setswitchinterval(min(TURN_S, self._turn_s))

    def begin(self, number: int) -> None:
        """Have this page opened from now on, where there is one."""
        if self._aside is not None and number <= self._count:
            self._coming = True
            self._wanted.put(number)

    def rest(self) -> None:
        """Waits until pdfium may be called again."""
        if self._coming:
            self._next, self._coming, self._ready = self._opened.get(), False, True

    def take(self, number: int) -> Opened:
        """This page, which is closed when the next is taken."""
        self.rest()
        shut(self._taken)
        self._taken = self._next if self._ready else self._open(number)
        self._next, self._ready = _NONE, False
        return self._taken

    def close(self) -> None:
        """Closes the page that was taken last, and one that was begun and never taken, and ends the thread."""
        self.rest()
        shut(self._taken)
        shut(self._next)
        self._taken = self._next = _NONE
        if self._aside is not None:
            self._wanted.put(0)
            self._aside.join()
            sys.setswitchinterval(self._turn_s)

    def _work(self) -> None:
        while number := self._wanted.get():
            self._opened.put(self._open(number))

    def _open(self, number: int) -> Opened:
        page = pdfium.FPDF_LoadPage(self._document, number - 1)
        # The text of a page with too many objects would take minutes, and the page is refused.
        return page, pdfium.FPDFText_LoadPage(page) if page and _objects(page) <= self._most else None


def shut(opened: Opened) -> None:
    """Closes a page and its text, as far as they were had."""
    page, text = opened
    if text:
        pdfium.FPDFText_ClosePage(text)
    if page:
        pdfium.FPDF_ClosePage(page)
