"""Other tools, asked the same question about the same world, give the engine's answer."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from benchmarks.questions import answered
from benchmarks.world import make_world

from clearance.adapters.snapshot.load import in_memory
from clearance.adapters.snapshot.reference import Reference

SIZE = 2_000
pytest.importorskip("duckdb", reason="the benchmark tools are not installed")
pytest.importorskip("networkx", reason="the benchmark tools are not installed")
pytest.importorskip("clingo", reason="the benchmark tools are not installed")


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    import pyarrow.parquet as pq

    folder: Path = tmp_path_factory.mktemp("world")
    world = make_world(SIZE)
    pq.write_table(world.parties, folder / "parties.parquet")
    pq.write_table(world.interests, folder / "interests.parquet")
    return in_memory([folder / "interests.parquet"], [folder / "parties.parquet"])


@pytest.mark.parametrize("tool", ["duckdb", "networkx", "clingo"])
def test_a_tool_finds_the_same_parties_by_a_cascade(reference: Reference, tool: str) -> None:
    from benchmarks.side import CASCADES, cascade_of, problem_of

    answer = answered(reference, "cascade-50")
    reached = cascade_of(answer)
    assert len(reached) > int(answer.seeds.certain.sum())
    assert CASCADES[tool](problem_of(answer)) == reached


@pytest.mark.parametrize("tool", ["scipy", "networkx"])
def test_a_tool_finds_the_same_shares_by_multiplying(reference: Reference, tool: str) -> None:
    from benchmarks.side import PRODUCTS, compared, problem_of, product_of

    answer = answered(reference, "product")
    shares = product_of(answer)
    assert np.count_nonzero((shares > 0) & (shares < 1)) > 10
    agrees, told = compared(PRODUCTS[tool](problem_of(answer)), shares)
    assert agrees, told
