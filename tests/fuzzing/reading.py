"""What becomes of an input: it is read, or refused with a sentence. Anything else is a fault of the program."""

from __future__ import annotations

import tempfile
from datetime import date
from functools import cache
from pathlib import Path

from lineage.errors import LineageError

from .inputs import ROOT, Given


def tried(one: Given) -> str:
    """``read`` or the code of the refusal. Raises whatever else comes."""
    try:
        return _tried(one)
    except LineageError as refusal:
        if not refusal.code or not refusal.message.strip():
            raise AssertionError(f"a refusal without its code or its sentence: {refusal!r}") from refusal
        return refusal.code


def _tried(one: Given) -> str:
    from lineage import documents, profiles
    from lineage.pipeline.observing import _line
    from lineage.pipeline.reading import read_data

    if one.kind == "toml":
        profiles.check_text(one.data.decode("utf-8", "replace"))
    elif one.kind == "xml":
        documents.read(one.data)
    elif one.kind == "lines":
        for number, line in enumerate(one.data.split(b"\n"), 1):
            _line(number, line, ROOT, date(2026, 1, 1))
    elif one.kind == "command":
        _commanded(one.data.decode("utf-8", "surrogatepass").split("\x1f"))
    else:
        read_data(one.data, one.name)
    return "read"


def _commanded(words: list[str]) -> None:
    from click.testing import CliRunner

    from lineage.cli import main

    done = CliRunner().invoke(main, ["--library", str(_library()), *words])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code in (0, 1, 2, 3), (words, done.exit_code)
    assert "Traceback" not in done.output, words


@cache
def _library() -> Path:
    """A small library; commands that write may change it, as they may any."""
    from lineage.library import Library

    folder = Path(tempfile.mkdtemp(prefix="lineage-fuzz-")) / "library"
    with Library.open(folder) as library:
        library.ingest(sorted((ROOT / "corpus" / "orders").glob("*.txt"))[:8])
    return folder
