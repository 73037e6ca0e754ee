"""A log in an SQLite file: write-ahead log, full sync, deleted values overwritten."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from clearance.adapters.ledger.engine import Values
from clearance.model.errors import ClearanceError, IntegrityError, StorageError

_SECONDS = 10
"""How long is waited for another connection's lock."""

_HOME_SECONDS = 0.25
"""How often committed pages are moved home."""

_HOME_TIMES = 2
"""What comes during the first time is little: the second may end before the next commit begins, and
the file is written from its beginning again instead of growing."""

_WAL_PAGES = 16_384
"""With so many pages waiting to be moved a commit moves them itself: the file stays bounded."""

_CORRUPT = ("malformed", "not a database", "disk image")


class Sqlite:
    """An SQLite file.

    Who writes it for long moves committed pages home beside the commits, by a thread with its own
    connection: a commit that has to do it waits for two more syncs, and everybody with it.
    """

    rows = 50  # with more, binding values costs more than another statement does

    def __init__(self, file: Path, *, writing: bool = False, new: bool = False) -> None:
        self.name = str(file)
        self._file = file
        self._writing = writing
        self._mode = "rwc" if new else "rw" if writing else "ro"
        self._held = self._connected()
        self._moving = threading.Lock()
        self._closed = threading.Event()
        self._mover: threading.Thread | None = None

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

    @contextmanager
    def steady(self) -> Iterator[None]:
        with _told(self.name):
            self._held.execute("BEGIN")
        try:
            yield
        finally:
            with suppress(sqlite3.Error):
                self._held.execute("ROLLBACK")

    def alone(self) -> None:
        """The file beside holds the lock: see :mod:`clearance.adapters.ledger.mark`."""
        self._mover = threading.Thread(target=self._move_home, name="ledger-home", daemon=True)
        self._mover.start()

    def again(self) -> None:
        with suppress(sqlite3.Error):
            self._held.close()
        self._held = self._connected()

    def damage(self) -> Sequence[str]:
        try:
            found = [text for (text,) in self.ask("PRAGMA integrity_check(20)")]
        except ClearanceError as error:
            return [error.what]
        return [] if found == ["ok"] else found

    def forget(self) -> None:
        """Empty the write-ahead log, unless somebody reads: nobody who writes waits for that."""
        with self._moving:
            self.ask("PRAGMA busy_timeout=0")
            self.ask("PRAGMA wal_checkpoint(TRUNCATE)")
            self.ask(f"PRAGMA busy_timeout={_SECONDS * 1000}")

    def close(self) -> None:
        self._closed.set()
        if self._mover is not None:
            self._mover.join()
        with suppress(sqlite3.Error):
            self._held.close()

    def _move_home(self) -> None:
        held: sqlite3.Connection | None = None
        while not self._closed.wait(_HOME_SECONDS):
            with self._moving, suppress(sqlite3.Error, ClearanceError):  # a commit will be told
                held = held or self._connected()
                for _ in range(_HOME_TIMES):
                    held.execute("PRAGMA wal_checkpoint(PASSIVE)")
        if held is not None:
            with suppress(sqlite3.Error):
                held.close()

    def _connected(self) -> sqlite3.Connection:
        with _told(self.name):
            held = sqlite3.connect(
                f"{self._file.absolute().as_uri()}?mode={self._mode}",
                uri=True,
                isolation_level=None,
                check_same_thread=False,
                timeout=_SECONDS,
            )
            held.text_factory = _text  # what is damaged is read, and found to be
            if self._writing:
                held.execute("PRAGMA journal_mode=WAL")
                held.execute("PRAGMA synchronous=FULL")
                held.execute("PRAGMA secure_delete=ON")
                held.execute(f"PRAGMA wal_autocheckpoint={_WAL_PAGES}")
            return held


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _for_sqlite(statement: str) -> str:
    return statement.replace("BYTEA", "BLOB")


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
