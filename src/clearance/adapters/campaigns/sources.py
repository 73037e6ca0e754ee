"""Interaction logs as tables of raw columns, whatever their kind; the kind is told by content.

1. Parquet is read by batches as it is typed; CSV as text; JSON lines as text and numbers.
2. JSON lines may be plain records, OpenTelemetry spans or LiteLLM's spend logs (``spans``).
3. A line that is no record is a reject; a source that cannot be read is an error. What stands in a
   text is never shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.parquet

from clearance.adapters.campaigns.columns import KNOWN, NUMBERS, REQUIRED, SKETCHES
from clearance.adapters.campaigns.spans import Flatten, flattener
from clearance.adapters.formats.batch import Reject
from clearance.adapters.formats.csv_blocks import blocks, parse
from clearance.adapters.formats.csv_header import delimiter_of, refuse_returns, split_header
from clearance.adapters.formats.source import Source
from clearance.campaigns.sketch.bottom import Int64
from clearance.model.errors import InputError

BATCH = 100_000
_ROOM = 256_000_000
"""Bytes that a batch of Parquet rows takes up, unpacked."""

_MAGIC = b"PAR1"


@dataclass(frozen=True, slots=True)
class Raw:
    """Some rows of a source as it gave them: known columns, the line of each, what was no row."""

    table: pa.Table
    lines: Int64
    source: str
    rejects: tuple[Reject, ...] = ()


def read(source: Source) -> Iterator[Raw]:
    """The rows of a source.

    Raises:
        InputError: a required column is missing, or a column has no usable type.
        SourceError: the source is broken or no text.
    """
    if source.magic(4) == _MAGIC:
        yield from _parquet(source)
    elif (sign := source.head(4096).lstrip()[:1]) == b"[":
        raise source.error("a JSON array", remedy="write an object a line, as jq -c '.[]' does")
    elif sign == b"{":
        yield from _json_lines(source)
    else:
        yield from _csv(source)


def _check(names: tuple[str, ...], source: Source) -> None:
    twice = [name for name in names if name in KNOWN and names.count(name) > 1]
    if twice:
        raise _fault(source, twice[0], "stands twice", "keep one of them")
    for name in REQUIRED:
        if name not in names:
            raise _fault(source, name, "the column is missing", "a log needs time and account")
    if not {"prompt", "sketch"} & set(names):
        remedy = "give the prompts, or their sketches"
        raise _fault(source, "prompt", "neither this column nor sketch", remedy)


def _fault(source: Source, field: str, what: str, remedy: str) -> InputError:
    return InputError(what, file=source.name, field=field, remedy=remedy)


def _parquet(source: Source) -> Iterator[Raw]:
    if source.member:
        raise source.error("Parquet inside an archive", remedy="unpack it first")
    done = 0
    try:
        file = pyarrow.parquet.ParquetFile(source.path, memory_map=True)
        names = tuple(file.schema_arrow.names)
        _check(names, source)
        size = source.path.stat().st_size
        known = [one for one in names if one in KNOWN]
        parts = [file.metadata.row_group(at) for at in range(file.num_row_groups)]
        at_once = rows_at_once([(one.num_rows, one.total_byte_size) for one in parts])
        for batch in file.iter_batches(at_once, columns=known):
            lines = np.arange(done + 1, done + 1 + len(batch), dtype=np.int64)
            done += len(batch)
            source.progress(size * len(batch) // max(1, file.metadata.num_rows))
            yield Raw(pa.Table.from_batches([batch]), lines, source.name)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        what = str(error).split("\n")[0][:100]
        raise source.error(
            f"the Parquet file is broken ({what})", remedy="write it again"
        ) from None


def rows_at_once(groups: Sequence[tuple[int, int]]) -> int:
    """Rows of a batch, fewer where rows are large.

    Args:
        groups: rows and bytes of each row group.
    """
    size = max((size / max(1, rows) for rows, size in groups), default=1.0)
    return max(1, min(BATCH, int(_ROOM / max(1.0, size))))


def _csv(source: Source) -> Iterator[Raw]:
    header: tuple[str, ...] = ()
    delimiter = ","
    for block in blocks(source, delimiter_of(_first_line(source))):
        if not header:
            delimiter = delimiter_of(_first_line(source))
            header = split_header(_first_line(source), delimiter)
            _check(header, source)
        types = dict.fromkeys(header, pa.string())
        table, lines, rejects = parse(block, header, types, source, delimiter)
        if block.first == 1:
            table, lines = table.slice(1), lines[1:]
        yield Raw(
            table.select([one for one in header if one in KNOWN]), lines, source.name, rejects
        )


def _first_line(source: Source) -> str:
    line = source.head().split(b"\n", 1)[0].decode("utf-8", "ignore").removesuffix("\r")
    refuse_returns(line, source.name)
    return line


def _json_lines(source: Source) -> Iterator[Raw]:
    from msgspec import DecodeError
    from msgspec.json import Decoder

    decode = Decoder(dict[str, object]).decode
    flatten: Flatten | None = None
    rows: list[Mapping[str, object]] = []
    lines: list[int] = []
    rejects: list[Reject] = []
    for line, raw in source.lines():
        if not raw.strip():
            continue
        try:
            record = decode(raw)
            flatten = flatten or flattener(record)
            made = list(flatten(record))
        except (DecodeError, RecursionError):
            rejects.append(Reject(source.name, line, "", "not a JSON object on one line"))
            continue
        rows += made
        lines += [line] * len(made)
        if len(rows) + len(rejects) >= BATCH:
            yield _gathered(rows, lines, rejects, source)
            rows, lines, rejects = [], [], []
    if rows or rejects:
        yield _gathered(rows, lines, rejects, source)


def _gathered(
    rows: list[Mapping[str, object]], lines: list[int], rejects: list[Reject], source: Source
) -> Raw:
    names = {name for row in rows for name in row if name in KNOWN}
    if rows:
        _check(tuple(names), source)
    columns = {name: _column(name, [row.get(name) for row in rows]) for name in sorted(names)}
    return Raw(pa.table(columns), np.array(lines, np.int64), source.name, tuple(rejects))


def _column(name: str, values: list[object]) -> pa.Array:
    """A column of text; lists of numbers for sketches."""
    if name in SKETCHES:
        return pa.array([_tokens(value) for value in values], pa.list_(pa.int64()))
    if name in NUMBERS:
        return pa.array([value if _is_number(value) else None for value in values], pa.int64())
    return pa.array([_text(value) for value in values], pa.large_string())


def _is_number(value: object) -> bool:
    """Is it a whole number that 64 bits hold?"""
    return type(value) is int and -(2**63) <= value < 2**63


def _tokens(value: object) -> list[int] | None:
    if not isinstance(value, list) or not all(type(one) is int for one in value):
        return None
    return [one for one in value if 0 <= one < 2**63]


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) else None
