"""SipHash-1-3 of a stretch of bytes: a keyed hash that shows nothing of the bytes without its key.

**Source**: Aumasson and Bernstein, SipHash: a fast short-input PRF (2012), with one compression
and three finalisation rounds.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

UInt64 = NDArray[np.uint64]
Bytes = NDArray[np.uint8]

_V0, _V1 = np.uint64(0x736F6D6570736575), np.uint64(0x646F72616E646F6D)
_V2, _V3 = np.uint64(0x6C7967656E657261), np.uint64(0x7465646279746573)
_END = np.uint64(0xFF)
_64 = np.uint64(64)
_13, _16, _17, _21, _32, _56 = (np.uint64(turn) for turn in (13, 16, 17, 21, 32, 56))
_EIGHT, _NOTHING = np.uint64(8), np.uint64(0)
_ROUNDS = 3


@njit(inline="always")
def _turned(value: np.uint64, by: np.uint64) -> np.uint64:
    return np.uint64((value << by) | (value >> (_64 - by)))


@njit(inline="always")
def _round(
    v0: np.uint64, v1: np.uint64, v2: np.uint64, v3: np.uint64
) -> tuple[np.uint64, np.uint64, np.uint64, np.uint64]:
    v0 = v0 + v1
    v1 = _turned(v1, _13) ^ v0
    v0 = _turned(v0, _32)
    v2 = v2 + v3
    v3 = _turned(v3, _16) ^ v2
    v0 = v0 + v3
    v3 = _turned(v3, _21) ^ v0
    v2 = v2 + v1
    v1 = _turned(v1, _17) ^ v2
    v2 = _turned(v2, _32)
    return v0, v1, v2, v3


@njit(cache=True, nogil=True)
def siphash(data: Bytes, start: int, end: int, key: UInt64) -> np.uint64:
    """The hash of ``data[start:end]`` under a key of two words.

    **Cost**: some 10 ns for a word of text.
    """
    v0, v1 = key[0] ^ _V0, key[1] ^ _V1
    v2, v3 = key[0] ^ _V2, key[1] ^ _V3
    word, filled = _NOTHING, _NOTHING
    for at in range(start, end):
        word |= np.uint64(data[at]) << (filled * _EIGHT)
        filled += np.uint64(1)
        if filled == _EIGHT:
            v3 ^= word
            v0, v1, v2, v3 = _round(v0, v1, v2, v3)
            v0 ^= word
            word, filled = _NOTHING, _NOTHING
    word |= (np.uint64(end - start) & _END) << _56
    v3 ^= word
    v0, v1, v2, v3 = _round(v0, v1, v2, v3)
    v0 ^= word
    v2 ^= _END
    for _ in range(_ROUNDS):
        v0, v1, v2, v3 = _round(v0, v1, v2, v3)
    return np.uint64(v0 ^ v1 ^ v2 ^ v3)
