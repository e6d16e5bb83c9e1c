"""The JSON of the pages is that of the command line, and no question breaks it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings

from lineage import web
from lineage.cli import main

from .desk import visitor

CHECKS = [schemathesis.checks.not_a_server_error, schemathesis.checks.response_schema_conformance, schemathesis.checks.status_code_conformance, schemathesis.checks.content_type_conformance]
WORK = "lbpd/manual-section/3.48/1"
SAME = [
    (f"/api/show/{WORK}?on=2020-06-01", ["show", WORK, "--on", "2020-06-01"]),
    ("/api/show/3.48?on=2020-06-01&published=2020-06-01", ["show", "3.48", "--on", "2020-06-01", "--as-published-on", "2020-06-01"]),
    ("/api/show/3.48?on=2021-07-22&at=09:30", ["show", "3.48", "--on", "2021-07-22T09:30"]),
    ("/api/why/3.48?on=2022-01-01", ["why", "3.48", "--on", "2022-01-01"]),
    ("/api/history/3.48", ["history", "3.48"]),
    ("/api/in-force?on=2020-06-01&all=true", ["in-force", "--on", "2020-06-01", "--all"]),
    ("/api/in-force?on=2020-06-01&match=internet&rank=Sergeant", ["in-force", "--on", "2020-06-01", "--match", "internet", "--rank", "Sergeant"]),
    ("/api/compare/7.1.2.8?start=2018-01-01&end=2020-01-01", ["compare", "7.1.2.8", "2018-01-01", "2020-01-01"]),
    ("/api/relations?work=3.48", ["relations", "3.48"]),
    ("/api/findings", ["findings"]),
    ("/api/search?q=internet&on=2020-06-01", ["search", "internet", "--on", "2020-06-01"]),
    ("/api/search?q=internet&all=true", ["search", "internet"]),
    ("/api/changes?start=2019-01-01&end=2021-12-31", ["changes", "--from", "2019-01-01", "--to", "2021-12-31"]),
    ("/api/report?on=2020-06-01", ["report", "--on", "2020-06-01"]),
]


@pytest.mark.parametrize(("address", "command"), SAME, ids=[address for address, _ in SAME])
def test_the_shapes_are_those_of_the_command_line(corpus_library: Path, address: str, command: list[str]) -> None:
    said = CliRunner().invoke(main, ["--library", str(corpus_library), *command, "--json"])
    assert visitor(corpus_library).get(address).json() == json.loads(said.stdout)


def test_errors_are_those_of_the_command_line(corpus_library: Path) -> None:
    for address, command in (("/api/show/18-04?on=2010-01-01", ["show", "18-04", "--on", "2010-01-01"]), ("/api/show/99.99?on=2010-01-01", ["show", "99.99", "--on", "2010-01-01"])):
        said = CliRunner().invoke(main, ["--library", str(corpus_library), *command, "--json"])
        assert visitor(corpus_library).get(address).json() == json.loads(said.stdout)


def _tried(folder: Path, most: int) -> int:
    """How many questions made up from the API's own description were asked; each must be answered without a fault of the program."""
    made: Any = web.make(web.Settings(str(folder), names=("testserver",), caps=web.settings.Caps(requests=10**9)))
    described = schemathesis.openapi.from_asgi("/api/openapi.json", made)
    asked = 0
    for found in described.get_all_operations():
        operation = found.ok()

        def ask(case: Any) -> None:
            nonlocal asked
            asked += 1
            case.validate_response(case.call(), checks=CHECKS)

        calm = settings(max_examples=most, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
        calm(given(operation.as_strategy())(ask))()
    return asked


def test_made_up_questions_break_nothing(corpus_library: Path) -> None:
    assert _tried(corpus_library, 12) > 80


@pytest.mark.long
def test_many_made_up_questions_break_nothing(corpus_library: Path) -> None:
    assert _tried(corpus_library, 300) > 2000
