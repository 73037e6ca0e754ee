"""Apache Spark asks an ingested log, by the same statements as DuckDB and with the same answers.

1. Which cluster, and how much of it, is Spark's own matter: ``spark-defaults.conf`` in
   ``$SPARK_CONF_DIR``; where nothing is said, the driver's machine.
2. The log is a folder that the driver and every worker see under one path.
3. Statements aggregate on the cluster; statistics run on the driver over what they answer.

**Source**: Apache Spark 4 (``spark.sql``, ``DataFrame.toArrow``), which needs Java 17 or later.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from clearance.adapters.campaigns.digest import TABLES
from clearance.adapters.campaigns.engines import Columns, numbers_of
from clearance.adapters.campaigns.log_folder import day_folder
from clearance.model.dates import text_of_day
from clearance.model.errors import InputError

_SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.showConsoleProgress": "false",
}
"""What answers depend on, and quiet; all else is the cluster's."""


class SparkEngine:
    """The days of a log as views of a Spark session, for as long as the ``with`` lasts.

    Raises:
        InputError: PySpark or Java is missing.
    """

    def __init__(self, log: Path, days: tuple[int, ...]) -> None:
        self._session = _session()
        reader = self._session.read.option("basePath", _uri(log))
        for table in ("rows", "accounts", *TABLES):
            files = [_uri(day_folder(log, day) / f"{table}.parquet") for day in days]
            reader.parquet(*files).createOrReplaceTempView(table)
        self.days = tuple(text_of_day(day) for day in days)

    def __enter__(self) -> SparkEngine:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._session.stop()

    def give(self, name: str, **columns: NDArray[np.int64]) -> None:
        """Make columns of numbers a view."""
        self.view(name, pa.table(dict(columns)))

    def view(self, name: str, table: pa.Table) -> None:
        """Make a table a view."""
        self._session.createDataFrame(table).createOrReplaceTempView(name)

    def ask(self, statement: str) -> pa.Table:
        """The answer to a statement."""
        return self._session.sql(statement).toArrow()

    def columns(self, statement: str) -> Columns:
        """The answer as numpy columns; days become days since 1970."""
        return numbers_of(self.ask(statement))


def _session() -> Any:
    """A Spark session that says errors only."""
    try:
        from pyspark.errors import PySparkRuntimeError
        from pyspark.sql import SparkSession
    except ImportError:
        raise _missing("PySpark is not installed", "install clearance[spark]") from None
    builder = SparkSession.builder.appName("clearance")
    for name, value in _SETTINGS.items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except PySparkRuntimeError:
        raise _missing("Spark did not start", "install Java 17 or later; see above") from None
    session.sparkContext.setLogLevel("ERROR")
    return session


def _missing(what: str, remedy: str) -> InputError:
    return InputError(what, file="--engine spark", remedy=remedy)


def _uri(path: Path) -> str:
    """A path as Spark takes it: of the file system that is mounted, whatever its default is."""
    return f"file://{path.resolve()}"
