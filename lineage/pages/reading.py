"""The door: bytes in, an item out."""

from __future__ import annotations

import hashlib
from pathlib import Path

from lineage.errors import RefusedError
from lineage.guard import LIMITS, Limits
from lineage.model import Item
from lineage.pages import kind


def read(path: Path, limits: Limits = LIMITS) -> Item:
    """The item that a file holds, with its pages of lines and what is doubtful about them.

    Raises :class:`RefusedError` as :func:`load` and :func:`read_bytes` do.
    """
    return read_bytes(load(path, limits), path.name, limits)


def load(path: Path, limits: Limits = LIMITS) -> bytes:
    """The bytes of a file.

    Raises :class:`RefusedError` with ``pages.unreadable`` where there is no such file, it is a folder or may not be read, and
    ``pages.too-large``.
    """
    try:
        if path.is_dir():
            raise _unreadable(path, "is a folder", "Name the files in it.")
        if path.stat().st_size > limits.max_bytes:
            raise kind.too_large(path.name, path.stat().st_size, limits)
        return path.read_bytes()
    except FileNotFoundError:
        raise _unreadable(path, "does not exist", "Check the name.") from None
    except OSError as error:
        raise _unreadable(
            path, f"cannot be read ({error.strerror or error})", "Check that you may read it, and that the disk is sound."
        ) from None


def read_bytes(data: bytes, name: str, limits: Limits = LIMITS) -> Item:
    """The same from bytes; ``name`` is the file's name, whose ending must not belie the bytes.

    Raises :class:`RefusedError` with a code of its own: ``pages.empty``, ``pages.binary``, ``pages.misnamed``, ``pages.truncated``,
    ``pages.damaged``,
    ``pages.encrypted``, ``pages.too-large``, ``pages.too-many-pages``, ``pages.too-much-text``, ``pages.entity-bomb``, ``pages.needs-ocr``,
    ``pages.runaway``, ``pages.tracked-changes``, ``pages.macros``.
    """
    if len(data) > limits.max_bytes:
        raise kind.too_large(name, len(data), limits)
    media_type = kind.of(data, name)
    sha256 = hashlib.sha256(data).hexdigest()
    if media_type == kind.PDF:
        from lineage.pages import pdf

        return pdf.read(data, name, sha256, limits)
    if media_type == kind.HTML:
        from lineage.pages import html

        return html.read(data, name, sha256, limits)
    if media_type == kind.WORD:
        from lineage.pages import word

        return word.read(data, name, sha256, limits)
    if media_type == kind.CSV:
        from lineage.pages import commas

        return commas.read(data, name, sha256, limits)
    from lineage.pages import text

    return text.read(data, name, sha256, limits)


def _unreadable(path: Path, what: str, hint: str) -> RefusedError:
    return RefusedError(f"{path} {what}, so nothing was read from it.", hint=hint, code="pages.unreadable")
