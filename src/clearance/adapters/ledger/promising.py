"""How entries are given to a log: promised at once, or awaited until they are stored.

What is the same whether the log is written by this process or by another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from itertools import count
from types import TracebackType
from typing import Self

from msgspec.structs import replace

from clearance.adapters.ledger.aside import packed
from clearance.adapters.ledger.store import Evidence, Logged, Row
from clearance.adapters.ledger.waiting import Places
from clearance.ledger.entry import Sealed
from clearance.ledger.tiles import ENTRY_LIMIT
from clearance.ledger.tree import leaf_hash
from clearance.model.errors import ClearanceError, InputError

PATIENCE = 2.0


class Promising:
    """Takes entries for a log; any thread may call it. A context manager: leaving it closes."""

    def __init__(self, waiting: Places) -> None:
        self._waiting = waiting
        self._awaited: dict[int, Future[Logged]] = {}
        self._tickets = count(1)

    def append(
        self,
        leaf: bytes,
        id: str,
        sealed: Sequence[Sealed] = (),
        evidence: Sequence[Evidence] = (),
    ) -> bytes:
        """Promise that an entry will be stored; its leaf hash.

        Args:
            leaf: the entry's bytes.
            id: what it is found by; ids that rise with time are found and stored best.
            sealed: the values whose digests stand in the entry.
            evidence: what the entry names by a digest; what is kept already may come again.

        **Cost**: two microseconds; where the disk cannot follow, up to ``PATIENCE`` seconds.

        Raises:
            InputError: the entry is too large, or its id is not printable ASCII.
            StorageError: too much waits to be stored, or the log is closed.
            IntegrityError: the log contradicts itself.
        """
        _check(leaf, id)
        row = Row(id, leaf, leaf_hash(leaf), packed(sealed), tuple(evidence))
        self.promise((row,))
        return row.hash

    def promise(self, rows: Sequence[Row]) -> None:
        """As :meth:`append`, of entries that are ready and fit: all are promised, or none."""
        self._waiting.put(rows, PATIENCE)

    def awaited(self, rows: Sequence[Row]) -> list[Future[Logged]]:
        """As :meth:`submit`, of entries that are ready and fit."""
        tickets = [next(self._tickets) for _ in rows]
        futures = [Future[Logged]() for _ in rows]
        self._awaited.update(zip(tickets, futures, strict=True))
        try:
            self._waiting.put(
                [replace(row, ticket=one) for row, one in zip(rows, tickets, strict=True)], PATIENCE
            )
        except ClearanceError:
            for one in tickets:
                self._awaited.pop(one, None)
            raise
        return futures

    def submit(
        self,
        leaf: bytes,
        id: str,
        sealed: Sequence[Sealed] = (),
        evidence: Sequence[Evidence] = (),
    ) -> Future[Logged]:
        """Store an entry; the answer comes with its receipt when the disk has it.

        Where storing fails the answer is a StorageError, and the entry may still come into the log,
        as it may where the process ends before the answer.

        Raises:
            InputError, StorageError, IntegrityError: as :meth:`append`.
        """
        _check(leaf, id)
        return self.awaited([Row(id, leaf, leaf_hash(leaf), packed(sealed), tuple(evidence))])[0]

    def erase(self, leaf: bytes, id: str, places: Sequence[tuple[int, str]]) -> Future[Logged]:
        """Store an entry and forget with it sealed values, by index of their entry and field."""
        _check(leaf, id)
        return self.awaited([Row(id, leaf, leaf_hash(leaf), erases=tuple(places))])[0]

    def close(self) -> None:
        """Store what waits, and let others write.

        Raises:
            StorageError, IntegrityError: something could not be stored.
        """
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def depth(self) -> int:
        """Entries that wait to be stored."""
        return self._waiting.depth

    @property
    def trouble(self) -> str:
        """What keeps entries from being stored at the moment; empty where nothing does."""
        error = self._waiting.trouble
        return error.message() if error else ""

    def _answer(self, answers: Iterable[tuple[int, Logged]]) -> None:
        for ticket, logged in answers:
            awaited = self._awaited.pop(ticket, None)
            if awaited is not None and awaited.set_running_or_notify_cancel():
                awaited.set_result(logged)

    def _fail(self, error: ClearanceError, tickets: Iterable[int]) -> None:
        for ticket in tickets:
            awaited = self._awaited.pop(ticket, None)
            if awaited is not None and awaited.set_running_or_notify_cancel():
                awaited.set_exception(error)


def _check(leaf: bytes, id: str) -> None:
    if len(leaf) > ENTRY_LIMIT:
        raise InputError(
            f"an entry of {len(leaf):,} bytes is too large for the log",
            field=id,
            remedy=f"keep it within {ENTRY_LIMIT:,} bytes; state what is larger by its digest",
        )
    if not (id.isascii() and id.isprintable()):
        raise InputError("an entry's id is printable ASCII", field=repr(id))
