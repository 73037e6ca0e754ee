"""The search tree of an MMDB file: one node a bit, over all addresses of IPv6.

1. A node has two sides, for the next bit 0 and 1; a side leads to a node or ends in a record.
2. A node stands for a prefix inside which votes change. So the nodes of a depth are the prefixes
   of those starts of stretches that have a bit set further down; no prefix is walked by itself.
3. A node comes before what lies below it, left before right: the last steps of a search, of which
   there are many, stay close together in memory.
4. Blocks that hold the IPv4 space share the IPv4 nodes, as readers of the format expect.

**Source**: MaxMind DB File Format Specification 2.0, "Binary Search Tree Section".
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from clearance.network.partition import IPV4, NOTHING, Numbers, Partition, words

BITS = 128
IPV4_DEPTH = 96


Record = TypeVar("Record", int, Numbers)


def ended(record: Record) -> Record:
    """How a side writes that it ends in a record, below zero; its own inverse."""
    return -3 - record


def tree(cut: Partition) -> Numbers:
    """The nodes of a partition, root first.

    **Shape**: ``(nodes, 2)``; a side is a node's number, or ``ended`` of a record or ``NOTHING``.

    **Cost**: about two seconds for a million starts.
    """
    starts = words(cut.starts)
    at = np.arange(starts.shape[1])
    above = np.zeros_like(at)  # the place of each start's node in the last level
    levels: list[Numbers] = [np.zeros((1, 2), np.int64)]  # leads to the root; no part of the tree
    prefixes: list[NDArray[np.uint64]] = []
    count, ipv4 = 0, ended(NOTHING)
    for depth in range(BITS):
        further = _some(starts & ~_mask(depth))
        starts, at, above = starts[:, further], at[further], above[further]
        if not len(at):
            break
        prefix = starts & _mask(depth)
        leads = np.r_[True, _some(prefix[:, 1:] ^ prefix[:, :-1])]
        first = np.flatnonzero(leads)
        last = np.r_[first[1:], len(at)] - 1
        side = _some(starts[:, first] & ~_mask(depth - 1) & _mask(depth))
        levels[-1][above[first], side.astype(np.int64)] = count + np.arange(len(first))
        levels.append(ended(np.column_stack([cut.record[at[first] - 1], cut.record[at[last]]])))
        prefixes.append(prefix[:, first])
        if depth == IPV4_DEPTH and not prefix[:, 0].any():
            ipv4 = count
        count += len(first)
        above = np.cumsum(leads) - 1
    if not count:
        return np.tile(ended(cut.record[:1]), (1, 2))
    sides = np.concatenate(levels[1:])
    sides = np.where(sides == ended(IPV4), ipv4, sides)
    order = np.lexsort(np.concatenate(prefixes, axis=1)[::-1])  # stable: the shorter prefix first
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    return np.where(sides < 0, sides, place[sides])[order]


def _some(bits: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Is any bit set, in either word?"""
    some: NDArray[np.bool_] = (bits[0] | bits[1]) != 0
    return some


def _mask(depth: int) -> NDArray[np.uint64]:
    """The first ``depth`` of all bits, in two words above each other."""
    bits = (1 << BITS) - (1 << (BITS - max(depth, 0)))
    return np.array([[bits >> 64], [bits % (1 << 64)]], np.uint64)
