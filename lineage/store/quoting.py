"""Whether the proof of what is held stands: every item that evidence names is held, and every quote stands in what was read from that item.

What was read is the item's clauses and its document, whose own hash is checked; a stamp, a heading or a date beside the text stands in the document alone. That the page itself
has those words was so when it was read: its bytes are checked by their hash, and are not read again here.
"""

from __future__ import annotations

import html
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Table, select

from lineage.model import bytes_of
from lineage.model.access import PURGED
from lineage.store import schema
from lineage.store.recording import is_open

TABLES: tuple[Table, ...] = (schema.relation, schema.finding, schema.event, schema.period, schema.date_reading, schema.binding)

_BLANK = re.compile(r"\s+")
_TAG = re.compile(r"<[^>]*>")


def faults(connection: Connection) -> Iterator[str]:
    """The faults as full sentences: which row rests on what is not there."""
    items = set(connection.execute(select(schema.item.c.sha256)).scalars())
    purged = set(connection.execute(select(schema.purge.c.item)).scalars())
    quoted: dict[str, dict[str, str]] = defaultdict(dict)
    for table in TABLES:
        changes = "recorded_to" in table.c
        held = [is_open(table)] if changes else []
        for row in connection.execute(select(table.c.row, table.c.body).where(*held)):
            try:
                evidence = list(_evidence(json.loads(row.body)))
            except (ValueError, TypeError):
                yield f"Row {row.row} of the table {table.name} cannot be read, so what it says is lost."
                continue
            for item, quote in evidence:
                where = f"Row {row.row} of the table {table.name}"
                if item not in items:
                    yield f"{where} rests on item {item}, which the library does not hold, so it has no proof."
                elif bytes_of(item) in purged and not changes:
                    continue  # what was read once stays, without its words
                elif bytes_of(item) in purged:
                    yield f"{where} is held and rests on item {item}, whose words were purged."
                elif quote and PURGED not in quote:
                    quoted[item].setdefault(quote, where)
    for item, quotes in sorted(quoted.items()):
        yield from _standing(connection, item, quotes)


def _evidence(value: Any) -> Iterator[tuple[str, str]]:
    """Every evidence within a body: item and quote."""
    if isinstance(value, dict):
        if isinstance(value.get("item"), str) and isinstance(value.get("quote"), str):
            yield value["item"], value["quote"]
        for one in value.values():
            yield from _evidence(one)
    elif isinstance(value, list):
        for one in value:
            yield from _evidence(one)


def _standing(connection: Connection, item: str, quotes: dict[str, str]) -> Iterator[str]:
    """The quotes of an item that stand nowhere in what was read from it. Blanks do not count: lines are joined in a text."""
    clause = schema.clause.c
    rows = connection.execute(select(clause.marker, clause.heading, clause.text, clause.cells).where(clause.item == item).order_by(clause.ord)).all()
    words = _squashed(" ".join(str(part) for row in rows for part in row if part))
    left = {quote: where for quote, where in quotes.items() if _squashed(quote) not in words}
    if not left:
        return
    xml = connection.execute(select(schema.document.c.xml).where(schema.document.c.item == item)).scalar() or b""
    whole = html.unescape(bytes(xml).decode("utf-8", "replace"))
    texts = (_squashed(_TAG.sub("", bytes(xml).decode("utf-8", "replace"))), _squashed(whole))
    kept = (html.unescape(texts[0]), texts[1])
    for quote, where in left.items():
        if not any(_squashed(quote) in one for one in kept):
            yield f"{where} quotes item {item} with “{quote[:80]}”, and these words stand nowhere in what was read from it."


def _squashed(words: str) -> str:
    return _BLANK.sub("", words)
