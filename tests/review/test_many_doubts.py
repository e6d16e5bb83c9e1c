"""A real library with hundreds of doubts: the first thirty questions, answered from what the site showed, settle most of what thirty answers could settle."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from pathlib import Path

import pytest

from lineage import review
from lineage.library import Library
from lineage.model import Period
from lineage.model.decision import Correction, Decision, Question, open_stretch, ref_of
from lineage.pipeline.deciding import decide

ASKED = 30
AT_LEAST = 2 / 3
NOW = datetime(2021, 6, 1, tzinfo=UTC)  # the papers end here: what is open later is not asked about

Shown = list[tuple[date, dict[str, set[str]]]]


def shown_by_day(library: Library, shared: Path) -> Shown:
    """The texts of each rule that the site showed on each day."""
    hashes = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (shared / "cpd" / "html").iterdir()}
    makers = library.store.makers(list(hashes.values()))
    days: Shown = []
    for line in (shared / "cpd" / "snapshots.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        texts: dict[str, set[str]] = defaultdict(set)
        for name in row["files"]:
            if hashes[name] in makers:
                texts[makers[hashes[name]]].add(hashes[name])
        days.append((date.fromisoformat(row["on"]), texts))
    return days


def open_periods(library: Library) -> dict[str, list[Period]]:
    found: dict[str, list[Period]] = defaultdict(list)
    for period in library.store.periods():
        if open_stretch(period):
            found[period.work].append(period)
    return found


def doubted(periods: dict[str, list[Period]], shown: Shown) -> int:
    """The pairs of a rule and a day of the site that are in doubt, and of which the site tells."""
    return sum(p.interval.covers(on) and len(texts.get(w, ())) <= 1 for w, own in periods.items() for p in own for on, texts in shown)


def asked_about(question: Question, periods: dict[str, list[Period]], library: Library) -> dict[str, list[Period]]:
    """The open periods that hang on a question."""
    if question.subject != "stretch":
        return {w: periods[w] for w in question.works}
    texts = {w: library.store.expressions(w) for w in question.works}
    return {w: [p for p in periods[w] if ref_of(p, texts[w]) == question.ref] for w in question.works}


def answers(question: Question, periods: dict[str, list[Period]], shown: Shown) -> list[Decision]:
    """What the site tells about one question."""

    def said(correction: Correction | None) -> Decision:
        return review.decided(question, "correct" if correction else "reject", by="Records Unit", because="as the site showed it", at="2021-06-01T00:00:00Z", correction=correction)

    if question.subject == "relation":
        several = [o for o in question.options if o.correction and o.correction.target]
        start = min(p.interval.start for w in question.works for p in periods[w] if p.interval.start)
        after = next((texts for on, texts in shown if on > start), {})
        gone = [o for o in several if o.correction and o.correction.target not in after]
        return [said(gone[0].correction)] if len(gone) == 1 else [said(None)] if not gone else []
    work = question.works[0]
    inside = [(on, texts.get(work, set())) for on, texts in shown if any(p.interval.covers(on) for p in periods[work])]
    found = []
    for texts, run in groupby(inside, key=lambda one: one[1]):
        days = [on for on, _ in run]
        if len(texts) <= 1:
            item = next(iter(texts), "")
            found.append(said(Correction(status="in-force" if item else "not-in-force", start=days[0], end=days[-1] + timedelta(days=1), item=item)))
    return found


@pytest.mark.shared
@pytest.mark.long
def test_the_first_thirty_questions_settle_two_thirds_of_what_thirty_could(tmp_path: Path, shared: Path) -> None:
    with Library.open(tmp_path / "library", clock=lambda: NOW) as library:
        library.ingest([shared / "cpd" / "html"], jobs=2)
        shown, periods, questions = shown_by_day(library, shared), open_periods(library), library.desk.questions()
        before = doubted(periods, shown)
        mine = {q.id: asked_about(q, periods, library) for q in questions}
        best = sum(sorted((doubted(mine[q.id], shown) for q in questions), reverse=True)[:ASKED])
        decide(library.store, [one for q in questions[:ASKED] for one in answers(q, mine[q.id], shown)])
        settled = before - doubted(open_periods(library), shown)
        print(f"{before} pairs in doubt, {len(questions)} questions; {ASKED} answers settle {settled}, at best {best}: {settled / best:.3f}")
        assert settled >= AT_LEAST * best
        assert not library.check()
