"""A profile at fault: every fault at once, each with its key and its line."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lineage import profiles
from lineage.cli import main
from lineage.profiles.places import places
from tests.shares import a_share

START = "id = 'x'\nname = 'X'\n"
STAMP = "[[stamp]]\nname = 'gone'\nkind = 'rescinds'\npattern = 'GONE (?P<on>{date})'\n"


def call(*words: str) -> Result:
    return CliRunner().invoke(main, ["profile", "check", *words], catch_exceptions=False)


def found(text: str) -> list[tuple[int, str]]:
    return [(fault.line, fault.key) for fault in profiles.check_text(START + text)]


@pytest.fixture
def untimed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the trial of patterns on long texts, which takes a process of its own."""
    monkeypatch.setattr("lineage.profiles.proof._slow", lambda *_: iter(()))


@pytest.mark.parametrize("name", a_share(sorted(profiles.shipped(), key=lambda name: name != "generic"), 4))
def test_shipped_profiles_are_sound(name: str) -> None:
    assert profiles.check(name) == []


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ("nmae = 'x'", 3, "nmae"),
        ("numeric_dates = 'no'", 3, "numeric_dates"),
        ("abbreviations = ['X', 3]", 3, "abbreviations[2]"),
        ("recognise = [\n 'a',\n '(b',\n]", 5, "recognise[2]"),
        ("time_zone = 'America/Chikago'", 3, "time_zone"),
        ("country = 'USA'", 3, "country"),
        ("extends = 'nobody'", 3, "extends"),
        ("number = '[0-9'", 3, "number"),
        ("[labels]\nisued = ['Date']", 4, "labels.isued"),
        ("[index]\nnumbr = ['No']", 4, "index.numbr"),
        ("index_head = 'No'", 3, "index_head"),
        ("[labels]\nissued = ['Date', 'D(']", 4, "labels.issued[2]"),
        ("[labels]\nissued = 'Date'", 4, "labels.issued"),
        ("[[series]]\nid = 'a'\nname = 'A'", 3, "series.a"),
        ("[[series]]\nid = 'a'\nname = 'A'\npattern = 'a'\n[[series]]\nid = 'a'\nname = 'B'\npattern = 'b'", 8, "series.a.id"),
        (f"{STAMP}examples = ['GONE 1/2/2020']\ncolour = 'red'", 8, "stamp.gone.colour"),
        (f"{STAMP}", 3, "stamp.gone"),
        (f"{STAMP}examples = [\n  'GONE 1/2/2020',\n  'gone 1/2/2020',\n]", 9, "stamp.gone.examples[2]"),
        (f"{STAMP}examples = [{{ text = 'GONE 1/2/2020', on = '1/2/2021' }}]", 7, "stamp.gone.examples[1]"),
        (f"{STAMP}examples = [{{ text = 'GONE 1/2/2020', at = '1/2/2020' }}]", 7, "stamp.gone.examples[1]"),
        (f"{STAMP}examples = ['GONE 1/2/2020']\ncounter = ['BY', 'GONE 3/4/2020']", 8, "stamp.gone.counter[2]"),
        (f"{STAMP}examples = ['GONE 1/2/2020']\n{STAMP}examples = ['GONE 1/2/2020']", 9, "stamp.gone.name"),
        (f"{STAMP}examples = ['GONE 1/2/2020']\nstems = ['absent']", 7, "stamp.gone.examples[1]"),
        (f"{STAMP}examples = ['GONE 1/2/2020']\nscope = 'half'", 8, "stamp.gone.scope"),
        (f"{STAMP}examples = ['GONE 1/2/2020']\nseries = 'nowhere'", 8, "stamp.gone.series"),
        ("[[stamp]]\nname = 'a'\nkind = 'ends'\npattern = 'A'\nexamples = ['A']", 5, "stamp.a.kind"),
        ("[[relation]]\nname = 'a'\nkind = 'rescinds'\npattern = 'ends {targett}'\nexamples = ['ends {targett}']", 6, "relation.a.pattern"),
        ("[[furniture]]\nname = 'a'\npattern = '^A$'\nexamples = ['A']", 3, "furniture.a"),
        ("[old_numbers]\npattern = 'a'\nsince = 2012-01-01\nsettled = 'soon'", 3, "old_numbers"),
        ("[stamp]\nname = 'a'", 3, "stamp"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("untimed")
def test_a_fault_is_named_with_line_and_key(text: str, line: int, key: str) -> None:
    assert (line, key) in found(text)


def test_all_faults_are_named_at_once() -> None:
    text = "country = 'USA'\nnmae = 'x'\n[[reference]]\nname = 'a'\npattern = '[z'\n[[relation]]\nname = 'b'\nkind = 'rescinds'\npattern = 'ends {target}'\nexamples = ['nothing']"
    assert found(text) == [(3, "country"), (4, "nmae"), (5, "reference.a"), (7, "reference.a.pattern"), (12, "relation.b.examples[1]")]


def test_what_stands_here_may_be_used() -> None:
    assert found(f"{STAMP}examples = ['GONE 1/2/2020']\ncounter = ['GONE FOREVER']\n[labels]\nissued = ['Order Date']") == []
    assert found("[[relation]]\nname = 'ends'\nkind = 'rescinds'\npattern = '\\bends {targets}'\nexamples = [{ text = 'It ends Special Order 1-2.', target = 'Special Order 1-2' }]") == []


def test_a_pattern_that_runs_away_deep_within_it_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither one sign again and again nor the examples show it: it takes the words before it."""
    monkeypatch.setattr("lineage.profiles.proof.ALL_SECONDS", 1.0)
    monkeypatch.setattr("lineage.profiles.proof.ONE_SECONDS", 2.0)
    text = "[[furniture]]\nname = 'slow'\nkind = 'foot'\npattern = 'SUPERSEDED BY (?:[A-Z0-9][A-Z0-9.-]*[ ]?){1,6}?(?= ON|$)'\nexamples = ['SUPERSEDED BY SO 12 ON']"
    assert [(f.line, f.key) for f in profiles.check_text(START + text) if "hold up" in f.message] == [(6, "furniture.slow.pattern")]


@pytest.mark.long
@pytest.mark.parametrize("pattern", a_share([r"(?:[A-Z]+\s*)+!", r"(?:\w+\s?)*:"], 2))
def test_a_pattern_that_does_not_end_is_a_fault(pattern: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lineage.profiles.proof.ALL_SECONDS", 1.0)
    monkeypatch.setattr("lineage.profiles.proof.ONE_SECONDS", 2.0)
    began = time.monotonic()
    text = f"[[furniture]]\nname = 'slow'\nkind = 'foot'\npattern = '{pattern}'\nexamples = ['A 1!', 'a:', 'ab', '1-x']"
    faults = profiles.check_text(START + text)
    assert [(f.line, f.key) for f in faults if "hold up" in f.message] == [(6, "furniture.slow.pattern")]
    assert time.monotonic() - began < 60


@pytest.mark.parametrize("text", ["id = ", "id = 'x'\nid = 'y'", "[a\n", "x = [1,,2]", "\x00"])
def test_what_is_no_toml_is_named_with_its_line(text: str) -> None:
    (fault,) = profiles.check_text("# first\n" + text)
    assert fault.line >= 2
    assert "no valid TOML" in fault.message


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b"id = 'x'\n# \xff\n")
    assert [(f.line, "UTF-8" in f.message) for f in profiles.check(str(path))] == [(2, True)]


def test_the_command_names_file_line_and_key(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(START + "country = 'USA'\n", encoding="utf-8")
    done = call(str(path))
    assert done.exit_code == 3
    assert f"{path}, line 3, country: 'USA' cannot stand" in done.stdout
    done = call(str(path), "--json")
    assert (done.exit_code, json.loads(done.stdout)["sound"], json.loads(done.stdout)["faults"][0]["line"]) == (3, False, 3)
    path.write_text(START, encoding="utf-8")
    done = call(str(path))
    assert (done.exit_code, "is sound" in done.stdout) == (0, True)
    assert json.loads(call("cpd", "--json").stdout) == {"profile": "cpd", "sound": True, "faults": []}
    assert call("nowhere").exit_code == 3


def test_lines_are_found_whatever_stands_around() -> None:
    text = 'a."b c".d = 1 # x = 2\n"e" = """\nf = 3\n"""\ng = [ # [\n  "]", {h = \'}\', i = [1,\n 2]},\n]\n[[j]]\nk = 1\n[[j]]\n[j.l]\nm = \'\'\'\n[n]\'\'\'\no = 1979-05-27 07:32:00Z\n'
    seen = places(text)
    wanted = {("a", "b c", "d"): 1, ("e",): 2, ("g",): 5, ("g", 0): 6, ("g", 1, "i"): 6, ("g", 1, "i", 1): 7, ("j", 0, "k"): 10, ("j", 1): 11, ("j", 1, "l"): 12, ("j", 1, "l", "o"): 15}
    assert {key: seen.lines.get(key) for key in wanted} == wanted


VALUES = st.recursive(
    st.one_of(st.text(max_size=8), st.booleans(), st.integers(-9, 9)), lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)), max_leaves=6
)


def toml(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key, ensure_ascii=False)} = {toml(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


@pytest.mark.usefixtures("untimed")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["id", "name", "labels", "series", "stamp", "relation", "number", "recognise", "old_numbers", "null_targets", "x"]), VALUES, max_size=4))
def test_whatever_the_values_are_they_are_faults_and_no_error(table: dict[str, object]) -> None:
    assert isinstance(profiles.check_text("\n".join(f"{key} = {toml(value)}" for key, value in table.items())), list)
