"""Inputs tried in a process of its own, which is watched: one that crashes, or takes longer than its cap, is named, and another process goes on."""

from __future__ import annotations

import io
import multiprocessing
import os
import sys
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

CAP_S = 60.0  # the cap that one file has
BATCH = 500
MOST_FAULTS = 40  # with so many, the run is over


@dataclass
class Found:
    """What came of many inputs. ``resident`` is the memory of the process after each batch, in MB."""

    became: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest: tuple[float, int] = (0.0, -1)
    resident: list[float] = field(default_factory=list)

    def grown(self) -> float:
        """How much memory grew from the second tenth of the run to its end, in MB: the first inputs fill what is kept for all."""
        return max(self.resident[-1:] or [0.0]) - (self.resident[len(self.resident) // 10 + 1] if len(self.resident) > 2 else self.resident[0] if self.resident else 0.0)


def fuzzed(first: int, count: int, cap_s: float = CAP_S) -> Found:
    """Try so many inputs from this number on."""
    found, at, last = Found(), first, first + count
    context = multiprocessing.get_context("spawn")
    while at < last and len(found.faults) < MOST_FAULTS:
        here, there = context.Pipe()
        process = context.Process(target=_work, args=(there, at, last), daemon=True)
        process.start()
        there.close()
        at = _watched(process, here, found, at, cap_s)
    return found


def _watched(process: multiprocessing.process.BaseProcess, here: Connection, found: Found, at: int, cap_s: float) -> int:
    """Follow a process to its end; the number at which another has to go on."""
    first = True
    while True:
        try:
            # The first message waits for what is loaded and made once.
            told = here.recv() if here.poll(cap_s + (120 if first else 0)) else None
        except EOFError:
            process.join(5)
            if process.exitcode:
                found.faults.append(f"input {at}: the process ended with {process.exitcode}")
                return at + 1
            return 1 << 62
        first = False
        if told is None:
            process.kill()
            process.join(5)
            found.faults.append(f"input {at}: longer than {cap_s:g} s")
            return at + 1
        number, kind, became, taken, resident = told
        if kind == "fault":
            found.faults.append(f"input {number}: {became}")
        elif kind:
            found.became["read" if became == "read" else "refused"] += 1
            found.kinds[kind] += 1
        found.slowest = max(found.slowest, (taken, number))
        if resident:
            found.resident.append(resident)
        at = number + 1


def _work(there: Connection, first: int, last: int) -> None:
    from tests.fuzzing.inputs import given
    from tests.fuzzing.reading import tried

    sys.stderr = io.StringIO()  # what a library complains of is no fault
    for number in range(first, last):
        began = time.perf_counter()
        try:
            one = given(number)
            became, kind = tried(one), one.kind
        except Exception:  # noqa: BLE001 (whatever comes is what is looked for)
            became, kind = traceback.format_exc(limit=-6), "fault"
        resident = _resident() if number % BATCH == BATCH - 1 else 0.0
        there.send((number, kind, became, time.perf_counter() - began, resident))
    there.close()


def _resident() -> float:
    import gc

    gc.collect()
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    except OSError:
        return 0.0
