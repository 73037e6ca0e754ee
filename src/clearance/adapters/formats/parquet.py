"""Plain parties or interests in Parquet: the CSV tables' columns, as text, numbers or dates.

1. Every column is turned into the text that the CSV table would hold, so both formats have one
   meaning and one set of complaints: ``50.5`` and the number 50.5 are the same share.
2. Binary fractions are taken as the shortest decimal that stands for them.
3. Lists may be Parquet lists of text or numbers instead of text joined by ``;``; a list of lists,
   or a list where one value belongs, is refused.
4. A row's line is its number in the file, from 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import PurePath

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clearance.adapters.formats import plain_interests, plain_parties
from clearance.adapters.formats.batch import Batch
from clearance.adapters.formats.csv_header import check_header
from clearance.adapters.formats.head import Head
from clearance.adapters.formats.source import Source
from clearance.model.errors import InputError, SourceError

ROWS = 250_000
_MAGIC = b"PAR1"
_SINGLE = frozenset((*plain_interests.COLUMNS.known, *plain_parties.COLUMNS.known)) - {
    "components", "identifiers", "lists", "other_names",
}  # fmt: skip
"""Columns whose cells hold one value each."""
_TEXT = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
_NUMBERS = (pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal)


def recognises(head: Head) -> bool:
    """Is it a Parquet file?"""
    return head.magic.startswith(_MAGIC)


def read(source: Source) -> Iterator[Batch]:
    """Every row of the source.

    Raises:
        InputError: unknown or missing columns, or a column that cannot be text.
        SourceError: the file is broken, or stands in an archive.
    """
    import pyarrow.parquet

    if source.member or not _bare(source):
        raise source.error("Parquet inside an archive", remedy="unpack it first")
    try:
        file = pyarrow.parquet.ParquetFile(source.path, memory_map=True)
        names = file.schema_arrow.names
        kind = plain_interests if "interested_party" in names else plain_parties
        check_header(names, kind.COLUMNS, source.name)
        make = plain_interests.interests if kind is plain_interests else plain_parties.parties
        default, done, size = PurePath(source.name).name, 0, source.path.stat().st_size
        for rows in file.iter_batches(ROWS):
            columns = {name: as_text(rows.column(name), name, source) for name in names}
            lines = np.arange(done + 1, done + 1 + len(rows), dtype=np.int64)
            done += len(rows)
            source.progress(size * len(rows) // file.metadata.num_rows)
            yield make(pa.table(columns), lines, source.name, default)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise _broken(source, error) from None


def as_text(column: pa.Array, name: str, source: Source) -> pa.Array:
    """A column as the CSV table would hold it; null is empty.

    Raises:
        InputError: a type that has no such text.
    """
    kind = column.type
    if pa.types.is_dictionary(kind):
        return as_text(column.dictionary_decode(), name, source)
    if _is_list(kind) and _is_plain(kind.value_type) and name not in _SINGLE:
        return pc.binary_join(column.cast(pa.list_(pa.string())), ";").fill_null("")
    if pa.types.is_boolean(kind):
        return pc.if_else(column, "yes", "no").fill_null("")
    if pa.types.is_timestamp(kind):
        return column.cast(pa.date32(), safe=False).cast(pa.string()).fill_null("")
    if pa.types.is_null(kind):
        return pa.repeat("", len(column))
    if pa.types.is_date(kind) or _is_plain(kind):
        return _decimal(column).fill_null("")
    raise InputError(
        f"a column of type {kind}",
        file=source.name,
        field=name,
        remedy="use text, numbers or dates",
    )


def _is_list(kind: pa.DataType) -> bool:
    return bool(pa.types.is_list(kind) or pa.types.is_large_list(kind))


def _is_plain(kind: pa.DataType) -> bool:
    return any(test(kind) for test in (*_TEXT, *_NUMBERS))


def _bare(source: Source) -> bool:
    with source.path.open("rb") as stream:
        return stream.read(4) == _MAGIC


def _decimal(column: pa.Array) -> pa.Array:
    """The column's texts; floats without an exponent, and those that are no numbers as null."""
    if not pa.types.is_floating(column.type):
        return column.cast(pa.string())
    texts = pc.if_else(pc.is_nan(column), None, column).cast(pa.string())
    if not pc.any(pc.match_substring(texts, "e")).as_py():
        return texts
    return pa.array([text and f"{Decimal(text):f}" for text in texts.to_pylist()], pa.string())


def _broken(source: Source, error: Exception) -> SourceError:
    what = str(error).split("\n")[0][:100]
    return source.error(f"the Parquet file is broken ({what})", remedy="write it again")
