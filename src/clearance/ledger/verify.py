"""Do a leaf, a root and a proof agree? For whoever trusts nobody: the standard library only.

1. Hashes of another length than SHA-256's prove nothing.
2. An empty tree is a beginning of nothing that could be proved: consistency with it fails.
3. Trees of equal size are compared before any proof is looked at.
4. A proof is used up exactly, neither shorter nor longer than its place asks for.

**Source**: RFC 9162, sections 2.1.3.2 and 2.1.4.2.
"""

from __future__ import annotations

from collections.abc import Sequence

from clearance.ledger.tree import HASH_BYTES, node_hash


def is_included(leaf: bytes, index: int, proof: Sequence[bytes], size: int, root: bytes) -> bool:
    """Is a leaf hash at that place of the tree with that size and root?

    **Cost**: a hash for each member of the proof.
    """
    if not 0 <= index < size or not _are_hashes(leaf, root, *proof):
        return False
    here, last, found = index, size - 1, leaf
    for other in proof:
        if last == 0:
            return False
        if here & 1 or here == last:
            found = node_hash(other, found)
            here, last = _risen(here, last)
        else:
            found = node_hash(found, other)
        here, last = here >> 1, last >> 1
    return last == 0 and found == root


def is_consistent(
    old: int, old_root: bytes, proof: Sequence[bytes], size: int, root: bytes
) -> bool:
    """Is the tree with the old size and root the beginning of the other?

    **Cost**: two hashes for each member of the proof.
    """
    if not 0 < old <= size:
        return False
    if old == size:
        return old_root == root and not proof
    if not _are_hashes(old_root, root, *proof):
        return False
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not proof:
        return False
    here, last = old - 1, size - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    before = after = path[0]
    for other in path[1:]:
        if last == 0:
            return False
        if here & 1 or here == last:
            before, after = node_hash(other, before), node_hash(other, after)
            here, last = _risen(here, last)
        else:
            after = node_hash(after, other)
        here, last = here >> 1, last >> 1
    return last == 0 and before == old_root and after == root


def _risen(here: int, last: int) -> tuple[int, int]:
    """Past the levels on which a last node has no sibling."""
    while here and not here & 1:
        here, last = here >> 1, last >> 1
    return here, last


def _are_hashes(*values: bytes) -> bool:
    return all(len(value) == HASH_BYTES for value in values)
