"""A packet stands whole or not at all, and the same question of the same library gives the same bytes."""

from __future__ import annotations

import builtins
import json
import os
import re
import shlex
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from lineage.cli import main
from lineage.errors import LineageError, NotFoundError, UsageError
from lineage.library import Library
from lineage.packet import Asked, Packed, bag, jurisdictions, pack, typeset, verify
from tests.kept import copy

from .making import CORPUS, DAYS, ROOT, WORKS, files_of, library_of, packed, written


def run(library: Path, *words: str) -> Any:
    return CliRunner().invoke(main, ["--library", str(library), "packet", *words])


def test_the_same_input_gives_the_same_bytes(packet: Packed, corpus: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "other place" / "lib"
    copy(corpus, elsewhere)
    again = packed(elsewhere, tmp_path / "deep" / "er" / "made")
    assert files_of(again.folder) == files_of(packet.folder)
    assert again.number == packet.number


@pytest.mark.long
def test_neither_the_process_nor_its_surroundings_change_a_byte(packet: Packed, corpus: Path, tmp_path: Path) -> None:
    words = [sys.executable, "-m", "lineage.cli", "--library", str(corpus), "packet", *WORKS, "--from", "2019-01-01", "--to", "2022-12-31", "-o"]
    surroundings = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "LC_ALL": "C", "SOURCE_DATE_EPOCH": "1"}
    done = subprocess.run([*words, str(tmp_path / "made")], env=os.environ | surroundings, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert files_of(tmp_path / "made") == files_of(packet.folder)


def test_a_disk_that_is_full_is_said(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(bag.Bag, "put", full)
    with pytest.raises(UsageError, match="No space left") as caught:
        packed(corpus, tmp_path / "made", "3.48")
    assert caught.value.code == "packet.place"
    assert list(tmp_path.iterdir()) == []


def test_what_is_recorded_meanwhile_is_not_in_it(tmp_path: Path) -> None:
    library = library_of(tmp_path, [CORPUS / "manual-3.48-internet-usage.pdf"])
    before = packed(library, tmp_path / "before", "3.48")
    went: list[str] = []

    def meanwhile(words: str) -> None:
        went.append(words)
        if words.startswith("Drawing") and len(went) == 3:
            with Library.open(library, create=False) as other:
                other.ingest([CORPUS / "social-media-2019.pdf"])

    with Library.open(library, create=False) as opened:
        made = pack(opened, Asked(("3.48",), *DAYS), tmp_path / "made", meanwhile)
    assert went[:3] == ["Asking: 3.48", "Copying", "Drawing: P-0001 p. 1"]
    assert made.number == before.number
    assert packed(library, tmp_path / "after", "3.48").number != before.number


def test_another_question_is_another_packet(packet: Packed, corpus: Path, tmp_path: Path) -> None:
    assert packed(corpus, tmp_path / "other", days=(DAYS[0], date(2022, 12, 30))).number != packet.number


def test_it_is_a_bag_of_the_standard(packet: Packed) -> None:
    import bagit

    made = bagit.Bag(str(packet.folder))
    assert made.version_info == (1, 0)
    assert set(made.algorithms) == {"sha256"}
    assert made.info["Bagging-Date"] == "2026-08-01"
    assert made.info["Payload-Oxum"] == f"{sum(len(d) for n, d in files_of(packet.folder).items() if n.startswith('data/'))}.{packet.files}"
    assert {p.name for p in packet.folder.iterdir()} == {"bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt", "verify.py", "data"}
    assert {p.name for p in (packet.folder / "data").iterdir()} == {"README.txt", "true-copies", "chronology", "declarations"}
    assert all(ord(sign) < 128 and sign not in '\\:*?"<>|' for name in files_of(packet.folder) for sign in name)


def test_the_command_prints_the_number(corpus: Path, packet: Packed, tmp_path: Path) -> None:
    words = ["3.48", "Special Order - Social Media", "--from", "2019-01-01", "--to", "2022-12-31"]
    done = run(corpus, *words, "-o", str(tmp_path / "a"))
    assert done.exit_code == 0, done.output
    assert f"Packet number: {' '.join(packet.number[at : at + 8] for at in range(0, 64, 8))}" in done.stdout
    assert done.stdout.startswith("contains restricted rules; not for release\n")
    assert done.stderr == ""  # no progress where nobody watches
    told = json.loads(run(corpus, *words, "-o", str(tmp_path / "b"), "--json").stdout)
    assert (told["hash"], told["packet"], told["files"], told["left_out"]) == (packet.number, str(tmp_path / "b"), packet.files, None)
    assert told["works"] == ["lbpd/manual-section/3.48/1", "lbpd/special-order/social-media/1"]
    assert told["release"] == "contains restricted rules; not for release"
    assert [c["number"] for c in told["copies"]] == ["P-0001", "P-0002", "P-0003"]


def test_the_example_of_the_readme_runs(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packet: Packed) -> None:
    (line,) = re.findall(r"^lineage --library my-library (packet .*)$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["--library", str(corpus), *shlex.split(line)])
    assert done.exit_code == 0, done.output
    assert files_of(tmp_path / "packet-social-media") == files_of(packet.folder)


def test_a_prefix_of_ones_own(corpus: Path, tmp_path: Path) -> None:
    made = packed(corpus, tmp_path / "made", "3.48", prefix="DEF-A")
    assert next(one.path for one in made.copies) == "true-copies/DEF-A-0001_manual-3.48-internet-usage.pdf"
    assert "DEF-A-0001 (manual-3.48-internet-usage.pdf) p. 1" in (made.folder / "data/chronology/chronology.txt").read_text(encoding="utf-8")


def test_an_empty_folder_is_taken(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    assert verify.faults(packed(corpus, tmp_path / "made", "3.48").folder) == []
    assert [p.name for p in tmp_path.iterdir()] == ["made"]


def test_nothing_is_overwritten(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "mine.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("made", "file", "link"):
        with pytest.raises(UsageError, match="never overwrites") as caught:
            packed(corpus, tmp_path / name, "3.48")
        assert caught.value.code == "packet.exists"
    assert files_of(tmp_path) == {"made/mine.txt": b"mine", "file": b"mine"}


@pytest.mark.parametrize("where", [(typeset, "pdf"), (verify, "number"), (bag.Bag, "close")])
def test_a_packet_that_fails_leaves_nothing(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: tuple[Any, str]) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(*where, fail)
    with pytest.raises(KeyboardInterrupt):
        packed(corpus, tmp_path / "made", "3.48")
    assert list(tmp_path.iterdir()) == []


def test_a_bag_that_does_not_verify_is_not_kept(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bag, "_listed", lambda digests: b"".join(f"{'0' * 64}  {path}\n".encode() for path in sorted(digests)))
    with pytest.raises(LineageError) as caught:
        packed(corpus, tmp_path / "made", "3.48")
    assert caught.value.code == "packet.unsound"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [
        (("3.48", "--from", "2022-01-01", "--to", "2019-01-01"), "usage.period", 2),
        (("99.99", "--from", "2019-01-01", "--to", "2022-01-01"), "works.unknown", 3),
        (("3.48", "--from", "2019-01-01", "--to", "2022-01-01", "--number-prefix", "../x"), "packet.prefix", 2),
        (("3.48", "--from", "2019-01-01", "--to", "2022-01-01", "--jurisdiction", "atlantis"), "packet.jurisdiction", 2),
        (("3.48", "--from", "2019-01-01", "--to", "2022-01-01", "--as-known-on", "2001-01-01"), "library.not-yet", 3),
    ],
)  # fmt: skip
def test_what_cannot_be_made_is_said(corpus: Path, tmp_path: Path, words: tuple[str, ...], code: str, exit_code: int) -> None:
    done = run(corpus, *words, "-o", str(tmp_path / "made"), "--json")
    assert (done.exit_code, json.loads(done.stdout)["error"]["code"]) == (exit_code, code)
    assert list(tmp_path.iterdir()) == []


def test_no_rule_is_no_packet(corpus: Path, tmp_path: Path) -> None:
    with Library.open(corpus, create=False) as library, pytest.raises(UsageError, match="none is named"):
        pack(library, Asked((), *DAYS), tmp_path / "made")


def test_a_place_that_cannot_be_is_said(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError) as caught:
        packed(corpus, tmp_path / "file" / "made", "3.48")
    assert caught.value.code == "packet.place"


def test_without_the_extra_it_says_how_to_get_it(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def lacking(name: str, *more: Any, **others: Any) -> Any:
        if name == "bagit":
            raise ImportError("No module named 'bagit'", name="bagit")
        return real(name, *more, **others)

    monkeypatch.setattr(builtins, "__import__", lacking)
    done = run(corpus, "3.48", "--from", "2019-01-01", "--to", "2022-01-01", "-o", str(tmp_path / "made"))
    assert done.exit_code == 2
    assert "pip install 'policy-lineage[packet]'" in done.output


def test_as_known_before_a_paper_came(tmp_path: Path) -> None:
    library = library_of(tmp_path, [CORPUS / "manual-3.48-internet-usage.pdf"])
    with Library.open(library, create=False) as opened:
        then = opened.store.last_moment()
    with Library.open(library, create=False) as opened:
        opened.ingest([CORPUS / "social-media-2019.pdf"])
    made = packed(library, tmp_path / "made", "3.48", as_known_on=then)
    assert [one.name for one in made.copies] == ["manual-3.48-internet-usage.pdf"]
    told = " ".join((made.folder / "data/chronology/chronology.txt").read_text(encoding="utf-8").split())
    assert f"as this library held it at {then}" in told
    assert "Learnt since:" in told
    with pytest.raises(NotFoundError):
        packed(library, tmp_path / "other", WORKS[1], as_known_on=then)


def test_each_jurisdiction_can_be_asked_alone(corpus: Path, tmp_path: Path) -> None:
    assert set(jurisdictions()) >= {"us-federal", "california", "illinois"}
    made = packed(corpus, tmp_path / "made", "3.48", jurisdictions=("california",))
    assert [p.name for p in (made.folder / "data/declarations").iterdir()] == ["california.txt"]


def test_names_of_files_are_made_safe(tmp_path: Path) -> None:
    head = "MILLBROOK POLICE DEPARTMENT\nSPECIAL ORDER\n\nNumber: {}\nSubject: Lamp\nIssued: May 2, 2016\nEffective: May 2, 2016\n\nI. RULE\n\nA. Lamps burn.\n"
    library = library_of(tmp_path, written(tmp_path / "papers", {"Ünï (1)/..".replace("/", "-"): head.format("16-02"), "=sum.txt": head.format("16-03")}))
    made = packed(library, tmp_path / "made", "16-02", "16-03", "16-02", days=(date(2016, 1, 1), date(2017, 1, 1)))
    assert len(made.copies) == len({one.sha256 for one in made.copies}) == 2
    assert [one.path for one in made.copies] == ["true-copies/P-0001_sum.txt", "true-copies/P-0002_Uni-1"]
    assert "P-0001,true-copies/P-0001_sum.txt,'=sum.txt," in (made.folder / "data/true-copies/index.csv").read_text(encoding="utf-8")
