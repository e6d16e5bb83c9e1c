"""Reading on other machines: a dask cluster takes the place of this machine's processes. Only reading is sent; whoever asked writes, in transactions of its own.

Bytes go to the workers, not paths, so nothing need be shared. A worker that dies has its files read by another; a file that kills one after another is refused. A worker that runs another program would read other things without
a word, so all are asked first what they run.
"""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec.structs import replace

from lineage import __version__
from lineage.errors import LineageError, UsageError
from lineage.pipeline.reading import Reading

if TYPE_CHECKING:
    from lineage.pipeline.ingesting import Outcome

T = TypeVar("T")

# So long is waited for an answer, and for a worker where none is left.
WAIT_S, POLL_S = 20.0, 2.0

def make_sure() -> None:
    """Raises UsageError ``cluster.extra`` where the packages for a cluster are not installed."""
    if find_spec("distributed") is None:
        raise UsageError("Reading on other machines needs a package that is not installed (distributed).", hint="Install it: pip install 'policy-lineage[cluster]'", code="cluster.extra")


class Cluster:
    """The workers at the address of a dask scheduler (``tcp://host:8786``, ``tls://host:8786``), as readers.

    Raises UsageError: ``cluster.extra``; ``cluster.unreachable`` where nobody answers there, or no worker comes; ``cluster.other`` where a worker runs another version, or has other extras.
    """

    def __init__(self, address: str, attempt: Callable[..., Reading | Outcome], profile: str | None) -> None:
        make_sure()
        from distributed import Client

        self.address, self._attempt, self._profile = address, attempt, profile
        self._sent_profile = _profile_of(profile)
        try:
            self._client = Client(address, timeout=WAIT_S, set_as_default=False)
            self._client.wait_for_workers(1, timeout=WAIT_S)
        except (OSError, ValueError, TimeoutError) as error:
            raise UsageError(
                f"No worker can be reached through {address} ({str(error) or type(error).__name__}), so nothing was read.", hint="Start a scheduler and workers (dask scheduler; dask worker ADDRESS), and give the scheduler's address.", code="cluster.unreachable"
            ) from error
        self._runs = runs()
        self._same()
        self.workers = max(1, sum(one["nthreads"] for one in self._client.scheduler_info(n_workers=-1)["workers"].values()))

    def close(self) -> None:
        """Let go of the cluster; what was sent and not asked for is forgotten."""
        with suppress(Exception):
            self._client.close(timeout=5)

    def send(self, file: Path, data: bytes) -> Any:
        """Have a file read."""
        return self._client.submit(_here, self._runs, self._attempt, file, self._profile, data, self._sent_profile, pure=False)

    def come(self, sent: Any, data: bytes, otherwise: Callable[[], Reading | Outcome]) -> Reading | Outcome:
        """What was read of it; where the workers that read it died, or are gone, what ``otherwise`` gives. Raises LineageError ``cluster.lost`` where the cluster itself is gone."""
        from distributed import CancelledError, KilledWorker
        from distributed.comm.core import CommClosedError

        try:
            found: Reading | Outcome = self._waited(sent)
        except KilledWorker:
            return otherwise()
        except (CommClosedError, CancelledError, OSError, TimeoutError) as error:
            raise LineageError(
                f"The cluster at {self.address} is gone ({str(error) or type(error).__name__}). What was written before is kept, and nothing by halves.", hint="Start it again and give the same command; what is held is not read twice.", code="cluster.lost"
            ) from error
        finally:
            sent.release()
        return replace(found, data=data) if isinstance(found, Reading) else found

    def _waited(self, sent: Any) -> Reading | Outcome:
        """The result. Raises TimeoutError where no worker has been there for some time: it would never come."""
        since = None
        while True:
            try:
                found: Reading | Outcome = sent.result(timeout=POLL_S)
                return found
            except TimeoutError:
                alone = not self._client.scheduler_info(n_workers=-1)["workers"]
                since = (since or time.monotonic()) if alone else None
                if since is not None and time.monotonic() - since > WAIT_S:
                    raise TimeoutError("no worker is left") from None

    def _same(self) -> None:
        mine = self._runs
        for worker, theirs in self._client.run(runs).items():
            if theirs != mine:
                raise _other(worker, mine, theirs)


def _here(asker: dict[str, str], attempt: Callable[..., Reading | Outcome], *args: Any) -> Reading | Outcome:
    """What a worker does: read, where it runs what the asker runs; it may have come after all were asked."""
    if runs() != asker:
        raise _other("that came later", asker, runs())
    return attempt(*args)


def _other(worker: str, mine: dict[str, str], theirs: dict[str, str]) -> UsageError:
    other = ", ".join(f"{name} {theirs.get(name)} (here {mine[name]})" for name in mine if theirs.get(name) != mine[name])
    return UsageError(f"The worker {worker} does not run what runs here: {other}. It could read other things without a word, so nothing of its reading is kept.", hint="Install the same version with the same extras on every worker.", code="cluster.other")


@cache
def runs() -> dict[str, str]:
    """What reads here: the version, a fingerprint of the program, and the libraries on which what is read hangs."""
    from importlib.metadata import PackageNotFoundError, version

    def of(name: str) -> str:
        try:
            return version(name)
        except PackageNotFoundError:
            return "absent"

    return {"lineage": __version__, "program": _program(), **{name: of(name) for name in ("pypdfium2", "pdfplumber", "lxml", "python-docx", "rapidocr", "onnxruntime")}}


@cache
def _program() -> str:
    here, found = Path(__file__).resolve().parents[1], hashlib.sha256()
    for file in sorted((*here.rglob("*.py"), *here.rglob("*.toml"))):
        found.update(file.relative_to(here).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return found.hexdigest()[:16]


def _profile_of(profile: str | None) -> tuple[str, bytes] | None:
    """A profile of the user's own as its name and its bytes; the shipped ones are there already."""
    if profile is None or not Path(profile).is_file():
        return None
    return Path(profile).name, Path(profile).read_bytes()


def profile_here(sent: tuple[str, bytes]) -> str:
    """The path of a profile that was sent along, kept under its hash."""
    name, data = sent
    folder = Path(tempfile.gettempdir()) / f"lineage-profile-{hashlib.sha256(data).hexdigest()[:24]}"
    folder.mkdir(exist_ok=True)
    file = folder / name
    if not file.is_file() or file.read_bytes() != data:
        part = folder / f"{name}.{hashlib.sha256(str(id(data)).encode()).hexdigest()[:8]}"
        part.write_bytes(data)
        part.replace(file)
    return str(file)
