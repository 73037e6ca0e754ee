"""An order for interests between the same two parties that does not depend on the input's order."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clearance.ownership.arrays.graph import Int32, Int64, InterestColumns

_KEYS = (
    "statement", "record", "type", "low", "high", "flags", "start_first", "start_last",
    "end_first", "end_last", "joint", "detail",
)  # fmt: skip

_TYPES = 32


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
    """What moves so that rows alike in parties, type and source stand by statement, figures."""
    alike = _alike(interests, holder, subject)
    ordered = np.sort(alike)
    repeated = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    if not len(repeated):
        return Moves(repeated, repeated)
    at = np.minimum(np.searchsorted(repeated, alike), len(repeated) - 1)
    rows = np.flatnonzero(repeated[at] == alike)
    key = pa.array(alike[rows])
    table = interests.select(_KEYS).take(pa.array(rows)).append_column("alike", key)
    keys = [(name, "ascending") for name in ("alike", *_KEYS)]
    # Sorted by key, rows that are alike fill the places that the sorted keys leave them.
    places = rows[np.argsort(alike[rows], kind="stable")]
    return Moves(places, rows[pc.sort_indices(table, sort_keys=keys).to_numpy()])


def _alike(interests: pa.Table, holder: Int32, subject: Int32) -> Int64:
    """One number for what the graph sorts by: parties, type and source if they fit, else parties.

    A coarser number only makes more rows move.
    """
    size = 1 + max(int(holder.max(initial=0)), int(subject.max(initial=0)))
    pair = subject.astype(np.int64) * size + holder
    source = interests.column("source").to_numpy()
    sources = 1 + int(source.max(initial=0))
    if size * size * _TYPES * sources >= 2**63:
        return pair
    kind = interests.column("type").to_numpy().astype(np.int64)
    key: Int64 = (pair * _TYPES + kind) * sources + source
    return key
