"""The Merkle tree of a log: hashes of leaves and nodes, and the edge that grows.

1. A leaf is hashed after a zero byte, a node after a one byte: neither passes for the other.
2. The tree over n leaves is split at the largest power of two below n, so that what is complete
   never changes.
3. An ``Edge`` holds the roots of the complete subtrees that n leaves fall into, one for each bit of
   n; it is all that growing needs.
4. Nothing is stored here; rows that become complete are handed out for whoever stores tiles.

**Source**: RFC 6962, section 2.1; RFC 9162, section 2.1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()
_LEAF = sha256(b"\x00")


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of one entry's bytes.

    >>> leaf_hash(b"").hex()[:16]
    '6e340b9cffb37a98'
    """
    hashed = _LEAF.copy()  # as fast as another, and the leaf need not be copied
    hashed.update(leaf)
    return hashed.digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node, of those of its halves."""
    return sha256(b"\x01" + left + right).digest()


def row_above(row: Sequence[bytes]) -> list[bytes]:
    """The hashes of neighbours joined in pairs; one left over at the end is not among them.

    **Cost**: half a hash a member.
    """
    pairs = iter(row)
    return [
        sha256(b"\x01" + left + right).digest() for left, right in zip(pairs, pairs, strict=False)
    ]


@dataclass(frozen=True, slots=True)
class Edge:
    """The right edge of a tree.

    **Shape**: ``roots`` by level holds the root of a complete subtree of 2**level leaves for each
    bit of ``size`` that is set, the larger to the left.
    """

    size: int
    roots: Mapping[int, bytes]

    def grown(self, leaves: Sequence[bytes]) -> tuple[Edge, tuple[list[bytes], ...]]:
        """The edge after further leaf hashes, and the nodes that became complete, level by level.

        **Cost**: at most one hash a leaf, and one a level.
        """
        rows, roots, row, level = [list(leaves)], dict(self.roots), list(leaves), 0
        while row:
            before = roots.pop(level, None)
            row = row if before is None else [before, *row]
            if len(row) & 1:
                roots[level] = row[-1]
            row = row_above(row)
            rows.append(row)
            level += 1
        return Edge(self.size + len(leaves), roots), tuple(rows)

    def root(self) -> bytes:
        """The root of the whole tree.

        >>> NOTHING.root() == EMPTY_ROOT
        True
        """
        hashes = [self.roots[level] for level in sorted(self.roots)]
        if not hashes:
            return EMPTY_ROOT
        root = hashes[0]
        for left in hashes[1:]:
            root = node_hash(left, root)
        return root


NOTHING = Edge(0, {})
"""The edge of a tree without leaves."""
