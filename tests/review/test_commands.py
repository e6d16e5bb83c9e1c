"""The commands as a person types them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from lineage.cli import main
from tests.kept import copy

WHO = ("--by", "Sgt. A. Doe", "--because", "the log of orders names it")


def run(folder: Path, *words: str, keys: str | None = None) -> Any:
    return CliRunner().invoke(main, ["--library", str(folder), *words], input=keys)


def questions(folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run(folder, "review", "--json").stdout)["questions"]
    return found


def test_the_list_shows_the_sentence_the_words_their_place_and_the_keys(folder: Path) -> None:
    out = run(folder, "review").stdout
    assert "“Section 5.13 or Section 5.24 is rescinded”  either.txt p. 1" in out
    assert "a  it rescinds the rule as read, from January 9, 2015" in out
    assert "4 open questions" in out


def test_a_decision_is_made_shown_and_kept(folder: Path) -> None:
    first = next(q for q in questions(folder) if "5.13" in q["question"])
    done = run(folder, "decide", first["id"], "accept", *WHO)
    assert done.exit_code == 0
    assert "accepted: Policy 5.13" in done.stdout
    shown = json.loads(run(folder, "show", "5.13", "--on", "2016-01-01", "--json").stdout)
    assert shown["status"] == "not-in-force"
    assert [(d["by"], d["counts"]) for d in shown["decided"]] == [("Sgt. A. Doe", True)]
    assert "by a person's decision" in run(folder, "in-force", "--on", "2016-01-01", "--all").stdout
    assert len(questions(folder)) == 3
    assert "Because: the log of orders names it" in run(folder, "decisions").stdout


def test_questions_are_answered_one_by_one_at_a_key_each(folder: Path) -> None:
    done = run(folder, "review", "--by", "Sgt. A. Doe", keys="r\nthe clerk remembers\na\nit is in the log\ns\nq\n")
    assert done.exit_code == 0, done.output
    assert "2 answered; 2 questions are open." in done.stdout


def test_a_day_is_typed_where_one_is_asked_for(folder: Path) -> None:
    date = next(q for q in questions(folder) if q["about"] == "date")
    assert run(folder, "decide", date["id"], "correct", "--day", "2014-09-30", *WHO).exit_code == 0
    assert json.loads(run(folder, "show", "5.40", "--on", "2015-01-01", "--json").stdout)["status"] == "in-force"


def test_a_stretch_is_ruled_by_its_key_or_in_words(folder: Path) -> None:
    lamps = next(q for q in questions(folder) if q["about"] == "stretch")
    done = run(folder, "decide", lamps["id"], "correct", "--status", "in-force", "--from", "2013-06-01", "--through", "2017-12-31", "--text", "lamps.txt", "--json", *WHO)
    (made,) = json.loads(done.stdout)["decisions"]
    assert made["correction"]["to"] == "2018-01-01"
    assert "in force from June 1, 2013 through December 31, 2017" in run(folder, "decisions").stdout
    rest = next(q for q in questions(folder) if q["about"] == "stretch")
    assert run(folder, "decide", rest["id"], "1", *WHO).exit_code == 0
    assert not [q for q in questions(folder) if q["about"] == "stretch"]


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("decide", "q-000000000000", "accept", *WHO), 3, "no open question"),
        (("decide", "q-000000000000", "accept"), 2, "needs a name"),
        (("decide", "d-000000000000", "withdraw", *WHO), 3, "no decision"),
        (("review", "9.99"), 3, "9.99"),
        (("decisions", "--import", "nowhere.jsonl"), 2, "cannot be read"),
        (("attest", "--series", "policy", "--on", "2020-01-01"), 2, "needs a name"),
    ],
)
def test_what_cannot_be_done_is_said(folder: Path, words: tuple[str, ...], code: int, says: str) -> None:
    done = run(folder, *words)
    assert done.exit_code == code
    assert says in done.stderr


def test_decisions_go_out_and_come_back(folder: Path, tmp_path: Path, made_backwards: Path) -> None:
    first = questions(folder)[0]
    run(folder, "decide", first["id"], "reject", *WHO)
    kept = tmp_path / "decisions.jsonl"
    assert "1 decisions written" in run(folder, "decisions", "--export", str(kept)).stdout
    copy(made_backwards, tmp_path / "other")
    assert "1 decisions taken" in run(tmp_path / "other", "decisions", "--import", str(kept)).stdout
    assert len(questions(tmp_path / "other")) == 3


def test_what_is_alike_is_shown_before_all_of_it_is_answered(folder: Path) -> None:
    first = next(q for q in questions(folder) if q["about"] == "relation")
    stopped = run(folder, "decide", first["id"], "reject", "--all-alike", *WHO, keys="n\n")
    assert stopped.exit_code == 2
    assert "2 questions are alike" in stopped.stderr
    assert len(questions(folder)) == 4
    assert run(folder, "decide", first["id"], "reject", "--all-alike", "--yes", *WHO).exit_code == 0
    assert len(questions(folder)) == 2


def test_what_is_missing_is_listed(folder: Path) -> None:
    assert json.loads(run(folder, "missing", "--json").stdout)["in_all"] == 0
    assert "Nothing is named that is not held." in run(folder, "missing").stdout
    assert "Kept: by Sgt. A. Doe every paper of generic/policy" in run(folder, "attest", "--series", "policy", "--on", "2020-01-01", *WHO).stdout
