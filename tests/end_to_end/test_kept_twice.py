"""``check --head``, ``backup`` and ``restore`` on the command line, and by what an answer says that it was made."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lineage import __version__
from lineage.cli import main
from lineage.library import Library

from .made import ORDERS


def call(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--library", str(folder), *words], catch_exceptions=False)


def said(folder: Path, *words: str) -> dict[str, object]:
    done = call(folder, *words, "--json")
    assert done.exit_code == 0, done.output
    return dict(json.loads(done.stdout))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("twice") / "library"
    assert call(place, "ingest", *map(str, sorted(ORDERS.glob("*.txt"))[:6])).exit_code == 0
    return place


def test_every_answer_says_by_what_it_was_made(folder: Path) -> None:
    head = said(folder, "check")["head"]
    (work, *_) = [rule["work"] for rule in said(folder, "in-force", "--on", "2021-01-01", "--all")["rules"]]  # type: ignore[attr-defined]
    with Library.open(folder) as library:
        first = library.store.history_moments()[0]
        earlier = library.store.head(first)
    for words in (("in-force", "--on", "2021-01-01"), ("show", work, "--on", "2021-01-01"), ("why", work, "--on", "2021-01-01"), ("history", work), ("changes", "--from", "2019-01-01", "--to", "2019-12-31"),
                  ("report", "--on", "2021-01-01"), ("search", "order"), ("relations",), ("findings",)):  # fmt: skip
        made = said(folder, *words)["made_by"]
        assert (made["tool"], made["version"], made["head"]) == ("lineage", __version__, head), words  # type: ignore[index]
        assert all(len(sha256) == 64 for sha256 in made["profiles"].values())  # type: ignore[index]
    assert earlier is not None
    assert said(folder, "in-force", "--on", "2021-01-01", "--as-known-on", first)["made_by"]["head"] == earlier.hash  # type: ignore[index]


def test_a_library_is_kept_brought_back_and_proved_to_be_contained(folder: Path, tmp_path: Path) -> None:
    head = str(said(folder, "check")["head"])
    assert said(folder, "backup", str(tmp_path / "kept"))["head"] == head
    assert said(tmp_path / "back", "restore", str(tmp_path / "kept"))["head"] == head
    assert call(tmp_path / "back", "check", "--head", head).exit_code == 0
    refused = call(tmp_path / "back", "check", "--head", "0" * 64)
    assert refused.exit_code == 3
    assert "No entry of this library's log has the hash" in refused.stdout
    assert call(folder, "check", "--head", head[:12]).exit_code == 2
    again = call(folder, "backup", str(tmp_path / "kept"), "--json")
    assert again.exit_code == 3
    assert json.loads(again.stdout)["error"]["code"] == "store.backup-place"


@pytest.mark.parametrize("delay_s", [0.6, *(pytest.param(at, marks=pytest.mark.long) for at in (1.1, 2.3, 4.1))])
def test_an_ingest_killed_at_any_moment_leaves_a_log_that_proves(delay_s: float, tmp_path: Path) -> None:
    files, place = tmp_path / "orders", tmp_path / "library"
    files.mkdir()
    for path in ORDERS.glob("*.txt"):
        shutil.copy(path, files)
    process = subprocess.Popen([sys.executable, "-m", "lineage.cli", "--library", str(place), "ingest", str(files), "--jobs", "1"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(delay_s)
    process.kill()
    process.wait()
    with Library.open(place) as library:
        assert library.check() == []
        before = library.store.head()
        assert before is not None
        assert before.number == len(library.store.history_moments()) + 1
        library.ingest([files])
        assert library.check() == []
        assert library.store.contained(before.hash) == ""
