from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import Struct

from lineage.model import DateReading, Event, Evidence, Expression, Finding, Interval, Period, Relation, Run, Work
from lineage.model.record import from_record, to_record


def _boxes() -> st.SearchStrategy[Any]:
    return st.tuples(*[st.floats(allow_nan=False, allow_infinity=False)] * 4)


# An interval holds a day at least, and a number that is none is not equal to itself.
st.register_type_strategy(
    Interval, st.builds(Interval, st.none() | st.dates(max_value=date(2000, 1, 1)), st.none() | st.dates(date(2000, 1, 2)))
)
st.register_type_strategy(Evidence, st.builds(Evidence, box_pt=st.none() | _boxes()))


@pytest.mark.parametrize("sparse", [False, True])
@pytest.mark.parametrize("cls", [Relation, Period, Event, Finding, Evidence, DateReading, Work, Expression, Run, Interval])
def test_every_value_survives_json(cls: type[Any], sparse: bool) -> None:
    @settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.from_type(cls))
    def survives(value: Any) -> None:
        record = json.loads(json.dumps(to_record(value, sparse=sparse)))
        assert from_record(cls, record) == value

    survives()


def test_a_full_record_has_every_field_and_a_sparse_one_what_is_not_empty() -> None:
    interval = Interval(date(2019, 5, 17))
    assert to_record(interval) == {"start": "2019-05-17", "end": None}
    assert to_record(interval, sparse=True) == {"start": "2019-05-17"}


def test_a_default_that_says_something_is_written_in_a_sparse_record() -> None:
    record = to_record(Period("w", Interval(), "in-force"), sparse=True)
    assert record == {"work": "w", "interval": {}, "status": "in-force", "complete": True, "operative": True, "stated_end": False}


def test_a_missing_field_takes_its_default_and_an_unknown_one_is_left_out() -> None:
    read = from_record(Work, {"id": "a", "agency": "b", "series": "c", "number": None, "title": "d", "colour": "red"})
    assert read == Work("a", "b", "c", None, "d", holder=1, held=True)


def test_a_record_that_does_not_fit_names_the_class() -> None:
    with pytest.raises(ValueError, match="does not fit Work"):
        from_record(Work, {"id": "a"})
    with pytest.raises(ValueError, match="does not fit Interval"):
        from_record(Interval, {"start": "yesterday"})


def test_kinds_without_a_record_are_refused() -> None:
    class Odd(Struct, frozen=True):
        value: complex

    with pytest.raises(TypeError, match="no record"):
        to_record(Odd(1j))
    with pytest.raises(TypeError, match="only values of the model"):
        to_record(3)
