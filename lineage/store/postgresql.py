"""The database engine for a library at an address: PostgreSQL, with its settings and their reasons.

A library is one schema of a database. Whoever writes takes one lock for the whole library first, as in SQLite, because the log has one order; whoever reads sees the library as it was at
one moment, waits for nobody, and keeps nobody waiting. The address is that of the driver's own library: what it does not say (a password, a certificate) may stand in the files and variables
that this library knows.
"""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from lineage.errors import StoreError

SCHEMA = "lineage"

# So many connections wait for questions at most; threads of the pages share them.
CONNECTIONS = 10

# What else an address says is not shown: a key of a certificate has a password too, and so has a misspelt name.
_SHOWN = {"dbname", "host", "hostaddr", "port", "service", "sslmode", "user"}

_NAME = re.compile(r"(?!pg_)[a-z_][a-z0-9_]{0,62}")


def taken_apart(address: str) -> tuple[URL, str]:
    """The address as the toolkit takes it, and the schema. StoreError ``store.unsupported`` for one that cannot be understood."""
    try:
        url = make_url(address)
        schema = url.query.get("schema", SCHEMA)
    except (ArgumentError, ValueError):
        raise _wrong("it is not of the form postgresql://user@host/database?schema=NAME") from None
    if url.password is not None and "@" in address.partition("@")[2]:
        # Else the rest of the password would be taken for the host, and shown.
        raise _wrong("it has more than one sign @; in a name or a password it is written as %40")
    if not isinstance(schema, str) or not _NAME.fullmatch(schema):
        raise _wrong("the name of a schema is small letters, figures and low lines, begins with none of the figures and is not one of the server's own")
    return url.set(drivername="postgresql+psycopg").difference_update_query(["schema"]), schema


def with_schema(address: str, schema: str) -> str:
    """The same address with another schema."""
    url, _ = taken_apart(address)
    return _plain(url, schema).render_as_string(hide_password=False)


def said(address: str) -> str:
    """The address as it may be shown: without a password, and without what may be one."""
    url, schema = taken_apart(address)
    # ``set`` leaves a password where it is given none.
    return _plain(url._replace(password=None).difference_update_query(set(url.query) - _SHOWN), schema).render_as_string()


def engine_for(address: str, patience_s: float) -> Engine:
    """An engine for this address; a lock held by another program is waited for ``patience_s`` seconds. StoreError ``store.unsupported`` where the driver is not installed."""
    url, schema = taken_apart(address)
    settings = {"application_name": "lineage", "connect_timeout": max(2, int(patience_s)), "client_encoding": "utf8"}
    try:
        engine = create_engine(
            url, connect_args={name: value for name, value in settings.items() if name not in url.query}, use_native_hstore=False, hide_parameters=True, pool_size=CONNECTIONS, max_overflow=2 * CONNECTIONS
        )
    except ImportError as error:
        raise StoreError(
            "A library in PostgreSQL needs a driver that is not installed, so this library was not opened.",
            hint="Install it: pip install 'policy-lineage[postgres]'",
            code="store.unsupported",
        ) from error

    def settle(connection: Any, _: Any) -> None:
        connection.autocommit = True
        connection.execute(f'SET search_path TO "{schema}"')
        connection.autocommit = False

    def begin(connection: Connection) -> None:
        _begin(connection, schema, max(1, int(patience_s * 1000)))

    event.listen(engine, "connect", settle)
    event.listen(engine, "begin", begin)
    return engine


def schema_of(connection: Connection) -> str:
    """The schema in which the library of a connection is, or will be."""
    return str(connection.exec_driver_sql("SELECT trim(both '\"' from current_setting('search_path'))").scalar_one())


def tables_of(connection: Connection) -> list[str]:
    """The tables of the library's schema, in order; none where there is no such schema. StoreError ``store.no-rights`` where it may not be used."""
    statement = "SELECT tablename, has_schema_privilege(schemaname, 'USAGE') FROM pg_catalog.pg_tables WHERE schemaname = trim(both '\"' from current_setting('search_path')) ORDER BY tablename"
    found = connection.exec_driver_sql(statement).all()
    if not all(usable for _, usable in found):
        # Asked all the same, the server would say that there are no such tables.
        raise StoreError(
            f"The schema {schema_of(connection)} of the database may not be used by this account, so the library in it was not opened.",
            hint="Ask whoever looks after the database for rights to it: GRANT USAGE ON SCHEMA, and SELECT on its tables to ask, INSERT and UPDATE to write.",
            code="store.no-rights",
        )
    return [str(table) for table, _ in found]


def make_schema(connection: Connection) -> None:
    """Make the library's schema, where there is none."""
    name = schema_of(connection)
    # Asked first: whoever may not make schemas may still be given one.
    if connection.exec_driver_sql("SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = %s", (name,)).first() is None:
        connection.exec_driver_sql(f'CREATE SCHEMA "{name}"')


def _begin(connection: Connection, schema: str, patience_ms: int) -> None:
    options = connection.get_execution_options()
    if options.get("isolation_level") == "AUTOCOMMIT":
        return
    import psycopg

    raw: Any = connection.connection.dbapi_connection
    writes = options.get("begin") == "IMMEDIATE"
    # A writer reads what was committed before it got the lock, which it waits for in the same transaction.
    raw.isolation_level = psycopg.IsolationLevel.READ_COMMITTED if writes else psycopg.IsolationLevel.REPEATABLE_READ
    # Who writes does not say so to the server: it may be one that only reads, or an account that is set to, and refuses with words of its own.
    raw.read_only = None if writes else True
    if writes:
        # What was said to be kept is kept, also where the server is set to say so before it is.
        connection.exec_driver_sql(
            f"SELECT set_config('lock_timeout', '{patience_ms}ms', true), "
            "CASE current_setting('synchronous_commit') WHEN 'off' THEN set_config('synchronous_commit', 'on', true) END"
        )
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock(hashtextextended('lineage {schema}', 0))")


def _plain(url: URL, schema: str) -> URL:
    return url.set(drivername="postgresql").update_query_dict({"schema": schema})


def _wrong(why: str) -> StoreError:
    return StoreError(f"The address of the library cannot be used: {why}. Nothing was opened.", hint="Give an address such as postgresql://user@host/database?schema=lineage.", code="store.unsupported")
