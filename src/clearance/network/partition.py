"""What several sources say, laid over each other: stretches of addresses with one set of votes.

1. An address is a key of 16 bytes, big-endian; IPv4 addresses have twelve zeros before.
2. Inside a source the narrower of two blocks that overlap speaks; of equally wide ones the later.
3. Sources never overlay each other: a stretch keeps one vote of each.
4. Neighbours with equal votes are one stretch.
5. What sources say inside a block that holds the IPv4 space is not kept: IPv4 answers there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.bytes_]
Numbers = NDArray[np.int64]

NOTHING = -1
"""The record of a stretch about which no source has a vote."""

IPV4 = -2
"""The record of a block behind whose prefix stands the IPv4 space."""


@dataclass(frozen=True, slots=True, eq=False)
class Blocks:
    """What one source says of which addresses.

    **Shape**: ``first`` and ``last`` are closed ends (dtype ``S16``), ``vote`` a number of the
    caller's, 0 and above; three columns of one length.
    """

    first: Keys
    last: Keys
    vote: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Partition:
    """All addresses, cut where the votes change.

    **Shape**: stretch ``i`` runs from ``starts[i]`` to before ``starts[i + 1]``; the first begins
    at zero. ``record[i]`` is a place in ``records``, or ``NOTHING`` or ``IPV4``; a record has a
    vote for every source, ``NOTHING`` where that source is silent.
    """

    starts: Keys
    record: Numbers
    records: tuple[tuple[int, ...], ...]


def partition(sources: Sequence[Blocks], ipv4: Blocks) -> Partition:
    """The stretches that result from all sources together, and from ``ipv4`` over them.

    **Cost**: about 2 µs a block.
    """
    edges = [(blocks.first, _after(blocks.last)) for blocks in (*sources, ipv4)]
    starts = np.unique(np.concatenate([_ZERO, *(keys for pair in edges for keys in pair)]))
    painted = [_painted(blocks, starts) for blocks in sources]
    record, records = _records(painted, len(starts))
    record = np.where(_painted(ipv4, starts) == NOTHING, record, IPV4)
    changes = np.r_[True, record[1:] != record[:-1]]
    return Partition(starts[changes], record[changes], records)


def contradiction(blocks: Blocks) -> tuple[int, int] | None:
    """The places of two rows that say different things of one block, if there are such."""
    order = np.lexsort((blocks.last, blocks.first))
    first, last, vote = (column[order] for column in (blocks.first, blocks.last, blocks.vote))
    same = (first[1:] == first[:-1]) & (last[1:] == last[:-1]) & (vote[1:] != vote[:-1])
    found = np.flatnonzero(same)
    return (int(order[found[0]]), int(order[found[0] + 1])) if len(found) else None


_ZERO: Keys = np.zeros(1, "S16")


def words(keys: Keys) -> NDArray[np.uint64]:
    """Keys as numbers: the upper and the lower 64 bits.

    **Shape**: ``(2, n)``.
    """
    return keys.astype("S16").view(">u8").reshape(-1, 2).T.astype(np.uint64)


def _painted(blocks: Blocks, starts: Keys) -> Numbers:
    """The source's vote on every stretch: wide blocks first, narrower ones over them."""
    said = np.full(len(starts), NOTHING, np.int64)
    after = _after(blocks.last)
    first_at = np.searchsorted(starts, blocks.first)
    end_at = np.where(after == _ZERO, len(starts), np.searchsorted(starts, after))
    order = _wide_first(blocks)
    columns = (first_at[order], end_at[order], blocks.vote[order])
    for start, end, vote in zip(*(column.tolist() for column in columns), strict=True):
        said[start:end] = vote
    return said


def _wide_first(blocks: Blocks) -> Numbers:
    (first_high, first_low), (last_high, last_low) = words(blocks.first), words(blocks.last)
    high = last_high - first_high - (last_low < first_low)
    return np.lexsort((~(last_low - first_low), ~high))


def _records(painted: Sequence[Numbers], size: int) -> tuple[Numbers, tuple[tuple[int, ...], ...]]:
    """For every stretch the place of its record, and the records: the distinct rows of votes."""
    record = np.zeros(size, np.int64)
    rows = np.empty((1, 0), np.int64)
    for said in painted:
        width = int(said.max()) + 2
        pairs, record = np.unique(record * width + said + 1, return_inverse=True)
        rows = np.column_stack([rows[pairs // width], pairs % width - 1])
    silent = (rows == NOTHING).all(axis=1)
    place = np.where(silent, NOTHING, np.cumsum(~silent) - 1)
    return place[record], tuple(tuple(row) for row in rows[~silent].tolist())


def _after(last: Keys) -> Keys:
    """The key that follows; zero after the last key of all."""
    high, low = words(last)
    low = low + np.uint64(1)
    high = high + (low == 0)
    return np.stack([high, low], axis=1).astype(">u8").view("S16").reshape(-1)
