"""Columns put into the order and types of a schema, those not stated filled."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

_EMPTY = {pa.string(): "", pa.bool_(): False}


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
