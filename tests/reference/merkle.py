"""The Merkle tree as RFC 6962 defines it, by recursion over all leaves."""

from __future__ import annotations

from collections.abc import Sequence

from clearance.ledger.tiles import WIDTH, Tile
from clearance.ledger.tree import EMPTY_ROOT, node_hash


def root(leaves: Sequence[bytes]) -> bytes:
    """MTH of section 2.1."""
    if not leaves:
        return EMPTY_ROOT
    if len(leaves) == 1:
        return leaves[0]
    at = split(len(leaves))
    return node_hash(root(leaves[:at]), root(leaves[at:]))


def path(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """PATH of section 2.1.1."""
    if len(leaves) == 1:
        return []
    at = split(len(leaves))
    if index < at:
        return [*path(index, leaves[:at]), root(leaves[at:])]
    return [*path(index - at, leaves[at:]), root(leaves[:at])]


def proof(old: int, leaves: Sequence[bytes]) -> list[bytes]:
    """PROOF of section 2.1.2."""
    return _subproof(old, leaves, True)


def _subproof(old: int, leaves: Sequence[bytes], known: bool) -> list[bytes]:
    if old == len(leaves):
        return [] if known else [root(leaves)]
    at = split(len(leaves))
    if old <= at:
        return [*_subproof(old, leaves[:at], known), root(leaves[at:])]
    return [*_subproof(old - at, leaves[at:], False), root(leaves[:at])]


def split(count: int) -> int:
    """The largest power of two below a count."""
    at = 1
    while at * 2 < count:
        at *= 2
    return at


def tile(leaves: Sequence[bytes], wanted: Tile) -> bytes:
    """A tile's bytes, each hash from the leaves below it."""
    wide = WIDTH**wanted.level
    first = wanted.first
    return b"".join(
        root(leaves[at * wide : (at + 1) * wide]) for at in range(first, first + wanted.width)
    )
