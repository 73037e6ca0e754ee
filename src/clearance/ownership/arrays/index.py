"""Orders and ranges over integer keys: counting sorts and compressed rows, vectorised.

**Cost**: every function is linear in its input; no comparison sort.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Int8 = NDArray[np.uint8]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Index = NDArray[np.int32] | NDArray[np.int64]


def order_by(key: Int32, size: int) -> Int32:
    """The stable order of ``key``, whose values lie in ``0 <= key < size``.

    Transposing a one-entry-a-row sparse matrix is a counting sort in C.

    >>> order_by(np.array([2, 0, 2, 1], dtype=np.int32), 3).tolist()
    [1, 3, 0, 2]
    """
    if len(key) < 2000:
        return np.argsort(key, kind="stable").astype(np.int32)
    from scipy.sparse import csr_matrix

    ones = np.ones(len(key), dtype=np.int8)
    starts = np.arange(len(key) + 1, dtype=np.int32)
    matrix = csr_matrix((ones, key, starts), shape=(len(key), size))
    return np.asarray(matrix.tocsc().indices, dtype=np.int32)


def starts_of(key: Int32, size: int) -> Int64:
    """Where each value's run begins among sorted keys: ``size + 1`` offsets.

    >>> starts_of(np.array([0, 0, 2], dtype=np.int32), 3).tolist()
    [0, 2, 2, 3]
    """
    starts = np.zeros(size + 1, dtype=np.int64)
    np.cumsum(np.bincount(key, minlength=size), out=starts[1:])
    return starts


def spread(starts: Index, which: Index) -> Int64:
    """The positions inside the runs of ``which``, run after run.

    >>> spread(np.array([0, 2, 2, 5]), np.array([2, 0])).tolist()
    [2, 3, 4, 0, 1]
    """
    begin = starts[which]
    counts = starts[which + 1] - begin
    total = int(counts.sum())
    ends = np.cumsum(counts)
    return np.repeat(begin - (ends - counts), counts) + np.arange(total, dtype=np.int64)


def lengths(starts: Index, which: Index) -> Int64:
    """How long each run of ``which`` is."""
    return np.asarray(starts[which + 1] - starts[which], dtype=np.int64)


def distinct(keys: Index, size: int) -> Int64:
    """The different keys, ascending; all lie in ``0 <= key < size``.

    Many keys are marked, few are sorted: hashing is slower than either.

    >>> distinct(np.array([3, 1, 3]), 4).tolist()
    [1, 3]
    """
    if 32 * len(keys) > size:
        marked = np.zeros(size, dtype=np.bool_)
        marked[keys] = True
        return np.flatnonzero(marked)
    ordered = np.sort(keys)
    first = np.ones(len(ordered), dtype=np.bool_)
    first[1:] = ordered[1:] != ordered[:-1]
    found: Int64 = ordered[first].astype(np.int64)
    return found
