"""Rows that are equal in every column, found at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from clearance.ownership.arrays.graph import Int64

_ROOM = 1 << 62


@dataclass(frozen=True, slots=True)
class Column:
    """One value a row. **Shape**: values from 0 to below ``size``."""

    values: Int64
    size: int


def alike(columns: Iterable[Column]) -> tuple[Int64, Int64]:
    """The kind of every row, and the first row of every kind.

    **Cost**: one sort of the rows; one more for each time that 62 bits are full.

    >>> kind, first = alike([Column(np.array([1, 0, 1]), 2), Column(np.array([5, 5, 5]), 9)])
    >>> kind.tolist(), first.tolist()
    ([1, 0, 1], [1, 0])
    """
    key, room = np.zeros(1, np.int64), 1
    for column in columns:
        if room * max(column.size, 1) >= _ROOM:
            kinds, key = np.unique(key, return_inverse=True)
            room = len(kinds)
        key, room = key * column.size + column.values, room * max(column.size, 1)
    _, first, kind = np.unique(key, return_index=True, return_inverse=True)
    return kind, first


def members_of(kind: Int64, some: Sequence[int]) -> Iterator[Int64]:
    """The rows of some kinds, in order."""
    if not some:
        return
    order = np.argsort(kind, kind="stable")
    sorted_kind = kind[order]
    for one in some:
        start, end = np.searchsorted(sorted_kind, (one, one + 1))
        yield order[start:end]
