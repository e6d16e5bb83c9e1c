"""Addresses of works, expressions, manifestations and clauses, as the naming convention of Akoma Ntoso 3.0 (chapter 4) builds them.

/akn/us-ca/doc/special-order/lbpd/2019-05-17/social-media                     the work
/akn/us-ca/doc/special-order/lbpd/2019-05-17/social-media/eng@2019-05-17      its text from that day on
/akn/us-ca/doc/special-order/lbpd/2019-05-17/social-media/eng:2020-06-01      its text on that day, whichever that is
../eng@2019-05-17.akn, ../eng@2019-05-17/!main.xml                            the file that holds it
../eng@2019-05-17/~para_1                                                     a clause of it
"""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from lineage.errors import LineageError
from lineage.model import slug

_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_ADDRESS = re.compile(
    rf"/akn/(?P<country>[a-z]{{2}}(?:-[a-z0-9]+)?)/doc/(?P<series>[^/\s\d][^/\s]*)/(?P<agency>[^/\s\d][^/\s]*)/(?P<on>{_DAY})/(?P<number>[^/\s~!#]+)"
    rf"(?:/(?P<language>[a-z]{{3}})(?P<as_of>[@:])(?P<day>{_DAY})?(?:;(?P<version>[0-9]+))?(?P<form>\.[a-z]+)?)?"
    r"(?P<main>/!main(?P<file>\.[a-z]+)?)?(?:/~(?P<portion>[^\s/#]+))?"
)
_COUNTRY = re.compile(r"[a-z]{2}(-[a-z0-9]+)?")


class Address(Struct, frozen=True):
    """An address taken apart; ``str()`` puts it together. ``on`` and ``day`` are ISO days; a year below 10 counts holders whose day is
    not known.

    ``as_of`` is ``@`` (the expression that starts on ``day``) or ``:`` (the one that rules on it). ``form`` is the ending of a
    manifestation ("akn"), ``main`` tells of the component ``!main``, ``portion`` is an eId.

    >>> Address.parse("/akn/us-ca/doc/manual-section/lbpd/0001-01-01/3.48/eng:2020-06-01/~sec_3-48").portion
    'sec_3-48'
    """

    country: str
    series: str
    agency: str
    on: str
    number: str
    language: str | None = None
    as_of: Literal["@", ":"] = "@"
    day: str | None = None
    version: int | None = None
    form: str | None = None
    main: bool = False
    portion: str | None = None

    @classmethod
    def parse(cls, address: str) -> Address:
        """The parts of an address. Raises LineageError (``documents.address``) where the words are none."""
        found = _ADDRESS.fullmatch(address)
        if found is None:
            raise LineageError(
                f'"{address}" is no address of this house: it would name country, series, agency, day and number in this order.',
                hint="An address looks like /akn/us-ca/doc/manual-section/lbpd/0001-01-01/3.48.",
                code="documents.address",
            )
        part = found.groupdict()
        form = part["form"] or part["file"]
        return cls(
            part["country"], part["series"], part["agency"], part["on"], part["number"], part["language"],
            ":" if part["as_of"] == ":" else "@", part["day"],
            int(part["version"]) if part["version"] else None, form[1:] if form else None, part["main"] is not None, part["portion"],
        )  # fmt: skip

    @classmethod
    def of_work(cls, work: str, country: str, on: str | None = None) -> Address:
        """The address of a work by its id, ``agency/series/number/holder``. Without a day the holder counts the years: ``0002-01-01`` for
        the second.

        Raises LineageError (``documents.work-id``, ``documents.country``) where id or country cannot stand in an address.

        >>> str(Address.of_work("lbpd/manual-section/3.48/1", "us-ca"))
        '/akn/us-ca/doc/manual-section/lbpd/0001-01-01/3.48'
        """
        parts = work.split("/")
        if len(parts) < 4 or not parts[-1].isdecimal():
            raise LineageError(
                f'The work id "{work}" is not agency/series/number/holder, so the work has no address.', code="documents.work-id"
            )
        if not _COUNTRY.fullmatch(country):
            raise LineageError(
                f'The country "{country}" cannot stand in an address.', hint='Write "us", or "us-ca" for a state.', code="documents.country"
            )
        agency, series, number = _worded(parts[0], "agency"), _worded(parts[1], "document"), address_part("/".join(parts[2:-1]))
        return cls(country, series, agency, on or f"{min(max(int(parts[-1]), 1), 9):04d}-01-01", number)

    @property
    def work(self) -> Address:
        """The work's own address."""
        return Address(self.country, self.series, self.agency, self.on, self.number)

    def expression(self, day: str | None, *, as_of: Literal["@", ":"] = "@") -> Address:
        """The English text that starts on a day (``@``) or rules on it (``:``)."""
        return replace(self.work, language="eng", as_of=as_of, day=day)

    def clause(self, eid: str | None) -> Address:
        """A clause of it, by eId; itself for none."""
        return replace(self, portion=eid) if eid else self

    def __str__(self) -> str:
        said = f"/akn/{self.country}/doc/{self.series}/{self.agency}/{self.on}/{self.number}"
        if self.language is not None:
            said += f"/{self.language}{self.as_of}{self.day or ''}"
        if self.version is not None:
            said += f";{self.version}"
        ending = f".{self.form}" if self.form else ""
        said += f"/!main{ending}" if self.main else ending
        return said + (f"/~{self.portion}" if self.portion else "")


def address_part(name: str) -> str:
    """A number as one part of an address: case and dots kept; what an address gives a meaning to, and blanks, as one hyphen.

    >>> address_part("U06-01-06"), address_part("19/07 (a)")
    ('U06-01-06', '19-07-a')
    """
    return re.sub(r"-+", "-", re.sub(r"[^\w.\-]+", "-", name)).strip("-.") or "untitled"


def _worded(name: str, otherwise: str) -> str:
    """A slug that does not start with a digit (cobalt reads such a part as a date)."""
    plain = slug(name) if name else otherwise
    return f"x-{plain}" if plain[0].isdigit() else plain
