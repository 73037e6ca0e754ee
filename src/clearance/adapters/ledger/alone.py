"""One entry stored without a queue: where a log is taken up, or changes its key."""

from __future__ import annotations

from clearance.adapters.ledger.store import Batch, Head, Row, Store
from clearance.ledger.checkpoint import Checkpoint
from clearance.ledger.growth import Growth
from clearance.ledger.keys import Signer
from clearance.ledger.tree import leaf_hash


def store_alone(
    store: Store,
    signers: tuple[Signer, ...],
    head: Head,
    growth: Growth,
    entry: tuple[str, bytes],
) -> tuple[Head, Growth]:
    """The log after one more entry.

    Args:
        signers: who signs the checkpoint; the last of them signs from now on.
        head: where the log stands, but for its size and checkpoint.
        entry: id and leaf.

    Raises:
        StorageError: it could not be stored.
    """
    id, leaf = entry
    row = Row(id, leaf, leaf_hash(leaf))
    grown, tiles = growth.grown([row.hash])
    signed = Checkpoint(signers[0].name, grown.edge.size, grown.edge.root()).signed(*signers)
    key = signers[-1].verifier.text
    after = Head(key, grown.edge.size, str(signed), head.buffered, head.at_risk)
    store.append(Batch(head.size, [row], tiles, after))
    return after, grown
