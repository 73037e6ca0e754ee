"""What every format yields: two Arrow tables of fixed columns, and what was rejected.

Columns are those of ``model.Party`` and ``model.Interest`` with dates as days and shares as units.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pyarrow as pa


def _days(prefix: str = "") -> list[pa.Field]:
    names = ("start_first", "start_last", "end_first", "end_last")
    return [pa.field(prefix + name, pa.int32()) for name in names]


IDENTIFIER = pa.struct([("scheme", pa.string()), ("id", pa.string())])
PARTICULAR = pa.struct([("kind", pa.string()), ("text", pa.string())])

PARTIES = pa.schema(
    [
        pa.field("id", pa.string()),
        pa.field("name", pa.string()),
        pa.field("kind", pa.uint8()),
        pa.field("jurisdiction", pa.string()),
        pa.field("headquarters", pa.string()),
        pa.field("residence", pa.string()),
        *_days("residence_"),
        pa.field("lists", pa.list_(pa.string())),
        pa.field("identifiers", pa.list_(IDENTIFIER)),
        pa.field("other_names", pa.list_(pa.string())),
        pa.field("particulars", pa.list_(PARTICULAR)),
        pa.field("capital", pa.bool_()),
        pa.field("branch_of", pa.string()),
        pa.field("unspecified", pa.string()),
        pa.field("source", pa.string()),
        pa.field("statement", pa.string()),
        pa.field("statement_date", pa.int32()),
        pa.field("line", pa.int64()),
    ]
)

INTERESTS = pa.schema(
    [
        pa.field("interested_party", pa.string()),
        pa.field("subject", pa.string()),
        pa.field("type", pa.uint8()),
        pa.field("flags", pa.uint8()),
        pa.field("low", pa.int64()),
        pa.field("high", pa.int64()),
        *_days(),
        pa.field("direct", pa.string()),
        pa.field("source", pa.string()),
        pa.field("statement", pa.string()),
        pa.field("record", pa.string()),
        pa.field("statement_date", pa.int32()),
        pa.field("closed", pa.bool_()),
        pa.field("joint", pa.string()),
        pa.field("components", pa.list_(pa.string())),
        pa.field("detail", pa.string()),
        pa.field("unspecified", pa.string()),
        pa.field("line", pa.int64()),
    ]
)


@dataclass(frozen=True, slots=True)
class Reject:
    """One record, or one part of a record, that could not be used.

    ``line`` is the one-based line (or record number, for formats without lines) in ``source``.
    """

    source: str
    line: int
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Some of a source's records; either table may be ``None``."""

    parties: pa.Table | None = None
    interests: pa.Table | None = None
    rejects: tuple[Reject, ...] = field(default=())
    records: int = 0
