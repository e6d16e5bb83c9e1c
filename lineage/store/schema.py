"""The tables of a library, as the newest schema has them.

The migration scripts build them step by step; a test compares the two. Facts that can change end in ``recorded_from`` and
``recorded_to``; an open fact has ``recorded_to`` = FOREVER, and at most one row of a fact is open. ``body`` columns hold the record
of a model's value (``lineage.model.record``) as JSON; the columns beside it repeat what is looked up. Unknown valid bounds of a
period are stored as BEGINNING and END, so that one comparison serves all.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text, UniqueConstraint, text

from lineage.store.moments import FOREVER

# The newest revision. Raise it with every new script in migrations/versions, and write migrations/newest.sql anew.
HEAD = "0013"

metadata = MetaData()

OPEN = f"recorded_to = '{FOREVER}'"


def _words(*names: str) -> list[Column[Any]]:
    return [Column(name, Text, nullable=False) for name in names]


def _maybe(*names: str) -> list[Column[Any]]:
    return [Column(name, Text) for name in names]


def _row() -> Column[Any]:
    return Column("row", Integer, primary_key=True)


def _item(**options: Any) -> Column[Any]:
    return Column("item", Text, ForeignKey("item.sha256"), **{"nullable": False, **options})


def _recorded() -> list[Column[Any]]:
    return _words("recorded_from", "recorded_to")


def _one_open(table: str, *columns: str) -> Index:
    """At most one open row of a fact; it serves the look-up of the open row as well."""
    # The condition is said for SQLite alone: the toolkit loads each database that is named here, and the scripts, not this, make tables.
    return Index(f"{table}_open", *columns, unique=True, sqlite_where=text(OPEN))


meta = Table("meta", metadata, Column("key", Text, primary_key=True), *_words("value"))

# One row for each transaction that wrote something.
recording = Table("recording", metadata, Column("recorded_at", Text, primary_key=True))

item = Table(
    "item",
    metadata,
    Column("sha256", Text, primary_key=True),
    *_words("name", "media_type"),
    Column("size", Integer, nullable=False),
    Column("pages", Integer, nullable=False),
    *_words("title", "recorded_from"),
)

document = Table(
    "document",
    metadata,
    _item(primary_key=True),
    Column("xml", LargeBinary, nullable=False),
    *_words("sha256", "run", "recorded_from"),
)

clause = Table(
    "clause",
    metadata,
    _row(),
    _item(),
    Column("ord", Integer, nullable=False),
    *_words("eid"),
    *_maybe("parent"),
    *_words("kind"),
    Column("depth", Integer, nullable=False),
    *_words("marker", "heading", "text", "term"),
    Column("page", Integer, nullable=False),
    *_maybe("box", "cells", "pieces"),
    Column("confidence", Float),
    UniqueConstraint("item", "ord"),
)

# Numbers such as 3.48 as they stand in a clause, for the exact search: the word index would take 3.48 and 3.48.1 apart into the same words.
clause_number = Table(
    "clause_number",
    metadata,
    Column("number", Text, primary_key=True),
    Column("clause", Integer, ForeignKey("clause.row"), primary_key=True),
    sqlite_with_rowid=False,
)

date_reading = Table(
    "date_reading",
    metadata,
    _row(),
    _item(),
    Column("ord", Integer, nullable=False),
    *_words("role"),
    *_maybe("settled_on", "earliest", "latest"),
    *_words("body"),
    UniqueConstraint("item", "ord"),
)

# Whom an item says that it binds, in the order in which it says so.
binding = Table(
    "binding",
    metadata,
    _row(),
    _item(),
    Column("ord", Integer, nullable=False),
    *_words("kind", "body"),
    UniqueConstraint("item", "ord"),
)

work = Table(
    "work",
    metadata,
    _row(),
    *_words("id", "agency", "series"),
    *_maybe("number", "bare_number"),
    *_words("title", "bare_title"),
    Column("holder", Integer, nullable=False),
    Column("held", Integer, nullable=False),
    *_recorded(),
    Column("numbers", Text, nullable=False, server_default="[]"),
    _one_open("work", "id"),
    Index("work_number", "agency", "bare_number"),
    Index("work_id", "id", "recorded_to"),
    Index("work_bare_number", "bare_number", "recorded_to"),
    Index("work_bare_title", "bare_title", "recorded_to"),
    Index("work_title", "agency", "bare_title"),
    Index("work_numbers", "agency", sqlite_where=text("numbers <> '[]'")),
)

expression = Table(
    "expression",
    metadata,
    _row(),
    _item(),
    *_words("work", "title"),
    *_maybe("starts_on", "starts_earliest", "starts_latest", "issued_on", "issued_earliest", "issued_latest"),
    *_words("names_prior", "words"),
    *_recorded(),
    Column("series", Text, nullable=False, server_default=""),
    Column("number", Text),
    _one_open("expression", "item"),
    Index("expression_work", "work", "recorded_to"),
    Index("expression_item", "item", "recorded_to"),
)

relation = Table(
    "relation",
    metadata,
    _row(),
    *_words("id"),
    Column("ord", Integer, nullable=False),
    _item(),
    *_words("kind"),
    *_maybe("affecting_work", "affected_work"),
    *_words("agency"),
    *_maybe("affecting_number", "affected_number", "affecting_title", "affected_title"),
    *_words("certainty", "status"),
    *_maybe("effective_on", "effective_earliest", "effective_latest"),
    *_words("body"),
    *_recorded(),
    _one_open("relation", "id"),
    Index("relation_item", "item"),
    Index("relation_affecting_work", "affecting_work"),
    Index("relation_affected_work", "affected_work"),
    Index("relation_affecting_number", "agency", "affecting_number"),
    Index("relation_affected_number", "agency", "affected_number"),
    Index("relation_affecting_title", "agency", "affecting_title"),
    Index("relation_affected_title", "agency", "affected_title"),
)

# ``owner`` is the item that a reading found it in, or the work whose timeline found it: what ``source`` says.
finding = Table(
    "finding",
    metadata,
    _row(),
    *_words("id", "source", "owner"),
    _item(nullable=True),
    *_maybe("work"),
    *_words("code", "severity", "body"),
    *_recorded(),
    _one_open("finding", "source", "owner", "id"),
    Index("finding_work", "work"),
    Index("finding_item", "item"),
)

event = Table(
    "event",
    metadata,
    _row(),
    *_words("work"),
    Column("ord", Integer, nullable=False),
    *_words("kind"),
    *_maybe("settled_on", "earliest", "latest"),
    *_words("body"),
    *_recorded(),
    _one_open("event", "work", "ord"),
    Index("event_work", "work", "recorded_to"),
)

period = Table(
    "period",
    metadata,
    _row(),
    *_words("work", "valid_from", "valid_to", "status"),
    _item(nullable=True),
    *_maybe("since"),
    *_words("body"),
    *_recorded(),
    _one_open("period", "work", "valid_from"),
    Index("period_day", "recorded_to", "valid_from", "valid_to"),
    Index("period_work", "work", "recorded_to"),
    Index("period_item", "item", "recorded_to", "status", "valid_from", "valid_to"),
    Index("period_rules", "valid_from", "valid_to", "work", "item", sqlite_where=text(f"{OPEN} AND status = 'in-force'")),
)

# Which series of an agency prevails over which, as its profile has it with the words that grant it.
precedence = Table(
    "precedence",
    metadata,
    _row(),
    *_words("agency", "prevails", "over", "body"),
    *_recorded(),
    _one_open("precedence", "agency", "prevails", "over"),
)

# The profile by which the papers of an agency are read: all its tables as JSON, with their hash.
profile = Table("profile", metadata, _row(), *_words("agency", "sha256", "words"), *_recorded(), _one_open("profile", "agency"))

# What a site showed: only ever added to. ``id`` names the day, whether the listing is complete, and its files; ``unread`` counts names on it of which no bytes are held.
listing = Table(
    "listing",
    metadata,
    _row(),
    Column("id", Text, nullable=False, unique=True),
    *_words("seen_on"),
    Column("complete", Integer, nullable=False),
    Column("unread", Integer, nullable=False),
    *_words("source", "recorded_from"),
)

# A number for each file ever seen, so that a sighting is two small numbers: a site is looked at hundreds of times.
seen_file = Table("seen_file", metadata, _row(), Column("sha256", Text, nullable=False, unique=True))

sighting = Table(
    "sighting",
    metadata,
    Column("file", Integer, ForeignKey(seen_file.c.row), primary_key=True),
    Column("listing", Integer, ForeignKey(listing.c.row), primary_key=True),
    sqlite_with_rowid=False,
)

# The series of which a listing speaks: those of the files on it.
listing_series = Table(
    "listing_series",
    metadata,
    *(Column(name, Text, primary_key=True) for name in ("agency", "series")),
    Column("listing", Integer, ForeignKey(listing.c.row), primary_key=True),
    sqlite_with_rowid=False,
)

# Where a file came from, as whoever took it in said; several may say it of one file.
provenance = Table(
    "provenance",
    metadata,
    _row(),
    _item(),
    *_words("source", "custodian"),
    *_maybe("obtained_on"),
    Column("certified", Integer, nullable=False),
    *_words("recorded_from"),
    Index("provenance_item", "item"),
)

# Whether a copy shows a signature, as its reading saw it.
signature = Table("signature", metadata, _item(primary_key=True), *_words("state", "body", "recorded_from"))

# What persons decided about doubts, and attest of a series: only ever added to. A later decision on a subject counts instead of the one before it, which stays.
decision = Table("decision", metadata, _row(), Column("id", Text, nullable=False, unique=True), *_words("subject", "ref", "body", "recorded_from"), Index("decision_subject", "subject", "ref"))

attestation = Table(
    "attestation", metadata, _row(), Column("id", Text, nullable=False, unique=True), *_words("agency", "series", "attested_on", "body", "recorded_from"),
    Index("attestation_series", "agency", "series"),
)  # fmt: skip

# Which rules may be given away, which files count no longer, which have no words any more, and which are others with words blacked out: only ever added to; the last of a work or file counts.
marking = Table("marking", metadata, _row(), *_words("work", "access", "body", "recorded_from"), Index("marking_work", "work"))
withdrawal = Table("withdrawal", metadata, _row(), *_words("item", "body", "recorded_from"))
purge = Table("purge", metadata, _row(), Column("item", Text, nullable=False, unique=True), *_words("body", "recorded_from"))
redaction = Table("redaction", metadata, _row(), *_words("item", "of", "body", "recorded_from"))

# How far a scanned page lay off level, in degrees clockwise; level pages have no row.
tilt = Table("tilt", metadata, _item(primary_key=True), Column("page", Integer, primary_key=True), Column("degrees", Float, nullable=False))

# What every transaction wrote: ``lineage.store.log`` says how it is hashed. ``facts`` names a table, ``act`` what was done to its rows.
log = Table(
    "log", metadata, Column("number", Integer, primary_key=True), *_words("moment", "version", "content", "previous"), Column("hash", Text, nullable=False, unique=True),
    Index("log_moment", "moment"),
)  # fmt: skip
logged = Table(
    "logged", metadata, Column("entry", Integer, ForeignKey("log.number"), primary_key=True), Column("facts", Text, primary_key=True), Column("act", Text, primary_key=True), *_words("rows"),
    Column("salts", LargeBinary, nullable=False), Column("hashes", LargeBinary, nullable=False),
)  # fmt: skip

# The tables whose facts can change, each with what names one fact.
FACTS: dict[Table, tuple[str, ...]] = {
    work: ("id",),
    expression: ("item",),
    relation: ("id",),
    finding: ("source", "owner", "id"),
    event: ("work", "ord"),
    period: ("work", "valid_from"),
    precedence: ("agency", "prevails", "over"),
    profile: ("agency",),
}
