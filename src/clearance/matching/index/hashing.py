"""64-bit hashes of bytes, and tables that find what has one.

**Source**: FNV-1a (Fowler, Noll, Vo), finished with two rounds of multiplication and shift.
"""

from __future__ import annotations

import numpy as np

from clearance.matching.index.compiled import compiled, whole
from clearance.matching.index.layout import Bytes, Hashes, Ints, Longs, Words

SEED = np.uint64(0xCBF29CE484222325)
PRIME = np.uint64(0x100000001B3)
_MIX = np.uint64(0xD6E8FEB86659FD93)
_32 = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)
SPACE = 32
_FEW = 32
"""Keys of a bucket that are sorted by putting each in its place."""


@compiled
def finished(value: np.uint64) -> np.uint64:
    """A hash whose every bit depends on every bit."""
    value ^= value >> _32
    value *= _MIX
    value ^= value >> np.uint64(29)
    return value


@compiled
def hashed_on(value: np.uint64, data: Bytes, start: int, end: int) -> np.uint64:
    """A hash that is not finished, from ``SEED`` on, with some more bytes."""
    for at in range(start, end):
        value = (value ^ np.uint64(data[at])) * PRIME
    return value


@compiled
def hash_of(data: Bytes, start: int, end: int, without: int) -> np.uint64:
    """The hash of some bytes, leaving out the one at ``without`` (-1: none)."""
    value = SEED
    for at in range(start, end):
        if at != without:
            value = (value ^ np.uint64(data[at])) * PRIME
    return finished(value)


@compiled
def core_hash(data: Bytes, start: int, end: int) -> np.uint64:
    """The hash of some words in any order."""
    value = np.uint64(0)
    word = start
    for at in range(start, end + 1):
        if at == end or data[at] == SPACE:
            if at > word:
                value += finished(hash_of(data, word, at, -1))
            word = at + 1
    return value


@compiled
def span(directory: Words, tag: Words, key: np.uint64) -> tuple[int, int]:
    """The places of a table that may have this hash."""
    bits = 0
    while (1 << (bits + 1)) < len(directory):
        bits += 1
    bucket = whole(key >> np.uint64(64 - bits)) if bits else 0
    low = np.uint32(key & _LOW)
    start = whole(directory[bucket])
    stop = min(whole(directory[bucket + 1]), whole(len(tag)))
    while start < stop and tag[start] < low:
        start += 1
    end = start
    while end < stop and tag[end] == low:
        end += 1
    return start, end


@compiled
def count_buckets(keys: Hashes, bits: int, counts: Longs) -> None:
    """How many keys each bucket has."""
    shift = np.uint64(64 - bits)
    for at in range(len(keys)):
        counts[whole(keys[at] >> shift) if bits else 0] += 1


@compiled
def fill_buckets(keys: Hashes, bits: int, next_place: Longs, tag: Words, order: Ints) -> None:
    """Put every key behind those of its bucket that came before."""
    shift = np.uint64(64 - bits)
    for at in range(len(keys)):
        bucket = whole(keys[at] >> shift) if bits else 0
        place = next_place[bucket]
        tag[place] = np.uint32(keys[at] & _LOW)
        order[place] = at
        next_place[bucket] = place + 1


@compiled
def sort_buckets(ends: Longs, tag: Words, order: Ints) -> None:
    """Sort each bucket by its tags, equal ones as they stand; most have hardly any."""
    start = 0
    for bucket in range(len(ends)):
        end = ends[bucket]
        if end - start > _FEW:
            sorted_by = np.argsort(tag[start:end], kind="mergesort")
            tag[start:end] = tag[start:end][sorted_by]
            order[start:end] = order[start:end][sorted_by]
        for at in range(start + 1, end if end - start <= _FEW else start):
            one, item, place = tag[at], order[at], at
            while place > start and tag[place - 1] > one:
                tag[place], order[place] = tag[place - 1], order[place - 1]
                place -= 1
            tag[place], order[place] = one, item
        start = end


def ordered(keys: Hashes) -> tuple[Words, Words, Ints]:
    """A table of these hashes: its directory, its tags, and whose each place is."""
    bits = max(0, len(keys).bit_length() - 2)
    starts = np.zeros((1 << bits) + 1, np.int64)
    count_buckets(keys, bits, starts[1:])
    np.cumsum(starts, out=starts)
    tag, order = np.zeros(len(keys), np.uint32), np.zeros(len(keys), np.int32)
    ends = starts[:-1].copy()
    fill_buckets(keys, bits, ends, tag, order)
    sort_buckets(ends, tag, order)
    return starts.astype(np.uint32), tag, order
