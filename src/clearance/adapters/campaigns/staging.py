"""Rows on their way into daily partitions: sorted out by day as they come, in any order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.ipc

from clearance.adapters.campaigns.columns import NAMES
from clearance.adapters.campaigns.typed import Typed

_MICROS = 86_400_000_000
_OPEN = 100
"""Files held open at a time; a log with more days than this is written in more pieces."""


class Staging:
    """Appends rows and names to files of their day.

    **Cost**: the memory of one batch; the disk of the rows, unpacked.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[tuple[int, str], pa.ipc.RecordBatchStreamWriter] = {}
        self._pieces = 0
        self.days: set[int] = set()

    def add(self, typed: Typed) -> None:
        """Sort rows out by day."""
        time = typed.rows["time"].to_numpy()
        day = time // _MICROS
        for one in np.unique(day).tolist():
            mask = day == one
            rows = typed.rows if mask.all() else typed.rows.filter(pa.array(mask))
            self._append(one, "rows", rows.unify_dictionaries())
            here = np.isin(typed.names["account"].to_numpy(), rows["account"].to_numpy())
            self._append(one, "names", typed.names.filter(pa.array(here)).cast(NAMES))

    def _append(self, day: int, kind: str, table: pa.Table) -> None:
        if len(self._open) >= _OPEN:
            self.close()
        writer = self._open.get((day, kind))
        if writer is None:
            self._pieces += 1
            path = self._folder / f"{day}.{kind}.{self._pieces}"
            writer = pa.ipc.new_stream(str(path), table.schema, options=_REPLACING)
            self._open[day, kind] = writer
            self.days.add(day)
        writer.write_table(table)

    def close(self) -> None:
        """Close what is open; adding may go on."""
        for writer in self._open.values():
            writer.close()
        self._open.clear()

    def take(self, day: int, kind: str) -> Iterator[pa.Table]:
        """The tables of a day; their files are gone afterwards."""
        self.close()
        for path in sorted(self._folder.glob(f"{day}.{kind}.*")):
            with pa.ipc.open_stream(str(path)) as reader:
                yield reader.read_all()
            path.unlink()


_REPLACING = pa.ipc.IpcWriteOptions(emit_dictionary_deltas=False)
