"""Proofs: which nodes show that a leaf is in a tree, or that a tree is another's beginning.

1. A node is named by its level and its index on it; whoever stores the tree is asked for complete
   nodes only.
2. The last node of a level may be incomplete; its hash is folded from the complete ones below it.

**Source**: RFC 6962, sections 2.1.1 and 2.1.2.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from clearance.ledger.tree import EMPTY_ROOT, node_hash

Nodes = Callable[[int, int], bytes]
"""The hash of the complete node at a level and an index."""


def inclusion(index: int, size: int, nodes: Nodes) -> list[bytes]:
    """The hashes beside the way from a leaf up to the root.

    **Cost**: a node a level of the tree; the last, incomplete one is folded from as many.

    Args:
        index: the leaf's place, below ``size``.
        size: leaves of the tree that the proof is about.
        nodes: complete nodes of a tree of that size or more.
    """
    return _way_up((index, 0), size, nodes, lambda start: folded(start, size, nodes))


def inclusions(indices: Sequence[int], size: int, nodes: Nodes) -> list[list[bytes]]:
    """The proofs of some leaves, as :func:`inclusion`; what neighbours share is asked for once."""
    known = cache(nodes)
    rest = cache(lambda start: folded(start, size, known))
    return [_way_up((index, 0), size, known, rest) for index in indices]


def consistency(old: int, size: int, nodes: Nodes) -> list[bytes]:
    """The hashes that lead from an old tree's root to a later one's; none where either is empty.

    **Cost**: as :func:`inclusion`.
    """
    if not 0 < old < size:
        return []
    level = (old & -old).bit_length() - 1
    here = (old >> level) - 1
    # Where the old tree is complete, its root is that node, and whoever checks knows it.
    common = [nodes(level, here)] if here else []
    return common + _way_up((here, level), size, nodes, lambda start: folded(start, size, nodes))


def _way_up(
    begin: tuple[int, int], size: int, nodes: Nodes, rest: Callable[[int], bytes]
) -> list[bytes]:
    """The nodes beside the way from one, by index and level, to the root of a tree of that size.

    Args:
        rest: what the leaves from one to the last fold to, where they are no complete node.
    """
    proof, last = [], size - 1
    here, level = begin
    while last >> level:
        beside = here ^ 1
        if (beside + 1) << level <= size:
            proof.append(nodes(level, beside))
        elif beside << level < size:
            proof.append(rest(beside << level))
        here >>= 1
        level += 1
    return proof


def folded(start: int, end: int, nodes: Nodes) -> bytes:
    """The root of the leaves from ``start`` to before ``end``, which may be incomplete.

    **Shape**: ``start`` is a multiple of a power of two that is no less than ``end - start``.

    **Cost**: a node for each bit of ``end - start``.
    """
    if start == end:
        return EMPTY_ROOT
    hashes = []
    while start < end:
        level = (end - start).bit_length() - 1
        hashes.append(nodes(level, start >> level))
        start += 1 << level
    found = hashes.pop()
    while hashes:
        found = node_hash(hashes.pop(), found)
    return found
