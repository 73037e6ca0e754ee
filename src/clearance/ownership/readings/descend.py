"""Who descends from whom: what restriction can reach at all, before anything is summed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clearance.ownership.arrays.graph import Bool, Int8, Int64
from clearance.ownership.day.live import Holdings

ANYBODY = -1
"""The root of holders whom nobody names."""

SOURCE, MAY, BOTH = 0, 1, 2
"""How a start is fixed at 1: not at all (somebody may hold of it), in *may*, at both ends."""


@dataclass(frozen=True, slots=True)
class Starts:
    """Where restriction begins.

    **Shape**: ``party`` for ``root``, ``fixed`` as ``BOTH``, ``MAY`` or ``SOURCE``. ``pooled``:
    there is one root, 0.
    """

    party: Int64
    root: Int64
    fixed: Int8
    pooled: bool


def ranges(start: Int64, end: Int64) -> Int64:
    """All numbers of the ranges ``start : end``, one range after the other.

    >>> ranges(np.array([3, 7]), np.array([5, 8]))
    array([3, 4, 7])
    """
    count = end - start
    total = int(count.sum())
    before = np.cumsum(count) - count
    out: Int64 = np.repeat(start - before, count) + np.arange(total, dtype=np.int64)
    return out


def descendants(
    holdings: tuple[Holdings, ...], starts: Starts, parties: int, within: Bool | None
) -> Int64:
    """The parties of all starts and what they may hold of, directly or not, ascending."""
    seen = np.zeros(parties, dtype=np.bool_)
    seen[starts.party] = True
    frontier = np.flatnonzero(seen)
    while len(frontier):
        found = []
        for held in holdings:
            slots = _held_by(held, frontier)
            subject = held.subject[slots]
            fresh = ~seen[subject] if within is None else ~seen[subject] & within[subject]
            subject = subject[fresh][held.high[slots[fresh]] > 0]
            below = _once(subject.astype(np.int64))
            seen[below] = True
            found.append(below)
        frontier = np.concatenate(found)
    return np.flatnonzero(seen)


def descendants_by_root(
    holdings: tuple[Holdings, ...], starts: Starts, parties: int, within: Bool | None
) -> Int64:
    """The same for each root: keys ``(root + 1) * parties + party``, ascending."""
    seen = _once((starts.root + 1) * parties + starts.party)
    frontier = seen
    while len(frontier):
        found = []
        for held in holdings:
            party = frontier % parties
            slots = _held_by(held, party)
            count = held.holder_start[party + 1] - held.holder_start[party]
            root = np.repeat(frontier // parties, count)
            subject = held.subject[slots].astype(np.int64)
            keys = root * parties + subject
            counts = held.high[slots] > 0
            found.append(keys[counts if within is None else counts & within[subject]])
        fresh = _once(np.concatenate(found))
        at = np.minimum(np.searchsorted(seen, fresh), len(seen) - 1)
        frontier = fresh[seen[at] != fresh]
        seen = np.sort(np.concatenate((seen, frontier)), kind="stable")
    return seen


def _held_by(holdings: Holdings, party: Int64) -> Int64:
    """The slots these parties have, party by party."""
    start, end = holdings.holder_start[party], holdings.holder_start[party + 1]
    return holdings.by_holder[ranges(start, end)].astype(np.int64)


def _once(values: Int64) -> Int64:
    """Each value once, ascending."""
    ordered = np.sort(values)
    return ordered[np.flatnonzero(np.diff(ordered, prepend=-1))]
