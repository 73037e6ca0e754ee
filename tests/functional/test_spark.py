"""Apache Spark answers every statement as DuckDB does, and a search by it writes the same bytes.

Run by ``make test-spark``, which installs PySpark beside the environment; Java is the system's.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from numpy.typing import NDArray
from tests.fakes.shuffled import is_ordered
from tests.functional.test_campaigns import run

from clearance.adapters.campaigns.asked_log import AskedLog
from clearance.adapters.campaigns.digest import digest_views
from clearance.adapters.campaigns.engines import Columns, Engine, numbers_of, opened
from clearance.adapters.campaigns.log_folder import day_folder, days_of
from clearance.campaigns.queries import ASKED, DIGEST, EngineName
from clearance.usecases.detect import detect

MISSING = [
    what
    for what, there in (
        ("PySpark", importlib.util.find_spec("pyspark")),
        ("Java", shutil.which("java")),
    )
    if not there
]
pytestmark = [
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}"),
    pytest.mark.filterwarnings("ignore"),  # PySpark's own
]
PLAN = ("--seed", 105, "--accounts", 400, "--rows", 8000, "--members", "20", "--exchanges", 5000)
HERE = """\
spark.master local[2]
spark.sql.shuffle.partitions 2
spark.default.parallelism 2
spark.sql.codegen.wholeStage false
spark.ui.enabled false
"""
COPIES = "".join(
    json.dumps({"time": f"2026-01-0{day}T10:00:{at:02}Z", "account": f"copy-{at}", "prompt": text})
    + "\n"
    for day in (5, 6, 7, 8)
    for text in (f"one text of day {day} that all of them send at once",)
    for at in range(6)
)


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A log with a relay and copies in it, so that no table is empty; Spark on two cores."""
    folder = tmp_path_factory.mktemp("spark")
    (folder / "key").write_bytes(bytes(range(16)))
    (folder / "spark-defaults.conf").write_text(HERE, "utf-8")
    run("campaigns", "simulate", folder / "made", *PLAN, "--days", 4, "--variant", "relay")
    (folder / "copies.jsonl").write_text(COPIES, "utf-8")
    sources = (folder / "made" / "log", folder / "copies.jsonl")
    run("campaigns", "ingest", *sources, folder / "log", "--key", folder / "key")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_CONF_DIR", str(folder))
        yield folder / "log"


class Both:
    """Asks both engines and insists on one answer; remembers what was asked."""

    def __init__(self, one: Engine, other: Engine) -> None:
        self._one, self._other = one, other
        self.days = one.days
        self.asked: dict[str, int] = {}

    def __enter__(self) -> Both:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._one.__exit__(kind, error, at)
        self._other.__exit__(kind, error, at)

    def give(self, name: str, **columns: NDArray[np.int64]) -> None:
        self._one.give(name, **columns)
        self._other.give(name, **columns)

    def ask(self, statement: str) -> pa.Table:
        answer = self._one.ask(statement)
        assert told(self._other.ask(statement), statement) == told(answer, statement), statement
        self.asked[statement] = len(answer)
        return answer

    def columns(self, statement: str) -> Columns:
        return numbers_of(self.ask(statement))


def told(table: pa.Table, statement: str) -> list[str]:
    """The rows of an answer as text, in its order where the statement gives one."""
    columns = [table[name].to_pylist() for name in table.column_names]
    rows = [repr(tuple(map(plain, row))) for row in zip(*columns, strict=True)]
    return rows if is_ordered(statement) else sorted(rows)


def plain(value: object) -> str:
    return str(value)


def test_every_question_of_a_search_has_one_answer(log: Path) -> None:
    days = days_of(log)
    duck, spark = opened(EngineName.DUCKDB, log, days), opened(EngineName.SPARK, log, days)
    with Both(duck, spark) as both:
        asked = AskedLog(both)
        asked.findings(detect(asked))
        assert set(both.asked) == set(ASKED.values())
        assert min(both.asked.values()) > 0


def test_every_statement_of_a_digest_has_one_answer(log: Path) -> None:
    from clearance.adapters.campaigns.spark import SparkEngine

    day = days_of(log)[3]
    views = digest_views(pq.read_table(day_folder(log, day) / "rows.parquet"))
    with duckdb.connect() as database, SparkEngine(log, (day,)) as spark:
        for name, table in views.items():
            database.register(name, table)
            spark.view(name, table)
        for name, statement in DIGEST.items():
            answer = database.sql(statement).to_arrow_table()
            assert len(answer) > 0, name
            assert told(spark.ask(statement), statement) == told(answer, statement), name


def test_a_search_by_spark_writes_the_same_bytes(log: Path, tmp_path: Path) -> None:
    for engine in EngineName:
        run("campaigns", "find", log, "--out", tmp_path / engine, "--engine", engine)
    names = sorted(path.name for path in (tmp_path / "duckdb").iterdir())
    assert names
    for name in names:
        assert (tmp_path / "spark" / name).read_bytes() == (tmp_path / "duckdb" / name).read_bytes()
