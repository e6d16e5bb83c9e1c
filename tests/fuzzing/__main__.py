"""So many inputs, tried in a process of its own that is watched:

    python -m tests.fuzzing 100000 [--from 0]

Prints each fault with the number of its input (``python -m tests.fuzzing --one NUMBER`` tries it again), and at the end how many were read and refused, how long the slowest took, and how memory grew. Ends with 1 where there was a fault, a crash, or an input
that took longer than the cap.
"""

from __future__ import annotations

import argparse
import sys
import time

from tests.fuzzing.running import fuzzed


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("count", type=int, nargs="?", default=2000)
    asked.add_argument("--from", dest="first", type=int, default=0)
    asked.add_argument("--one", type=int)
    chosen = asked.parse_args()
    if chosen.one is not None:
        from tests.fuzzing.inputs import given
        from tests.fuzzing.reading import tried

        one = given(chosen.one)
        print(one.kind, one.name, len(one.data), "bytes:", tried(one))
        return 0
    began = time.perf_counter()
    found = fuzzed(chosen.first, chosen.count)
    for fault in found.faults:
        print(fault)
    told = ", ".join(f"{kind} {count:,}" for kind, count in found.kinds.most_common())
    print(f"{chosen.count:,} inputs in {time.perf_counter() - began:.0f} s ({told}): {found.became['read']:,} read, {found.became['refused']:,} refused, {len(found.faults)} faults; the slowest {found.slowest[0]:.1f} s (input {found.slowest[1]}); memory grew by {found.grown():.0f} MB to {max(found.resident or [0]):.0f} MB")
    return 1 if found.faults else 0


if __name__ == "__main__":
    sys.exit(main())
