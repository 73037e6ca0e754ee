"""A CSV stream cut into blocks of whole records, each record with the number of its first line.

1. A record ends at a line feed outside quotes. A quote opens a field only where a field begins, so
   the inch sign in ``5" pipe`` is a character like any other.
2. Blank lines are no records; they count as lines.
3. Records with another number of fields than the header, or with a NUL, are rejected one by one;
   a block without such records never pays for that look.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.csv
from numpy.typing import NDArray

from clearance.adapters.formats.batch import Reject
from clearance.adapters.formats.source import Source
from clearance.model.errors import InputError
from clearance.ownership.arrays.graph import Int64

BLOCK = 16_000_000
_LF, _CR, _QUOTE = 10, 13, 34


@dataclass(frozen=True, slots=True)
class Block:
    """Whole records.

    **Shape**: ``data`` the bytes; ``ends`` where each record's line feed is; ``first`` the number
    of the line on which ``data`` begins.
    """

    data: bytes
    ends: Int64
    first: int

    def spans(self) -> tuple[Int64, Int64, Int64]:
        """Start, end and line of every record that is not blank."""
        raw = np.frombuffer(self.data, np.uint8)
        starts = np.concatenate((np.zeros(1, np.int64), self.ends[:-1] + 1))
        blank = (self.ends == starts) | ((self.ends == starts + 1) & (raw[starts] == _CR))
        feeds = np.flatnonzero(raw == _LF)
        if len(feeds) == len(self.ends):
            lines = np.arange(len(starts), dtype=np.int64)
        else:
            lines = np.searchsorted(feeds, starts).astype(np.int64)
        keep = ~blank
        return starts[keep], self.ends[keep], lines[keep] + self.first


def blocks(source: Source, delimiter: str) -> Iterator[Block]:
    """The source in blocks of some 16 MB, the header in the first.

    Raises:
        InputError: a record longer than a block, or a quoted field that never ends.
        SourceError: the bytes cannot be read or decoded.
    """
    parts: list[bytes] = []
    held, first = 0, 1
    for piece in source.chunks():
        parts.append(piece)
        held += len(piece)
        if held < BLOCK:
            continue
        data = b"".join(parts)
        ends = record_ends(data, delimiter)
        if not len(ends):
            raise _endless(source, first)
        cut = int(ends[-1]) + 1
        yield Block(data[:cut], ends, first)
        first += data.count(b"\n", 0, cut)
        parts, held = [data[cut:]], len(data) - cut
    data = b"".join(parts)
    if data:
        yield _last(source, data if data.endswith(b"\n") else data + b"\n", first, delimiter)


def record_ends(data: bytes, delimiter: str) -> Int64:
    """Where the line feeds stand that end a record."""
    raw = np.frombuffer(data, np.uint8)
    feeds = np.flatnonzero(raw == _LF)
    if b'"' not in data:
        return feeds
    quotes = _structural(raw, np.flatnonzero(raw == _QUOTE), delimiter)
    outside: Int64 = feeds[np.searchsorted(quotes, feeds) % 2 == 0]
    return outside


def parse(
    block: Block,
    columns: tuple[str, ...],
    types: dict[str, pa.DataType],
    source: Source,
    delimiter: str,
) -> tuple[pa.Table, Int64, tuple[Reject, ...]]:
    """A block as columns of text, the line of each row, and the records that are not rows."""
    starts, ends, lines = block.spans()
    rejects: tuple[Reject, ...] = ()
    data = block.data
    table = None if b"\0" in data else _table(data, columns, types, delimiter)
    if table is None or len(table) != len(lines):
        kept, rejects = _sieve(data, (starts, ends, lines), len(columns), source.name, delimiter)
        data = b"".join(data[starts[row] : ends[row] + 1] for row in kept)
        lines = lines[kept]
        table = _table(data, columns, types, delimiter) if data else _empty(columns, types)
    if table is None or len(table) != len(lines):
        raise InputError(
            "the rows cannot be told apart",
            file=source.name,
            line=block.first,
            remedy="quote fields that hold line breaks or quotes",
        )
    return table, lines, rejects


def _last(source: Source, data: bytes, first: int, delimiter: str) -> Block:
    ends = record_ends(data, delimiter)
    if not len(ends) or ends[-1] != len(data) - 1:
        begun = int(ends[-1]) + 1 if len(ends) else 0
        raise _endless(source, first + data.count(b"\n", 0, begun))
    return Block(data, ends, first)


def _endless(source: Source, line: int) -> InputError:
    return InputError(
        f"a row that does not end within {BLOCK // 1_000_000} MB, or a quote that is never closed",
        file=source.name,
        line=line,
        remedy="close the quote, or put one row on a line",
    )


def _structural(raw: NDArray[np.uint8], quotes: Int64, delimiter: str) -> Int64:
    """The quotes that open or close a field or escape one another, not those inside plain text."""
    begins = (ord(delimiter), _LF, _CR)
    opening, closing = quotes[0::2], quotes[1::2]
    before = np.where(opening > 0, raw[opening - 1], _LF)
    follows = np.zeros(len(opening), bool)
    follows[1:] = opening[1:] == closing[: len(opening) - 1] + 1
    if bool((np.isin(before, begins) | follows).all()):
        return quotes
    kept, inside, closed = [], False, -2
    for place in quotes.tolist():
        opens = place == closed + 1 or place == 0 or int(raw[place - 1]) in begins
        if inside:
            inside, closed = False, place
        elif opens:
            inside = True
        else:
            continue
        kept.append(place)
    return np.array(kept, np.int64)


def _table(
    data: bytes, columns: tuple[str, ...], types: dict[str, pa.DataType], delimiter: str
) -> pa.Table | None:
    options = pyarrow.csv
    try:
        return options.read_csv(
            pa.BufferReader(data),
            read_options=options.ReadOptions(
                column_names=list(columns), use_threads=False, block_size=len(data) + 1
            ),
            parse_options=options.ParseOptions(delimiter=delimiter, newlines_in_values=True),
            convert_options=options.ConvertOptions(
                column_types=types, check_utf8=False, null_values=[], strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return None


def _empty(columns: tuple[str, ...], types: dict[str, pa.DataType]) -> pa.Table:
    return pa.schema([(name, types[name]) for name in columns]).empty_table()


def _sieve(
    data: bytes, spans: tuple[Int64, Int64, Int64], width: int, name: str, delimiter: str
) -> tuple[Int64, tuple[Reject, ...]]:
    """Which records have the header's number of fields, and why the others do not."""
    kept: list[int] = []
    rejects: list[Reject] = []
    for row, (start, end, line) in enumerate(zip(*(part.tolist() for part in spans), strict=True)):
        fault = _fault(data[start:end], width, delimiter)
        if fault:
            rejects.append(Reject(name, line, "", fault))
        else:
            kept.append(row)
    return np.array(kept, np.int64), tuple(rejects)


def _fault(record: bytes, width: int, delimiter: str) -> str:
    if b"\0" in record:
        return "a NUL byte in the row; remove it"
    text = record.decode("utf-8").removesuffix("\r")
    try:
        rows = list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter))
    except csv.Error as error:
        return f"not a CSV row ({error}); quote fields that hold line breaks"
    if len(rows) != 1:
        return "a line break inside the row; quote the field that holds it"
    if len(rows[0]) != width:
        return (
            f"{len(rows[0])} fields where the header has {width}; quote fields with {delimiter!r}"
        )
    return ""
