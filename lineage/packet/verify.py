"""Verify a packet: that every file in it is, to the byte, what it was when the packet was made.

    python verify.py [FOLDER] [--expect NUMBER]

It needs Python 3.8 or newer and nothing else, changes nothing, and asks no network. FOLDER is the packet; without one it is the folder in which this file lies. It ends with 0 where the packet is whole, and with 1 where it is
not, after naming each fault with its file. NUMBER is the packet number that whoever made the packet wrote down: only with it is it known that this is that packet, and not another one that is whole in itself.

A copy of this program that came with a packet could have been changed together with the packet. A copy from elsewhere (it is ``lineage/packet/verify.py`` of policy-lineage), or any program that verifies BagIt bags (RFC 8493), is the better witness.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import stat
import sys
from pathlib import Path

BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
DECLARATION, MANIFEST, TAGS = "bagit.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"
NEEDED = (DECLARATION, "bag-info.txt", MANIFEST)
LINE = re.compile(r"([0-9a-f]{64})  (\S(?:.*\S)?)")
# What no path of a packet has: control characters, backslashes, colons, the sign of a home folder at its head.
STRANGE = re.compile(r"[\x00-\x1f\x7f\\:]|^~")


def faults(folder: str | Path) -> list[str]:
    """Every fault of a packet, each a sentence that begins with the file's path in it; none where it is whole. Raises nothing: what cannot be read is a fault."""
    root = Path(folder)
    if root.is_symlink() or not root.is_dir():
        return [f"{_shown(str(root))}: this is no folder, so no packet is here"]
    files, folders, found = _walk(root)
    tags, tag_faults = _manifest(root, TAGS, payload=False)
    payload, payload_faults = _manifest(root, MANIFEST, payload=True)
    found += tag_faults + payload_faults
    for name in NEEDED:
        if name not in tags:
            found.append(f"{name}: {TAGS} does not list it, and it must")
    if DECLARATION in files and _read(root, DECLARATION) != BAGIT:
        found.append(f"{DECLARATION}: it does not say what a packet's says")
    listed = {**{path: (digest, TAGS) for path, digest in tags.items()}, **{path: (digest, MANIFEST) for path, digest in payload.items()}}
    for path, (digest, manifest) in sorted(listed.items()):
        if path not in files:
            found.append(f"{path}: it is missing, and {manifest} lists it")
            continue
        actual = _digest(root, path)
        if actual is None:
            found.append(f"{path}: it cannot be read")
        elif actual != digest:
            found.append(f"{path}: it is not what {manifest} says; one of the two was changed")
    for path in sorted(files - set(listed) - {TAGS}):
        found.append(f"{path}: it is in the packet, and no manifest lists it")
    around = {path[:at] for path in listed for at, sign in enumerate(path) if sign == "/"}
    found += [f"{path}: this folder is in the packet, and no file of the packet lies in it" for path in sorted(folders - around)]
    return found


def number(folder: str | Path) -> str:
    """The packet number: the SHA-256 of the list that lists every list, as 64 hexadecimal digits. Raises OSError where that list cannot be read."""
    return hashlib.sha256(Path(folder, TAGS).read_bytes()).hexdigest()


def spoken(digits: str) -> str:
    """A packet number in groups that can be read out.

    >>> spoken("0123456789abcdef")
    '01234567 89abcdef'
    """
    return " ".join(digits[at : at + 8] for at in range(0, len(digits), 8))


def _walk(root: Path) -> tuple[set[str], set[str], list[str]]:
    """Every file and every folder in the packet by its path, and a fault for whatever is neither, or is a link."""
    files: set[str] = set()
    folders: set[str] = set()
    found: list[str] = []
    waiting = [""]
    while waiting:
        inside = waiting.pop()
        try:
            names = sorted(one.name for one in (root / inside).iterdir())
        except OSError:
            found.append(f"{_shown(inside or '.')}: this folder cannot be read")
            continue
        for name in names:
            path = f"{inside}/{name}" if inside else name
            try:
                mode = (root / path).lstat().st_mode
            except OSError:
                found.append(f"{_shown(path)}: it cannot be read")
                continue
            if stat.S_ISLNK(mode):
                found.append(f"{_shown(path)}: it is a link, and a packet has none")
            elif stat.S_ISDIR(mode):
                folders.add(_shown(path))
                waiting.append(path)
            elif stat.S_ISREG(mode):
                files.add(_shown(path))
            else:
                found.append(f"{_shown(path)}: it is neither a file nor a folder")
    return files, folders, found


def _manifest(root: Path, name: str, *, payload: bool) -> tuple[dict[str, str], list[str]]:
    """The files that a manifest lists, each with its hash, and what is wrong with the manifest: one that was written otherwise than a packet's are, in any byte, is at fault."""
    data = _read(root, name)
    if data is None:
        return {}, [f"{name}: it is missing, or cannot be read"]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return {}, [f"{name}: it is no UTF-8 text, so it was changed"]
    found: list[str] = []
    listed: dict[str, str] = {}
    for count, line in enumerate(text.split("\n")[:-1], 1):
        match = LINE.fullmatch(line)
        if match is None:
            found.append(f"{name}: line {count} is not a hash, two blanks and a path, so it was changed")
        elif not _safe(match[2], payload):
            found.append(f"{name}: line {count} names a path that leads out of its place ({_shown(match[2])})")
        elif match[2] in listed:
            found.append(f"{name}: line {count} lists {_shown(match[2])} a second time")
        else:
            listed[match[2]] = match[1]
    if not found and "".join(f"{listed[path]}  {path}\n" for path in sorted(listed)) != text:
        found.append(f"{name}: it is not written as the packet's were, so it was changed")
    return listed, found


def _safe(path: str, payload: bool) -> bool:
    """Whether a path stays inside: under ``data`` for what a packet brings, outside of it for what describes the packet."""
    parts = path.split("/")
    strange = STRANGE.search(path) is not None or any(part in ("", ".", "..") for part in parts)
    return not strange and path.isprintable() and (parts[0] == "data" and len(parts) > 1) == payload and path not in (TAGS, "data")


def _read(root: Path, path: str) -> bytes | None:
    try:
        return (root / path).read_bytes() if not (root / path).is_symlink() else None
    except OSError:
        return None


def _digest(root: Path, path: str) -> str | None:
    made = hashlib.sha256()
    try:
        with (root / path).open("rb") as file:
            for piece in iter(lambda: file.read(1 << 20), b""):
                made.update(piece)
    except OSError:
        return None
    return made.hexdigest()


def _shown(path: str) -> str:
    """A path that can be printed: signs that steer a terminal, or turn the direction of reading, are shown by their number."""
    return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in path)


def main(words: list[str]) -> int:
    """Verify the packet that the call names, and say it."""
    asked = argparse.ArgumentParser(prog="verify.py", description="Verify that every file of a packet is, to the byte, what it was when the packet was made.")
    asked.add_argument("folder", nargs="?", default=str(Path(__file__).resolve().parent), help="the packet; without it, the folder in which this program lies")
    asked.add_argument("--expect", metavar="NUMBER", help="the packet number that whoever made the packet wrote down; blanks do not matter")
    given = asked.parse_args(words)
    found = faults(given.folder)
    if not found:
        this = number(given.folder)
        if given.expect is not None and re.sub(r"[\s-]", "", given.expect).lower() != this:
            found = [f"{TAGS}: this packet is whole in itself, and it is not the one expected; its number is {spoken(this)}"]
    for fault in found:
        print(fault)
    if found:
        print(f"NOT VERIFIED: {len(found)} {'fault' if len(found) == 1 else 'faults'}.")
        return 1
    print("VERIFIED: every file is what it was when the packet was made, and none is missing or added.")
    print(f"Packet number: {spoken(this)}")
    if given.expect is None:
        print("Compare this number with the one that whoever made the packet wrote down. Without that, it is known only that the packet is whole in itself.")
    return 0


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    raise SystemExit(main(sys.argv[1:]))
