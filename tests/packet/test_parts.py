"""The two parts never mix: one has files as held and who kept them, the other what a program reads in them, and says so at its head; the drafts certify neither what a rule was."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from pathlib import Path

import pytest

from lineage.library import Library
from lineage.packet import Packed, declaring, jurisdictions
from tests.kept import copy

from .making import CORPUS, DAYS, files_of, packed

COPIES, CHRONOLOGY = "data/true-copies/", "data/chronology/"
HEADED = "AID TO READING, NOT EVIDENCE"
# What says that something was the rule: words that no declaration has.
RULING = re.compile(r"in (?:full )?(?:force|effect)\b|effective|governed|applicable|applied|binding|was the rule|operative|superseded|rescinded|valid|status", re.IGNORECASE)


def part(packet: Packed, under: str) -> dict[str, bytes]:
    return {name.removeprefix(under): data for name, data in files_of(packet.folder).items() if name.startswith(under)}


def test_copies_are_the_files_as_held_and_nothing_else(packet: Packed, corpus: Path) -> None:
    mine = part(packet, COPIES)
    assert set(mine) == {"index.txt", "index.csv", "P-0001_manual-3.48-internet-usage.pdf", "P-0002_social-media-2019.pdf", "P-0003_manual-3.51-social-media.pdf"}
    for name, data in mine.items():
        if not name.startswith("index."):
            assert data == (CORPUS / name.split("_", 1)[1]).read_bytes()
    with Library.open(corpus, create=False) as library:
        held = {row.sha256 for row in library.store.items()}
    assert {hashlib.sha256(data).hexdigest() for name, data in mine.items() if name.endswith(".pdf")} <= held


def test_no_copy_is_in_the_chronology_and_nothing_told_among_the_copies(packet: Packed) -> None:
    copies, told = part(packet, COPIES), part(packet, CHRONOLOGY)
    originals = {data for name, data in copies.items() if not name.startswith("index.")}
    assert not originals & set(told.values())
    index = copies["index.txt"].decode() + copies["index.csv"].decode()
    assert not re.search(r"in force|not established|amended|superseded|Aid to reading", index, re.IGNORECASE)
    for name in ("chronology.txt", "hashes.txt"):
        assert HEADED in told[name].decode()[:120]
    with_pictures = [name for name in told if name.startswith("pages/")]
    assert with_pictures
    assert all(name.endswith((".png", ".json", ".xml", ".txt", ".pdf")) for name in told)


def test_the_index_has_custody_and_marks(packet: Packed) -> None:
    rows = list(csv.DictReader(io.StringIO(part(packet, COPIES)["index.csv"].decode())))
    assert [row["number"] for row in rows] == ["P-0001", "P-0002", "P-0003"]
    order = rows[1]
    assert (order["name_as_held"], order["pages"], order["custodian"], order["obtained_on"], order["certified"]) == ("social-media-2019.pdf", "4", "Records Manager", "2026-07-01", "yes")
    assert order["marks_after_signing"] == "“RESCINDED by 3.51 on 7-22-21” on pages 1, 2, 3, 4"
    assert rows[0]["marks_after_signing"] == "none found"
    assert order["sha256"] == hashlib.sha256((CORPUS / "social-media-2019.pdf").read_bytes()).hexdigest()
    text = " ".join(part(packet, COPIES)["index.txt"].decode().split())
    assert "kept by Records Manager, obtained on July 1, 2026, as a certified copy" in text
    assert "no signature is shown" in text


def test_hashes_are_those_of_the_files(packet: Packed) -> None:
    said = part(packet, CHRONOLOGY)["hashes.txt"].decode()
    for name, data in part(packet, CHRONOLOGY).items():
        if name != "hashes.txt":
            assert f"{hashlib.sha256(data).hexdigest()}  chronology/{name}" in said
    for one in packet.copies:
        assert f"{one.sha256}  {one.number}  {one.name}" in said


@pytest.mark.parametrize("name", jurisdictions())
def test_no_draft_says_that_a_rule_was_one(packet: Packed, name: str) -> None:
    said = " ".join((packet.folder / f"data/declarations/{name}.txt").read_text(encoding="utf-8").split())
    assert not RULING.search(said), RULING.search(said)
    assert said.split("release ")[1].startswith("DRAFT - TO BE REVIEWED BY COUNSEL")
    assert said.count("Signature: ____") == said.count("Date: ____") == said.count("Name: ____") >= 2
    for one in packet.copies:
        assert f"{one.number} {one.name} SHA-256 {one.sha256}" in said
    assert "certifies copies and a process" in said
    assert "files numbered P-0001 through P-0003" in said


def test_the_laws_are_those_of_each_place() -> None:
    said = {name: (declaring.FOLDER / f"{name}.toml").read_text(encoding="utf-8") for name in jurisdictions()}
    for law in ("902(11)", "902(13)", "902(14)", "28 U.S.C. § 1746"):
        assert law in said["us-federal"]
    for law in ("§ 1530", "§ 1561", "§ 2015.5"):
        assert law in said["california"]
    for law in ("902(11)", "735 ILCS 5/1-109"):
        assert law in said["illinois"]


def test_the_answers_are_those_of_the_commands(packet: Packed, corpus: Path) -> None:
    from click.testing import CliRunner

    from lineage.cli import main

    def asked(*words: str) -> object:
        return json.loads(CliRunner().invoke(main, ["--library", str(corpus), *words, "--json"]).stdout)

    mine = part(packet, CHRONOLOGY)
    history = json.loads(mine["answers/01_3.48_history.json"])
    shown = json.loads(mine["answers/02-02_Social-Media_2021-07-21.json"])
    assert history.pop("release") == shown.pop("release") == "contains restricted rules; not for release"
    assert history == asked("history", "3.48")
    assert shown == asked("show", "Special Order - Social Media", "--on", "2021-07-21")


def test_the_text_is_akoma_ntoso_that_reads_back(packet: Packed) -> None:
    from lineage import documents

    mine = part(packet, CHRONOLOGY)
    found = [name for name in mine if name.startswith("xml/")]
    assert found == ["xml/01-01_3.48_2019-01-01.xml", "xml/01-02_3.48_2019-05-17.xml", "xml/02-02_Social-Media_2019-05-17.xml"]
    for name in found:
        assert b"<!-- contains restricted rules; not for release -->" in mine[name][:200]
        assert documents.check(mine[name]) == []
        assert documents.read(mine[name]).work in packet.works


def test_withdrawn_and_purged_files_are_told_and_not_copied(corpus: Path, tmp_path: Path) -> None:

    from lineage.desk import Person

    kept = tmp_path / "library"
    copy(corpus, kept)
    with Library.open(kept, create=False) as library:
        before = library.store.last_moment()
        library.gate.withdraw("manual-3.51-social-media.pdf", Person("Sgt. A. Doe", "it was never signed"))
    for name, moment in (("now", None), ("then", before)):
        made = packed(kept, tmp_path / name, as_known_on=moment)
        assert [one.name for one in made.copies] == ["manual-3.48-internet-usage.pdf", "social-media-2019.pdf"]
        assert any("it was never signed" in one.why for one in made.absent)
        assert "NOT ENCLOSED" in (made.folder / "data/true-copies/index.txt").read_text(encoding="utf-8")
        assert "it was never signed" in " ".join((made.folder / "data/true-copies/index.txt").read_text(encoding="utf-8").split())
    assert DAYS[0] < DAYS[1]
