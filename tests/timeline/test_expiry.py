"""Texts that say themselves when they are over."""

from __future__ import annotations

from msgspec.structs import replace

from lineage.timeline import unroll

from .lives import act, day, life, text


def test_a_text_that_expires_before_it_takes_effect_is_not_established_from_its_start() -> None:
    own = text(10, 1)
    unrolled = unroll(life([own], [replace(act("ends", 5, 1), kind="expires", item=own[0].item)]))
    status = [next(p.status for p in unrolled.periods if p.interval.covers(day(at))) for at in (6, 9, 10, 30)]
    assert status == ["not-in-force", "not-in-force", "not-provable", "not-provable"]
    assert [f.code for f in unrolled.findings] == ["dates.expiry-before-effect"]


def test_a_text_rules_through_the_day_that_it_names() -> None:
    own = text(0, 1)
    periods = unroll(life([own], [replace(act("ends", 5, 1), kind="expires", item=own[0].item)])).periods
    assert [next(p.status for p in periods if p.interval.covers(day(at))) for at in (0, 5, 6)] == ["in-force", "in-force", "not-in-force"]
