"""Levels and groups found for one day's holdings."""

from __future__ import annotations

import numpy as np
import pytest

from clearance.ownership.arrays.order import components, levels_of

CASES = [
    ("a chain", [(0, 1), (1, 2)], [0, 1, 2], [False, False, False]),
    ("a fork that meets", [(0, 1), (0, 2), (1, 3), (2, 3), (0, 3)], [0, 1, 1, 2], [False] * 4),
    ("a loop of two", [(0, 1), (1, 2), (2, 1), (2, 3)], [0, 1, 1, 2], [False, True, True, False]),
    ("two loops in one", [(0, 1), (1, 0), (1, 2), (2, 1)], [0, 0, 0], [True, True, True]),
    ("nobody holds anything", [], [0, 0], [False, False]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "edges", "level", "looped"), CASES, ids=lambda one: str(one)[:24])
def test_levels_rise_above_owners(
    name: str, edges: list[tuple[int, int]], level: list[int], looped: list[bool]
) -> None:
    holder = np.array([one for one, _ in edges], dtype=np.int32)
    subject = np.array([other for _, other in edges], dtype=np.int32)
    found, group = levels_of(holder, subject, len(level))
    assert found.tolist() == level, name
    assert (group >= 0).tolist() == looped, name


def test_separate_loops_are_separate_groups() -> None:
    found = list(components({1: [2], 2: [1], 3: [4, 1], 4: [3]}))
    assert found == [(1, 2), (3, 4)]


def test_a_chain_longer_than_the_machine_stack_is_ordered() -> None:
    chain = {number: [number + 1] for number in range(50_000)} | {50_000: []}
    assert len(list(components(chain))) == 50_001
