"""Keeping what witnesses signed."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing

from clearance.adapters.ledger.place import engine
from clearance.adapters.ledger.store import Store
from clearance.ledger.checkpoint import Checkpoint, trusted
from clearance.ledger.keys import Verifier, verifier
from clearance.ledger.note import Note, note
from clearance.ledger.proofs import folded
from clearance.ledger.tiles import TileNodes
from clearance.model.errors import IntegrityError


def keep(place: str, signed: Note, witnesses: Sequence[Verifier]) -> Checkpoint:
    """Store a checkpoint of this log with the signatures of witnesses that are believed.

    Signatures of others are left out; those that are kept of the same checkpoint stay.

    Raises:
        IntegrityError: it is not of this log, or none of the witnesses signed it.
    """
    with closing(engine(place, writing=True)) as held:
        store = Store(held)
        head = store.head()
        key = verifier(head.key)
        said = trusted(signed, [key, *witnesses], witnesses=1)
        whole = said.size <= head.size
        if not whole or folded(0, said.size, TileNodes(head.size, store.tile)) != said.root:
            raise IntegrityError(f"is no checkpoint of this log at {said.size}", file=place)
        known = {(one.name, one.id) for one in (key, *witnesses)}
        kept = [one for one in signed.signatures if (one.name, one.id) in known]
        before = store.cosigned(said.size)
        whole_note = Note(signed.text, tuple(kept))
        if before is not None and note(before).text == signed.text:
            whole_note = note(before).with_others(kept)
        store.cosign(said.size, str(whole_note))
    return said
