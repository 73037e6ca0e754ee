"""JSON records one after another, from lines or from one array, without reading the whole.

1. Lines: one record a line. A line that is not such a record is a reject with its line number.
2. An array, bare or as the value of one key of an envelope, is cut between its elements a megabyte
   at a time; places are record numbers. An element of the wrong shape is a reject; what is not
   JSON ends the source with an error that names the last good record, because nobody can say where
   the next one begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeVar

from msgspec import DecodeError, Raw
from msgspec.json import Decoder

from clearance.adapters.formats.columns import Gathered
from clearance.adapters.formats.source import Source

T = TypeVar("T")
Record = dict[str, object]

_START = re.compile(rb'\s*(?:\{\s*"\w+"\s*:\s*)?\[\s*')
_FIRST_KEY = re.compile(rb'\s*(\{\s*"[^"\\]*"\s*:)')
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[\]{},]', re.DOTALL)
_TRIES = 6
_ELEMENTS = Decoder(list[Raw])
_ENVELOPE = Decoder(dict[str, Raw])


def records(source: Source, gathered: Gathered, decoder: Decoder[T]) -> Iterator[tuple[int, T]]:
    """Every record with its line (or its number, in an array); what does not fit is rejected.

    Raises:
        SourceError: a broken or cut-off array, an element beyond the limit, or whatever the
            source itself raises.
    """
    found = _START.match(source.head(4096))
    blocks = _of_array(source, found.group().strip()) if found else source.line_blocks()
    decode = decoder.decode
    for first, block in blocks:
        for place, raw in enumerate(block, first):
            try:
                yield place, decode(raw)
            except (DecodeError, RecursionError) as error:
                if type(raw) is not bytes or raw.strip():
                    gathered.records += 1
                    gathered.reject(place, *_fault(error))


def _fault(error: Exception) -> tuple[str, str]:
    """The field at fault, empty for the whole record, and what is wrong with it."""
    if isinstance(error, RecursionError):
        return "", "nested too deep"
    reason, _, path = str(error).partition(" - at `")
    return path.strip("`").removeprefix("$").removeprefix("."), reason


def _of_array(source: Source, opening: bytes) -> Iterator[tuple[int, Sequence[bytes | Raw]]]:
    """Elements cut from the stream; ``opening`` is all up to and with the array's bracket."""
    number, rest, started = 1, b"", False
    for chunk in source.chunks():
        rest += chunk
        if not started:
            matched = _START.match(rest)
            if matched is None:
                continue
            rest, started = rest[matched.end() :], True
        cut, elements = _whole_elements(rest)
        yield number, elements
        number, rest = number + len(elements), rest[cut:]
        if len(rest) > source.limits.record:
            size = source.limits.record // 1_000_000
            raise source.error(f"record {number} is broken or longer than {size} MB")
    yield number, _last_elements(source, opening, rest, number)


def _last_elements(source: Source, opening: bytes, rest: bytes, number: int) -> list[Raw]:
    whole = opening + rest
    try:
        if opening.startswith(b"{"):
            whole = bytes(next(iter(_ENVELOPE.decode(whole).values())))
        return _ELEMENTS.decode(whole)
    except (DecodeError, RecursionError) as error:
        raise source.error(
            f"the JSON array is broken or cut off after record {number - 1}: {error}",
            remedy="fetch the file again",
        ) from None


def _whole_elements(buffer: bytes) -> tuple[int, list[Raw]]:
    """The elements that lie whole in the buffer, and where the next one begins."""
    matched = _FIRST_KEY.match(buffer)
    end = len(buffer)
    for _ in range(_TRIES if matched else 0):
        end = buffer.rfind(matched[1], 0, end) if matched else -1
        if end <= 0:
            break
        elements = _parsed(buffer[:end])
        if elements is not None:
            return end, elements
    end = _last_comma(buffer) + 1
    elements = _parsed(buffer[:end])
    return (0, []) if elements is None else (end, elements)


def _parsed(piece: bytes) -> list[Raw] | None:
    trimmed = piece.rstrip()
    if not trimmed.endswith(b","):
        return None
    try:
        return _ELEMENTS.decode(b"[" + trimmed[:-1] + b"]")
    except (DecodeError, RecursionError):
        return None


def _last_comma(buffer: bytes) -> int:
    """Where the last comma between elements stands, or -1."""
    depth, last = 0, -1
    for token in _TOKEN.finditer(buffer):
        sign = token.group()
        if sign == b",":
            last = token.start() if depth == 0 else last
        elif sign in (b"{", b"["):
            depth += 1
        elif sign in (b"}", b"]"):
            depth -= 1
            if depth < 0:
                break
    return last
