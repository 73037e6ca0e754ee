"""A log in a PostgreSQL database: the same tables, and a lock that the connection holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg

from clearance.adapters.ledger.engine import ONE_WRITER, Values
from clearance.model.errors import StorageError


class Postgres:
    """A PostgreSQL database, by URL."""

    rows = 500  # each statement is a way there and back

    def __init__(self, url: str, *, writing: bool = False) -> None:
        self._url = url
        self._writing = writing
        self._held = self._connected()
        self.name = f"postgresql://{self._held.info.host}/{self._held.info.dbname}"

    def ask(self, statement: str, values: Values = ()) -> list[Any]:
        with _told():
            found = self._held.execute(_for_postgres(statement), values)
            return found.fetchall() if found.description else []

    def each(self, statement: str) -> Iterator[Any]:
        with (
            _told(),
            self._held.transaction(),
            self._held.cursor("ledger_rows") as cursor,
        ):
            yield from cursor.execute(statement)

    def tell(self, statement: str, values: Values = ()) -> int:
        with _told():
            return int(self._held.execute(_for_postgres(statement), values).rowcount)

    @contextmanager
    def at_once(self) -> Iterator[None]:
        with _told(), self._held.transaction():
            yield

    @contextmanager
    def steady(self) -> Iterator[None]:
        with _told(), self._held.transaction():
            self._held.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
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
        """Left to the database's own cleaning: doing it here would hold everybody up."""

    def close(self) -> None:
        self._held.close()

    def _connected(self) -> Any:
        with _told():
            held = psycopg.connect(self._url, autocommit=True, connect_timeout=10)
            held.execute("SET synchronous_commit = on")
            return held


def _for_postgres(statement: str) -> str:
    return statement.replace("?", "%s").replace(" STRICT", "").replace("INTEGER", "BIGINT")


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except psycopg.Error as error:
        first = (str(error).strip().splitlines() or ["the connection was lost"])[0]
        raise StorageError(
            first, file="PostgreSQL", remedy="check that the database runs and may be used"
        ) from None
