"""Bytes checked to be UTF-8, or turned into it: from UTF-8, and from UTF-16 or UTF-32 with a mark.

Checking is Arrow's (some 20 GB/s); only a piece that fails is decoded, to say which byte it was.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator

import pyarrow as pa

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins with the mark of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class NotText(ValueError):
    """A byte that the encoding does not allow."""


def encoding_of(first: bytes) -> tuple[int, str]:
    """The length of the byte order mark, and the encoding that it or its absence means.

    >>> encoding_of(b"id,name")
    (0, 'utf-8')
    """
    for mark, encoding in _MARKS:
        if first.startswith(mark):
            return len(mark), encoding
    return 0, "utf-8"


def clean(pieces: Iterable[bytes], encoding: str, offset: int) -> Iterator[bytes]:
    """The pieces as UTF-8, each of whole characters.

    Args:
        offset: where the first piece stands in the file.

    Raises:
        NotText: naming the first byte that is not of the encoding.
    """
    if encoding != "utf-8":
        yield from _recoded(pieces, encoding, offset)
        return
    rest = b""
    for piece in pieces:
        whole = rest + piece
        cut = len(whole) - _unfinished(whole)
        whole, rest = whole[:cut], whole[cut:]
        if not _valid(whole):
            raise _not_text(whole, encoding, offset)
        yield whole
        offset += cut
    if rest:
        raise _not_text(rest, encoding, offset)


def _recoded(pieces: Iterable[bytes], encoding: str, offset: int) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    for piece, last in _with_last(pieces):
        held = len(decoder.getstate()[0])
        try:
            text = decoder.decode(piece, last)
        except UnicodeDecodeError as error:
            place = offset - held + error.start
            raise NotText(f"byte {place} is not {encoding.upper()}") from None
        offset += len(piece)
        yield text.encode("utf-8")


def _with_last(pieces: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    for piece in pieces:
        yield piece, False
    yield b"", True


def _valid(piece: bytes) -> bool:
    ends = pa.py_buffer((0).to_bytes(4, "little") + len(piece).to_bytes(4, "little"))
    try:
        pa.StringArray.from_buffers(1, ends, pa.py_buffer(piece)).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _unfinished(piece: bytes) -> int:
    """How many bytes at the end begin a character that goes on in the next piece."""
    for back in range(1, min(3, len(piece)) + 1):
        byte = piece[-back]
        if byte >= 0xC0:
            size = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return back if back < size else 0
        if byte < 0x80:
            return 0
    return 0


def _not_text(piece: bytes, encoding: str, offset: int) -> NotText:
    try:
        piece.decode(encoding)
    except UnicodeDecodeError as error:
        return NotText(f"byte {offset + error.start} is not {encoding.upper()}")
    return NotText(f"byte {offset} is not {encoding.upper()}")
