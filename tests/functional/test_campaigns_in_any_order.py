"""The order in which tables and answers come reaches no result: the same bytes are written."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from tests.fakes.shuffled import Shuffled, is_ordered, shuffle_log, shuffled
from tests.functional.test_campaigns import run
from tests.functional.test_spark import COPIES, PLAN

from clearance.adapters.campaigns.database import database
from clearance.adapters.campaigns.digest import digest_views
from clearance.adapters.campaigns.engines import opened
from clearance.adapters.campaigns.finding import FindOrder, find
from clearance.campaigns.queries import ASKED, DIGEST, EngineName


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log with a relay and copies in it, so that no table is empty, and what is found in it."""
    folder = tmp_path_factory.mktemp("order")
    run("campaigns", "simulate", folder / "made", *PLAN, "--days", 4, "--variant", "relay")
    (folder / "copies.jsonl").write_text(COPIES, "utf-8")
    run("campaigns", "ingest", folder / "made" / "log", folder / "copies.jsonl", folder / "log")
    run("campaigns", "find", folder / "log", "--out", folder / "out")
    return folder / "log"


def written(out: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in sorted(out.iterdir())}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_search_writes_the_same_bytes_in_whatever_order_rows_come(
    seed: int, log: Path, tmp_path: Path
) -> None:
    shutil.copytree(log, tmp_path / "log")
    shuffle_log(tmp_path / "log", seed)
    asked: list[Shuffled] = []

    def opens(name: EngineName, log: Path, days: tuple[int, ...]) -> Shuffled:
        asked.append(Shuffled(opened(name, log, days), seed))
        return asked[0]

    found = find(FindOrder(tmp_path / "log", tmp_path / "out"), opens=opens)
    assert found.findings
    assert asked[0].shuffled == {one for one in ASKED.values() if not is_ordered(one)}
    assert written(tmp_path / "out") == written(log.parent / "out")


def test_a_search_reads_the_digests_and_when_accounts_asked_and_nothing_else_of_a_request(
    log: Path, tmp_path: Path
) -> None:
    shutil.copytree(log, tmp_path / "log")
    for path in (tmp_path / "log").glob("day=*/rows.parquet"):
        pq.write_table(pq.ParquetFile(path).read(columns=["account", "time"]), path)
    run("campaigns", "find", tmp_path / "log", "--out", tmp_path / "out")
    assert written(tmp_path / "out") == written(log.parent / "out")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_day_is_summed_up_alike_in_whatever_order_rows_come(seed: int, log: Path) -> None:
    rng = np.random.default_rng(seed)
    day = sorted(log.glob("day=*"))[3]
    views = digest_views(pq.ParquetFile(day / "rows.parquet").read())
    with database(2, "1GB") as asked:
        for name, table in views.items():
            asked.register(name, shuffled(table, rng))
        for name, statement in DIGEST.items():
            answer = asked.sql(statement).to_arrow_table()
            assert len(answer) > 0, name
            assert answer.equals(pq.ParquetFile(day / f"{name}.parquet").read()), name
