"""What asks an ingested log: DuckDB on one machine, or Apache Spark where the log outgrows it.

Both run the statements of ``campaigns.queries`` as they stand, on the same files, and answer alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Protocol

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from clearance.campaigns.queries import EngineName

Columns = Mapping[str, NDArray[np.int64]]


class Engine(Protocol):
    """The days of a log as views, for as long as the ``with`` lasts."""

    days: tuple[str, ...]

    def __enter__(self) -> Engine:
        """Itself."""
        ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Let go of the views."""
        ...

    def give(self, name: str, **columns: NDArray[np.int64]) -> None:
        """Make columns of numbers a view."""
        ...

    def ask(self, statement: str) -> pa.Table:
        """The answer to a statement."""
        ...

    def columns(self, statement: str) -> Columns:
        """The answer as numpy columns; days become days since 1970."""
        ...


def opened(engine: EngineName, log: Path, days: tuple[int, ...]) -> Engine:
    """The days of a log, ready to be asked.

    Raises:
        InputError: the engine is not installed here.
    """
    if engine is EngineName.SPARK:
        from clearance.adapters.campaigns.spark import SparkEngine

        return SparkEngine(log, days)
    from clearance.adapters.campaigns.engine import DuckEngine

    return DuckEngine(log, days)


def numbers_of(table: pa.Table) -> Columns:
    """A table as numpy columns; days become days since 1970."""
    return {name: _numbers(table[name]) for name in table.column_names}


def _numbers(column: pa.ChunkedArray) -> NDArray[np.int64]:
    whole = column.combine_chunks()
    if pa.types.is_date(whole.type):
        whole = whole.cast(pa.int32())
    numbers: NDArray[np.int64] = whole.to_numpy(zero_copy_only=False).astype(np.int64)
    return numbers
