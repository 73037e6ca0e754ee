"""What an entry seals, as it is kept in the entry's row.

**Shape**: MessagePack, a list of ``[field, salt, value, subject]`` in binary, by field; texts in
UTF-8. Nothing sealed is no bytes at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from clearance.ledger.entry import Sealed

DAMAGED = Sealed("damaged value", b"", "")
"""What bytes say that nobody wrote so."""

packed_rows: Callable[[Sequence[tuple[bytes, bytes, bytes, bytes]]], bytes]
packed_rows = msgspec.msgpack.Encoder().encode
"""Field, salt, value and subject of each, by field, as bytes; there is one at least."""

_decode = msgspec.msgpack.Decoder(list[tuple[bytes, bytes, bytes, bytes]]).decode


def packed(sealed: Iterable[Sealed]) -> bytes:
    """Sealed values as bytes.

    >>> unpacked(packed([Sealed("ip", bytes(16), "192.0.2.1", "a-1")]))[0].value
    '192.0.2.1'
    """
    rows = sorted(
        (_coded(one.field), one.salt, _coded(one.value), _coded(one.subject)) for one in sealed
    )
    return packed_rows(rows) if rows else b""


def unpacked(data: bytes) -> tuple[Sealed, ...]:
    """The sealed values of such bytes; of bytes that were damaged, one that no entry states."""
    if not data:
        return ()
    try:
        rows = _decode(data)
        read = tuple(
            Sealed(_text(field), salt, _text(value), _text(subject))
            for field, salt, value, subject in rows
        )
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return (DAMAGED,)
    return read if packed(read) == data else (DAMAGED,)


def without(data: bytes, fields: Sequence[str]) -> bytes:
    """The bytes of what is left when some fields are forgotten; of damaged bytes nothing is."""
    return packed(one for one in unpacked(data) if one.field not in fields and one != DAMAGED)


def _coded(text: str) -> bytes:
    """Any text as bytes: no database refuses them for what they say."""
    return text.encode("utf-8", "surrogatepass")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")
