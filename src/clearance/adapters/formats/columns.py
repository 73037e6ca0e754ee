"""Rows gathered one by one, handed on as Arrow columns some 20,000 at a time.

1. A row is a struct in the order of the Arrow schema: one append a row, one transpose a batch.
2. Only ``statement_date`` may be null. Not stated is ``""``, ``()``, ``ALWAYS`` (a start),
   ``NEVER`` (an end), and for a share 0 to ``WHOLE`` without the ``STATED`` flag.
3. Dates and shares repeat, so each text is parsed once.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import cast

import numpy as np
import pyarrow as pa
from msgspec import Struct
from msgspec.structs import astuple

from clearance.adapters.formats.batch import INTERESTS, PARTIES, Batch, Reject
from clearance.model.dates import ALWAYS, NEVER, Moment, parse_date
from clearance.model.interest import InterestType
from clearance.model.party import PartyKind
from clearance.model.share import WHOLE, Share, units_above, units_below
from clearance.ownership.arrays.graph import HIGH_OPEN, LOW_OPEN, STATED

ROWS = 20_000


class PartyRow(Struct, gc=False):
    """One row of ``PARTIES``; identifiers are (scheme, id) pairs, particulars (kind, text)."""

    id: str
    name: str = ""
    kind: int = PartyKind.ENTITY.value
    jurisdiction: str = ""
    headquarters: str = ""
    residence: str = ""
    residence_start_first: int = ALWAYS
    residence_start_last: int = ALWAYS
    residence_end_first: int = NEVER
    residence_end_last: int = NEVER
    lists: Sequence[str] = ()
    identifiers: Sequence[tuple[str, str]] = ()
    other_names: Sequence[str] = ()
    particulars: Sequence[tuple[str, str]] = ()
    capital: bool = True
    branch_of: str = ""
    unspecified: str = ""
    source: str = ""
    statement: str = ""
    statement_date: int | None = None
    line: int = 0


class InterestRow(Struct, gc=False):
    """One row of ``INTERESTS``; ``flags`` are the bits of ``ownership.graph``."""

    interested_party: str
    subject: str
    type: int = InterestType.shareholding.value
    flags: int = 0
    low: int = 0
    high: int = WHOLE
    start_first: int = ALWAYS
    start_last: int = ALWAYS
    end_first: int = NEVER
    end_last: int = NEVER
    direct: str = "direct"
    source: str = ""
    statement: str = ""
    record: str = ""
    statement_date: int | None = None
    closed: bool = False
    joint: str = ""
    components: Sequence[str] = ()
    detail: str = ""
    unspecified: str = ""
    line: int = 0


class Gathered:
    """Rows of one source until they fill a batch."""

    def __init__(self, source: str, size: int = ROWS) -> None:
        self.source = source
        self.parties: list[PartyRow] = []
        self.interests: list[InterestRow] = []
        self.rejects: list[Reject] = []
        self.records = 0
        self._size = size

    @property
    def full(self) -> bool:
        """Time to take a batch?"""
        return len(self.parties) + len(self.interests) + len(self.rejects) >= self._size

    def reject(self, line: int, field: str, reason: str) -> None:
        """Name a record, or a part of one, that cannot be used."""
        self.rejects.append(Reject(self.source, line, field, reason))

    def take(self) -> Batch:
        """The batch so far; gathering starts afresh."""
        batch = Batch(
            _table(self.parties, PARTIES) if self.parties else None,
            _table(self.interests, INTERESTS) if self.interests else None,
            tuple(self.rejects),
            self.records,
        )
        self.parties, self.interests, self.rejects, self.records = [], [], [], 0
        return batch


def _table(rows: Sequence[Struct], schema: pa.Schema) -> pa.Table:
    columns = zip(*map(astuple, rows), strict=True)
    arrays = [_array(column, item.type) for column, item in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def _array(column: tuple[object, ...], kind: pa.DataType) -> pa.Array:
    first = column[0]
    if first == column[-1] and column.count(first) == len(column):
        return pa.repeat(
            pa.scalar(list(first) if type(first) is tuple else first, kind), len(column)
        )
    if pa.types.is_list(kind) and pa.types.is_struct(kind.value_type):
        return _pairs(column, kind)
    if pa.types.is_integer(kind) and None not in column:
        return pa.array(np.array(column, kind.to_pandas_dtype()))
    return pa.array(column, kind)


def _pairs(column: tuple[object, ...], kind: pa.DataType) -> pa.Array:
    starts = [0]
    flat: list[tuple[str, str]] = []
    for pairs in cast(tuple[Sequence[tuple[str, str]], ...], column):
        flat.extend(pairs)
        starts.append(len(flat))
    fields = [pa.array([pair[place] for pair in flat], pa.string()) for place in (0, 1)]
    values = pa.StructArray.from_arrays(fields, fields=list(kind.value_type))
    return pa.ListArray.from_arrays(pa.array(starts, pa.int32()), values)


@lru_cache(maxsize=1 << 17)
def moment(text: str) -> Moment:
    """``parse_date``, remembered.

    Raises:
        InputError: the text is no date.
    """
    return parse_date(text)


@lru_cache(maxsize=1 << 14)
def units_of(share: Share) -> tuple[int, int, int]:
    """A share as low units, high units and flags; an end between two units is beyond an open one.

    >>> units_of(Share.of_percent("50.00000000001"))[:2], units_of(Share.of_percent("50"))[:2]
    ((500000000000, 500000000001), (500000000000, 500000000000))
    """
    low, high = units_below(share.minimum), units_above(share.maximum)
    flags = STATED
    flags |= LOW_OPEN if share.exclusive_minimum or low < share.minimum * WHOLE else 0
    flags |= HIGH_OPEN if share.exclusive_maximum or high > share.maximum * WHOLE else 0
    return low, high, flags
