"""Rows of the plain interests table (CSV, Parquet) as columns of interests.

1. Only ``interested_party`` and ``subject`` are required; the type is ``shareholding`` where not
   stated, the share is unstated, the holding has always been and still is.
2. A row with components is indirect and attributed; any other only where the row says so.
3. The source is the file where the row names none.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clearance.adapters.formats.batch import INTERESTS, Batch
from clearance.adapters.formats.csv_cells import (
    CODED,
    TEXT,
    decode,
    decode_text,
    items,
    read_end,
    read_start,
    read_yes,
    words,
)
from clearance.adapters.formats.csv_header import Columns
from clearance.adapters.formats.plain_faults import Faults
from clearance.adapters.formats.plain_shares import shares
from clearance.adapters.formats.plain_table import Column, columns_of, filled, trimmed
from clearance.model.interest import Direct, InterestType
from clearance.ownership.arrays.graph import (
    ATTRIBUTED,
    HAS_COMPONENTS,
    HAS_JOINT,
    INDIRECT,
    Bool,
    Int64,
)

COLUMNS = Columns(
    "interests",
    (
        "interested_party", "subject", "interest_type", "share", "minimum", "maximum",
        "exclusive_minimum", "exclusive_maximum", "start", "end", "source", "statement", "direct",
        "components", "attributed", "joint",
    ),
    ("interested_party", "subject"),
)  # fmt: skip
_LONG = frozenset({"interested_party", "subject", "statement", "components", "joint"})
TYPES = {name: TEXT if name in _LONG else CODED for name in COLUMNS.known}

_TYPE = words(
    {kind.name: kind.value for kind in InterestType},
    InterestType.shareholding,
    "interest type (BODS 0.4 codes)",
)
_DIRECTS = tuple(Direct)
_DIRECT = words({word.value: code for code, word in enumerate(_DIRECTS)}, -1, "direct")


def interests(table: pa.Table, lines: Int64, source: str, default: str) -> Batch:
    """A block of text columns as a batch; ``default`` names the source of rows that name none."""
    faults = Faults(lines, source)
    count = len(table)
    column = columns_of(table)
    holder, subject = (_party(column(name), name, faults) for name in COLUMNS.required)
    kind = faults.cells("interest_type", decode(column("interest_type"), _TYPE)).values[0]
    low, high, flags = shares(column, faults)
    start = faults.cells("start", decode(column("start"), read_start)).values
    end = faults.cells("end", decode(column("end"), read_end)).values
    faults.where(end[1] < start[0], "end", "the end is before the start; check both dates")
    offsets, parts = items(column("components"))
    through = np.diff(offsets) > 0
    direct = _direct(column, through, faults)
    told = faults.cells("attributed", decode(column("attributed"), read_yes)).values[0]
    joint = trimmed(column("joint"))
    flags = flags | (through * HAS_COMPONENTS).astype(np.uint8)
    flags |= (((told == 1) | through) * ATTRIBUTED).astype(np.uint8)
    flags |= ((direct == 1) * INDIRECT).astype(np.uint8)
    flags |= pc.not_equal(joint, "").to_numpy(zero_copy_only=False).astype(np.uint8) * HAS_JOINT
    named, _ = decode_text(column("source"))
    data = {
        "interested_party": holder,
        "subject": subject,
        "type": kind.astype(np.uint8),
        "flags": flags,
        "low": low,
        "high": high,
        "start_first": start[0].astype(np.int32),
        "start_last": start[1].astype(np.int32),
        "end_first": end[0].astype(np.int32),
        "end_last": end[1].astype(np.int32),
        "direct": pa.array([word.value for word in _DIRECTS]).take(pa.array(direct)),
        "source": pc.if_else(pc.equal(named, ""), default, named),
        "statement": trimmed(column("statement")),
        "joint": joint,
        "components": pa.ListArray.from_arrays(pa.array(offsets), parts),
        "line": lines,
    }
    found, rejects = faults.split(filled(data, count, INTERESTS))
    return Batch(interests=found, rejects=rejects, records=count)


def _direct(column: Column, through: Bool, faults: Faults) -> Int64:
    """Positions in ``_DIRECTS``; where nothing is said, what has components is indirect."""
    direct = faults.cells("direct", decode(column("direct"), _DIRECT)).values[0]
    faults.where(
        through & (direct == 0), "direct",
        "components stand on a direct interest; write indirect, or leave components empty",
    )  # fmt: skip
    return np.where(direct < 0, through.astype(np.int64), direct)


def _party(column: pa.Array, name: str, faults: Faults) -> pa.Array:
    ids = trimmed(column)
    empty = pc.equal(ids, "").to_numpy(zero_copy_only=False)
    faults.where(empty, name, "names nobody; give the party's id")
    return ids
