"""A log that changes its key: the old one says which is the new, and both sign that."""

from __future__ import annotations

from pathlib import Path

from clearance.adapters.ledger.alone import store_alone
from clearance.adapters.ledger.opening import alone_with, taken_up
from clearance.ledger.keys import Signer
from clearance.model.errors import InputError, StorageError


def rotate(
    place: str, old: Signer, new: Signer, entry: tuple[str, bytes], mark: Path | None = None
) -> str:
    """The checkpoint that both keys signed; it is kept, so that the old key leads to the new one.

    Raises:
        InputError: the new key is of another log.
        StorageError: another process writes the log, or it was not ended in order.
        IntegrityError: something at its edge does not agree.
    """
    if new.name != old.name:
        raise InputError(f"the new key is of {new.name}, the log is {old.name}")
    with alone_with(place, mark) as (store, held):
        head, growth, found = taken_up(store, old.verifier, held)
        if found.lost:
            raise StorageError(
                "was not ended in order",
                file=store.name,
                remedy="open it once with the old key, so that the gap is told",
            )
        after, grown = store_alone(store, (old, new), head, growth, entry)
        store.cosign(after.size, after.checkpoint)
        held.stamp(after.size, grown.edge.root())
    return after.checkpoint
