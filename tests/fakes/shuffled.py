"""An engine whose tables and answers come in whatever order, as those of a cluster do."""

from __future__ import annotations

import re
from pathlib import Path
from types import TracebackType

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from clearance.adapters.campaigns.engines import Columns, Engine, numbers_of

_ORDERED = re.compile(r"order by [^()]*$")


class Shuffled:
    """Asks another engine; rows of answers without an order, and of views given, are shuffled."""

    def __init__(self, engine: Engine, seed: int) -> None:
        self._engine, self._rng = engine, np.random.default_rng(seed)
        self.days = engine.days
        self.shuffled: set[str] = set()

    def __enter__(self) -> Shuffled:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._engine.__exit__(kind, error, at)

    def give(self, name: str, **columns: NDArray[np.int64]) -> None:
        order = self._rng.permutation(len(next(iter(columns.values()))))
        self._engine.give(name, **{key: column[order] for key, column in columns.items()})

    def ask(self, statement: str) -> pa.Table:
        answer = self._engine.ask(statement)
        if is_ordered(statement):
            return answer
        self.shuffled.add(statement)
        return shuffled(answer, self._rng)

    def columns(self, statement: str) -> Columns:
        return numbers_of(self.ask(statement))


def is_ordered(statement: str) -> bool:
    """Does a statement give its rows an order?"""
    return _ORDERED.search(statement) is not None


def shuffled(table: pa.Table, rng: np.random.Generator) -> pa.Table:
    """The rows of a table in another order."""
    return table.take(pa.array(rng.permutation(len(table))))


def shuffle_log(log: Path, seed: int) -> None:
    """Put every table of an ingested log into another order."""
    rng = np.random.default_rng(seed)
    for path in sorted(log.glob("day=*/*.parquet")):
        pq.write_table(shuffled(pq.ParquetFile(path).read(), rng), path)
