"""Why one party is a seed agrees with who all the seeds are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from benchmarks.questions import rule_of

from clearance.model.rule import SeedFact
from clearance.ownership.arrays.graph import Graph, InterestColumns, PartyColumns, build
from clearance.ownership.seeds import in_region, reason

SIZE = 300
DAY = 100
CODES = ("", "XA", "XB", "XA-01")


def random_parties() -> Graph:
    rng = np.random.default_rng(5)

    def codes() -> np.ndarray[tuple[int], np.dtype[np.int32]]:
        return rng.integers(0, len(CODES), SIZE).astype(np.int32)

    def days() -> np.ndarray[tuple[int], np.dtype[np.int32]]:
        return (DAY + rng.integers(-2, 3, SIZE)).astype(np.int32)

    start, end = days(), days()
    branch = np.where(rng.random(SIZE) < 0.1, rng.integers(0, SIZE, SIZE), -1)
    parties = PartyColumns(
        kind=rng.integers(0, 5, SIZE).astype(np.uint8),
        capital=np.ones(SIZE, np.bool_),
        jurisdiction=codes(),
        headquarters=codes(),
        residence=codes(),
        residence_start_first=start,
        residence_start_last=start + np.int32(1),
        residence_end_first=end,
        residence_end_last=end + np.int32(1),
        lists=np.zeros(SIZE, np.int32),
        branch_of=branch.astype(np.int32),
        codes=CODES,
        list_sets=((),),
    )
    return build(parties, no_interests())


def no_interests() -> InterestColumns:
    none32, none8 = np.zeros(0, np.int32), np.zeros(0, np.uint8)
    none64 = np.zeros(0, np.int64)
    return InterestColumns(
        none32, none32, none8, none8, none64, none64, none32, none32, none32, none32, none32,
        none32, none64, none32,
    )  # fmt: skip


@pytest.mark.parametrize("outside", [False, True])
@pytest.mark.parametrize("fact", SeedFact)
def test_the_reason_names_a_fact_exactly_where_it_holds(fact: SeedFact, outside: bool) -> None:
    graph, rule = random_parties(), rule_of("cascade-50")
    rule = replace(rule, seeds=replace(rule.seeds, facts=(fact,), outside=outside))
    _, perhaps = in_region(graph, rule, fact, DAY)
    assert perhaps.any()
    for party in range(SIZE):
        told = reason(graph, rule, DAY, party, given=False)
        assert told.startswith(f"{fact.value} ") == bool(perhaps[party]), (party, told)
