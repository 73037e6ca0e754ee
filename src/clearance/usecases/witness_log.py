"""Witness a log: has it only grown since it was last looked at?

1. A witness remembers one checkpoint of a log and goes on from it; a log that is shorter, or whose
   beginning is another, is never signed for.
2. Tiles are asked of the log and not believed: the proof they give must lead from the remembered
   root to the one that the log signed.

**Source**: C2SP tlog-witness, section "add-checkpoint"; C2SP tlog-cosignature.
"""

from __future__ import annotations

from collections.abc import Sequence

from clearance.ledger.checkpoint import Checkpoint, trusted
from clearance.ledger.keys import COSIGNATURE, Signer, Verifier
from clearance.ledger.note import Note, Signature, note
from clearance.ledger.proofs import consistency
from clearance.ledger.tiles import TileNodes
from clearance.ledger.tree import EMPTY_ROOT
from clearance.ledger.verify import is_consistent
from clearance.model.errors import InputError, IntegrityError
from clearance.usecases.verify_log import Log


def grown(log: Log, keys: Sequence[Verifier], before: Note | None = None) -> Note:
    """The log's checkpoint, after it was shown to go on from the one that is remembered.

    **Cost**: a tile or two for each level of the tree.

    Raises:
        InputError: the log offers no checkpoint.
        IntegrityError: it is not signed by the log's key, or the log was rewritten.
    """
    found = note(log.checkpoint())
    said = trusted(found, keys)
    if not said.size and said.root != EMPTY_ROOT:
        raise IntegrityError("signed a root of no entries that is not the empty one")
    if before is not None:
        _check(log, trusted(before, keys), said)
    return found


def cosigned(found: Note, witness: Signer, time: int) -> Note:
    """A checkpoint with a witness's signature below.

    Args:
        time: seconds since 1970.

    Raises:
        InputError: the key is no witness's.
    """
    if witness.verifier.type != COSIGNATURE:
        raise InputError(
            f"the key of {witness.name} is no witness's", remedy="make one with keygen --witness"
        )
    made = Signature(witness.name, witness.verifier.id, witness.cosign(found.text, time))
    return found.with_others([made])


def _check(log: Log, before: Checkpoint, said: Checkpoint) -> None:
    if before.origin != said.origin:
        raise IntegrityError(f"is {said.origin}, {before.origin} is remembered")
    if before.size > said.size:
        raise IntegrityError(f"{said.origin} has {said.size} entries; {before.size} are remembered")
    if (before.size == said.size and before.root == said.root) or not before.size:
        return
    proof = consistency(before.size, said.size, TileNodes(said.size, log.tile))
    if not is_consistent(before.size, before.root, proof, said.size, said.root):
        raise IntegrityError(
            f"{said.origin} was rewritten: {said.size} entries do not go on from the {before.size}"
            " that are remembered"
        )
