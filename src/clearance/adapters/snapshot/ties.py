"""An order for interests between the same two parties that does not depend on the input's order."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]

_KEYS = (
    "statement", "record", "type", "low", "high", "flags", "start_first", "start_last",
    "end_first", "end_last", "joint", "detail",
)  # fmt: skip


def untied(interests: pa.Table, holder: Int32, subject: Int32) -> Int64 | None:
    """The rows in an order in which those of one pair stand by statement, then by figures.

    ``None`` where no pair has two rows. Rows of different pairs keep the pairs' places.
    """
    pair = subject.astype(np.int64) << 32 | holder
    ordered = np.sort(pair)
    repeated = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    if not len(repeated):
        return None
    at = np.minimum(np.searchsorted(repeated, pair), len(repeated) - 1)
    rows = np.flatnonzero(repeated[at] == pair)
    table = interests.select(_KEYS).take(pa.array(rows)).append_column("pair", pa.array(pair[rows]))
    keys = [(name, "ascending") for name in ("pair", *_KEYS)]
    order: Int64 = np.arange(len(pair), dtype=np.int64)
    order[rows] = rows[pc.sort_indices(table, sort_keys=keys).to_numpy()]
    return order
