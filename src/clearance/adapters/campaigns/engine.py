"""DuckDB asks an ingested log: the digests of all days as views, answers as columns of numbers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from clearance.adapters.campaigns.database import database
from clearance.adapters.campaigns.digest import TABLES
from clearance.adapters.campaigns.engines import Columns, numbers_of
from clearance.adapters.campaigns.log_folder import day_folder
from clearance.model.dates import text_of_day
from clearance.model.errors import IntegrityError

THREADS = 2
MEMORY = "5GB"


class DuckEngine:
    """The days of a log as views, for as long as the ``with`` lasts."""

    def __init__(self, log: Path, days: tuple[int, ...]) -> None:
        self._open = ExitStack()
        self._database = self._open.enter_context(database(THREADS, MEMORY))
        self._log = str(log)
        for table in ("rows", "accounts", *TABLES):
            files = [str(day_folder(log, day) / f"{table}.parquet") for day in days]
            with self._readable():
                relation = self._database.read_parquet(files, hive_partitioning=True)
            relation.create_view(table)
        self.days = tuple(text_of_day(day) for day in days)

    def __enter__(self) -> DuckEngine:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._open.close()

    def give(self, name: str, **columns: NDArray[np.int64]) -> None:
        """Make columns of numbers a view."""
        self._database.register(name, pa.table(dict(columns)))

    def ask(self, statement: str) -> pa.Table:
        """The answer to a statement.

        Raises:
            IntegrityError: a table of the log cannot be read.
        """
        with self._readable():
            return self._database.sql(statement).to_arrow_table()

    @contextmanager
    def _readable(self) -> Iterator[None]:
        try:
            yield
        except duckdb.Error as error:
            what = str(error).partition("\n")[0]
            remedy = "take the day away and ingest it anew"
            raise IntegrityError(what, file=self._log, remedy=remedy) from None

    def columns(self, statement: str) -> Columns:
        """The answer as numpy columns; days become days since 1970."""
        return numbers_of(self.ask(statement))
