"""What all tests share: the folder of real documents, and how many tests went without it."""

from __future__ import annotations

import os
from collections.abc import Generator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# The same cases at every run, so that a change is judged by what it changed; LINEAGE_SEARCH=1 looks for new ones.
settings.register_profile("steady", derandomize=True)
settings.load_profile("default" if os.environ.get("LINEAGE_SEARCH") == "1" else "steady")

SHARED = Path(os.environ.get("LINEAGE_SHARED") or Path(__file__).resolve().parents[2] / "shared")
ABSENT = "The folder of real documents is not here; name it in LINEAGE_SHARED to run this test."
NO_OCR = "The extra that reads scans is not installed (pip install '.[ocr]'); this test needs it."
NO_SKIPS = os.environ.get("LINEAGE_NO_SKIPS") == "1"


_server: list[Any] = []


def pytest_configure(config: pytest.Config) -> None:
    """With ``LINEAGE_TEST_ENGINE=postgresql`` every library that a test makes is kept in a server, which is started once; where there is none, nothing is tested."""
    if os.environ.get("LINEAGE_TEST_ENGINE", "sqlite") != "postgresql" or hasattr(config, "workerinput"):
        return
    from tests.kept.server import Server

    try:
        _server.append(Server())
    except LookupError as error:
        raise pytest.UsageError(str(error)) from error
    os.environ["LINEAGE_NEW_LIBRARIES"] = _server[0].address


def pytest_unconfigure(config: pytest.Config) -> None:
    while _server:
        _server.pop().stop()


@pytest.fixture(scope="session", autouse=True)
def compiled(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Programs that the tests start find compiled modules, as those of an installation do, also where none may be written beside the sources."""
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        os.environ["PYTHONPYCACHEPREFIX"] = str(tmp_path_factory.getbasetemp().parent / "compiled")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents. Only tests marked ``shared`` may ask for it, and they run only where it is."""
    return SHARED


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("shared") is not None and not SHARED.is_dir():
        pytest.skip(ABSENT)
    if item.get_closest_marker("ocr") is not None and not (find_spec("rapidocr") and find_spec("onnxruntime")):
        pytest.skip(NO_OCR)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, None]:
    outcome = yield
    report = outcome.get_result()
    if NO_SKIPS and report.skipped and item.get_closest_marker("shared") is not None:
        # Where nothing may be left out, a test that found nothing to test has failed.
        why = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"LINEAGE_NO_SKIPS is set and this test was skipped. {why}"


def pytest_terminal_summary(terminalreporter: Any) -> None:
    skipped = [r for r in terminalreporter.stats.get("skipped", []) if "shared" in getattr(r, "keywords", {})]
    if skipped:
        terminalreporter.write_line(f"{len(skipped)} tests were skipped because the folder of real documents ({SHARED.name}) is not here; LINEAGE_SHARED names it.")
