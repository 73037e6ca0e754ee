"""64-bit hashes of bytes, and tables that find what has one.

**Source**: FNV-1a (Fowler, Noll, Vo), finished with two rounds of multiplication and shift.
"""

from __future__ import annotations

import numpy as np

from clearance.matching.index.compiled import compiled, whole
from clearance.matching.index.layout import Bytes, Hashes, Words

SEED = np.uint64(0xCBF29CE484222325)
PRIME = np.uint64(0x100000001B3)
_MIX = np.uint64(0xD6E8FEB86659FD93)
_32 = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)
SPACE = 32


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


def ordered(keys: Hashes) -> tuple[Words, Words, np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """A table of these hashes: its directory, its tags, and whose each place is."""
    bits = max(0, len(keys).bit_length() - 2)
    bucket = keys >> np.uint64(64 - bits) if bits else np.zeros(len(keys), np.uint64)
    sort = bucket << np.uint64(32)
    sort |= keys & _LOW
    order = np.argsort(sort, kind="stable")
    directory = np.zeros((1 << bits) + 1, np.int64)
    np.cumsum(np.bincount(bucket.astype(np.int64), minlength=1 << bits), out=directory[1:])
    return directory.astype(np.uint32), sort[order].astype(np.uint32), order
