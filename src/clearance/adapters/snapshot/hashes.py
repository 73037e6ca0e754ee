"""64-bit hashes of names and identifiers, a million at a time and the same for one.

1. A hash finds candidates; whoever looks something up compares the text, so a collision costs a
   look and never an answer.
2. ASCII is folded by a table of bytes; any other text is replaced by its key first. Both give the
   bytes of ``model.names.name_key``.
3. The hash of bytes b is Σ bᵢ·Mⁱ⁺¹ modulo 2⁶⁴ for an odd M, mixed; prefix sums give it for every
   text of a column at once, because an odd M has an inverse.

**Cost**: some 30 ns a byte.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from clearance.model.names import name_key
from clearance.ownership.arrays.graph import Int64

Hashes = NDArray[np.uint64]

_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)
_MIX = np.uint64(0xD6E8FEB86659FD93)
_ROWS = 100_000
_KEPT = frozenset("$+<=>^`|~")
_SPACE = 32


def hashes(texts: pa.Array) -> Hashes:
    """The hash of each name's key; 0 where a name has none."""
    parts = [_part(texts.slice(start, _ROWS)) for start in range(0, len(texts), _ROWS)]
    return np.concatenate(parts) if parts else np.zeros(0, np.uint64)


def hashes_of(texts: Sequence[str]) -> Hashes:
    """The hash of each name's key, from Python strings; what no UTF-8 can hold finds nothing."""
    sound = [text.encode("utf-8", "replace") for text in texts]
    return hashes(pa.array(sound, pa.large_binary()).cast(pa.large_string()))


def _part(texts: pa.Array) -> Hashes:
    if pa.types.is_null(texts.type):
        return np.zeros(len(texts), np.uint64)
    data, start, end = _bytes(_keyed(texts))
    folded = _table()[data]
    space = folded == _SPACE
    first = np.zeros(len(data) + 1, bool)
    first[start] = True
    keep = ~space
    keep[1:] |= ~space[:-1]
    keep[first[:-1]] = ~space[first[:-1]]
    passed = np.concatenate((np.zeros(1, np.int64), np.cumsum(keep)))
    kept = folded[keep]
    start, end = passed[start], passed[end]
    trailing = (end > start) & (np.append(kept, 0)[np.maximum(end - 1, 0)] == _SPACE)
    return _hashed(kept, start, end - trailing)


def _keyed(texts: pa.Array) -> pa.Array:
    """Texts beyond ASCII replaced by their keys."""
    plain = pc.string_is_ascii(texts)
    if pc.all(plain).as_py():
        return texts
    foreign = pc.invert(plain)
    keys = [name_key(text) for text in texts.filter(foreign).to_pylist()]
    return pc.replace_with_mask(texts, foreign, pa.array(keys, texts.type))


def _bytes(texts: pa.Array) -> tuple[NDArray[np.uint8], Int64, Int64]:
    """The bytes of a large_string column, and where each text starts and ends in them."""
    offsets = np.frombuffer(texts.buffers()[1], np.int64)[
        texts.offset : texts.offset + len(texts) + 1
    ]
    buffer = texts.buffers()[2]
    data = np.frombuffer(buffer, np.uint8) if buffer is not None else np.zeros(0, np.uint8)
    data = data[offsets[0] : offsets[-1]]
    return data, offsets[:-1] - offsets[0], offsets[1:] - offsets[0]


def _hashed(data: NDArray[np.uint8], start: Int64, end: Int64) -> Hashes:
    powers, inverses = _powers(max(len(data), 1))
    sums = np.zeros(len(data) + 1, np.uint64)
    np.cumsum(data * powers[: len(data)], out=sums[1:])
    value = (sums[end] - sums[start]) * inverses[start]
    value = (value ^ (value >> np.uint64(32))) * _MIX
    value ^= value >> np.uint64(29)
    return np.where(end > start, np.maximum(value, np.uint64(1)), np.uint64(0))


def _powers(size: int) -> tuple[Hashes, Hashes]:
    return _power_table(1 << max(size, 1 << 10).bit_length())


@cache
def _power_table(size: int) -> tuple[Hashes, Hashes]:
    forth = np.full(size, _BASE, np.uint64)
    back = np.full(size, _INVERSE, np.uint64)
    back[0] = 1
    return np.multiply.accumulate(forth), np.multiply.accumulate(back)


@cache
def _table() -> NDArray[np.uint8]:
    table = np.arange(256, dtype=np.uint8)
    for code in range(128):
        sign = chr(code)
        kept = sign.isalnum() or sign in _KEPT
        table[code] = ord(sign.lower()) if kept else _SPACE
    return table
