"""What ``newest.sql`` says, as PostgreSQL takes it, and what only PostgreSQL has.

There is one statement of how a library is built, and it is SQLite's; so what one database keeps, the other keeps too, trigger by trigger. Texts compare by their signs and not by a country's
order, as they do in SQLite. Numbers of rows are given by the program, since the log has to know them, and never by the database.

What only PostgreSQL has: the periods of a work that are held at one moment cannot overlap; the original bytes lie in a table; the word index is a table of its own, with every word in it, by
its English stem; and ``swept`` names the purges of which nothing is legible any more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct
from sqlalchemy import Connection

REFUSED = "rows of {} are only added; a fact that changes is closed and written anew"
# A purge is being made: the condition of the triggers of 0010.
MAKING = "SELECT 1 FROM purge WHERE recorded_from NOT IN (SELECT recorded_at FROM recording)"

_TRIGGER = re.compile(r"CREATE TRIGGER (?P<name>\w+) BEFORE (?P<when>DELETE|INSERT|UPDATE(?: OF [^()]+?)?) ON (?P<table>\w+)(?: WHEN (?P<condition>.+?))? BEGIN SELECT RAISE\(ABORT, '(?P<said>[^']*)'\); END", re.S)

# A function of SQLite that conditions and questions use.
FUNCTIONS = (
    "CREATE FUNCTION instr(whole text, part text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT position(part in whole)'",
    "CREATE FUNCTION instr(whole bytea, part text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT position(convert_to(part, ''UTF8'') in whole)'",
    "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = ''integrity_constraint_violation''; END'",
)
TABLES = (
    # A work's name as a range of one makes it comparable within the constraint without an extension of the server.
    "CREATE TYPE spell AS RANGE (SUBTYPE = text, COLLATION = \"C\")",
    "ALTER TABLE period ADD CONSTRAINT period_once EXCLUDE USING gist (spell(work, work, '[]') WITH &&, spell(valid_from, valid_to) WITH &&, spell(recorded_from, recorded_to) WITH &&)",
    'CREATE TABLE original (sha256 TEXT COLLATE "C" PRIMARY KEY, data BYTEA NOT NULL)',
    "CREATE TABLE swept (purge INTEGER PRIMARY KEY REFERENCES purge (\"row\"))",
    "CREATE TEXT SEARCH DICTIONARY stems (TEMPLATE = pg_catalog.snowball, LANGUAGE = english)",
    "CREATE TEXT SEARCH CONFIGURATION stemmed (PARSER = pg_catalog.default)",
    "ALTER TEXT SEARCH CONFIGURATION stemmed ADD MAPPING FOR asciiword, word, numword, hword, asciihword, numhword, hword_part, hword_asciipart, hword_numpart, int, uint, float, sfloat, version WITH stems",
    "CREATE TABLE clause_words (clause INTEGER PRIMARY KEY REFERENCES clause (\"row\"), words TSVECTOR NOT NULL)",
    "CREATE INDEX clause_words_index ON clause_words USING gin (words)",
)
OWN_TABLES = ("clause_words", "original", "swept")
# The triggers of the tables that only PostgreSQL has, as SQLite would have them.
OWN = (
    f"CREATE TRIGGER original_kept BEFORE DELETE ON original WHEN NOT EXISTS ({MAKING} AND item = OLD.sha256) BEGIN SELECT RAISE(ABORT, '{REFUSED.format('original')}'); END",
    f"CREATE TRIGGER original_fixed BEFORE UPDATE ON original BEGIN SELECT RAISE(ABORT, '{REFUSED.format('original')}'); END",
)


def make(connection: Connection, newest: str) -> None:
    """Make the tables of the newest schema, of which this is SQLite's statement, in an empty schema."""
    connection.exec_driver_sql(";\n".join([*_tables(newest), *FUNCTIONS, *TABLES, *_triggers(newest)]))


def loosen(connection: Connection) -> None:
    """Take the triggers away, so that scripts may change what they keep; ``settle`` brings them back."""
    for name, table in connection.exec_driver_sql(
        "SELECT t.tgname, c.relname FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname = trim(both '\"' from current_setting('search_path')) AND NOT t.tgisinternal"
    ).all():
        connection.exec_driver_sql(f'DROP TRIGGER "{name}" ON "{table}"')
        connection.exec_driver_sql(f'DROP FUNCTION IF EXISTS "{name}"()')


def settle(connection: Connection, newest: str) -> None:
    """Make of tables that the scripts made what ``make`` makes."""
    here = "trim(both '\"' from current_setting('search_path'))"
    for table, column, default, collation in connection.exec_driver_sql(
        "SELECT table_name, column_name, column_default, CASE data_type WHEN 'text' THEN coalesce(collation_name, '') ELSE 'C' END FROM information_schema.columns "
        f"WHERE table_schema = {here} AND table_name NOT IN ('account', 'sign_on', 'asked') ORDER BY table_name, ordinal_position"
    ).all():
        if collation != "C":
            connection.exec_driver_sql(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" TYPE TEXT COLLATE "C"')
        if "nextval(" in (default or ""):
            connection.exec_driver_sql(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" DROP DEFAULT')
            connection.exec_driver_sql(f'DROP SEQUENCE "{table}_{column}_seq"')
    made = connection.exec_driver_sql(f"SELECT 1 FROM pg_catalog.pg_tables WHERE schemaname = {here} AND tablename = 'original'").first()
    connection.exec_driver_sql(";\n".join([*(() if made else FUNCTIONS + TABLES), *_triggers(newest)]))


def _tables(newest: str) -> Iterator[str]:
    for statement in _statements(newest):
        if statement.startswith("CREATE TABLE"):
            made = statement.removesuffix("WITHOUT ROWID").rstrip()
            yield re.sub(r"\bTEXT\b", 'TEXT COLLATE "C"', re.sub(r"\bBLOB\b", "BYTEA", made))
        elif not statement.startswith(("CREATE TRIGGER", "CREATE VIRTUAL TABLE")):
            yield statement


class Trigger(Struct, frozen=True):
    """What refuses an act on the rows of a table. ``columns`` are those of an update that it is about (all where there are none), ``condition`` says when it refuses, ``said`` why."""

    name: str
    table: str
    act: str
    columns: tuple[str, ...]
    condition: str
    said: str

    @property
    def function(self) -> str:
        """The function that it calls: one of its own where it looks into tables."""
        return self.name if "SELECT" in self.condition else "refuse"

    @property
    def body(self) -> str:
        """That function's body, of its own."""
        row = "OLD" if self.act == "DELETE" else "NEW"
        return f"BEGIN IF {self.condition} THEN RAISE EXCEPTION USING MESSAGE = '{self.said}', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {row}; END"

    def statements(self) -> Iterator[str]:
        """What makes it."""
        columns = ", ".join(f'"{name}"' for name in self.columns)
        of = f" OF {columns}" if columns else ""
        head = f"CREATE TRIGGER {self.name} BEFORE {self.act}{of} ON {self.table} FOR EACH {'STATEMENT' if self.act == 'TRUNCATE' else 'ROW'}"
        if self.function == self.name:
            yield f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $body${self.body}$body$"
            yield f"{head} EXECUTE FUNCTION {self.name}()"
        else:
            yield f"{head}{f' WHEN ({self.condition})' if self.condition else ''} EXECUTE FUNCTION refuse('{self.said}')"


def triggers_of(newest: str) -> list[Trigger]:
    """The triggers of a library: those that SQLite has, and for each table one more, since PostgreSQL can also empty a table at once."""
    found: list[Trigger] = []
    for statement in (*(one for one in _statements(newest) if one.startswith("CREATE TRIGGER")), *OWN):
        read = _TRIGGER.fullmatch(statement)
        if read is None:
            raise ValueError(f"This trigger of newest.sql is of a form that PostgreSQL was not taught: {statement}")
        act, _, columns = read["when"].partition(" OF ")
        names = tuple(name.strip(' "') for name in columns.split(",")) if columns else ()
        found.append(Trigger(read["name"], read["table"], act, names, read["condition"] or "", read["said"]))
    tables = dict.fromkeys(one.table for one in found)
    return [*found, *(Trigger(f"{table}_emptied", table, "TRUNCATE", (), "", REFUSED.format(table)) for table in tables)]


def _triggers(newest: str) -> Iterator[str]:
    for one in triggers_of(newest):
        yield from one.statements()


def _statements(newest: str) -> list[str]:
    """The statements of the file, without its first line, which says of which revision it is."""
    return newest.partition("\n")[2].removesuffix(";\n").split(";\n")
