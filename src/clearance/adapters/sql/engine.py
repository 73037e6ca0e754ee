"""One database by a path or a URL: how it is opened, read and written.

1. A path, or ``sqlite:///path``, is SQLite: write-ahead log, full sync, one writer at a time, a
   file that its owner alone may read. ``postgresql://…`` is PostgreSQL.
2. A reader sees one moment, however long it reads. A writer holds the one writing lock from its
   first statement, so that no writer is refused at its end.
3. What the database cannot do is a ``StorageError`` without the URL's password in it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from clearance.model.errors import InputError, StorageError

PATIENCE = 30
"""Seconds that a SQLite writer waits for the one before it."""

_WRITE = {"clearance_write": True}
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    f"busy_timeout = {PATIENCE * 1000}",
    "temp_store = MEMORY",
)


class Database:
    """An open database; threads may share it."""

    __slots__ = ("_engine", "place")

    def __init__(self, place: str) -> None:
        url = _url(place)
        self.place = url.render_as_string(hide_password=True)
        lite = url.get_backend_name() == "sqlite"
        self._engine = _sqlite(url) if lite else _postgresql(url)

    @property
    def engine(self) -> Engine:
        """SQLAlchemy's own, for those who keep tables beside ours."""
        return self._engine

    @property
    def is_sqlite(self) -> bool:
        """Is it one file?"""
        return self._engine.dialect.name == "sqlite"

    @property
    def file(self) -> Path | None:
        """The file that it is, if it is one."""
        return Path(str(self._engine.url.database)) if self.is_sqlite else None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A look at one moment.

        Raises:
            StorageError: the database cannot be read.
        """
        with self._told(), self._engine.connect() as connection:
            yield connection.execution_options(**_steady(self.is_sqlite))

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A change that happens whole or not at all.

        Raises:
            StorageError: the database cannot be written; nothing of the change is left then.
        """
        with self._told(), self._engine.connect() as plain:
            connection = plain.execution_options(**_WRITE)
            with connection.begin():
                yield connection

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise StorageError(
                f"the database refuses: {_first_line(error.orig)}",
                file=self.place,
                remedy="check that it is there, its rights and the disk",
            ) from None
        except SQLAlchemyError as error:
            raise StorageError(
                f"the database cannot be used: {_first_line(error)}",
                file=self.place,
                remedy="check that it is there",
            ) from None


def _url(place: str) -> URL:
    if "://" not in place:
        return URL.create("sqlite", database=place)
    try:
        url = make_url(place)
    except (ArgumentError, ValueError):
        raise InputError("is no database URL", file="--state", remedy=_FORMS) from None
    if url.get_backend_name() == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() != "sqlite" or not url.database:
        what = f"{url.get_backend_name()!r} is no database that can be used"
        raise InputError(what, file="--state", remedy=_FORMS)
    return url


_FORMS = "give a path, or postgresql://user@host/name"


def _steady(lite: bool) -> dict[str, str]:
    return {} if lite else {"isolation_level": "REPEATABLE READ"}


def _sqlite(url: URL) -> Engine:
    engine = create_engine(url, poolclass=QueuePool, pool_size=4)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _postgresql(url: URL) -> Engine:
    return create_engine(url, pool_size=4, pool_pre_ping=True)


def _prepare(connection: sqlite3.Connection, record: object) -> None:
    connection.isolation_level = None  # transactions are begun by us alone
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    write = connection.get_execution_options().get("clearance_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _first_line(error: BaseException | None) -> str:
    return next(iter(str(error).strip().splitlines()), "no reason given")[:200]


def private_file(path: Path) -> None:
    """Make a file that nobody but its owner can read; one that is there stays as it is.

    Raises:
        StorageError: it cannot be made.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StorageError(
            f"cannot be made: {error.strerror or error}", file=str(path), remedy="check the path"
        ) from None
