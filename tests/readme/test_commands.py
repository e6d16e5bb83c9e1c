"""Every command that the README gives runs and prints what it shows; every command and option there is stands in it."""

from __future__ import annotations

import itertools
import json
import re
import shlex
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from lineage import profiles
from lineage.cli import main

from .parts import README, ROOT, blocks, commands, in_code, rows, set_up

DRAFTS = "lineage profile draft"


def call(line: str) -> Result:
    """A command line as the README writes it, run in this process."""
    words = shlex.split(line)
    assert words[0] == "lineage", line
    return CliRunner().invoke(main, words[1:], catch_exceptions=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where the README's user stands: a folder with `orders` and `draft.txt`, and the library that its first command makes."""
    place = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "corpus" / "orders", place / "orders", ignore=shutil.ignore_patterns("*.txt"))
    (draft,) = blocks("text")
    (place / "draft.txt").write_text(draft.text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        patch.delenv("LINEAGE_LIBRARY", raising=False)
        assert call(commands()[0]).exit_code == 0
        for line in commands():
            # Each command may run in a process that has not run those before it.
            if line.startswith(DRAFTS) or (line != commands()[0] and (" ingest " in line or " mark " in line)):
                assert call(line).exit_code == 0
        yield place


@pytest.mark.parametrize("line", commands())
def test_command_runs(line: str, folder: Path) -> None:
    if line.startswith(DRAFTS):
        (folder / line.split()[-1]).unlink()  # the later commands need it, and it is never overwritten
    done = call(line)
    assert done.exit_code == 0, done.output
    assert done.stdout.strip() or "--output" in line
    if line.endswith("--json"):
        json.loads(done.stdout)


@pytest.mark.parametrize("block", blocks("console"), ids=lambda b: b.text.splitlines()[0])
def test_example_is_what_is_printed(block, folder: Path) -> None:  # type: ignore[no-untyped-def]
    first, _, shown = block.text.partition("\n")
    done = call(first.removeprefix("$ ").replace("lineage ", "lineage --library my-library ", 1))
    printed = " ".join(done.stdout.split())
    for part in re.split(r"^\.\.\.$", shown, flags=re.M):
        wanted = " ".join(part.split())
        assert wanted in printed, f"README shows\n{wanted}\nprinted is\n{printed}"
        printed = printed[printed.index(wanted) + len(wanted) :]


def test_the_example_of_a_published_manual_is_what_is_printed(tmp_path: Path) -> None:
    (block,) = blocks("plain")
    first, _, shown = block.text.partition("\n")
    place = f"lineage --library {tmp_path / 'library'} "
    assert call(f"{place}ingest {ROOT / 'tests' / 'cases' / 'edition-against-orders'}").exit_code == 0
    printed = call(first.removeprefix("$ ").replace("lineage ", place, 1)).stdout
    for part in shown.split("...\n"):
        assert part.rstrip(".\n") in printed


def test_python_example_runs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (block,) = blocks("python")
    exec(compile(block.text, "README.md", "exec"), {})
    assert capsys.readouterr().out.startswith("not-provable The documents held do not establish")


def test_profile_example_is_a_profile(tmp_path: Path) -> None:
    (block,) = blocks("toml")
    path = tmp_path / "example-pd.toml"
    path.write_text(block.text, encoding="utf-8")
    loaded = profiles.load(str(path))
    assert (loaded.id, loaded.time_zone) == ("example-pd", "America/Chicago")
    own = loaded.reference[: len(tomllib.loads(block.text)["reference"])]
    for rule in own:
        assert all((m := rule.pattern.search(e["text"])) and m["number"] == e["number"] for e in rule.examples)
        assert not any(rule.pattern.search(text) for text in rule.counter)


def test_keys_of_a_profile_are_listed() -> None:
    written = {key.strip("[]") for row in rows("key", "holds") for key in in_code(row[0])}
    known: set[str] = set()
    for path in profiles.AGENCIES.glob("*.toml"):
        known |= set(tomllib.loads(path.read_text(encoding="utf-8")))
    assert known - written == set()


def test_set_up_commands_are_one_line_each() -> None:
    see, test = set_up()
    for line in (see, test):
        assert "\n" not in line
        assert line.startswith("python3 -m venv .venv && .venv/bin/pip install ")
    assert see.endswith(' ".[web]" && .venv/bin/lineage demo')
    assert test.endswith(' ".[dev]" && .venv/bin/python -m pytest')
    windows = "".join(b.text for b in blocks("powershell")).splitlines()
    assert [w.rsplit("\\", 1)[1] for w in windows] == [line.rsplit("/", 1)[1] for line in (see, test)]


def _documented() -> dict[str, set[str]]:
    """Command -> its options, as the table gives them."""
    found = {}
    for cell, _, options in rows("command", "does", "options"):
        name = in_code(cell)[0].removeprefix("lineage").split()
        found[" ".join(itertools.takewhile(str.islower, name))] = {word.split()[0] for word in in_code(options) if word.startswith("--")}
    return found


def _commands(group: click.Group = main, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command by the words that call it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from _commands(command, f"{before}{name} ")
        else:
            yield before + name, command


def _options(command: click.Command) -> set[str]:
    """The long names of a command's options; --help stands once, with the command before all others."""
    return {max(p.opts, key=len) for p in command.params if isinstance(p, click.Option)}


def test_every_command_and_option_is_documented() -> None:
    actual = {name: _options(command) for name, command in _commands()}
    actual[""] = _options(main) | {"--help"}
    assert _documented() == actual


def test_every_choice_is_documented() -> None:
    for name, command in _commands():
        row = next(r for r in rows("command", "does", "options") if in_code(r[0])[0].startswith(f"lineage {name}"))
        for option in command.params:
            if isinstance(option.type, click.Choice):
                words = set(" ".join(in_code(row[2])).split())
                assert set(option.type.choices) <= words, name


def test_shipped_profiles_are_named() -> None:
    assert all(f"`{name}`" in README for name in profiles.shipped())
