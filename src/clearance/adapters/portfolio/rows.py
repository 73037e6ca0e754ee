"""Rows of text from a customer file, whatever its kind.

1. Kind is recognised by content: ``PAR1`` is Parquet, a leading ``{`` JSON lines, else CSV.
2. CSV is UTF-8 with or without a byte order mark; ``,``, ``;`` or a tab divides, whichever the
   header uses. A row of another length than the header is an error.
3. Every value becomes text without blanks around it; ``null`` and an empty cell are ``""``, and
   a number that is whole has no decimals: a column of numbers with gaps comes as 2.0.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from clearance.adapters.formats.csv_header import delimiter_of
from clearance.adapters.unreadable import refuse_stream, unreadable
from clearance.model.errors import InputError

PACKED = (b"\x1f\x8b", b"PK\x03\x04", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")
"""How packed files begin: gzip, zip, bzip2, xz, zstd."""

LONGEST = 1_000_000
"""A line longer than this is no customer."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record: values by the column names of the file; lines count from one."""

    line: int
    values: Mapping[str, str]
    header_line: int = 1


def rows_of(path: Path) -> Iterator[Row]:
    """The rows of a customer file.

    Raises:
        InputError: no such file, a pipe, another encoding, or a broken row.
        StorageError: the machine cannot read it.
    """
    refuse_stream(path)
    try:
        with path.open("rb") as file:
            start = file.read(4096)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
        what = "is a folder" if isinstance(error, IsADirectoryError) else "no such file"
        raise InputError(
            what, file=str(path), remedy="name a CSV, JSON lines or Parquet file"
        ) from None
    except OSError as error:
        raise unreadable(path, error) from None
    if not start:
        raise InputError("empty", file=str(path), remedy="give a header and at least one row")
    if start[:4] == b"PAR1":
        return _parquet(path)
    if start.startswith(PACKED):
        raise InputError("is compressed", file=str(path), remedy="unpack it first")
    if start[:2] in (b"\xff\xfe", b"\xfe\xff") or start.count(0) * 4 > len(start):
        raise InputError("not text in UTF-8", file=str(path), remedy="save it as UTF-8")
    if start.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"["):
        return _json_lines(path)
    return _csv(path)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Decoded lines; the byte order mark, if any, is gone."""
    with path.open("rb") as file:
        number = 0
        while raw := file.readline(LONGEST):
            number += 1
            yield number, _decoded(raw, number, path)


def _decoded(raw: bytes, number: int, path: Path) -> str:
    if len(raw) == LONGEST:
        what, remedy = "a line of over a million bytes", "give one customer a line"
    elif 0 in raw:
        what, remedy = "a NUL byte", "remove it"
    elif b"\r" in raw.rstrip(b"\r\n"):
        what, remedy = "a line feed is missing after CR", "save it with LF or CRLF"
    else:
        try:
            return raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            what = f"byte {error.start + 1} of the line is not UTF-8"
            remedy = "save the file as UTF-8"
    raise InputError(what, file=str(path), line=number, remedy=remedy)


def _csv(path: Path) -> Iterator[Row]:
    numbered = _lines(path)
    current = 0

    def texts() -> Iterator[str]:
        nonlocal current
        for current, text in numbered:  # noqa: B007  the number is read by the loop below
            yield text

    source = texts()
    head = next(source)
    reader = csv.reader(chain([head], source), delimiter=delimiter_of(head), strict=True)
    try:
        header = next(reader)
        _check_header(header, path)
        start = current + 1
        for cells in reader:
            if cells:
                yield Row(start, _cells(header, cells, path, start))
            start = current + 1
    except csv.Error as error:
        raise InputError(
            f"broken CSV ({error})", file=str(path), line=current, remedy="check the quotes"
        ) from None


def _check_header(header: list[str], path: Path) -> None:
    if not header:
        raise InputError(
            "an empty line where the header belongs", file=str(path), line=1, remedy="remove it"
        )
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise InputError(
            f"column {twice[0]!r} stands twice", file=str(path), line=1, remedy="keep one of them"
        )


def _cells(header: list[str], cells: list[str], path: Path, line: int) -> dict[str, str]:
    if len(cells) != len(header):
        raise InputError(
            f"{len(cells)} cells where the header has {len(header)}",
            file=str(path),
            line=line,
            remedy="put a value that holds the divider in quotes",
        )
    return dict(zip(header, map(str.strip, cells), strict=True))


def _json_lines(path: Path) -> Iterator[Row]:
    import orjson

    for number, text in _lines(path):
        if not text.strip():
            continue
        try:
            record = orjson.loads(text)
        except orjson.JSONDecodeError as error:
            raise InputError(
                f"broken JSON ({error.msg})",
                file=str(path),
                line=number,
                remedy="give one JSON object a line",
            ) from None
        if not isinstance(record, dict):
            raise InputError(
                "no JSON object",
                file=str(path),
                line=number,
                remedy="give one JSON object a line",
            )
        values = {key: _text(value, path, number, key) for key, value in record.items()}
        yield Row(number, values, header_line=number)


def _parquet(path: Path) -> Iterator[Row]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = 0
    try:
        file = pq.ParquetFile(path)
        for batch in file.iter_batches(batch_size=10_000):
            for record in batch.to_pylist():
                number += 1
                values = {key: _text(value, path, number, key) for key, value in record.items()}
                yield Row(number, values)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"broken Parquet ({str(error).splitlines()[0][:120]})",
            file=str(path),
            remedy="write the file again",
        ) from None


_WORDS = {bool: "true or false", dict: "an object", list: "a list", bytes: "raw bytes"}


def _text(value: object, path: Path, line: int, field: str) -> str:
    """A JSON or Parquet value as the text a CSV would hold."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, (bool, dict, list, bytes)):
        raise InputError(
            f"{_WORDS[type(value)]} where text or a number belongs",
            file=str(path),
            line=line,
            field=field,
            remedy="write text or a plain number",
        )
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
