"""A block of text columns: asked for by name, and put into the order and types of a schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Column = Callable[[str], pa.Array]
"""Gives a column by its name."""

_EMPTY = {pa.string(): "", pa.bool_(): False}


def columns_of(table: pa.Table) -> Column:
    """The columns of a table by name; one that it does not have is empty in every row."""
    absent = pa.DictionaryArray.from_arrays(
        pa.array(np.zeros(len(table), np.int32)), pa.array([""])
    )

    def column(name: str) -> pa.Array:
        if name not in table.column_names:
            return absent
        return table.column(name).combine_chunks()

    return column


def trimmed(column: pa.Array) -> pa.Array:
    """The column as text without blanks around it."""
    return pc.utf8_trim_whitespace(plain(column))


def plain(column: pa.Array) -> pa.Array:
    """The column as text, however it is encoded."""
    return column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column


def filled(data: Mapping[str, object], count: int, schema: pa.Schema) -> pa.Table:
    """A table of the schema; a column that is not in ``data`` is empty text, false or null."""
    arrays = []
    for field in schema:
        value = data.get(field.name)
        arrays.append(_blank(field.type, count) if value is None else pa.array(value, field.type))
    return pa.Table.from_arrays(arrays, schema=schema)


def _blank(kind: pa.DataType, count: int) -> pa.Array:
    if pa.types.is_list(kind):
        offsets = pa.array(np.zeros(count + 1, np.int32))
        return pa.ListArray.from_arrays(offsets, pa.array([], kind.value_type))
    if kind in _EMPTY:
        return pa.repeat(pa.scalar(_EMPTY[kind], kind), count)
    return pa.nulls(count, kind)
