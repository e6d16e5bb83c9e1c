"""The bag (RFC 8493) that a packet is: its payload, the lists that say to the byte what is in it, and the program that verifies them."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from lineage.errors import LineageError, UsageError
from lineage.packet import verify

EXTRA = "pip install 'policy-lineage[packet]'"


class Bag:
    """A bag that is being filled, in a folder of its own. Paths are those in the payload, with ``/`` between their parts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._digests: dict[str, str] = {}

    def put(self, path: str, data: bytes) -> str:
        """Add a file to the payload; gives back its SHA-256. Raises ValueError for a path that is taken."""
        if path in self._digests:
            raise ValueError(f"Two files of a packet would be {path}.")
        file = self.folder / "data" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        self._digests[path] = hashlib.sha256(data).hexdigest()
        return self._digests[path]

    def digests(self, under: str = "") -> dict[str, str]:
        """The files of the payload below a folder of it, each with its SHA-256, by path."""
        return {path: self._digests[path] for path in sorted(self._digests) if path.startswith(under)}

    @property
    def size(self) -> int:
        """How many bytes the payload has."""
        return sum((self.folder / "data" / path).stat().st_size for path in self._digests)

    def close(self, said: Mapping[str, str]) -> str:
        """Write what stands around the payload, ``said`` being what is said of the bag; gives back the packet number. Raises LineageError ``packet.unsound`` where the bag does not verify, by our program or by the library ``bagit``."""
        said = {**said, "Payload-Oxum": f"{self.size}.{len(self._digests)}"}
        tags = {
            verify.DECLARATION: verify.BAGIT,
            # One line a value: a blank in the place of a break.
            "bag-info.txt": "".join(f"{label}: {' '.join(said[label].split())}\n" for label in sorted(said) if said[label]).encode(),
            verify.MANIFEST: _listed({f"data/{path}": digest for path, digest in self._digests.items()}),
            "verify.py": Path(verify.__file__).read_bytes(),
        }
        for name, data in tags.items():
            (self.folder / name).write_bytes(data)
        (self.folder / verify.TAGS).write_bytes(_listed({name: hashlib.sha256(data).hexdigest() for name, data in tags.items()}))
        self._verified()
        return verify.number(self.folder)

    def _verified(self) -> None:
        import bagit

        found = verify.faults(self.folder)
        try:
            bagit.Bag(str(self.folder)).validate()
        except bagit.BagError as error:
            found.append(str(error))
        if found:
            raise LineageError(f"The packet that was made does not verify ({found[0]}), so it was not kept.", hint="Is the disk sound, and not full? Try again.", code="packet.unsound")


@contextmanager
def filled(output: Path) -> Iterator[Bag]:
    """A bag to be filled; once the context ends without an error it stands at ``output``, and after an error nothing does.

    Raises UsageError ``packet.exists`` where something is there already, ``packet.extra`` where what makes a packet is not installed, ``packet.place`` where no folder can be made there, or nothing written.
    """
    _installed()
    place = output.absolute()
    if place.is_symlink() or (place.exists() and (not place.is_dir() or any(place.iterdir()))):
        raise UsageError(f"{output} is there already, so nothing was written: a packet never overwrites anything.", hint="Name a folder that does not exist yet.", code="packet.exists")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
    except OSError as error:
        raise UsageError(f"No folder can be made at {output} ({error.strerror}), so nothing was written.", hint="Name a folder in a place that you may write to.", code="packet.place") from error
    try:
        # A temporary folder is closed to others; one within it has the rights that any new folder gets.
        inside = beside / "packet"
        inside.mkdir()
        yield Bag(inside)
        if place.exists():
            place.rmdir()  # it is empty; some systems do not rename over a folder
        inside.rename(place)
    except OSError as error:
        raise UsageError(f"The packet cannot be written to {output} ({error.strerror}), so nothing of it was kept.", hint="Is the disk full? Did another program put something there? Try again.", code="packet.place") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _installed() -> None:
    try:
        import bagit  # noqa: F401
        import typst  # noqa: F401
    except ImportError as error:
        raise UsageError(f"A packet needs packages that are not installed ({error.name}).", hint=f"Install them: {EXTRA}", code="packet.extra") from error


def _listed(digests: Mapping[str, str]) -> bytes:
    """A manifest: a line a file, by path."""
    return "".join(f"{digests[path]}  {path}\n" for path in sorted(digests)).encode()
