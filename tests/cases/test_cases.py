"""Every paper of the corpus against its gold, and every case folder against what it expects."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from lineage.errors import LineageError
from lineage.library import Library
from lineage.model import Period
from lineage.model.hours import When
from lineage.pipeline import Reading, read
from lineage.profiles import check
from lineage.rendering import verifying
from tests.shares import a_share

from .comparing import differences, written

ROOT = Path(__file__).resolve().parents[2]
CASES = sorted(path for path in Path(__file__).parent.iterdir() if path.is_dir() and not path.name.startswith("__"))
CORPUS = ROOT / "corpus"
SLUGS = sorted(path.stem for path in (CORPUS / "gold").glob("*.json") if path.stem != "answers")
OWN = ("expected.json", "got.json", "agency.toml")


@pytest.mark.parametrize("ending", ["pdf", "txt"])
@pytest.mark.parametrize("slug", SLUGS)
def test_a_paper_of_the_corpus_is_read_as_a_careful_reader_reads_it(slug: str, ending: str) -> None:
    gold = json.loads((CORPUS / "gold" / f"{slug}.json").read_text(encoding="utf-8"))
    found = differences(gold, read(CORPUS / "orders" / f"{slug}.{ending}"))
    assert not found, listed(found)


@pytest.mark.parametrize("case", a_share(CASES, 2), ids=lambda path: path.name)
def test_a_case_is_read_as_expected(case: Path) -> None:
    expected, papers = told(case)
    if expected is None:
        write_got(case, papers)
        pytest.fail(f"{case.name} has no expected.json. What was read is in got.json beside its papers: correct it by reading them, and keep it as expected.json.")
    unknown = set(expected.get("papers", {})) - {path.name for path in papers}
    assert not unknown, f"expected.json speaks of papers that are not there: {sorted(unknown)}"
    found = []
    for path in papers:
        if path.name in expected.get("papers", {}):
            found += [f"{path.name}: {fault}" for fault in differences(expected["papers"][path.name], read(path, profile(case, expected)))]
    assert not found, listed(found)


@pytest.mark.parametrize("case", a_share([case for case in CASES if (case / "agency.toml").exists()], 4), ids=lambda path: path.name)
def test_the_profile_of_a_case_is_sound(case: Path) -> None:
    assert check(str(case / "agency.toml")) == []


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_case_is_answered_as_expected(case: Path, tmp_path: Path) -> None:
    answered(case, tmp_path, backwards=False)


@pytest.mark.parametrize("case", a_share(CASES, 5), ids=lambda path: path.name)
def test_the_order_of_the_papers_of_a_case_changes_nothing(case: Path, tmp_path: Path) -> None:
    answered(case, tmp_path, backwards=True)


def answered(case: Path, tmp_path: Path, *, backwards: bool) -> None:
    """Take the papers of a case in, ask, and hold the answers against those expected. Backwards, the library is also proved sound."""
    expected, papers = told(case)
    if expected is None or not (expected.get("answers") or expected.get("verified")):
        return
    if backwards and len(papers) < 2 and "listings" not in expected:
        return  # there is one order only
    with Library.open(tmp_path / "library") as library:
        if backwards:
            observed(library, expected, papers, tmp_path, profile(case, expected))
        done = library.ingest(papers[::-1] if backwards else papers, profile(case, expected))
        if not backwards:
            assert {outcome.status for outcome in done} == {"added"}
            observed(library, expected, papers, tmp_path, profile(case, expected))
        works = {Path(outcome.path).name: outcome.work for outcome in done}
        held = {row.name: library.store.expressions() for row in library.store.items()}
        works = {name: next(x.work for x in held[name] if x.item == outcome.sha256) for name, outcome in zip(works, done, strict=True)}
        found = [fault for answer in expected.get("answers", ()) for fault in wrong(library, answer, works)]
        found += [fault for one in expected.get("verified", ()) for fault in unlike(library, one)]
        assert not backwards or library.check() == []
    if expected.get("open"):
        assert found, f"{case.name} is marked open and passes: take the mark away"
        pytest.xfail(expected["because"])
    assert not found, listed(found)


def profile(case: Path, expected: dict[str, Any]) -> str | None:
    """The profile that a case is read with: the one that it names, or the one in its folder."""
    own = case / "agency.toml"
    return str(own) if own.exists() else expected.get("profile")


def observed(library: Library, expected: dict[str, Any], papers: list[Path], folder: Path, profile: str | None) -> None:
    """Let the library see what the case says that a site showed."""
    if "listings" in expected:
        listing = folder / "listings.jsonl"
        listing.write_text("\n".join(map(json.dumps, expected["listings"])), encoding="utf-8")
        assert not library.observe(listing, papers[0].parent, profile).refused


def wrong(library: Library, expected: dict[str, Any], works: dict[str, str]) -> list[str]:
    """Where the answer to a question is not the one expected. ``ask`` may be the name of a paper: the work is meant that it is a text of."""
    name, on = expected["ask"], expected["on"]
    try:
        shown = library.show(works.get(name, name), When.of(on), unit=expected.get("unit"), rank=expected.get("rank"))
    except LineageError as error:
        return [] if expected.get("error") == error.code else [f"{name} on {on}: {error.message}"]
    if "error" in expected:
        return [f"{name} on {on}: answered with {shown.ruling.work.id}, and {expected['error']} was expected"]
    ruling = shown.ruling
    got = {
        "status": ruling.status,
        "number": ruling.work.number,
        "title": ruling.work.title,
        "holds": sum(w == ruling.work.id for w in works.values()),
        "other_holders": [f"{w.number or ''} {w.title}".strip() for w in shown.other_holders],
        "ground": ruling.ground,
        "operative": ruling.operative,
        "change_day": ruling.change_day,
        "change_hour": ruling.change_hour,
        "complete": ruling.complete,
        "valid_from": ruling.valid_from.isoformat() if ruling.valid_from else None,
        "valid_to": ruling.valid_to.isoformat() if ruling.valid_to else None,
        "in_force_since": ruling.in_force_since.isoformat() if ruling.in_force_since else None,
        "pending": [p.effective_on.isoformat() for p in ruling.pending],
    }
    found = [f"{name} on {on}: {field} is {got[field]!r}, not {expected[field]!r}" for field in got if field in expected and got[field] != expected[field]]
    if "only_findings" in expected and list(ruling.codes) != expected["only_findings"]:
        found.append(f"{name} on {on}: the findings are {list(ruling.codes)}, not {expected['only_findings']}")
    found += [f"{name} on {on}: no finding {code}; named are {list(ruling.codes)}" for code in expected.get("findings", ()) if code not in ruling.codes]
    found += [f"{name} on {on}: the sentence does not say “{words}”: {shown.sentence}" for words in expected.get("sentence", ()) if words not in shown.sentence]
    if "sentence_has" in expected and expected["sentence_has"] not in shown.sentence:
        found.append(f"{name} on {on}: “{expected['sentence_has']}” is not in its sentence “{shown.sentence}”")
    pending = [p.effective_on.isoformat() for p in ruling.pending]
    if pending != expected.get("pending", pending):
        found.append(f"{name} on {on}: pending are {pending}, not {expected['pending']}")
    said = [b.answer for b in ruling.bound]
    if "applies" in expected and said != [expected["applies"]] * len(said):
        found.append(f"{name} on {on} for {expected.get('unit')}, {expected.get('rank')}: {[(b.answer, b.why) for b in ruling.bound]}, not {expected['applies']}")
    if "touched_by" in expected:
        touches = [{"name": t.name, "status": t.status, "kinds": list(t.kinds), "prevails": {None: "not said", t.work.id: "it"}.get(t.by, "this")} for t in shown.touches]
        found += [] if touches == expected["touched_by"] else [f"{name} on {on}: touched by {touches}, not {expected['touched_by']}"]
    if "text" in expected and shown.text != expected["text"]:
        found.append(f"{name} on {on}: its text is {shown.text!r}, not {expected['text']!r}")
    if "text_has" in expected and expected["text_has"] not in (shown.text or ""):
        found.append(f"{name} on {on}: “{expected['text_has']}” is not in its text")
    return found


def unlike(library: Library, expected: dict[str, Any]) -> list[str]:
    """Where a published text held against ours does not give what is expected."""
    (one,) = library.verify(expected["ask"], date.fromisoformat(expected["on"]) if "on" in expected else None)
    shape = verifying.shape([one], None)["works"][0]
    shape["differences"] = [
        {
            "marker": d["marker"], "ours": d["ours"], "published": d["published"], "changes": [[c["ours"], c["published"]] for c in d["changes"]], "explained_by": d["explained_by"],
            "by": (d["order"] or d["text"] or {"name": None})["name"], "proof": (d["order"] or {"proof": None})["proof"], "in_ours": d["in_ours"],
            "possible": [o["name"] for o in d["possible"]], "not_shown": [o["name"] for o in d["not_shown"]],
        }
        for d in shape["differences"]
    ]  # fmt: skip
    found = [f"{expected['ask']} verified: {key} is {shape[key]!r}, not {expected[key]!r}" for key in ("status", "layout", "reason") if shape[key] != expected.get(key, shape[key])]
    if len(shape["differences"]) != len(expected["differences"]):
        return [*found, f"{expected['ask']} verified: {len(shape['differences'])} differences, not {len(expected['differences'])}: {shape['differences']}"]
    pairs = [(got[key], wanted[key], key) for got, wanted in zip(shape["differences"], expected["differences"], strict=True) for key in wanted]
    return found + [f"{expected['ask']} verified: {key} is {got!r}, not {wanted!r}" for got, wanted, key in pairs if got != wanted]


def told(case: Path) -> tuple[dict[str, Any] | None, list[Path]]:
    """What a case expects (None for a new one) and its papers."""
    file = case / "expected.json"
    expected = json.loads(file.read_text(encoding="utf-8")) if file.exists() else None
    named = [ROOT / path for path in (expected or {}).get("input", ())]
    papers = named or sorted(path for path in case.iterdir() if path.name not in OWN)
    assert papers, f"{case.name} has no paper"
    return expected, papers


def write_got(case: Path, papers: list[Path]) -> None:
    """What the papers were read as, and how their works stood before and on each day of a change, in the form of ``expected.json``."""
    readings: dict[str, Reading] = {path.name: read(path) for path in papers}
    import tempfile

    with tempfile.TemporaryDirectory() as folder, Library.open(folder) as library:
        library.ingest(papers)
        answers = [
            {"ask": work.id, "on": day.isoformat(), "status": period.status, "findings": list(period.findings)}
            for work in library.store.works() for period in library.store.periods(work=work.id) for day in days(period)
        ]  # fmt: skip
    got = {"shows": "", "profile": None, "papers": {name: written(reading) for name, reading in readings.items()}, "answers": answers}
    (case / "got.json").write_text(json.dumps(got, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def days(period: Period) -> list[date]:
    """The first and the last day of a period, as far as it has them."""
    start, end = period.interval.start, period.interval.end
    return sorted({day for day in (start, end - timedelta(days=1) if end else None) if day is not None})


def listed(found: list[str]) -> str:
    return "\n  " + "\n  ".join(found)
