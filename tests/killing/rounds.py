"""Rounds by number: an act is begun as a program of its own, killed at a random moment, looked at from outside, and done again.

The moment is drawn over the act's whole length, as it took where nobody killed it; or it is tied to one of the lines that the program prints: a few milliseconds after it, or up to the next one.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from lineage.errors import StoreError
from lineage.library import Library
from tests.kept import settled

from .holdings import NOTHING, Holdings, differs, faults, held
from .programs import PROGRAMS, READY, WHOLE
from .ways import ACTS, WAYS, Way, room_of

ROOT = Path(__file__).resolve().parents[2]
ENDS_S = 120.0  # no act takes as long
GONE_S = 10.0  # by then whatever a killed program began has ended


@dataclass
class Round:
    """What came of one: ``when`` is before (the program had not begun its act), middle, or after (it had ended)."""

    number: int
    way: str
    moment: str = ""
    when: str = ""
    said: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    taken_s: float = 0.0


@dataclass(frozen=True)
class Prepared:
    """What the rounds of a way begin with, the seconds at which the program printed its lines and ended, and what the library held before and at the end."""

    home: Path
    at_s: tuple[float, ...]
    before: Holdings
    after: Holdings


class Running:
    """A program of its own and the lines that it prints, each with its moment."""

    def __init__(self, program: str, room: Path) -> None:
        self.began_at = time.monotonic()
        self.lines: list[tuple[float, str]] = []
        self._more = threading.Condition()
        self._errors = (room / "errors.txt").open("w+b")
        self.process = subprocess.Popen([sys.executable, "-m", "tests.killing.programs", program, str(room)], cwd=ROOT, stdout=subprocess.PIPE, stderr=self._errors, text=True, start_new_session=True)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self._more:
                self.lines.append((time.monotonic() - self.began_at, line.strip()))
                self._more.notify()

    def wait_for(self, lines: int) -> None:
        """Until it has printed so many lines, or has ended."""
        with self._more:
            while len(self.lines) < lines and self.process.poll() is None and time.monotonic() - self.began_at < ENDS_S:
                self._more.wait(0.05)

    def kill(self) -> bool:
        """End it at once; false where it had ended. Processes that it began end by themselves."""
        running = self.process.poll() is None
        self.process.kill()
        self.process.wait()
        return running

    def left(self) -> str:
        """What is wrong at its end: a process that stays behind, as is seen by who holds its output, or an error."""
        self._reader.join(GONE_S)
        said = ""
        if self._reader.is_alive():
            said = "a process that it began goes on"
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self._reader.join(GONE_S)
        self._errors.seek(0)
        errors = self._errors.read().decode(errors="replace")
        self._errors.close()
        if self.process.returncode not in (0, -signal.SIGKILL):
            said = f"it ended with {self.process.returncode}: {errors[-2000:]}"
        return said


class Rounds:
    """Rounds in a folder of their own. What each way begins with is made when the first round of it comes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._prepared: dict[str, Prepared] = {}
        self._homes: dict[Callable[[Path], None], tuple[Path, Holdings]] = {}

    def run(self, number: int) -> Round:
        """The round with this number: always the same act, way and moment."""
        way, chance = way_of(number)
        done = Round(number, way.name)
        began = time.monotonic()
        ready = self._ready(way)
        after_line, delay_s = moment(ready.at_s, chance)
        done.moment = f"{delay_s * 1000:.0f} ms after " + (f"line {after_line}" if after_line else "its start")
        room = self.folder / f"round-{number}"
        room_of(ready.home, room, way)
        try:
            _try(way, room, ready, done, after_line, delay_s)
        finally:
            shutil.rmtree(room, ignore_errors=True)
        done.taken_s = time.monotonic() - began
        return done

    def _ready(self, way: Way) -> Prepared:
        if way.name not in self._prepared:
            home, before = self._home(way)
            room = self.folder / "whole"
            room_of(home, room, way)
            whole = Running(way.program, room)
            whole.process.wait(ENDS_S)
            ended = time.monotonic() - whole.began_at
            assert not (wrong := whole.left()), wrong
            at_s = (*(at for at, _ in whole.lines), ended)
            self._prepared[way.name] = Prepared(home, at_s, before, _held_in(room / "library"))
            shutil.rmtree(room)
        return self._prepared[way.name]

    def _home(self, way: Way) -> tuple[Path, Holdings]:
        """What the way begins with, which others may share, and what is held in it."""
        if way.prepare not in self._homes:
            home = self.folder / f"home-{len(self._homes)}"
            home.mkdir()
            way.prepare(home)
            self._homes[way.prepare] = home, _held_in(home / "library") if (home / "library").exists() else NOTHING
        home, before = self._homes[way.prepare]
        # A library of an earlier schema has no log yet.
        return home, Holdings(before.names, before.answers, "") if way.act == "migrate" else before


def _held_in(folder: Path) -> Holdings:
    with Library.open(folder, create=False) as library:
        return held(library)


def _try(way: Way, room: Path, ready: Prepared, done: Round, after_line: int, delay_s: float) -> None:
    program = Running(way.program, room)
    program.wait_for(after_line)
    time.sleep(delay_s)
    killed = program.kill()
    if wrong := program.left():
        done.faults.append(wrong)
    done.said = [line for _, line in program.lines]
    done.when = "after" if not killed else "middle" if READY in done.said else "before"
    said = {line for line in done.said if line != READY and not line.startswith("refused")}
    try:
        settled(room / "library")
        done.faults += way.faults(room, said, ready.home)
        done.faults += faults(room / "library", ready.before, said - {WHOLE})
        _again(way, room)
        done.faults += way.ends(room) if way.ends else differs(room / "library", ready.after)
    except Exception as error:  # noqa: BLE001 (whatever comes is what is looked for)
        done.faults.append("".join(traceback.format_exception(error, limit=-6)))


def _again(way: Way, room: Path) -> None:
    try:
        PROGRAMS[way.program](room, lambda _: None)
    except StoreError as error:
        if error.code != "store.backup-place":  # a copy that is whole is not made again
            raise


def way_of(number: int) -> tuple[Way, random.Random]:
    """The way of a round, and its chance."""
    ways = WAYS[ACTS[number % len(ACTS)]]
    return ways[number // len(ACTS) % len(ways)], random.Random(number)


def moment(at_s: tuple[float, ...], chance: random.Random) -> tuple[int, float]:
    """After which line (0: from the start) and how many seconds later a program is killed that prints its lines, and ends, at these seconds."""
    if chance.random() < 0.4:
        return 0, chance.uniform(0.0, 1.05 * at_s[-1])
    line = chance.randrange(1, len(at_s))
    if chance.random() < 0.4:
        return line, chance.uniform(0.0, 0.03)
    return line, chance.uniform(0.0, 1.1 * (at_s[line] - at_s[line - 1]))


@dataclass
class Found:
    """What came of many rounds, by act: how many were killed when, and the faults."""

    when: dict[str, Counter[str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    slowest_s: float = 0.0

    def add(self, one: Round) -> None:
        """One round more."""
        self.when.setdefault(one.way, Counter())[one.when] += 1
        self.slowest_s = max(self.slowest_s, one.taken_s)
        self.faults += [f"round {one.number} ({one.way}, killed {one.moment}, {one.when}; it had said {one.said[-1:]}): {fault}" for fault in one.faults]

    def told(self) -> str:
        """A line for each way."""
        return "\n".join(f"{way}: {when.total()} rounds, killed before it began {when['before']}, in the middle {when['middle']}, after its end {when['after']}" for way, when in sorted(self.when.items()))


@contextmanager
def rounds() -> Iterator[Rounds]:
    """Rounds in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="lineage-killing-", ignore_cleanup_errors=True) as folder:
        yield Rounds(Path(folder))


def killed(numbers: Iterable[int]) -> Found:
    """The rounds with these numbers."""
    found = Found()
    with rounds() as running:
        for number in numbers:
            found.add(running.run(number))
    return found
