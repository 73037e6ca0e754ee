"""Entries that a log makes about itself: what was erased, and which key signs from now on."""

from __future__ import annotations

from collections.abc import Sequence

from clearance.ledger.entry import Kind, entry_bytes
from clearance.ledger.keys import Verifier
from clearance.model.plain import Json


def erasure(id: str, at: str, places: Sequence[tuple[int, str]], why: str) -> bytes:
    """The entry that says which sealed values were erased, and why; it repeats none of them.

    >>> b'{"erased":[{"field":"ip","index":7}]' in erasure("e1", "2026-01-05", [(7, "ip")], "asked")
    True
    """
    erased: list[Json] = [{"field": field, "index": index} for index, field in places]
    return entry_bytes(Kind.ERASURE, id, at, {"erased": erased, "why": why})


def rotation(id: str, at: str, old: Verifier, new: Verifier) -> bytes:
    """The entry that names the key that signs after it."""
    return entry_bytes(Kind.KEY_ROTATION, id, at, {"new": new.text, "old": old.text})
