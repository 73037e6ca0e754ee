"""The columns of an interaction log: what a source may have, and what a day's partition holds.

1. ``time``, ``account`` and one of ``prompt`` and ``sketch`` are required; all else may be missing.
2. A column that is not listed is left out, and that is told.
3. In a partition, account, address and payment are keyed hashes; text is there only if asked for.
"""

from __future__ import annotations

import pyarrow as pa

FACTS = ("asn", "issuer", "agent", "model", "plan")
"""Columns of text that are kept as they are."""

NUMBERS = ("tokens_in", "tokens_out")
TIMES = ("time", "created")
HASHED = ("account", "address", "payment")
TEXTS = ("prompt", "output")
SKETCHES = ("sketch", "output_sketch")
REQUIRED = ("time", "account")
KNOWN = (
    *TIMES,
    "account",
    "organisation",
    "address",
    "payment",
    *FACTS,
    *NUMBERS,
    *TEXTS,
    *SKETCHES,
)

SKETCH = pa.list_(pa.int64())
WORD = pa.dictionary(pa.int32(), pa.string())

ROWS = pa.schema(
    [
        pa.field("row", pa.int64()),
        pa.field("account", pa.int64()),
        pa.field("time", pa.int64()),
        pa.field("address", pa.int64()),
        pa.field("payment", pa.int64()),
        *(pa.field(name, WORD) for name in FACTS),
        *(pa.field(name, pa.int32()) for name in NUMBERS),
        pa.field("created", pa.int64()),
        pa.field("sketch", SKETCH),
        pa.field("output_sketch", SKETCH),
    ]
)
"""A row of a partition. ``row`` is a hash of all it says: rows that agree in all are one."""

KEPT_TEXT = tuple(pa.field(name, pa.large_string()) for name in TEXTS)
NAMES = pa.schema(
    [
        pa.field("account", pa.int64()),
        pa.field("name", pa.string()),
        pa.field("organisation", pa.string()),
    ]
)
"""The accounts of a day: hash, name, declared organisation (empty if none)."""
