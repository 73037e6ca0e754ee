"""A log in another database: the same entries, the same tree, the same checkpoint."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from clearance.adapters.ledger.engine import Engine, put
from clearance.adapters.ledger.mark import Mark
from clearance.adapters.ledger.opening import alone_with, taken_up
from clearance.adapters.ledger.place import engine, is_url, mark_of
from clearance.adapters.ledger.store import Head, Store
from clearance.ledger.keys import verifier
from clearance.model.errors import StorageError

_TABLES = (
    ("ledger_entry", "at"),
    ("ledger_tile", "level, at"),
    ("ledger_evidence", "digest"),
    ("ledger_cosigned", "size"),
)


def copy(place: str, to: str, *, mark: Path | None = None, new_mark: Path | None = None) -> int:
    """Copy a log into a new place, while nobody writes it; its entries.

    **Cost**: reading and writing every row once, in one transaction.

    Raises:
        StorageError: somebody writes it, it was not ended in order, or there is a log at the new
            place.
        IntegrityError: what is copied does not lead to its checkpoint.
    """
    if not is_url(to) and Path(to).exists():
        raise StorageError("is there already", file=to, remedy="choose another place")
    with (
        _left_only_if_whole(to),
        alone_with(place, mark) as (store, known),
        closing(engine(to, writing=True, new=True)) as made,
        closing(Mark(new_mark or mark_of(to))) as marked,
    ):
        head = store.head()
        _, _, found = taken_up(store, verifier(head.key), known)
        if found.killed:
            raise StorageError("was not ended in order", file=place, remedy="open it once before")
        _copy(store.engine, made, head)
        _, growth, _ = taken_up(Store(made), verifier(head.key), marked)
        marked.promised[0] = head.buffered
        marked.stamp(head.size, growth.edge.root())
    return head.size


@contextmanager
def _left_only_if_whole(place: str) -> Iterator[None]:
    try:
        yield
    except BaseException:
        if not is_url(place):
            Path(place).unlink(missing_ok=True)
        raise


def _copy(held: Engine, made: Engine, head: Head) -> None:
    with made.at_once():
        Store(made).create(head)
        for table, order in _TABLES:
            put(made, table, held.each(f"SELECT * FROM {table} ORDER BY {order}"))  # noqa: S608 -- fixed names
