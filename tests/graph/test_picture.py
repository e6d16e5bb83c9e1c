"""The lineage picture, as XML and as places."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from lineage.model import Period, Relation, Work
from lineage.rendering.picture import draw

from .samples import TODAY, act, end, founding, in_force, not_known, work

SVG = "{http://www.w3.org/2000/svg}"


def parsed(works: list[Work], periods: list[Period], relations: list[Relation], **given: str) -> etree._Element:
    return etree.fromstring(draw(works, periods, relations, today=TODAY, **given).encode())


def of_class(svg: etree._Element, name: str, tag: str = "*") -> list[etree._Element]:
    return [e for e in svg.iter(f"{SVG}{tag}") if name in (e.get("class") or "").split()]


def lane(svg: etree._Element, subject: Work) -> etree._Element:
    (found,) = [e for e in of_class(svg, "lane") if e.get("data-work") == subject.id]
    return found


def bar(svg: etree._Element, subject: Work) -> tuple[float, float]:
    (found,) = of_class(lane(svg, subject), "bar")
    return float(found.get("x")), float(found.get("x")) + float(found.get("width"))


def said(element: etree._Element) -> str:
    return element.findtext(f"{SVG}title")


def test_founding_case() -> None:
    works, periods, relations = founding()
    svg = parsed(works, periods, relations, title="Social Media")
    assert svg.get("role") == "img"
    assert svg[0].tag == f"{SVG}title"
    assert svg[0].text == "Social Media"
    assert "Social Media amends 3.48 Internet Usage on May 17, 2019." in svg.findtext(f"{SVG}desc")
    assert len(of_class(svg, "lane")) == len(works)
    assert sorted(e.get("data-kind") for e in of_class(svg, "arrow")) == ["amends", "rescinds", "suspends"]
    (stamp,) = [e for e in of_class(svg, "arrow") if e.get("data-kind") == "rescinds"]
    assert "“RESCINDED by 3.51 on 7-22-21” (page 1 of item 3fa2b9c1)" in said(stamp)
    (notes,) = of_class(svg, "notes")
    assert "Social Media expires on a condition (“until a manual section has been drafted”)" in "".join(notes.itertext())
    (order,) = of_class(lane(svg, works[0]), "period")
    assert "from May 17, 2019, through July 21, 2021" in said(order)
    grounds = [e.get("class") for e in of_class(lane(svg, works[1]), "bar")]
    assert grounds == ["bar open", "bar presumed", "bar open"]
    assert len(of_class(svg, "today")) == 1
    assert not list(svg.iter(f"{SVG}script"))


def test_x_is_proportional_to_days() -> None:
    one, two = work("1.1"), work("2.2")
    first, second, third = date(2010, 1, 1), date(2013, 3, 4), date(2021, 11, 30)
    periods = [in_force(one, first, second, stated_end=True), in_force(two, second, third, stated_end=True)]
    svg = parsed([one, two], periods, [])
    (a, b), (c, d) = bar(svg, one), bar(svg, two)
    assert b == pytest.approx(c, abs=0.02)
    assert (b - a) / (second - first).days == pytest.approx((d - c) / (third - second).days, rel=1e-3)
    (line,) = of_class(svg, "today")
    x = float(line.get("d").split("M")[1].split(" ")[0])
    assert (x - a) / (TODAY - first).days == pytest.approx((b - a) / (second - first).days, rel=1e-3)


def test_words_are_escaped() -> None:
    odd = Work("a/b/<1>&/1", "a", "b", '<&">', '<script>alert("&")</script>\x00\x0b')
    relation = act("amends", odd, "\x01", date(2020, 1, 1), quote='<&"> \ufffe')
    svg = parsed([odd], [in_force(odd, date(2019, 1, 1))], [relation], title='<&"> title')
    assert svg[0].text == '<&"> title'
    assert not list(svg.iter(f"{SVG}script"))
    assert of_class(svg, "lane")[0].get("data-work") == odd.id
    assert '“<&"> \ufffd”' in said(of_class(svg, "arrow")[0])


@settings(max_examples=40, deadline=None)
@given(st.text(), st.text(), st.text(min_size=1))
def test_any_words_give_xml(number: str, title: str, quote: str) -> None:
    subject = Work(f"a/{number}", "a", "b", number, title)
    etree.fromstring(draw([subject], [], [act("amends", subject, quote, TODAY, quote=quote)], today=TODAY, title=title).encode())


def test_stretches_have_their_ground() -> None:
    seen, hole, future = work("1.1"), work("2.2"), work("3.3")
    proven = date(2020, 6, 1)
    periods = [
        in_force(seen, date(2019, 1, 1), last_proof_on=proven),
        in_force(hole, None, date(2020, 1, 1), item="a"),
        in_force(hole, date(2020, 1, 1), item="b", operative=False),
        in_force(future, TODAY + timedelta(200)),
    ]
    svg = parsed([seen, hole, future], periods, [])
    solid, hatched = of_class(lane(svg, seen), "bar")
    assert (solid.get("class"), hatched.get("class")) == ("bar stated", "bar presumed")
    assert float(solid.get("x")) + float(solid.get("width")) == pytest.approx(float(hatched.get("x")), abs=0.02)
    before, suspended = of_class(lane(svg, hole), "bar")
    assert float(suspended.get("height")) < float(before.get("height"))
    assert len(of_class(lane(svg, hole), "change")) == 1
    assert "but suspended" in said(of_class(lane(svg, hole), "period")[1])
    assert len(of_class(lane(svg, future), "bar")) == 1


def test_what_is_not_in_force_is_not_drawn() -> None:
    ended = work("1.1")
    svg = parsed([ended], [Period(ended.id, in_force(ended, TODAY).interval, "not-in-force")], [])
    assert not of_class(lane(svg, ended), "bar")


def test_the_empty_library_and_works_without_days() -> None:
    assert "No works are held yet." in "".join(parsed([], [], []).itertext())
    alone = work("1.1")
    assert "not known when in force" in "".join(parsed([alone], [], []).itertext())
    assert len(of_class(parsed([alone], [not_known(alone, None)], []), "bar")) == 1


def test_arrows_that_would_coincide_are_set_apart() -> None:
    one, two = work("1.1"), work("2.2")
    day = date(2020, 1, 1)
    acts = [act("amends", one, two, day, at=1), act("rescinds", one, two, day, at=2), act("suspends", one, two, day, at=3), act("amends", one, two, day, at=4)]
    svg = parsed([one, two], [in_force(one, date(2019, 1, 1)), in_force(two, date(2018, 1, 1))], acts)
    letters = [float(e.findall(f"{SVG}circle")[-1].get("cx")) for e in of_class(svg, "arrow")]
    assert len(letters) == 4
    assert all(abs(a - b) >= 12 for a, b in combinations(letters, 2))


def test_an_act_upon_many_is_one_straight_trunk() -> None:
    works = [work(f"{n}.1") for n in range(6)]
    acts = [act("amends", works[0], other, date(2020, 1, 1), at=n) for n, other in enumerate(works[1:])]
    svg = parsed(works, [in_force(w, date(2019, 1, 1)) for w in works], acts)
    assert len({e.findall(f"{SVG}circle")[-1].get("cx") for e in of_class(svg, "arrow")}) == 1


def test_ends_that_are_not_known_doubts_loops_and_what_is_left_out() -> None:
    one = work("1.1")
    day = date(2020, 1, 1)
    acts = [
        act("rescinds", "(not named)", one, day, at=1),
        act("amends", one, "3.9", day, at=2),
        act("supersedes", one, end(one, version_on=date(2015, 1, 1)), day, at=3),
        act("amends", one, "3.9", day, at=4, status="rejected"),
        act("implements", one, end("Penal Code", external=True), day, at=5),
        act("cites", one, "3.10", day, at=6),
        act("amends", "5.5", "6.6", day, at=7),
    ]
    svg = parsed([one], [in_force(one, date(2019, 1, 1))], acts)
    arrows = of_class(svg, "arrow")
    assert sorted(e.get("data-kind") for e in arrows) == ["amends", "rescinds", "supersedes"]
    (version,) = [e for e in arrows if e.get("data-kind") == "supersedes"]
    assert "1.1 Rule 1.1 supersedes its version of January 1, 2015" in said(version)
    shown = etree.fromstring(draw([one], [], acts, today=TODAY, left_out=()).encode())
    assert "cites" in [e.get("data-kind") for e in of_class(shown, "arrow")]


def library(many: int) -> tuple[list[Work], list[Period], list[Relation]]:
    chance = random.Random(7)
    works = [work(f"{n // 9 + 2}.{n}", f"Title {n} " * chance.randint(1, 12)) for n in range(many)]
    starts = [date(2005, 1, 1) + timedelta(chance.randint(0, 7000)) for _ in works]
    periods = [in_force(w, s, item="a", last_proof_on=s + timedelta(90)) for w, s in zip(works, starts, strict=True)]
    pairs = [(chance.randrange(many), chance.randrange(many)) for _ in range(many * 4 // 3)]
    acts = [act(chance.choice(["amends", "rescinds", "supersedes"]), works[a], works[b], starts[a], at=n) for n, (a, b) in enumerate(pairs)]  # type: ignore[arg-type]
    return works, periods, acts


def test_fifty_works() -> None:
    made = library(50)
    text = draw(*made, today=TODAY)
    svg = etree.fromstring(text.encode())
    assert len(of_class(svg, "lane")) == 50
    assert len(of_class(svg, "arrow")) == len(made[2])


def test_names_stay_clear_of_the_bars_and_of_each_other() -> None:
    svg = parsed(*library(50))
    labels = [group.find(f"{SVG}g/{SVG}text") for group in of_class(svg, "lane")]
    heights = sorted(float(label.get("y")) for label in labels)
    assert min(b - a for a, b in pairwise(heights)) >= 26
    left = min(float(e.get("x")) for e in of_class(svg, "bar"))
    assert left > 300
    assert all("…" in "".join(label.itertext()) or len("".join(label.itertext())) < 60 for label in labels)


def test_the_same_values_give_the_same_picture() -> None:
    works, periods, relations = library(20)
    assert draw(works, periods, relations, today=TODAY) == draw(list(works), tuple(periods), iter(relations), today=TODAY)
    shuffled = draw(works[::-1], periods[::-1], relations, today=TODAY)
    assert shuffled == draw(works, periods, relations, today=TODAY)
