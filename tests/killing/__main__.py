"""So many rounds, each of which kills a program in the middle of an act and looks at what it left:

    python -m tests.killing 300 [--from 0]
    python -m tests.killing --one NUMBER

With ``LINEAGE_TEST_ENGINE=postgresql`` the libraries are kept in a server that is started for it. Prints each fault with the number of its round, and at the end how many rounds of each act were killed before it had begun, in the middle, and after it had ended.
Ends with 1 where there was a fault.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from lineage.store.place import NEW_LIBRARIES


@contextmanager
def server() -> Iterator[None]:
    """The server that the tests would have, where they would have one."""
    if os.environ.get("LINEAGE_TEST_ENGINE", "sqlite") != "postgresql":
        yield
        return
    from tests.kept.server import Server

    made = Server()
    os.environ[NEW_LIBRARIES] = made.address
    try:
        yield
    finally:
        made.stop()


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("count", type=int, nargs="?", default=50)
    asked.add_argument("--from", dest="first", type=int, default=0)
    asked.add_argument("--one", type=int)
    chosen = asked.parse_args()
    with server():
        from .rounds import Found, rounds

        found, began = Found(), time.monotonic()
        numbers = [chosen.one] if chosen.one is not None else range(chosen.first, chosen.first + chosen.count)
        with rounds() as running:
            for number in numbers:
                one, told = running.run(number), len(found.faults)
                found.add(one)
                for fault in found.faults[told:]:
                    print(fault, flush=True)
                if chosen.one is not None:
                    print(f"{one.way}, killed {one.moment}: {one.when}, after {len(one.said)} lines; {one.taken_s:.1f} s")
        print(found.told())
        print(f"{len(numbers)} rounds in {time.monotonic() - began:.0f} s, the slowest {found.slowest_s:.1f} s; {len(found.faults)} faults")
    return 1 if found.faults else 0


if __name__ == "__main__":
    sys.exit(main())
