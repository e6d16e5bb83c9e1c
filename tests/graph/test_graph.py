"""The graph: what is in it, what is found in it, and its forms."""

from __future__ import annotations

import io
import json
from datetime import date
from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lineage import graph
from lineage.errors import NotFoundError
from lineage.model import RELATION_KINDS, Day, End, Expression, Relation
from lineage.model.relation import LETTERS

from .samples import ITEM, act, end, founding, in_force, not_known, work

A, B, C = work("1.1"), work("2.2"), work("3.3")
DAY = date(2019, 5, 17)


def codes(built: nx.MultiDiGraph) -> list[str]:
    return [finding.code for finding in graph.check(built)]


def test_every_kind_has_a_letter() -> None:
    assert set(LETTERS) == set(RELATION_KINDS)


def test_nodes_and_edges_tell_what_is_known() -> None:
    works, periods, relations = founding()
    built = graph.build(works, relations, periods)
    order = built.nodes["lbpd/special-order/social-media/1"]
    assert order["name"] == "Special Order “Social Media”"
    assert (order["from"], order["to"], order["held"]) == ("2019-05-17", "2021-07-22", True)
    section = built.nodes["lbpd/manual-section/3.48/1"]
    assert (section["from"], section["to"]) == ("2019-05-17", "2021-07-22")
    assert "possible_from" not in section
    assert "possible_to" not in section
    (edge,) = built["lbpd/special-order/social-media/1"]["lbpd/manual-section/3.48/1"].values()
    assert (edge["kind"], edge["letter"], edge["on"], edge["quote"]) == ("amends", "A", "2019-05-17", "Section 3.48 is amended")


def test_unresolved_external_and_nameless_ends_are_nodes_of_their_own() -> None:
    built = graph.build(
        [A],
        [
            act("rescinds", "3.51", A, DAY, at=1),
            act("cites", A, end("Penal Code 832", external=True), at=2),
            act("rescinds", "(not named)", A, DAY, at=3),
            act("suspends", "(not named)", A, DAY, at=4),
        ],
    )
    assert built.nodes["?3.51"]["unresolved"]
    assert built.nodes["external:Penal Code 832"]["external"]
    assert sum(node.startswith("?r-") for node in built) == 2


def test_a_version_of_itself_is_a_loop_with_its_day() -> None:
    relation = act("rescinds", A, end(A, version_on=date(2015, 6, 12), own=True), DAY)
    built = graph.build([A], [relation])
    assert built.edges[A.id, A.id, relation.id]["version_on"] == "2015-06-12"
    assert codes(built) == []


def test_a_cycle_is_named_in_full() -> None:
    ring = [act("supersedes", A, B, at=1), act("supersedes", B, C, at=2), act("supersedes", C, A, at=3)]
    (found,) = [f for f in graph.check(graph.build([C, B, A], ring)) if f.code == "graph.cycle"]
    assert (
        "Manual Section 1.1 supersedes Manual Section 2.2, Manual Section 2.2 supersedes Manual Section 3.3, "
        "Manual Section 3.3 supersedes Manual Section 1.1." in found.message
    )
    assert len(found.evidence) == 3


def test_versions_parts_and_rejected_acts_make_no_cycle() -> None:
    back = act("supersedes", B, end(A, version_on=DAY), at=2)
    part = act("rescinds", B, A, at=3, scope="part")
    rejected = act("rescinds", B, A, at=4, status="rejected")
    assert codes(graph.build([A, B], [act("supersedes", A, B, at=1), back, part, rejected])) == []


def test_a_work_that_ends_itself() -> None:
    (found,) = graph.check(graph.build([A], [act("rescinds", A, A, DAY)]))
    assert found.code == "graph.ends-itself"
    assert "earlier version" in found.message
    assert codes(graph.build([A], [act("expires", A, A, DAY), act("rescinds", A, end(A, own=True), DAY, at=9)])) == []


def test_two_rescinders() -> None:
    built = graph.build([A, B, C], [act("rescinds", A, C, DAY, at=1), act("supersedes", B, C, date(2020, 1, 1), at=2)])
    (found,) = graph.check(built)
    assert found.code == "graph.two-rescinders"
    assert "Manual Section 1.1 on May 17, 2019 and Manual Section 2.2 on January 1, 2020" in found.message
    assert found.work == C.id


def test_an_act_and_the_stamp_that_tells_of_it_are_one_rescinder() -> None:
    built = graph.build([A, C], [act("rescinds", A, C, DAY, at=1), act("rescinds", A, C, DAY, at=2), act("rescinds", "the order", C, DAY, at=3)])
    assert codes(built) == ["graph.unresolved"]


def test_a_revival_between_two_ends_is_no_trouble() -> None:
    acts = [
        act("rescinds", A, C, DAY, at=1),
        act("reissues", C, C, date(2019, 9, 1), at=2),
        act("rescinds", B, C, date(2020, 1, 1), at=3),
    ]
    assert codes(graph.build([A, B, C], acts)) == []


def test_an_act_before_its_own_paper() -> None:
    early = act("amends", A, B, date(2019, 1, 1))
    (found,) = graph.check(graph.build([A, B], [early], [in_force(A, DAY)]))
    assert found.code == "graph.order-of-dates"
    assert "January 1, 2019, before it itself began on May 17, 2019" in found.message
    issued = Expression(A.id, ITEM, "", Day(), issued=Day(DAY))
    (found,) = graph.check(graph.build([A, B], [early], expressions=[issued]))
    assert "before it was itself issued on May 17, 2019" in found.message


def test_an_act_upon_what_had_ended_or_not_begun() -> None:
    life = [in_force(B, date(2018, 1, 1), DAY, stated_end=True)]
    (after,) = graph.check(graph.build([A, B], [act("amends", A, B, date(2020, 1, 1))], life))
    assert "its last day was May 16, 2019" in after.message
    (before,) = graph.check(graph.build([A, B], [act("amends", A, B, date(2017, 1, 1))], life))
    assert "before that work began on January 1, 2018" in before.message
    bounds = Day(earliest=date(2019, 1, 1), latest=date(2020, 1, 1))
    for fine in (act("rescinds", A, B, DAY), act("reissues", A, B, date(2020, 1, 1)), act("amends", A, B, bounds)):
        assert codes(graph.build([A, B], [fine], life)) == []


def test_days_that_are_not_established_are_no_disorder() -> None:
    life = [not_known(B, None, DAY), in_force(B, DAY, date(2021, 1, 1)), not_known(B, date(2021, 1, 1))]
    acts = [act("amends", A, B, date(2018, 1, 1), at=1), act("amends", A, B, date(2022, 1, 1), at=2)]
    assert codes(graph.build([A, B], acts, life)) == []


def test_unresolved_names() -> None:
    built = graph.build([A], [act("rescinds", A, "old 243-P", DAY, candidates=("x/1", "x/2")), act("cites", A, "the guide", at=5)])
    cited, ended = sorted(graph.check(built), key=lambda f: f.severity, reverse=True)
    assert (cited.severity, ended.severity) == ("note", "doubt")
    assert "“old 243-P” fits no work" in ended.message
    assert "x/1 or x/2" in ended.message
    assert codes(graph.build([A], [act("cites", A, end("Penal Code 832", external=True))])) == []


def test_every_finding_is_a_sentence_and_says_what_could_settle_it() -> None:
    acts = [act("supersedes", A, B, at=1), act("supersedes", B, A, at=2), act("rescinds", C, A, DAY, at=3), act("rescinds", "?", C, DAY, at=4)]
    found = graph.check(graph.build([A, B, C], [*acts, act("rescinds", C, C, at=5)]))
    assert {f.code for f in found} >= {"graph.cycle", "graph.two-rescinders", "graph.unresolved", "graph.ends-itself"}
    for finding in found:
        assert finding.message.endswith("could settle it.")
        assert finding.evidence


def test_around() -> None:
    chain = [work(str(n)) for n in range(6)]
    acts = [act("amends", one, two, at=n) for n, (one, two) in enumerate(pairwise(chain))]
    built = graph.build(chain, acts)
    assert sorted(graph.around(built, chain[2].id, 1)) == [chain[n].id for n in (1, 2, 3)]
    assert len(graph.around(built, chain[2].id)) == 5
    assert graph.around(built, chain[2].id, 0).number_of_edges() == 0
    with pytest.raises(NotFoundError):
        graph.around(built, "nothing")


def test_graphml_comes_back_the_same() -> None:
    works, periods, relations = founding()
    odd = act("amends", works[0], "<&\"'> \x0c ü", DAY, at=77, quote='say "<no>" & go')
    built = graph.build(works, [*relations, odd], periods)
    text = graph.to_graphml(built)
    back = nx.read_graphml(io.BytesIO(text.encode()), force_multigraph=True)
    assert set(back) == {node.replace("\x0c", "\ufffd") for node in built}
    assert back.number_of_edges() == built.number_of_edges()
    for u, v, key, values in built.edges(keys=True, data=True):
        if key != odd.id:
            assert dict(back.edges[u, v, key]) == dict(values)
    assert back.nodes["lbpd/manual-section/3.48/1"] == built.nodes["lbpd/manual-section/3.48/1"]


def test_forms_do_not_hang_on_the_order_of_building() -> None:
    works, periods, relations = founding()
    one, two = graph.build(works, relations, periods), graph.build(works[::-1], relations[::-1], periods[::-1])
    assert graph.to_graphml(one) == graph.to_graphml(two)
    assert json.dumps(graph.to_json(one)) == json.dumps(graph.to_json(two))
    back = nx.node_link_graph(graph.to_json(one), edges="edges")
    assert set(back.edges) == set(one.edges)


ends = st.one_of(
    st.sampled_from([A, B, C]).map(lambda w: End(w.name, work=w.id)),
    st.builds(End, mention=st.sampled_from(["3.51", "(not named)", "", "x"]), external=st.booleans()),
    st.just(End("gone", work="lbpd/manual-section/9.9/1")),
)
relations_made = st.builds(
    lambda kind, one, two, at, day, status, certainty: Relation(
        **{**{f: getattr(act(kind, "x", two, day, at=at), f) for f in Relation.__slots__}, "affecting": one, "status": status, "certainty": certainty}
    ),
    st.sampled_from(RELATION_KINDS),
    ends,
    ends,
    st.integers(0, 3),
    st.one_of(st.none(), st.dates(date(2015, 1, 1), date(2022, 1, 1))),
    st.sampled_from(["found", "accepted", "rejected"]),
    st.sampled_from(["certain", "likely", "doubtful"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(relations_made, max_size=20))
def test_every_relation_is_one_edge(made: list[Relation]) -> None:
    built = graph.build([A, B, C], made)
    distinct = [r for n, r in enumerate(made) if r not in made[:n]]
    assert built.number_of_edges() == len(distinct)
    keys = [key.split("#")[0] for _, _, key in built.edges(keys=True)]
    assert sorted(keys) == sorted(r.id for r in distinct)
    assert {A.id, B.id, C.id} <= set(built)
    for _, values in built.nodes(data=True):
        assert all(isinstance(value, str | int | bool) for value in values.values())
    graph.check(built)
    assert nx.parse_graphml(graph.to_graphml(built), force_multigraph=True).number_of_edges() == len(distinct)


def test_an_act_without_a_name_is_told_as_one() -> None:
    (found,) = graph.check(graph.build([A], [act("rescinds", "(not named)", A, DAY)]))
    assert found.message.startswith("Manual Section 1.1 is the target of an act that is not named (it rescinds it, page 1).")
    assert found.work == A.id
