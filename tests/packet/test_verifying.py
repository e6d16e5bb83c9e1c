"""A packet verifies with nothing but Python, and any one byte that is changed anywhere in it is told with the name of the file."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lineage.packet import Packed, spoken, verify
from tests.shares import a_share

from .making import PROGRAM, files_of, verified

FEW = 400  # a file of so many bytes is changed at each of them
FLIPS = (0x01, 0x20, 0x80)


@pytest.fixture
def copy(packet: Packed, tmp_path: Path) -> Path:
    return Path(shutil.copytree(packet.folder, tmp_path / "copy"))


def test_a_packet_verifies(packet: Packed) -> None:
    assert verify.faults(packet.folder) == []
    import bagit

    assert bagit.Bag(str(packet.folder)).validate()
    for program in (PROGRAM, packet.folder / "verify.py"):
        done = verified(packet.folder, "--expect", spoken(packet.number), program=program)
        assert (done.returncode, done.stderr) == (0, "")
        assert f"Packet number: {spoken(packet.number)}" in done.stdout
    assert verify.number(packet.folder) == packet.number


def test_the_enclosed_program_needs_no_word(packet: Packed) -> None:
    done = subprocess.run([sys.executable, "-I", "-S", "verify.py"], cwd=packet.folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "Compare this number" in done.stdout
    assert (packet.folder / "verify.py").read_bytes() == PROGRAM.read_bytes()


def test_another_packet_that_is_whole_is_not_the_one_expected(packet: Packed) -> None:
    done = verified(packet.folder, "--expect", "0" * 64)
    assert done.returncode == 1
    assert "it is not the one expected" in done.stdout


def _samples(data: bytes, chance: random.Random) -> list[int]:
    if len(data) <= FEW:
        return list(range(len(data)))
    return sorted({0, 1, len(data) // 2, len(data) - 2, len(data) - 1, *(chance.randrange(len(data)) for _ in range(5))})


@pytest.mark.parametrize("share", a_share([5, 1], 2))
def test_any_one_byte_changed_is_told_with_its_file(copy: Path, share: int) -> None:
    """Of each file a byte at several places, of small ones every byte (by default every fifth)."""
    chance = random.Random(348)
    tried = 0
    for name, data in files_of(copy).items():
        for at in _samples(data, chance)[::share]:
            changed = bytearray(data)
            changed[at] ^= chance.choice(FLIPS)
            (copy / name).write_bytes(changed)
            found = verify.faults(copy)
            assert any(name in fault for fault in found), (name, at, found)
            tried += 1
        (copy / name).write_bytes(data)
    assert tried > 1000 / share
    assert verify.faults(copy) == []


@pytest.mark.parametrize("share", a_share([7, 1], 2))
def test_every_line_of_the_manifests_counts(copy: Path, share: int) -> None:
    for name in (verify.MANIFEST, verify.TAGS, verify.DECLARATION, "bag-info.txt"):
        data = (copy / name).read_bytes()
        for at in range(0, len(data), share * (3 if len(data) < 1000 else 101)):
            for other in (data[:at] + bytes([data[at] ^ 0x01]) + data[at + 1 :], data[:at] + data[at + 1 :], data[:at] + b" " + data[at:], data[:at] + b"\n" + data[at:]):
                (copy / name).write_bytes(other)
                assert any(name in fault for fault in verify.faults(copy)), (name, at, other[max(0, at - 20) : at + 20])
        (copy / name).write_bytes(data)


def test_the_program_run_alone_names_the_file(copy: Path) -> None:
    file = next((copy / "data" / "true-copies").glob("*.pdf"))
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(data)
    for program in (PROGRAM, copy / "verify.py"):
        done = verified(copy, program=program)
        assert done.returncode == 1
        assert f"data/true-copies/{file.name}: it is not what manifest-sha256.txt says" in done.stdout
        assert "NOT VERIFIED: 1 fault." in done.stdout


def _missing(folder: Path) -> str:
    (folder / "data" / "README.txt").unlink()
    return "data/README.txt: it is missing"


def _added(folder: Path) -> str:
    (folder / "data" / "true-copies" / "P-0009_more.pdf").write_bytes(b"%PDF")
    return "data/true-copies/P-0009_more.pdf: it is in the packet, and no manifest lists it"


def _added_beside(folder: Path) -> str:
    (folder / "fetch.txt").write_text("https://example.org/x 1 data/x\n")
    return "fetch.txt: it is in the packet, and no manifest lists it"


def _folder_added(folder: Path) -> str:
    (folder / "data" / "empty").mkdir()
    return "data/empty: this folder is in the packet"


def _linked(folder: Path) -> str:
    file = folder / "data" / "README.txt"
    shutil.copy(file, folder.parent / "outside.txt")
    file.unlink()
    file.symlink_to(folder.parent / "outside.txt")
    return "data/README.txt: it is a link"


def _folder_linked(folder: Path) -> str:
    shutil.move(folder / "data" / "chronology", folder.parent / "outside")
    (folder / "data" / "chronology").symlink_to(folder.parent / "outside")
    return "data/chronology: it is a link"


def _no_manifest(folder: Path) -> str:
    (folder / verify.MANIFEST).unlink()
    return "manifest-sha256.txt: it is missing, or cannot be read"


def _queue(folder: Path) -> str:
    os.mkfifo(folder / "data" / "queue")
    return "data/queue: it is neither a file nor a folder"


def _hidden_name(folder: Path) -> str:
    (folder / "data" / "a\u202efdp.exe").write_bytes(b"")
    return "data/a\\u202efdp.exe: it is in the packet"


def _led_out(path: str) -> Callable[[Path], str]:
    def change(folder: Path) -> str:
        (folder.parent / "outside.txt").write_bytes(b"x")
        with (folder / verify.MANIFEST).open("a", encoding="utf-8") as file:
            file.write(f"{'0' * 64}  {path}\n")
        return "names a path that leads out of its place"

    return change


@pytest.mark.parametrize(
    "change",
    [
        _missing, _added, _added_beside, _folder_added, _linked, _folder_linked, _no_manifest, _queue, _hidden_name, _led_out("data/../../outside.txt"), _led_out("../outside.txt"), _led_out("/etc/hostname"),
        _led_out("data//README.txt"), _led_out("data/./README.txt"), _led_out("data\\README.txt"), _led_out("C:/x"), _led_out("~/x"), _led_out("data/a\u202eb"), _led_out("verify.py"), _led_out("data"),
    ],
)  # fmt: skip
def test_what_else_can_be_wrong_is_told(copy: Path, change: Callable[[Path], str]) -> None:
    wanted = change(copy)
    done = verified(copy)
    assert done.returncode == 1
    assert wanted in done.stdout
    assert done.stderr == ""


def test_no_folder_is_no_packet(tmp_path: Path) -> None:
    assert verified(tmp_path / "nowhere").returncode == 1
    assert verified(tmp_path).returncode == 1
    (tmp_path / "file").write_text("x")
    assert "this is no folder" in verified(tmp_path / "file").stdout


def _pythons() -> Iterator[str]:
    for name in ("3.8", "3.9", "3.10", "3.11", "3.12", "3.13"):
        found = shutil.which(f"python{name}")
        if found and subprocess.run([found, "-c", ""], capture_output=True, check=False).returncode == 0:
            yield found


@pytest.mark.long
def test_it_verifies_in_an_empty_environment(packet: Packed, copy: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "empty")], check=True)
    bare = str(tmp_path / "empty" / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    for python in (bare, *_pythons()):
        assert verified(packet.folder, "--expect", packet.number, python=python, program=packet.folder / "verify.py").returncode == 0, python
    for name, data in files_of(copy).items():
        (copy / name).write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
        done = verified(copy, python=bare)
        assert done.returncode == 1
        assert name in done.stdout, (name, done.stdout)
        (copy / name).write_bytes(data)
