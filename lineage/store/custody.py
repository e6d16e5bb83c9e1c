"""Where files came from, and whether copies show a signature: only ever added to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select

from lineage.model import Copy, Provenance, Signature, bytes_of
from lineage.store import schema
from lineage.store.asking import Rows
from lineage.store.driving import among, listed
from lineage.store.recording import Recorder, body_of, values_of


def add_provenance(connection: Connection, record: Recorder, item: str, said: Provenance) -> bool:
    """Keep what is said of a file; false, and nothing is written, where the library holds the same of it."""
    facts = {
        "item": item,
        "source": said.source,
        "custodian": said.custodian,
        "obtained_on": said.obtained_on.isoformat() if said.obtained_on else None,
        "certified": int(said.certified),
    }
    table = schema.provenance
    for row in connection.execute(select(table).where(table.c.item == item)):
        if all(row._mapping[name] == value for name, value in facts.items()):
            return False
    record.insert(table, [facts | {"recorded_from": record.moment}])
    return True


def add_signatures(record: Recorder, found: Mapping[str, Signature]) -> None:
    """Keep what was seen of the signatures of items that are new."""
    rows = [{"item": item, "state": one.state, "body": body_of(one), "recorded_from": record.moment} for item, one in found.items()]
    record.insert(schema.signature, rows)


def copies(asked: Rows, items: Iterable[str], moment: str) -> list[Copy]:
    """These items as copies, each once and in the order given, by what was recorded up to a moment."""
    items = list(dict.fromkeys(items))
    named = {row.sha256: row.name for row in _rows(asked, schema.item, schema.item.c.sha256, items, moment)}
    signed = {row.item: row.body for row in _rows(asked, schema.signature, schema.signature.c.item, items, moment)}
    came: dict[str, list[Provenance]] = defaultdict(list)
    rows = _rows(asked, schema.provenance, schema.provenance.c.item, map(bytes_of, items), moment)
    for row in sorted(rows, key=lambda row: int(row.row)):
        came[row.item].append(_provenance(row))
    return [
        Copy(item, named[item], tuple(came[bytes_of(item)]), values_of(Signature, [signed[item]])[0] if item in signed else None) for item in items if item in named
    ]


def _provenance(row: Any) -> Provenance:
    obtained_on = date.fromisoformat(row.obtained_on) if row.obtained_on else None
    return Provenance(row.source, row.custodian, obtained_on, bool(row.certified), row.recorded_from)


def _rows(asked: Rows, table: Any, column: Any, items: Iterable[str], moment: str) -> list[Any]:
    some = list(items)
    return asked(_of_items(table, column), some=listed(some), moment=moment) if some else []


@cache
def _of_items(table: Any, column: Any) -> Select[Any]:
    return select(table).where(among(column, "some"), table.c.recorded_from <= bindparam("moment"))
