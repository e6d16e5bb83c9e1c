"""Words that are taken out for good: they are nowhere in the library's folder, and what is left says that they were there."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from lineage.library import Library
from lineage.store import purging
from lineage.store.library import Store
from tests.kept import ON_POSTGRESQL, REFUSALS, copy, database, files_of_server, postgresql_only

from .papers import PAPERS, WHO, asked, library_of, run

# Words of the order alone, as they stand in it, in an index of words, in evidence, and in what was said of other rules.
WORDS = ("quokka", "stakeout", "belfry", "is rescinded. quok", "section 5.24 is rescinded")
FILES = ("room.txt", "racks.txt", "quokka.txt", "amends.txt")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return library_of(tmp_path_factory.mktemp("all"), list(FILES))


@pytest.fixture
def folder(tmp_path: Path, made: Path) -> Path:
    return copy(made, tmp_path / "library")


def legible(folder: Path) -> dict[str, list[str]]:
    """The words that can be read, by file."""
    found: dict[str, list[str]] = {}
    for path, data in (*((path, path.read_bytes().lower()) for path in folder.rglob("*") if path.is_file()), *((Path(name), data.lower()) for name, data in files_of_server(folder))):
        here = [w for w in WORDS if w.encode() in data or w.encode("utf-16-le") in data]
        found |= {path.name: here} if here else {}
    return found


def item_of(folder: Path, name: str) -> str:
    with Library.open(folder) as library:
        return library.gate.item(name).sha256


def test_the_words_are_nowhere_any_more_and_the_library_is_sound(folder: Path) -> None:
    if not ON_POSTGRESQL:
        (folder / "library-0009.sqlite").write_bytes(PAPERS["quokka.txt"].encode())
    item = item_of(folder, "quokka.txt")
    with Library.open(folder) as library:
        before = str(library.store.last_moment())
    assert run(folder, "withdraw", "quokka.txt", *WHO).exit_code == 0
    assert legible(folder)
    done = run(folder, "purge", "quokka.txt", "--yes", "--by", "Sgt. A. Doe", "--because", "a court ordered it")
    assert done.exit_code == 0, done.output
    assert f"Item {item} (" in done.stdout
    assert legible(folder) == {}
    checked = asked(folder, "check")
    assert (checked["sound"], checked["faults"], checked["purged"][0]["because"]) == (True, [], "a court ordered it")
    assert "by Sgt. A. Doe: a court ordered it" in run(folder, "check").stdout
    # What was known by its days stays, and the words are gone from it too.
    then = asked(folder, "show", "5.24", "--on", "2016-01-01", "--as-known-on", before)
    assert (then["status"], "[purged]" in then["sentence"]) == ("not-in-force", True)
    assert asked(folder, "show", "5.24", "--on", "2016-01-01")["status"] == "in-force"
    said = " ".join(run(folder, "show", "5.24", "--on", "2016-01-01", "--as-known-on", before).stdout.split())
    assert "The words of an item of this rule were purged on" in said
    own = asked(folder, "show", "15-23", "--on", "2016-01-01", "--as-known-on", before)
    assert (own["text"], own["complete"]) == (None, False)
    refused = run(folder, "export", "15-23", "--as-known-on", before)
    assert refused.exit_code == 3
    assert "a court ordered it" in refused.output
    for command in (("history", "5.24", "--changes"), ("relations",), ("findings",), ("history", "5.24", "--as-known-on", before), ("changes", "--from", "2012-01-01", "--to", "2019-01-01", "--as-known-on", before), ("graph", "--as-known-on", before), ("report", "--on", "2016-01-01", "--as-known-on", before), ("relations", "--as-known-on", before)):
        said = run(folder, *command)
        assert said.exit_code == 0, (command, said.output, said.exception)
        assert not [w for w in WORDS if w in said.output.lower()], command


def test_the_same_bytes_are_not_taken_in_again(folder: Path, tmp_path: Path) -> None:
    run(folder, "withdraw", "quokka.txt", *WHO)
    run(folder, "purge", "quokka.txt", "--yes", *WHO)
    (tmp_path / "new.txt").write_text(PAPERS["quokka.txt"], encoding="utf-8")
    done = run(folder, "ingest", str(tmp_path / "new.txt"), "--json")
    assert done.exit_code == 1
    assert '"code": "store.purged"' in done.stdout
    assert "counsel asked for it" in done.stdout
    assert legible(folder) == {}
    again = run(folder, "withdraw", item_of_purged(folder), "--undo", *WHO)
    assert again.exit_code == 2


def item_of_purged(folder: Path) -> str:
    return str(asked(folder, "check")["purged"][0]["item"])


def test_only_a_withdrawn_file_is_purged_and_only_when_it_is_meant(folder: Path) -> None:
    assert run(folder, "purge", "quokka.txt", "--yes", *WHO).exit_code == 2
    run(folder, "withdraw", "quokka.txt", *WHO)
    assert run(folder, "purge", "quokka.txt", *WHO).exit_code in (1, 2)  # nobody answers
    assert run(folder, "purge", "quokka.txt", "--yes").exit_code == 2
    assert legible(folder)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE relation SET body = '[purged]'", "UPDATE document SET xml = '[purged]'", "DELETE FROM clause", "DELETE FROM clause_number", "UPDATE item SET name = '[purged]'",
        "UPDATE period SET body = '[purged]' WHERE recorded_to < '9999'", "UPDATE work SET title = '[purged]' WHERE recorded_to < '9999'", "DELETE FROM purge", "UPDATE withdrawal SET body = ''",
        "INSERT INTO purge(item, body, recorded_from) VALUES ('nothing', '{}', 'x')", "UPDATE date_reading SET body = '[purged]'", "DELETE FROM marking", "UPDATE relation SET kind = 'cites'",
    ],
)  # fmt: skip
@pytest.mark.parametrize("purged", [False, True])
def test_nothing_else_may_be_taken_out(folder: Path, statement: str, purged: bool) -> None:
    run(folder, "mark", "5.13", "public", *WHO)
    run(folder, "withdraw", "quokka.txt", *WHO)
    if purged:
        run(folder, "purge", "quokka.txt", "--yes", *WHO)
    if "FROM purge" in statement and not purged:
        return
    with database(folder) as laid:
        assert not statement.startswith("DELETE FROM clause") or laid.execute("SELECT count(*) FROM clause").fetchone()[0] > 0
    with pytest.raises(REFUSALS), database(folder) as laid:
        laid.execute(statement)


class Killed(BaseException):
    """The program ends here."""


@pytest.mark.parametrize("place", ["take_out", "drop", "vacuum"])
def test_a_program_killed_at_any_step_leaves_all_or_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    run(folder, "withdraw", "quokka.txt", *WHO)
    item = item_of(folder, "quokka.txt")

    def dies(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patch, Library.open(folder) as library:
        if place == "take_out":
            patch.setattr(purging, "_out_of_works", dies)
        elif place == "drop":
            patch.setattr(purging, "_sweep_tables" if ON_POSTGRESQL else "_sweep_folder", dies)
        else:
            patch.setattr(Store, "sweep", dies)
        from lineage.desk import Person

        with pytest.raises(Killed):
            library.gate.purge(item, Person("Sgt. A. Doe", "a court ordered it"))
    with Library.open(folder) as library:
        assert library.check() == []
        assert library.show("5.24", date(2016, 1, 1)).ruling.status == "in-force"
        recorded = item in library.store.purges()
    assert recorded is (place != "take_out")
    assert (legible(folder) == {}) is recorded


@postgresql_only
def test_a_purge_is_not_done_while_an_open_transaction_may_ask_for_the_old_rows(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purging, "SWEEPING_S", 0.5)
    run(folder, "withdraw", "quokka.txt", *WHO)
    with database(folder) as other:
        # A look of its own, which the server keeps for it.
        other.execute("COMMIT")
        other.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        other.execute("SELECT 1")
        done = run(folder, "purge", "quokka.txt", "--yes", *WHO, "--json")
        assert done.exit_code != 0
        told = json.loads(done.stdout)["error"]
        assert told["code"] == "store.purge-unfinished"
        assert "a transaction that is still open" in told["message"]
        assert legible(folder)
    assert run(folder, "check").exit_code == 0
    assert legible(folder) == {}


def test_the_log_goes_on_over_a_purge(folder: Path) -> None:
    item = item_of(folder, "quokka.txt")
    before = asked(folder, "check")["head"]
    run(folder, "withdraw", "quokka.txt", *WHO)
    run(folder, "purge", "quokka.txt", "--yes", *WHO)
    checked = asked(folder, "check", "--head", before)
    assert (checked["sound"], checked["contains"]["contained"]) == (True, True)
    with database(folder) as laid:
        # Nothing of a row that lost its words can be guessed from its earlier hash: the salt went with them.
        purged = {facts: set(json.loads(rows)) for facts, rows in laid.execute("SELECT facts, rows FROM logged WHERE act = 'purge'")}
        assert {"item", "document", "clause", "relation"} <= set(purged)
        for facts, rows, salts in laid.execute("SELECT facts, rows, salts FROM logged WHERE act = 'add'").fetchall():
            for at, key in enumerate(json.loads(rows)):
                assert (salts[16 * at : 16 * at + 16] == bytes(16)) == (key in purged.get(facts, ())), (facts, key)
        # A row as the purge left it is held to that.
        for trigger in ("item_kept", "item_fixed", "item_worded"):
            laid.execute(f"DROP TRIGGER {trigger}")
        laid.execute("UPDATE item SET title = 'other' WHERE sha256 = ?", (item,))
    assert any(f"Row {item} of the table item" in fault and "is not as the purge of" in fault for fault in asked_faults(folder))


def asked_faults(folder: Path) -> list[str]:
    done = run(folder, "check", "--json")
    assert done.exit_code == 3
    return list(json.loads(done.stdout)["faults"])
