"""Single columns of a log: what a raw column is as text, as numbers, as bytes, as microseconds."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from clearance.adapters.campaigns.columns import SKETCH, TEXTS
from clearance.adapters.campaigns.sources import Raw
from clearance.campaigns.sketch.bottom import Int64
from clearance.model.errors import InputError

_SCALES = ((1e11, 1e6), (1e14, 1e3), (1e17, 1.0), (float("inf"), 1e-3))
"""Below so large a number, so many microseconds a unit: seconds, milli-, micro-, nanoseconds."""


def whole(column: pa.ChunkedArray) -> pa.Array:
    """A column in one piece."""
    return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)


def as_text(column: pa.Array, name: str, raw: Raw) -> pa.Array:
    """A column as text, nothing as empty; prompts and outputs may be bytes.

    Raises:
        InputError: a type that has no such text.
    """
    kind = column.type
    if pa.types.is_dictionary(kind):
        return as_text(column.dictionary_decode(), name, raw)
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return column.fill_null("")
    if name in TEXTS and (pa.types.is_binary(kind) or pa.types.is_large_binary(kind)):
        return column.fill_null(b"")
    if pa.types.is_integer(kind) or pa.types.is_string_view(kind) or pa.types.is_null(kind):
        return column.cast(pa.string()).fill_null("")
    raise unusable(column, name, raw, "use text or whole numbers")


def kept_text(column: pa.Array, name: str, raw: Raw) -> pa.Array:
    """A text to keep, as text."""
    try:
        return column.cast(pa.large_string())
    except pa.ArrowInvalid:
        raise unusable(column, name, raw, "keep no text that is not UTF-8") from None


def unusable(column: pa.Array, name: str, raw: Raw, remedy: str) -> InputError:
    """The error to raise about a column of a type that cannot be used."""
    return InputError(f"a column of type {column.type}", file=raw.source, field=name, remedy=remedy)


def whole_numbers(column: pa.Array, name: str, raw: Raw) -> pa.Array:
    """Whole numbers; null where a text is none."""
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        plain = pc.match_substring_regex(column, r"^\d{1,9}$").fill_null(fill_value=False)
        column = pc.if_else(plain, column, pa.scalar(None, column.type))
    if pa.types.is_floating(column.type) or pa.types.is_nested(column.type):
        raise unusable(column, name, raw, "use whole numbers")
    numbers = column.cast(pa.int64(), safe=False)
    most = pc.min_element_wise(numbers, 2**31 - 1, skip_nulls=False)
    return pc.max_element_wise(most, 0, skip_nulls=False).cast(pa.int32())


def given_sketch(column: pa.Array, name: str, raw: Raw) -> pa.Array:
    """A sketch that the source brings along.

    Raises:
        InputError: what stands there are no lists of whole numbers from 0 to 2**63 - 1.
    """
    kind = column.type
    listed = pa.types.is_list(kind) or pa.types.is_large_list(kind)
    if not listed or not pa.types.is_integer(kind.value_type):
        raise unusable(column, name, raw, "use lists of whole numbers")
    try:
        tokens = column.cast(SKETCH)
    except pa.ArrowInvalid:
        tokens = None
    if tokens is None or (pc.min(tokens.flatten()).as_py() or 0) < 0:
        raise InputError(
            "a token is not between 0 and 2**63 - 1", file=raw.source, field=name, remedy="fold it"
        )
    return tokens


def micros_of(column: pa.Array) -> pa.Array:
    """Numbers as microseconds, by their size."""
    given = column.cast(pa.float64(), safe=False)
    value = given.fill_null(-1.0).to_numpy(zero_copy_only=False)
    exact = column.fill_null(-1) if pa.types.is_integer(column.type) else None
    scale = np.select([value < limit for limit, _ in _SCALES], [by for _, by in _SCALES], 0.0)
    micros = np.where((value >= 0) & (value < 1e19), value * scale, -1).astype(np.int64)
    if exact is not None:
        whole = exact.cast(pa.int64(), safe=False).to_numpy(zero_copy_only=False)
        micros = np.where(scale == 1.0, whole, micros)
    return pa.array(micros, pa.int64(), mask=micros < 0)


def bytes_of(column: pa.Array) -> tuple[NDArray[np.uint8], Int64]:
    """The bytes of a column of text and where each value begins."""
    large = column.cast(pa.large_binary())
    _, offsets, data = large.buffers()
    ends = np.frombuffer(offsets, np.int64, len(large) + 1, large.offset * 8)
    return np.frombuffer(data or b"", np.uint8), ends
