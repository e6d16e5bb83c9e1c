"""The founding order as a file: the facts that a reader of Akoma Ntoso looks for stand where the standard has them."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from lineage.documents import check, read, same, write

from .papers import founding_order

WORK = "/akn/us-ca/doc/special-order/lbpd/2019-05-17/social-media"
SECTION = "/akn/us-ca/doc/manual-section/lbpd/0001-01-01"


@pytest.fixture(scope="module")
def order() -> Any:
    return etree.fromstring(write(founding_order()))


FACTS = {
    "string(//a:doc/@name)": "special-order",
    "string(//a:doc/@contains)": "originalVersion",
    "string(//a:FRBRWork/a:FRBRuri/@value)": WORK,
    "string(//a:FRBRWork/a:FRBRthis/@value)": f"{WORK}/!main",
    "string(//a:FRBRWork/a:FRBRalias[@name='work-id']/@value)": "lbpd/special-order/social-media/1",
    "string(//a:FRBRWork/a:FRBRalias[@name='title']/@value)": "Social Media",
    "string(//a:FRBRWork/a:FRBRdate[@name='issued']/@date)": "2019-05-17",
    "string(//a:FRBRWork/a:FRBRname/@value)": "social-media",
    "string(//a:FRBRWork/a:FRBRprescriptive/@value)": "true",
    "string(//a:FRBRExpression/a:FRBRuri/@value)": f"{WORK}/eng@2019-05-17",
    "string(//a:FRBRExpression/a:FRBRdate/@name)": "effective",
    "string(//a:FRBRManifestation/a:FRBRuri/@value)": f"{WORK}/eng@2019-05-17.akn",
    # Three facts in its life; the second fits none of the standard's types.
    "string(//a:eventRef[@originatingExpression='true']/@refersTo)": "#issue",
    "string(//a:eventRef[@refersTo='#entryIntoForce']/@date)": "2019-05-17",
    "count(//a:eventRef[@refersTo='#entryIntoForce']/@type)": 0.0,
    "string(//a:eventRef[@type='repeal']/@date)": "2021-07-22",
    "string(//a:passiveRef[@eId='pref_1']/@href)": f"{SECTION}/3.51",
    # What it does, and what is done to it: one relation, two projections.
    "string(//a:activeModifications/a:textualMod[@incomplete='true']/a:destination/@href)": f"{SECTION}/3.48",
    "string(//a:activeModifications/a:textualMod/a:source/@href)": "#p_1",
    "string(//a:legalSystemMod[@type='expiration']/a:condition/pl:condition)": "until a manual section has been drafted",
    "string(//a:passiveModifications/a:textualMod[@type='repeal']/@pl:relation)": "rel_2",
    "string(//a:passiveModifications/a:forceMod[@type='endOfEnactment']/@pl:relation)": "rel_2",
    "string(//a:passiveModifications/a:forceMod/a:source/@href)": f"{SECTION}/3.51",
    # In force from its entry into force to the stamp's day.
    "string(//a:timeInterval[@refersTo='#inForce']/@start)": "#eref_2",
    "string(//a:timeInterval[@refersTo='#inForce']/@end)": "#eref_3",
    "string(//a:timeInterval[@refersTo='#notInForce']/@start)": "#eref_3",
    # Heading fields, clauses, the signature.
    "string(//a:preface//a:docDate)": "May 17, 2019",
    "string(//a:preface//a:docDate/@date)": "2019-05-17",
    "string(//a:mainBody/a:p[@eId='p_1']/a:ref/@href)": f"{SECTION}/3.48",
    "string(//a:mainBody/a:hcontainer[1]/a:heading)": "INTERNET USAGE",
    "string(//a:hcontainer[1]//a:listIntroduction/@eId)": "hcontainer_1__list_1__intro",
    "string(//a:item[@eId='hcontainer_1__list_1__item_2'])": "\n              •\n              Passwords are kept secret.\n            ",
    "string(//a:p[@pl:kind='definition'][1]/a:term)": "Blog",
    "string(//a:p[@pl:kind='definition'][1]/a:def)": "A diary that its writer publishes.",
    "string(//a:p[@eId='hcontainer_3__p_1'])": "Content keeps to all policies on the release of information per LBPD Manual § 6.1.1.",
    "string(//a:eop[@number='1']/ancestor::a:p/@eId)": "hcontainer_3__p_1",
    "count(//pl:origin[@of='#hcontainer_3__p_1'])": 2.0,
    "string(//a:conclusions//a:signature)": "Robert G. Luna, Chief of Police",
    "string(//pl:furniture[@kind='stamp']/@pages)": "1 2",
    "string(//pl:finding/@code)": "dates.stamp-only",
}


@pytest.mark.parametrize("path", FACTS)
def test_fact(order: Any, path: str) -> None:
    names = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0", "pl": "urn:policy-lineage:1"}
    assert order.xpath(path, namespaces=names) == FACTS[path]


def test_it_passes_all_checks_and_comes_back() -> None:
    document = founding_order()
    data = write(document)
    assert check(data) == []
    assert same(read(data), document)
    assert data == write(document)
