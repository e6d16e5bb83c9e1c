"""Running the migration scripts on a database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text

from lineage.store import postgresql

HERE = Path(__file__).parent


def revision_of(connection: Connection) -> str | None:
    """The revision of a library's database; None for an empty database. LookupError for a database that is no library's."""
    tables = postgresql.tables_of(connection) if connection.dialect.name == "postgresql" else inspect(connection).get_table_names()
    if not tables:
        return None
    if "alembic_version" not in tables or "recording" not in tables:
        raise LookupError("The database has tables, and they are not those of a library.")
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def make(connection: Connection, revision: str) -> None:
    """Make the tables of this revision in an empty database, within the caller's transaction.

    ``newest.sql`` holds what the scripts make of an empty SQLite database, statement by statement, so that they and Alembic need not be
    loaded; any other revision is made by the scripts.
    """
    made = newest()
    head, _, rest = made.partition("\n")
    if head != f"-- {revision}":
        upgrade(connection, revision)
        return
    if connection.dialect.name == "postgresql":
        from lineage.store.migrations import postgresql as guards

        guards.make(connection, made)
        return
    for statement in rest.removesuffix(";\n").split(";\n"):
        connection.exec_driver_sql(statement)


def upgrade(connection: Connection, revision: str, versions: Path | None = None) -> None:
    """Bring the database to this revision within the caller's transaction. ``versions`` is a folder of scripts, by default the
    package's own.
    """
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(str(HERE), version_locations=[str(versions or HERE / "versions")])

    def steps(current: Any, _: Any) -> Any:
        return scripts._upgrade_revs(revision, current)

    from lineage.store.migrations import postgresql as guards

    if connection.dialect.name == "postgresql":
        guards.loosen(connection)
    with EnvironmentContext(Config(), scripts, fn=steps, destination_rev=revision) as environment:
        environment.configure(connection=connection, transactional_ddl=True)
        environment.run_migrations()
    made = newest()
    if connection.dialect.name == "postgresql" and f"-- {revision}" >= made.partition("\n")[0]:
        guards.settle(connection, made)


def newest() -> str:
    """What makes a new library: the file ``newest.sql``."""
    return (HERE / "newest.sql").read_text(encoding="utf-8")
