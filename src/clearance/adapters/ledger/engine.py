"""The two databases that keep a log, behind a few verbs.

1. Statements are written once, with ``?`` for each value and BYTEA for bytes.
2. Whatever a database says went wrong is a :class:`StorageError`; after one, ``again`` begins anew.
3. A commit has returned only when the disk has it: WAL with full sync, or ``synchronous_commit``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain, islice
from pathlib import Path
from typing import Any, Protocol

from clearance.model.errors import ClearanceError, IntegrityError, StorageError

Values = Sequence[bytes | str | int]

_ROWS = 500
"""Rows of one statement: SQLite takes 32,766 values, PostgreSQL 65,535."""

_CORRUPT = ("malformed", "not a database", "disk image")


class Engine(Protocol):
    """One connection to a database."""

    name: str

    def ask(self, statement: str, values: Values = ()) -> list[Any]:
        """The rows that a statement gives."""
        ...

    def each(self, statement: str) -> Iterator[Any]:
        """The rows of a statement one by one, for as many as no memory holds."""
        ...

    def tell(self, statement: str, values: Values = ()) -> int:
        """Run a statement; how many rows of a table it touched."""
        ...

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """All of what is told inside, or nothing."""
        ...

    def alone(self) -> None:
        """Nobody else writes the log while this connection lives.

        Raises:
            StorageError: somebody does.
        """
        ...

    def again(self) -> None:
        """Connect anew after something went wrong."""
        ...

    def damage(self) -> Sequence[str]:
        """What the database finds wrong with itself, where it can tell."""
        ...

    def forget(self) -> None:
        """Let nothing that was deleted linger where the database can help it."""
        ...

    def close(self) -> None:
        """Let go."""
        ...


class Sqlite:
    """An SQLite file."""

    def __init__(self, file: Path, *, writing: bool = False, new: bool = False) -> None:
        self.name = str(file)
        self._file = file
        self._writing = writing
        self._mode = "rwc" if new else "rw" if writing else "ro"
        self._held = self._connected()

    def ask(self, statement: str, values: Values = ()) -> list[Any]:
        with _told(self.name):
            return self._held.execute(_for_sqlite(statement), values).fetchall()

    def each(self, statement: str) -> Iterator[Any]:
        with _told(self.name):
            yield from self._held.execute(statement)

    def tell(self, statement: str, values: Values = ()) -> int:
        with _told(self.name):
            return self._held.execute(_for_sqlite(statement), values).rowcount

    @contextmanager
    def at_once(self) -> Iterator[None]:
        with _told(self.name):
            inside = self._held.in_transaction
            if not inside:
                self._held.execute("BEGIN IMMEDIATE")
        if inside:
            yield
            return
        try:
            yield
            with _told(self.name):
                self._held.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                self._held.execute("ROLLBACK")
            raise

    def alone(self) -> None:
        """The file beside holds the lock: see :mod:`clearance.adapters.ledger.mark`."""

    def again(self) -> None:
        self.close()
        self._held = self._connected()

    def damage(self) -> Sequence[str]:
        try:
            found = [text for (text,) in self.ask("PRAGMA integrity_check(20)")]
        except ClearanceError as error:
            return [error.what]
        return [] if found == ["ok"] else found

    def forget(self) -> None:
        self.ask("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        with suppress(sqlite3.Error):
            self._held.close()

    def _connected(self) -> sqlite3.Connection:
        with _told(self.name):
            held = sqlite3.connect(
                f"{self._file.absolute().as_uri()}?mode={self._mode}",
                uri=True,
                isolation_level=None,
                check_same_thread=False,
                timeout=10,
            )
            held.text_factory = _text  # what is damaged is read, and found to be
            if self._writing:
                held.execute("PRAGMA journal_mode=WAL")
                held.execute("PRAGMA synchronous=FULL")
                held.execute("PRAGMA secure_delete=ON")
            return held


class Postgres:
    """A PostgreSQL database, by URL."""

    def __init__(self, url: str, *, writing: bool = False) -> None:
        self._url = url
        self._writing = writing
        self._held = self._connected()
        self.name = f"postgresql://{self._held.info.host}/{self._held.info.dbname}"

    def ask(self, statement: str, values: Values = ()) -> list[Any]:
        with _told_by_postgres():
            found = self._held.execute(_for_postgres(statement), values)
            return found.fetchall() if found.description else []

    def each(self, statement: str) -> Iterator[Any]:
        with (
            _told_by_postgres(),
            self._held.transaction(),
            self._held.cursor("ledger_rows") as cursor,
        ):
            yield from cursor.execute(statement)

    def tell(self, statement: str, values: Values = ()) -> int:
        with _told_by_postgres():
            return int(self._held.execute(_for_postgres(statement), values).rowcount)

    @contextmanager
    def at_once(self) -> Iterator[None]:
        with _told_by_postgres(), self._held.transaction():
            yield

    def alone(self) -> None:
        (((got,),)) = self.ask("SELECT pg_try_advisory_lock(hashtext('clearance ledger'))")
        if not got:
            raise StorageError("is written by another process", file=self.name, remedy=ONE_WRITER)

    def again(self) -> None:
        self.close()
        self._held = self._connected()
        if self._writing:
            try:
                self.alone()
            except StorageError:
                self.close()  # who does not hold the lock writes nothing
                raise

    def damage(self) -> Sequence[str]:
        return ()

    def forget(self) -> None:
        self.ask("VACUUM ledger_sealed")

    def close(self) -> None:
        self._held.close()

    def _connected(self) -> Any:
        import psycopg

        with _told_by_postgres():
            held = psycopg.connect(self._url, autocommit=True, connect_timeout=10)
            held.execute("SET synchronous_commit = on")
            return held


ONE_WRITER = "one process writes a log; stop it first, or ask it"


def engine(place: str, *, writing: bool = False, new: bool = False) -> Engine:
    """A connection to the log at a place: a file, or a PostgreSQL URL.

    Args:
        writing: it will be written.
        new: the file may be made.

    Raises:
        StorageError: it cannot be had.
    """
    if is_url(place):
        return Postgres(place, writing=writing)
    file = Path(place)
    if not new and not file.is_file():
        raise StorageError("there is no log", file=place, remedy="make one with 'log init'")
    return Sqlite(file, writing=writing, new=new)


def put(held: Engine, into: str, rows: Iterable[Values], then: str = "") -> None:
    """Insert rows, many by one statement: between two, every other thread has its turn.

    Args:
        into: the table, with columns if not all are given.
        then: what follows the values.
    """
    waiting = iter(rows)
    while some := list(islice(waiting, _ROWS)):
        one = f"({', '.join('?' * len(some[0]))})"
        statement = f"INSERT INTO {into} VALUES {', '.join([one] * len(some))} {then}"  # noqa: S608 -- values are bound
        held.tell(statement, list(chain.from_iterable(some)))


def is_url(place: str) -> bool:
    """Is it a database by URL?"""
    return place.startswith(("postgresql://", "postgres://"))


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _for_sqlite(statement: str) -> str:
    return statement.replace("BYTEA", "BLOB")


def _for_postgres(statement: str) -> str:
    return statement.replace("?", "%s").replace(" STRICT", "").replace("INTEGER", "BIGINT")


@contextmanager
def _told(name: str) -> Iterator[None]:
    try:
        yield
    except UnicodeDecodeError:  # of a message that quotes what is damaged
        raise IntegrityError("the file is damaged", file=name) from None
    except sqlite3.Error as error:
        if any(word in str(error) for word in _CORRUPT):
            raise IntegrityError(f"the file is damaged: {error}", file=name) from None
        raise StorageError(str(error), file=name, remedy="check the disk and the rights") from None


@contextmanager
def _told_by_postgres() -> Iterator[None]:
    import psycopg

    try:
        yield
    except psycopg.Error as error:
        first = (str(error).strip().splitlines() or ["the connection was lost"])[0]
        raise StorageError(
            first, file="PostgreSQL", remedy="check that the database runs and may be used"
        ) from None
