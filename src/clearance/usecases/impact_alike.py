"""Rows that are equal in every column, found at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from clearance.ownership.arrays.graph import Int64

_ROOM = 1 << 22
"""Keys below this are numbered by a table, which takes no sorting."""


@dataclass(frozen=True, slots=True)
class Column:
    """One value a row. **Shape**: values from 0 to below ``size``."""

    values: Int64
    size: int


def alike(columns: Iterable[Column]) -> tuple[Int64, Int64]:
    """The kind of every row, and the first row of every kind.

    **Cost**: some passes over the rows for each column; a sort where kinds and values are many.

    >>> kind, first = alike([Column(np.array([1, 0, 1]), 2), Column(np.array([5, 5, 5]), 9)])
    >>> kind.tolist(), first.tolist()
    ([1, 0, 1], [1, 0])
    """
    kind, kinds = np.zeros(1, np.int64), 1
    for column in columns:
        kind, kinds = _numbered(kind * column.size + column.values, kinds * column.size)
    first = np.zeros(kinds, np.int64)
    first[kind[::-1]] = np.arange(len(kind) - 1, -1, -1)
    return kind, first


def _numbered(key: Int64, room: int) -> tuple[Int64, int]:
    """Keys below ``room`` by their rank among those that occur, and how many do."""
    if room > _ROOM:
        found, kind = np.unique(key, return_inverse=True)
        return kind, len(found)
    occurs = np.zeros(room, np.bool_)
    occurs[key] = True
    rank = np.cumsum(occurs) - 1
    return rank[key], int(occurs.sum())


def members_of(kind: Int64, some: Sequence[int]) -> Iterator[Int64]:
    """The rows of some kinds, in order."""
    if not some:
        return
    order = np.argsort(kind, kind="stable")
    sorted_kind = kind[order]
    for one in some:
        start, end = np.searchsorted(sorted_kind, (one, one + 1))
        yield order[start:end]
