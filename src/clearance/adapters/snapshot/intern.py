"""Ids as numbers: a party's index is the rank of its id in the order of code points.

UTF-8 keeps that order byte by byte, so Arrow sorts the bytes.
**Cost**: one hash a mention, one sort of the distinct ids.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clearance.ownership.arrays.graph import Int32


@dataclass(frozen=True, slots=True)
class Interned:
    """``ids`` ascending; ``mentions`` the index of every mention, a column each; -1 = empty."""

    ids: pa.Array
    mentions: tuple[Int32, ...]


def intern(columns: Sequence[pa.ChunkedArray]) -> Interned:
    """Every distinct non-empty string of ``columns``, ordered, and each column as indexes."""
    chunks = [chunk for column in columns for chunk in column.chunks]
    everything = pa.chunked_array(chunks, pa.string()).dictionary_encode()
    if not len(everything):
        return Interned(
            pa.array([], pa.large_string()), tuple(np.zeros(0, np.int32) for _ in columns)
        )
    distinct = everything.chunk(everything.num_chunks - 1).dictionary
    order = pc.sort_indices(distinct)
    ids = distinct.take(order).cast(pa.large_string())
    rank = np.empty(len(order), np.int32)
    rank[order.to_numpy()] = np.arange(len(order), dtype=np.int32)
    if len(ids) and not ids[0].as_py():
        ids, rank = ids.slice(1), rank - 1
    return Interned(_owned(ids), tuple(_split(everything, rank, columns)))


def _split(
    everything: pa.ChunkedArray, rank: Int32, columns: Sequence[pa.ChunkedArray]
) -> list[Int32]:
    parts = [_ranked(chunk.indices, rank) for chunk in everything.chunks]
    ends = np.cumsum([len(column) for column in columns])[:-1]
    return np.split(np.concatenate(parts), ends)


def _ranked(codes: pa.Array, rank: Int32) -> Int32:
    told = codes.is_valid().to_numpy(zero_copy_only=False)
    ranked: Int32 = rank[codes.fill_null(0).to_numpy()]
    if codes.null_count:
        ranked[~told] = -1
    return ranked


def _owned(ids: pa.Array) -> pa.Array:
    """The same strings in buffers that begin at their first byte."""
    return pa.concat_arrays([ids.slice(0, 0), ids]) if ids.offset else ids
