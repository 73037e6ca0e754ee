"""Cells of text turned into numbers: each distinct text is read once, a block at a time.

1. What a cell means is said by one function of its text, exact and with a clear complaint.
2. A column is dictionary-encoded, so that function runs once a distinct text and not once a row.
3. Percentages that are nearly all different take a road through exact decimals instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clearance.model.dates import ALWAYS, NEVER, parse_date
from clearance.model.errors import InputError
from clearance.model.share import WHOLE, fraction_of_percent, units_above, units_below
from clearance.model.spelling import meant
from clearance.ownership.arrays.graph import Int32, Int64

Parse = Callable[[str], tuple[int, ...]]

TEXT = pa.string()
CODED = pa.dictionary(pa.int32(), pa.string())
UNCODED_FROM = 20_000
_PLAIN_PERCENT = r"^[0-9]{1,3}(\.[0-9]{1,10})?$"
_EXPONENT = re.compile(r"[-+]?[0-9.]+e[-+]?[0-9]+", re.IGNORECASE)
_UNITS = pa.decimal128(18, 10)
YES = {"yes": 1, "true": 1, "1": 1, "no": 0, "false": 0, "0": 0}


@dataclass(frozen=True, slots=True)
class Cells:
    """A column read: ``values`` one array a part; ``fault`` a row's index in ``faults``, or -1."""

    values: tuple[Int64, ...]
    fault: Int32
    faults: tuple[str, ...] = ()


def decode(column: pa.Array, parse: Parse) -> Cells:
    """Each cell through ``parse``, whose ``InputError`` becomes the cell's fault."""
    coded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    faults: list[str] = []
    parsed: list[tuple[int, ...]] = []
    broken: list[int] = []
    blank = parse("")
    for text in coded.dictionary.to_pylist():
        try:
            parsed.append(parse(text or ""))
            broken.append(-1)
        except InputError as error:
            parsed.append(blank)
            broken.append(len(faults))
            faults.append(f"{error.what}; {error.remedy}")
    codes = coded.indices.to_numpy(zero_copy_only=False)
    table = np.array(parsed or [blank], np.int64)
    fault = np.array(broken or [-1], np.int32)
    parts = tuple(table[:, part][codes] for part in range(table.shape[1]))
    return Cells(parts, fault[codes], tuple(faults))


def decode_percent(column: pa.Array) -> Cells:
    """Percentages as ``read_percent`` reads them: low and high units, and whether stated."""
    coded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    if len(coded.dictionary) < UNCODED_FROM:
        return decode(coded, read_percent)
    stated = pc.not_equal(coded.dictionary, "")
    plain = pc.match_substring_regex(coded.dictionary, _PLAIN_PERCENT)
    if not pc.all(pc.or_(plain, pc.invert(stated))).as_py():
        return decode(coded, read_percent)
    text = pc.if_else(stated, coded.dictionary, "0")
    units = np.frombuffer(text.cast(_UNITS).buffers()[1], np.int64)[0 : 2 * len(text) : 2]
    if units.max() > WHOLE:
        return decode(coded, read_percent)
    codes = coded.indices.to_numpy(zero_copy_only=False)
    known = stated.to_numpy(zero_copy_only=False).astype(np.int64)[codes]
    return Cells((units[codes], units[codes], known), np.full(len(codes), -1, np.int32))


@lru_cache(maxsize=100_000)
def read_percent(text: str) -> tuple[int, ...]:
    """``(low, high, stated)``: units around the percentage; equal unless beyond ten decimals.

    Raises:
        InputError: no plain number, or outside 0 to 100.

    >>> read_percent("50.5")
    (505000000000, 505000000000, 1)
    """
    if not text.strip():
        return 0, 0, 0
    if "e" in text.lower() and _EXPONENT.fullmatch(text.strip()):
        raise InputError(f"{text!r} has an exponent", remedy="write a plain number such as 50.5")
    try:
        value = fraction_of_percent(text)
    except InputError as error:
        raise InputError(error.what, remedy=_percent_remedy(text, error.remedy)) from None
    return units_below(value), units_above(value), 1


def _percent_remedy(text: str, remedy: str | None) -> str:
    if "%" in text:
        return "leave out the percent sign"
    if "," in text:
        return "write the decimals after a point"
    return remedy or ""


@lru_cache(maxsize=100_000)
def read_start(text: str) -> tuple[int, ...]:
    """First and last day a period may start on; always where not stated."""
    return _moment(text, ALWAYS)


@lru_cache(maxsize=100_000)
def read_end(text: str) -> tuple[int, ...]:
    """First and last day a period may end on; never where not stated."""
    return _moment(text, NEVER)


def _moment(text: str, unstated: int) -> tuple[int, ...]:
    if not text.strip():
        return unstated, unstated
    moment = parse_date(text)
    return moment.first, moment.last


def read_yes(text: str) -> tuple[int, ...]:
    """1 for yes, 0 for no, -1 where not stated."""
    word = text.strip().lower()
    if not word:
        return (-1,)
    if word not in YES:
        raise InputError(f"{text!r} is neither yes nor no", remedy="write yes or no")
    return (YES[word],)


def words(table: Mapping[str, int], default: int, what: str) -> Parse:
    """A reader of one word out of ``table``; ``default`` where not stated."""
    lowered = {word.lower(): code for word, code in table.items()}

    def read(text: str) -> tuple[int, ...]:
        word = text.strip().lower()
        if not word:
            return (default,)
        if word not in lowered:
            remedy = meant(word, table, f"use {', '.join(table)}")
            raise InputError(f"{text!r} is no {what}", remedy=remedy)
        return (lowered[word],)

    return read


def decode_text(column: pa.Array, read: Callable[[str], str] = str.strip) -> tuple[pa.Array, Cells]:
    """Short repeated texts, each through ``read``, and the faults of those it refuses."""
    coded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    found = coded.dictionary.to_pylist()
    cells = decode(coded, lambda text: (len(read(text)),))
    clean = [read(text) if _reads(text, read) else "" for text in found]
    codes = coded.indices
    return pa.array(clean, TEXT).take(codes) if clean else pa.array([], TEXT), cells


def _reads(text: str, read: Callable[[str], str]) -> bool:
    try:
        read(text)
    except InputError:
        return False
    return True


def items(column: pa.Array) -> tuple[Int32, pa.Array]:
    """Offsets and values of a column of texts joined by ``;``, trimmed, empty items left out."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(TEXT)
    if not pc.any(pc.not_equal(column, "")).as_py():
        return np.zeros(len(column) + 1, np.int32), pa.array([], TEXT)
    split = pc.split_pattern(column, ";")
    values = pc.utf8_trim_whitespace(split.values)
    told = pc.not_equal(values, "").to_numpy(zero_copy_only=False)
    passed = np.concatenate((np.zeros(1, np.int32), np.cumsum(told, dtype=np.int32)))
    return passed[split.offsets.to_numpy()], values.filter(pa.array(told))
