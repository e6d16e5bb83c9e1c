"""A draft says what the papers show, is sound as it stands, and helps to read them."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lineage import profiles
from lineage.cli import main
from lineage.drafting import draft
from lineage.pipeline import read
from tests.shares import a_share

ROOT = Path(__file__).resolve().parents[2]
FORCES = ["Radio Use", "Evidence Lockers", "Foot Patrol", "Cell Checks", "Bicycle Units", "Night Duty"]


def paper(number: int, title: str) -> str:
    return "\n".join(
        [
            "VILLAGE OF NOWHERE POLICE DEPARTMENT", "", "STATION CIRCULAR", "",
            f"Circular Ref: {number}/2019-B", f"Promulgated: March {number}, 2019", f"In Force From: April {number}, 2019", f"Concerning: {title}",
            f"Countersigned: Captain {'ABCDEF'[number - 1]}. Example", "",
            f"1. PURPOSE. This circular deals with {title.lower()}.", "2. RULE. Members of the Nowhere Police shall act as ordered in Illinois.",
            f"3. OTHERS. See SC {number + 1}/2019-B and SC {number + 2}/2018-B. This circular withdraws and replaces whatever order stood before.",
            "", "Nowhere Print Shop form 77",
        ]
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Six circulars of a department of a style that no profile knows."""
    place = tmp_path / "nowhere"
    place.mkdir()
    for n, title in enumerate(FORCES, 1):
        (place / f"circular-{n}.txt").write_text(paper(n, title), encoding="utf-8")
    (place / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(60))
    return place


def call(*words: str) -> Result:
    return CliRunner().invoke(main, ["profile", "draft", *words], catch_exceptions=False)


def test_what_the_papers_show_stands_in_it(folder: Path) -> None:
    made = draft(folder)
    table = tomllib.loads(made.text)
    assert (made.read, made.refused) == (6, 1)
    assert (table["id"], table["name"]) == ("nowhere-pd", "Village of Nowhere Police Department")
    assert table["labels"] == {"issued": ["Promulgated"], "effective": [r"In\s+Force\s+From"], "title": ["Concerning"]}
    assert "# country = \"us-il\"" in made.text
    assert "Refused: logo.png" in made.text
    assert "Countersigned: in 6 of 6 papers, beside it: Captain" in made.text
    assert "withdraws and replaces whatever order stood before" in made.text
    assert "Nowhere\\s+Print\\s+Shop\\s+form\\s+\\d+" in made.text
    assert "# issue_is_effect" not in made.text, "both days stand in every paper only by labels that are not known yet"


def test_it_is_sound_and_helps_to_read(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "nowhere.toml"
    assert call(str(folder), "--output", str(path)).exit_code == 0
    assert profiles.check(str(path)) == []
    before, after = (read(folder / "circular-2.txt", profile).outline.heading for profile in ("generic", str(path)))
    assert not [d for d in before.dates if d.role in ("issued", "effective")]
    assert {d.role: d.raw for d in after.dates} == {"issued": "March 2, 2019", "effective": "April 2, 2019"}
    assert after.title == "Evidence Lockers"


def test_a_name_and_a_number_on_one_row_are_a_series(tmp_path: Path) -> None:
    place = tmp_path / "orders"
    place.mkdir()
    for n in range(1, 6):
        words = f"ANYTOWN POLICE DEPARTMENT\nPatrol Instruction P{n}-0{n}\nRESCINDED {n}-25-21\n\n1. PURPOSE. Rule {n}.\n"
        (place / f"{n}.txt").write_text(words, encoding="utf-8")
    path = tmp_path / "anytown.toml"
    call(str(place), "--output", str(path))
    before, after = (read(place / "3.txt", profile).outline.heading for profile in ("generic", str(path)))
    assert before.number is None
    assert (after.series, after.number) == ("patrol-instruction", "P3-03")
    assert "[[series]]\nid = 'rescinded'" not in path.read_text(encoding="utf-8")


def test_a_file_is_never_overwritten(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("mine", encoding="utf-8")
    done = call(str(folder), "--output", str(path))
    assert done.exit_code == 2
    assert path.read_text(encoding="utf-8") == "mine"


@pytest.mark.long
def test_without_an_output_it_is_printed(folder: Path) -> None:
    done = call(str(folder))
    assert tomllib.loads(done.stdout)["id"] == "nowhere-pd"
    assert json.loads(call(str(folder), "--json").stdout)["read"] == 6


@pytest.mark.parametrize("made", ["empty", "missing", "file"])
def test_nothing_to_draft_from(tmp_path: Path, made: str) -> None:
    place = tmp_path / made
    if made == "empty":
        place.mkdir()
    elif made == "file":
        place.write_text("words", encoding="utf-8")
    done = call(str(place), "--json")
    assert (done.exit_code, json.loads(done.stdout)["error"]["code"]) == (3, "drafting.no-papers")


def test_words_that_could_break_out_of_a_comment_or_a_text_do_not(tmp_path: Path) -> None:
    evil = "Sheriff's\\Date\x0b'''\"\"\" # ]]: [x]\nOrder No: 1'2\"3\nThing \x1b[31m]: \u2028 id = 'x'\nDate Signed Off: 1/2/2020\nCirc \\Q: 5/6/2020\n" + "({[*+?" * 9 + ": 3/4/2020\n"
    for n in range(3):
        (tmp_path / f"{n}.txt").write_text(f"O'Hara Police Department\n{evil}\n1. Rule {n}.\n", encoding="utf-8")
    made = draft(tmp_path)
    assert profiles.check_text(made.text) == []
    assert tomllib.loads(made.text)["name"] == "O'Hara Police Department"


@pytest.mark.long
def test_the_corpus_is_drafted_from() -> None:
    made = draft(ROOT / "corpus" / "orders")
    assert profiles.check_text(made.text) == []
    assert "Long Beach" in tomllib.loads(made.text)["name"]


@pytest.mark.shared
@pytest.mark.parametrize("name", a_share(["lake-county", "bloomington", "buffalo-grove", "springfield", "urbana"], 5))
def test_real_folders_are_drafted_from(shared: Path, name: str) -> None:
    made = draft(shared / "orders" / name)
    assert profiles.check_text(made.text) == []
    assert name.replace("-", " ").title() in tomllib.loads(made.text)["name"]
