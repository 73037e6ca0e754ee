"""A database that keeps a log, behind a few verbs.

1. Statements are written once, with ``?`` for each value and BYTEA for bytes.
2. Whatever a database says went wrong is a :class:`StorageError`; after one, ``again`` begins anew.
3. A commit has returned only when the disk has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from typing import Any, Protocol

Values = Sequence[bytes | str | int]

ONE_WRITER = "one process writes a log; stop it first, or ask it"


class Engine(Protocol):
    """One connection to a database.

    **Shape**: ``rows`` is how many rows one statement inserts best.
    """

    name: str
    rows: int

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

    @contextmanager
    def steady(self) -> Iterator[None]:
        """Whatever is asked inside is as it was at one moment, whoever writes meanwhile."""
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


def put(held: Engine, into: str, rows: Iterable[Values], then: str = "") -> None:
    """Insert rows, many by one statement.

    Args:
        into: the table, with columns if not all are given.
        then: what follows the values.
    """
    waiting = iter(rows)
    while some := list(islice(waiting, held.rows)):
        one = f"({', '.join('?' * len(some[0]))})"
        statement = f"INSERT INTO {into} VALUES {', '.join([one] * len(some))} {then}"  # noqa: S608 -- values are bound
        held.tell(statement, list(chain.from_iterable(some)))
