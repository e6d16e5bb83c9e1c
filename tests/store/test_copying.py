"""A copy to try something on leaves the library as it is, and tells what a moment changed."""

from __future__ import annotations

from pathlib import Path

from lineage.library import Library
from lineage.pipeline import read
from lineage.pipeline.settling import settle
from lineage.store.copying import copied
from tests.end_to_end.drafts import draft, paper
from tests.kept import state


def test_what_is_written_into_a_copy_is_in_the_copy_alone(tmp_path: Path) -> None:
    (tmp_path / "held.txt").write_text(paper("policy", "7.40", "Vehicle Logs", "March 2, 2015", "I. RULE\n\nA. Each driver keeps a log."), encoding="utf-8")
    (tmp_path / "draft.txt").write_text(draft("I. RULE\n\nA. Section 7.40 is rescinded."), encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        library.ingest([tmp_path / "held.txt"])
        before = state(tmp_path / "library")
        with copied(library.store) as copy:
            place = copy.location
            with copy.transaction() as writing:
                settle(writing, read(tmp_path / "draft.txt"))
                moment = writing.moment
            assert copy.works_at(moment) == {"generic/policy/7.40/1", "generic/special-order/24-10/1"}
            assert len(copy.items()) == 2
        assert not place.exists()
        assert len(library.store.items()) == 1
        assert library.store.works_at(moment) == set()
    assert state(tmp_path / "library") == before
