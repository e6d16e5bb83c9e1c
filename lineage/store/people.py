"""The accounts of the pages, who is signed on, and the log of questions, in a database of their own beside the library: none of it is evidence, it may be changed and forgotten, and no ingest keeps it waiting."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Column, Connection, Integer, MetaData, Table, Text, delete, select, update
from sqlalchemy.exc import DatabaseError

from lineage.errors import StoreError
from lineage.model.account import Account, Asked, Role, SignOn
from lineage.store import rights
from lineage.store.engines import engine_at, writing
from lineage.store.place import Place, place_of
from lineage.store.postgresql import tables_of
from lineage.store.sqlite import engine_for

DATABASE = "people.sqlite"

metadata = MetaData()
account = Table(
    "account", metadata, Column("name", Text, primary_key=True), Column("role", Text, nullable=False), Column("secret", Text, nullable=False), Column("restricted", Integer, nullable=False),
    Column("made_at", Text, nullable=False),
)  # fmt: skip
sign_on = Table(
    "sign_on", metadata, Column("key", Text, primary_key=True), Column("account", Text, nullable=False), Column("form", Text, nullable=False), Column("until", Text, nullable=False),
    Column("matter", Text, nullable=False),
)  # fmt: skip
asked = Table(
    "asked", metadata, Column("row", Integer, primary_key=True), Column("at", Text, nullable=False), Column("account", Text, nullable=False), Column("matter", Text, nullable=False),
    Column("question", Text, nullable=False),
)  # fmt: skip


class People:
    """The people of the library in a place. Moments are ISO, UTC, and compare as text. They lie in a file of its folder; where it has none, in the schema of its database."""

    def __init__(self, place: Place | Path, patience_s: float = 10.0) -> None:
        place = place_of(place) if isinstance(place, Path) else place
        self.path = place.beside(DATABASE)
        self._where = self.path or place
        self._engine = engine_for(self.path, patience_s) if self.path is not None else engine_at(place, patience_s)
        self._made = False

    def close(self) -> None:
        """Let the database go."""
        self._engine.dispose()

    def may_be(self) -> bool:
        """Whether anybody may have an account, as far as that is told at once: where there is a file for them, or a server to ask."""
        return self.path is None or self.path.exists()

    def accounts(self) -> list[Account]:
        """All accounts, by name."""
        with self._asking() as connection:
            return [_account(row) for row in connection.execute(select(account).order_by(account.c.name))] if connection else []

    def account(self, name: str) -> Account | None:
        """The account of this name, or None."""
        with self._asking() as connection:
            row = connection.execute(select(account).where(account.c.name == name)).first() if connection else None
        return _account(row) if row is not None else None

    def put_account(self, one: Account) -> None:
        """Keep an account, instead of one of the same name; whoever is signed on in that name has to sign on anew."""
        with self._writing() as connection:
            connection.execute(delete(account).where(account.c.name == one.name))
            connection.execute(delete(sign_on).where(sign_on.c.account == one.name))
            connection.execute(account.insert(), [{"name": one.name, "role": one.role, "secret": one.secret, "restricted": int(one.restricted), "made_at": one.made_at}])

    def drop_account(self, name: str) -> None:
        """Take an account away, and sign it off everywhere."""
        with self._writing() as connection:
            connection.execute(delete(account).where(account.c.name == name))
            connection.execute(delete(sign_on).where(sign_on.c.account == name))

    def put_sign_on(self, one: SignOn, now: str) -> None:
        """Keep a sign-on; those that have ended by now are forgotten."""
        with self._writing() as connection:
            connection.execute(delete(sign_on).where(sign_on.c.until <= now))
            connection.execute(sign_on.insert(), [{"key": one.key, "account": one.account, "form": one.form, "until": one.until, "matter": one.matter}])

    def sign_on(self, key: str, now: str) -> SignOn | None:
        """The sign-on with this key, where it has not ended."""
        with self._asking() as connection:
            row = connection.execute(select(sign_on).where(sign_on.c.key == key, sign_on.c.until > now)).first() if connection else None
        return SignOn(row.key, row.account, row.form, row.until, row.matter) if row is not None else None

    def drop_sign_on(self, key: str) -> None:
        """End a sign-on."""
        with self._writing() as connection:
            connection.execute(delete(sign_on).where(sign_on.c.key == key))

    def set_matter(self, key: str, matter: str) -> None:
        """The matter number of the questions asked from now on in a sign-on."""
        with self._writing() as connection:
            connection.execute(update(sign_on).where(sign_on.c.key == key).values(matter=matter))

    def log(self, one: Asked, keep_from: str) -> None:
        """Put a question on the log; those before ``keep_from`` are forgotten."""
        with self._writing() as connection:
            connection.execute(delete(asked).where(asked.c.at < keep_from))
            connection.execute(asked.insert(), [{"at": one.at, "account": one.account, "matter": one.matter, "question": one.question}])

    def forget(self, before: str) -> None:
        """Forget the questions asked before a moment."""
        with self._writing() as connection:
            connection.execute(delete(asked).where(asked.c.at < before))

    def questions(self, matter: str = "", most: int = 1000) -> list[Asked]:
        """The questions on the log, of one matter where it is named, the last ones first."""
        wanted = select(asked).order_by(asked.c.row.desc()).limit(most)
        if matter:
            wanted = wanted.where(asked.c.matter == matter)
        with self._asking() as connection:
            return [Asked(row.at, row.account, row.matter, row.question) for row in connection.execute(wanted)] if connection else []

    def copy_to(self, folder: Path) -> None:
        """Keep the same people in a folder that has none; nothing where there are none."""
        with self._asking() as held:
            rows = {table: [dict(row._mapping) for row in held.execute(select(table))] for table in metadata.sorted_tables} if held else {}
        if not rows:
            return
        copy = People(Place(folder))
        with copy._writing() as made:
            for table, some in rows.items():
                if some:
                    made.execute(table.insert(), some)
        copy.close()

    @contextmanager
    def _asking(self) -> Iterator[Connection | None]:
        """A connection to ask; None where nobody ever had an account here, so that asking makes no file."""
        if not self.may_be():
            yield None
            return
        with self._told(), self._engine.connect() as connection, connection.begin():
            yield connection if self.path is not None or "account" in tables_of(connection) else None

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._told():
            if self.path is not None:
                rights.make_file(self.path, owner_alone=True)
        with self._told(), writing(self._engine) as connection, connection.begin():
            if not self._made:
                metadata.create_all(connection)
                self._made = True
            yield connection
        if self.path is not None:
            self.path.chmod(0o600)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (DatabaseError, OSError) as error:
            self._made = False
            raise StoreError(
                f"The accounts of the pages in {self._where} cannot be used ({error.orig if isinstance(error, DatabaseError) else error.strerror}); the library itself is not touched.",
                hint="Make sure that the folder may be written and no other program holds the file, or that the database can be reached.",
                code="people.trouble",
            ) from error


def _account(row: object) -> Account:
    name, role, secret, restricted, made_at = row  # type: ignore[misc]
    kept: Role = role  # type: ignore[has-type]
    return Account(name, kept, secret, bool(restricted), made_at)  # type: ignore[has-type]
