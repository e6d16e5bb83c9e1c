"""Drafts and the rules that they meet, made for the tests of ``lineage impact``: Millbrook is no real place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from lineage.cli import main
from lineage.library import Library

SERIES = {"policy": "POLICY MANUAL", "special": "SPECIAL ORDER", "general": "GENERAL ORDER"}


def paper(series: str, number: str, subject: str, effective: str, body: str, issued: str = "") -> str:
    """A paper of Millbrook; without an issue date it is that of its effect."""
    head = [f"Number: {number}", f"Subject: {subject}", f"Issued: {issued or effective}", f"Effective: {effective}"]
    return "\n".join(["MILLBROOK POLICE DEPARTMENT", SERIES[series], "", *(line for line in head if not line.endswith(": -")), "", body.strip(), ""])


HELD = {
    "logs": paper("policy", "7.40", "Vehicle Logs", "March 2, 2015", """
I. RULE

A. Each driver keeps a log. The log stays in the car.

B. The driver shall write down:

1. the reading at the start of the shift;

2. every fuel stop;

3. damage seen on the glass.

C. The sergeant shall read the log of each car within 24 hours of the shift.

D. Logs are kept for one year.
"""),
    "property": paper("policy", "7.41", "Property Room", "March 2, 2015", """
I. DEFINITIONS

A. "Register" means the bound book in which the clerk enters found property.

II. RULE

A. Members shall not leave found property in a vehicle at the end of the shift.

B. The clerk keeps the logs of cars as paragraph D of Section 7.40 says.
"""),
    "cameras": paper("special", "19-04", "Body Worn Cameras", "January 5, 2019", """
I. DEFINITIONS

A. "Chest Camera" means a recording device that is fixed to the coat of an officer.

II. RULE

A. Each officer on patrol shall wear the device on the chest.

B. The device shall be switched on at every stop of a vehicle.
"""),
    "board": paper("special", "19-05", "Review Board", "January 5, 2019", """
I. RULE

A. The board looks at every recording, as that word is defined in Special Order 19-04.
"""),
    "panel": paper("policy", "8.16", "Panel Meetings", "March 2, 2015", """
I. RULE

A. The panel meets each month.
"""),
    "numbers": paper("special", "20-81", "Numbers of the Manual", "January 9, 2020", """
I. RULE

A. Section 8.16 is renumbered as Section 8.27.
"""),
    "boots": paper("special", "18-30", "Winter Boots", "January 5, 2018", """
I. RULE

A. Boots are black.
"""),
    "boots-over": paper("special", "19-30", "Footwear in Snow", "January 5, 2019", """
I. RULE

A. Special Order 18-30 is rescinded.

B. Boots are black or brown.
"""),
}  # fmt: skip


def build(folder: Path) -> Path:
    """A library that holds these papers."""
    orders = folder / "orders"
    orders.mkdir()
    for name, text in HELD.items():
        (orders / f"{name}.txt").write_text(text, encoding="utf-8")
    with Library.open(folder / "library") as library:
        assert {o.status for o in library.ingest([orders])} == {"added"}
    return folder / "library"


def draft(body: str, subject: str = "Parking of Bicycles", number: str = "24-10", effective: str = "May 15, 2024", issued: str = "May 1, 2024", series: str = "special") -> str:
    """A draft that by its heading is clean."""
    return paper(series, number, subject, effective, body, issued)


def told(library: Path, text: str | bytes, name: str = "draft.txt", *words: str) -> tuple[int, Any]:
    """The exit code and the JSON of ``lineage impact`` for a draft."""
    path = library.parent / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    done = CliRunner().invoke(main, ["--library", str(library), "impact", str(path), "--json", *words])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, json.loads(done.stdout)


def codes(found: Any) -> list[str]:
    """The codes of what is told, in order."""
    return [w["code"] for w in found["warnings"]]
