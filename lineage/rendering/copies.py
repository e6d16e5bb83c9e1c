"""The copies that an answer rests on: where each came from, and whether it shows a signature."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from lineage.model import Copy, Provenance, Signature
from lineage.model.dates import long_date
from lineage.rendering.ink import WIDTH, Ink
from lineage.rendering.values import Json, iso

UNKNOWN = "where the file came from is not recorded"
STATES = {"shown": "a signature is shown", "not-shown": "no signature is shown", "not-readable": "whether it shows a signature cannot be read"}


def shapes(copies: Iterable[Copy]) -> list[Json]:
    """The copies as JSON; ``provenance`` is empty where nothing is recorded, ``signature`` null where it was never looked for."""
    return [{"item": one.item, "name": one.name, "provenance": [_provenance(p) for p in one.provenance], "signature": _signature(one.signature)} for one in copies]


def lines(copies: Iterable[Copy], ink: Ink) -> list[str]:
    """The same for people, one copy a line."""
    found: list[str] = []
    for one in copies:
        label = f"{ink('Copy', 'label')}{'':5}" if not found else " " * 9
        words = f"{one.name}: {came(one.provenance)}; {signed(one.signature)}"
        wrapped = textwrap.wrap(words, WIDTH - 9)
        found += [f"{label}{wrapped[0]}", *(f"{'':11}{line}" for line in wrapped[1:])]
    return found


def came(provenance: Iterable[Provenance]) -> str:
    """Where a file came from, in words."""
    return "; also ".join(map(_came, provenance)) or UNKNOWN


def signed(signature: Signature | None) -> str:
    """Whether a copy shows a signature, in words."""
    if signature is None:
        return "whether it shows a signature was not looked for"
    return f"{STATES[signature.state]} ({signature.why})"


def _came(one: Provenance) -> str:
    parts = [
        f"from {one.source}" if one.source else "from a source not named",
        f"kept by {one.custodian}" if one.custodian else "",
        f"obtained on {long_date(one.obtained_on)}" if one.obtained_on else "on a day not recorded",
        "as a certified copy" if one.certified else "",
    ]
    return ", ".join(part for part in parts if part) + " (as stated when it was taken in)"


def _provenance(one: Provenance) -> Json:
    return {"source": one.source or None, "custodian": one.custodian or None, "obtained_on": iso(one.obtained_on), "certified": one.certified, "recorded_at": one.recorded_from}


def _signature(one: Signature | None) -> Json | None:
    return None if one is None else {"state": one.state, "why": one.why, "page": one.page}
