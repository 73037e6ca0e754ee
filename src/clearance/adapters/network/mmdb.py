"""The bytes of an MMDB file: search tree, data section, metadata.

1. Records are texts, each stored once; a side of the tree points at its bytes.
2. Sides take 24, 28 or 32 bits, the fewest that hold every pointer.
3. Equal input gives equal bytes: there is no clock here, the time of the build is passed in.

**Source**: MaxMind DB File Format Specification 2.0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

import numpy as np

from clearance.adapters.network.about import DATABASE_TYPE, MARK
from clearance.network.partition import NOTHING, Numbers
from clearance.network.tree import ended

LARGEST_METADATA = 128 * 1024 - len(MARK)
"""Readers look for metadata no further from the end."""

_SEPARATOR = bytes(16)
_TEXT, _UINT16, _UINT32, _MAP, _UINT64, _ARRAY = 2, 5, 6, 7, 9, 11


def body(sides: Numbers, records: Sequence[str]) -> tuple[bytes, int]:
    """Tree and data section as bytes, and the bits of a side.

    Args:
        sides: the nodes of ``network.tree``.
        records: what the ends of the tree are numbers of.
    """
    data = [_text(record) for record in records]
    record = np.where(sides < 0, ended(sides), NOTHING)
    place = np.array([*accumulate(map(len, data), initial=0)])[record]
    empty, found = len(sides), len(sides) + len(_SEPARATOR) + place
    pointers = np.where(sides >= 0, sides, np.where(record == NOTHING, empty, found))
    bits = next(size for size in (24, 28, 32) if int(pointers.max()) < 1 << size)
    return b"".join([_packed(pointers, bits), _SEPARATOR, *data]), bits


def metadata(nodes: int, bits: int, description: Mapping[str, str], built: int) -> bytes:
    """The end of the file: ``description`` by language tag, ``built`` in seconds since 1970."""
    return MARK + _map(
        {
            "binary_format_major_version": _number(2, _UINT16),
            "binary_format_minor_version": _number(0, _UINT16),
            "build_epoch": _number(built, _UINT64),
            "database_type": _text(DATABASE_TYPE),
            "description": _map({tag: _text(text) for tag, text in description.items()}),
            "ip_version": _number(6, _UINT16),
            "languages": _control(_ARRAY, 0),
            "node_count": _number(nodes, _UINT32),
            "record_size": _number(bits, _UINT16),
        }
    )


def _packed(pointers: Numbers, bits: int) -> bytes:
    """The tree: left and right side of each node; of 28 bits, the upper four share a byte."""
    octets = pointers.astype(">u4").view(np.uint8).reshape(-1, 2, 4)
    if bits == 32:
        return octets.tobytes()
    if bits == 24:
        return octets[:, :, 1:].tobytes()
    left, right = octets[:, 0], octets[:, 1]
    middle = left[:, :1] << 4 | right[:, :1]
    return np.hstack([left[:, 1:], middle, right[:, 1:]]).tobytes()


def _map(fields: Mapping[str, bytes]) -> bytes:
    pairs = (_text(name) + value for name, value in fields.items())
    return _control(_MAP, len(fields)) + b"".join(pairs)


def _text(text: str) -> bytes:
    octets = text.encode()
    return _control(_TEXT, len(octets)) + octets


def _number(number: int, kind: int) -> bytes:
    octets = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return _control(kind, len(octets)) + octets


def _control(kind: int, size: int) -> bytes:
    """Kind and size: a size below 29 stands in the byte itself, a larger one after it."""
    upper, extended = (kind << 5, b"") if kind < 8 else (0, bytes([kind - 7]))
    if size < 29:
        return bytes([upper | size]) + extended
    if size < 285:
        return bytes([upper | 29]) + extended + bytes([size - 29])
    if size < 65821:
        return bytes([upper | 30]) + extended + (size - 285).to_bytes(2, "big")
    return bytes([upper | 31]) + extended + (size - 65821).to_bytes(3, "big")
