"""How long a person waits for one answer: ``lineage show`` from a cold start against a click command that does nothing, in turn, in one run.

    python benchmarks/starting.py

Both are processes of their own, started anew for every round, with the compiled modules that an installation leaves on the disk. The library is that of ``lineage demo``.
The figure is the median of the rounds' ratios of wall-clock time; at most 8 is wanted, and with ``LINEAGE_BENCH_STRICT=1`` more fails.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROUNDS = 21
WANTED = 8
EMPTY = "import click\n@click.command()\n@click.argument('name')\ndef main(name): click.echo(name)\nmain()\n"
OURS = "from lineage.cli import main; main()"
# The same modules from the disk on both sides, as they are when pip has installed them.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", "LINEAGE_LIBRARY")}


def seconds(code: str, words: list[str], folder: Path) -> float:
    """The wall-clock time of one process."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, *words], cwd=folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def main() -> int:
    """Both sides in turn, their medians and the ratio."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([sys.executable, "-c", OURS, "demo"], cwd=folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        show = ["--library", "lineage-demo", "show", "3.48", "--on", "2020-06-01"]
        rounds = [(seconds(EMPTY, ["x"], folder), seconds(OURS, show, folder)) for _ in range(ROUNDS + 1)][1:]
    ratio = median(ours / empty for empty, ours in rounds)
    print(f"an empty click command: {1000 * median(empty for empty, _ in rounds):.0f} ms; lineage show: {1000 * median(ours for _, ours in rounds):.0f} ms")
    print(f"ratio: {ratio:.1f} (wanted: {WANTED} or less; median of {ROUNDS} rounds)")
    return 1 if ratio > WANTED and os.environ.get("LINEAGE_BENCH_STRICT") == "1" else 0


if __name__ == "__main__":
    raise SystemExit(main())
