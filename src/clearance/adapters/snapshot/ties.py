"""An order for interests between the same two parties that does not depend on the input's order."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from clearance.ownership.graph import InterestColumns

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]

_KEYS = (
    "statement", "record", "type", "low", "high", "flags", "start_first", "start_last",
    "end_first", "end_last", "joint", "detail",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Moves:
    """The row ``put`` goes to the place ``at``; rows that are not named stay."""

    at: Int64
    put: Int64

    def rows(self, given: Int64) -> Int64:
        """Which rows stood at these places before."""
        before = np.arange(len(given), dtype=np.int64)
        before[self.at] = self.put
        return before[given]

    def apply(self, columns: InterestColumns) -> InterestColumns:
        """The columns with their rows moved, components with them."""
        after = np.arange(len(columns.holder), dtype=np.int64)
        after[self.put] = self.at
        row = after[columns.component_row]
        order = np.lexsort((columns.component_party, row))
        for field in fields(columns):
            if field.name not in ("component_row", "component_party"):
                values = getattr(columns, field.name)
                values[self.at] = values[self.put]
        party = columns.component_party[order]
        return replace(columns, component_row=row[order], component_party=party)


def untied(interests: pa.Table, holder: Int32, subject: Int32) -> Moves:
    """What moves so that rows of one pair stand by statement, then by figures."""
    pair = subject.astype(np.int64) << 32 | holder
    ordered = np.sort(pair)
    repeated = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    if not len(repeated):
        return Moves(repeated, repeated)
    at = np.minimum(np.searchsorted(repeated, pair), len(repeated) - 1)
    rows = np.flatnonzero(repeated[at] == pair)
    table = interests.select(_KEYS).take(pa.array(rows)).append_column("pair", pa.array(pair[rows]))
    keys = [(name, "ascending") for name in ("pair", *_KEYS)]
    # Sorted by pair, a pair's rows fill the places that the sorted pairs leave them.
    places = rows[np.argsort(pair[rows], kind="stable")]
    return Moves(places, rows[pc.sort_indices(table, sort_keys=keys).to_numpy()])
