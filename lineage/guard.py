"""The limits on what we take in, the one safe parser for our own XML, and a process apart for files that could run away.

Hostile files are met by three means, cheapest first: counting before reading (:class:`Limits`), refusing what no honest file needs (a
document type in XML),
and a process of its own with a time limit (:func:`run_apart`) for what can only be found out by trying.
"""

from __future__ import annotations

import importlib
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from lineage.errors import LineageError, RefusedError

if TYPE_CHECKING:
    from lxml.etree import _Element

MEGABYTE = 1024 * 1024
# So often a process that reads looks whether the one that it reads for is there still.
PARENT_SEEN_EVERY_S = 0.5


class Limits(Struct, frozen=True):
    """The most that one file may hold. A 632-page manual has 1.6 MB and 1.3 million characters, so honest papers stay far below.

    ``max_stream_bytes`` bounds one compressed part of a PDF and ``max_unpacked_bytes`` all of them, both unpacked. Above ``calm_bytes``
    unpacked, a PDF is read in a
    process apart that is ended after ``max_seconds`` and (where the system can) holds at most ``max_memory_bytes``. A process of a pool that reads is ended after ``max_reading_seconds`` on one file, and holds as much memory. Pictures of at most ``max_ocr_pages`` pages of a file are read by OCR, none of more than ``max_picture_pixels``; a process apart then has
    ``max_ocr_seconds`` more for each page, and ``max_ocr_memory_bytes`` more in all.
    """

    max_bytes: int = 200 * MEGABYTE
    max_pages: int = 5_000
    max_chars_per_page: int = 200_000
    max_chars: int = 40_000_000
    max_objects_per_page: int = 500_000
    max_stream_bytes: int = 256 * MEGABYTE
    max_unpacked_bytes: int = 2_048 * MEGABYTE
    calm_bytes: int = 64 * MEGABYTE
    max_seconds: float = 60.0
    max_reading_seconds: float = 600.0
    max_memory_bytes: int = 2_048 * MEGABYTE
    max_ocr_pages: int = 1_000
    max_ocr_seconds: float = 60.0
    max_ocr_memory_bytes: int = 4_096 * MEGABYTE
    max_picture_pixels: int = 120_000_000


LIMITS = Limits()


def parse_xml(data: bytes, schema: Any = None) -> _Element:
    """The root of our own XML, parsed without network, entities or document type, and held against an XMLSchema on the way where one is given.

    Raises :class:`RefusedError` with ``xml.doctype`` where the bytes declare a document type (an entity would leave text missing or literal
    without a word),
    and ``xml.malformed`` where they are no XML, or not what the schema asks for.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, schema=schema)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise RefusedError(
            f"The XML cannot be read: {error}. Nothing of it is kept, since half a document would answer wrongly.",
            hint="Write the document again from its source.",
            code="xml.malformed",
        ) from None
    declared: Any = root.getroottree().docinfo
    if declared.doctype:
        raise RefusedError(
            "The XML declares a document type, which can hide or multiply text; documents of this house have none.",
            hint="Remove the <!DOCTYPE ...> declaration.",
            code="xml.doctype",
        )
    return root


def run_apart(work: str, *args: Any, seconds: float, memory_bytes: int = LIMITS.max_memory_bytes) -> Any:
    """What the function ``module:name`` gives for ``args``, computed by a process of its own. Arguments and result are pickled.

    Raises :class:`RefusedError` with ``pages.runaway`` where the process outlives ``seconds`` or dies; a :class:`LineageError` raised there
    is raised here.
    A subprocess of the same interpreter is used rather than ``multiprocessing``, since the caller's main module is then never run again.
    """
    call = pickle.dumps((work, args, memory_bytes, seconds, os.getpid()))
    try:
        done = subprocess.run(
            [sys.executable, "-c", "from lineage.guard import _serve; _serve()"],
            input=call,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _runaway(f"reading it took longer than {seconds:g} seconds") from None
    if done.returncode != 0 or not done.stdout:
        raise _runaway("the process that read it broke off")
    kept, result = pickle.loads(done.stdout)
    if not kept:
        raise result
    return result


def bound(parent: int) -> None:
    """Bound the memory of this process from here on, as one that reads for another with this number, and end it with that one. What it holds already is not counted. Without effect where the system has no such limit (Windows)."""
    _end_with(parent)
    most = LIMITS.max_memory_bytes + (LIMITS.max_ocr_memory_bytes if find_spec("rapidocr") else 0)
    _bound_memory(most + _held_bytes())


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """End this process, at once and whatever it is busy with, where what is done takes longer; for processes of a pool, whose owner takes note. Without effect where the system has no such alarm (Windows), and outside the main thread."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, signal.SIG_DFL)  # a handler of ours would wait for one long match of a pattern to end
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def more(seconds: float) -> None:
    """Give what runs :func:`within` a time so many seconds more; nothing where no time runs."""
    left = signal.getitimer(signal.ITIMER_REAL)[0] if hasattr(signal, "getitimer") else 0.0
    if left:
        signal.setitimer(signal.ITIMER_REAL, left + seconds)


def _held_bytes() -> int:
    """The address space of this process where the system tells it (Linux), else 0."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0


def _runaway(what: str) -> RefusedError:
    return RefusedError(
        f"The file was given up: {what}. Files that are built to use up a machine look like this.",
        hint="Print the document to a new PDF and give that instead.",
        code="pages.runaway",
    )


def _serve() -> None:
    """The other side of :func:`run_apart`: one pickled call on standard input, one pickled ``(kept, result)`` on standard output."""
    out = sys.stdout.buffer
    sys.stdout = sys.stderr  # nothing that a library prints may end up in the answer
    work, args, memory_bytes, seconds, parent = pickle.loads(sys.stdin.buffer.read())
    _end_with(parent)
    _bound_memory(memory_bytes)
    module, _, name = work.partition(":")
    try:
        with within(seconds + 5):  # where nobody is left to end it
            answer: tuple[bool, Any] = (True, getattr(importlib.import_module(module), name)(*args))
    except LineageError as error:
        answer = (False, error)
    out.write(pickle.dumps(answer))
    out.flush()


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _end_with(parent: int) -> None:
    """End this process soon after its parent did: one that was killed could not say so, and a pool's process would wait for ever, a runaway one run for ever. Without effect where an orphan is given no other parent (Windows)."""

    # By some ways to start it (a server that forks) it has another parent than the one it reads for.
    first = os.getppid()

    def watch() -> None:
        while os.getppid() == first and (first == parent or _runs(parent)):
            time.sleep(PARENT_SEEN_EVERY_S)
        os._exit(1)

    if os.name == "posix":
        threading.Thread(target=watch, daemon=True).start()


def _bound_memory(most: int) -> None:
    # Windows has no such limit; there the time limit alone has to do.
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    except (ImportError, OSError, ValueError):
        pass
