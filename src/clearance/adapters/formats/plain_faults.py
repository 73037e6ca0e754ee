"""Which rows of a block cannot be used: the first fault of each, in the order of checks."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from clearance.adapters.formats.batch import Reject
from clearance.adapters.formats.csv_cells import Cells
from clearance.ownership.arrays.graph import Bool, Int64


class Faults:
    """Gathers faults row by row; only a row's first one counts."""

    def __init__(self, lines: Int64, source: str) -> None:
        self._lines = lines
        self._source = source
        self._found: dict[int, tuple[str, str]] = {}

    def cells(self, field: str, cells: Cells) -> Cells:
        """Note the cells that could not be read; hands them back."""
        if cells.faults:
            for row in np.flatnonzero(cells.fault >= 0).tolist():
                self._note(row, field, cells.faults[cells.fault[row]])
        return cells

    def where(self, mask: Bool, field: str, reason: str) -> None:
        """Note one reason for every row of the mask."""
        for row in np.flatnonzero(mask).tolist():
            self._note(row, field, reason)

    def split(self, table: pa.Table) -> tuple[pa.Table, tuple[Reject, ...]]:
        """The rows without a fault, and the others as rejects in line order."""
        if not self._found:
            return table, ()
        keep = np.ones(len(self._lines), bool)
        keep[list(self._found)] = False
        rejects = tuple(
            Reject(self._source, int(self._lines[row]), *self._found[row])
            for row in sorted(self._found)
        )
        return table.filter(pa.array(keep)), rejects

    def _note(self, row: int, field: str, reason: str) -> None:
        self._found.setdefault(row, (field, reason))
