"""A PostgreSQL server for the tests: the system's own programs, a folder of its own, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

NOT_THERE = "LINEAGE_TEST_ENGINE=postgresql needs the programs of a PostgreSQL server (Debian: apt-get install postgresql), and none were found."
# Nothing here has to outlive a loss of power, and many libraries are made.
HURRIED = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
SETTINGS = ("max_connections=200", "listen_addresses=", "autovacuum=on", "max_locks_per_transaction=512", "log_min_messages=fatal")


class Server:
    """A server that runs until it is stopped. ``address`` names its database."""

    def __init__(self, *, lasting: bool = False) -> None:
        programs = _programs()
        self.folder = Path(tempfile.mkdtemp(prefix="lineage-server-"))
        # A server refuses to be run by the one who may do everything.
        self._who: dict[str, Any] = {}
        if os.geteuid() == 0:
            user = next(one for one in pwd.getpwall() if one.pw_name in ("postgres", "nobody"))
            os.chown(self.folder, user.pw_uid, user.pw_gid)
            self._who = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        self.folder.chmod(0o755)
        self._run(programs / "initdb", "-D", self.folder / "data", "-A", "trust", "-U", "lineage", "-E", "UTF8", "--locale=C", "--no-sync")
        settings = [word for one in (*SETTINGS, *(() if lasting else HURRIED), f"unix_socket_directories={self.folder}") for word in ("-c", one)]
        self._words = [programs / "postgres", "-D", self.folder / "data", *settings]
        self.address = f"postgresql://lineage@/postgres?host={self.folder}"
        self.start()

    def start(self) -> None:
        """Begin, or begin again; it answers afterwards."""
        self._server = subprocess.Popen(self._words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.folder, **self._who)
        self._wait()

    def kill(self) -> None:
        """End it at once, without a word to those whom it serves; what it started ends by itself."""
        self._server.kill()
        self._server.wait()
        file = self.folder / "data" / "postmaster.pid"
        file.unlink(missing_ok=True)
        # Its workers notice that it is gone, and let the shared memory go.
        time.sleep(1.0)

    def stop(self) -> None:
        """End it, and take its folder away."""
        self._server.terminate()
        try:
            self._server.wait(20)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, *words: object) -> None:
        done = subprocess.run(list(map(str, words)), capture_output=True, text=True, cwd=self.folder, check=False, **self._who)
        assert done.returncode == 0, done.stderr

    def _wait(self) -> None:
        import psycopg

        ends = time.monotonic() + 30
        while True:
            try:
                psycopg.connect(f"host={self.folder} user=lineage dbname=postgres").close()
                return
            except psycopg.OperationalError:
                assert time.monotonic() < ends, "the server does not answer"
                assert self._server.poll() is None, "the server has ended"
                time.sleep(0.05)


def _programs() -> Path:
    """The folder of the newest server on this system. LookupError where there is none."""
    on_path = shutil.which("postgres")
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name.split(".")[0]), reverse=True)
    for place in (*places, *([Path(on_path).resolve().parent] if on_path else [])):
        if (place / "initdb").exists() and (place / "postgres").exists():
            return place
    raise LookupError(NOT_THERE)
