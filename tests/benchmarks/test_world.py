"""The seeded worlds are what their documentation says, and the same every time."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from benchmarks.world import SEED_REGION, BenchWorld, make_world
from numpy.typing import NDArray

from clearance.ownership.arrays.index import order_by, starts_of
from clearance.ownership.arrays.levels import Edges, levels

SIZE = 100_000
Ints = NDArray[np.int32]
Floats = NDArray[np.float64]


@pytest.fixture(scope="module")
def world() -> BenchWorld:
    return make_world(SIZE)


def test_a_world_is_the_same_every_time() -> None:
    first, second, other = make_world(3_000), make_world(3_000), make_world(3_000, seed=2)
    assert first.parties.equals(second.parties)
    assert first.interests.equals(second.interests)
    assert not first.interests.equals(other.interests)


def test_there_are_as_many_parties_and_interests_as_said(world: BenchWorld) -> None:
    assert len(world.parties) == SIZE
    assert len(world.interests) == pytest.approx(1.2 * SIZE, rel=0.01)
    assert pc.count_distinct(world.parties["id"]).as_py() == SIZE


def test_one_party_in_a_hundred_is_a_seed(world: BenchWorld) -> None:
    seeds = pc.equal(world.parties["jurisdiction"], SEED_REGION)
    assert pc.sum(seeds).as_py() == pytest.approx(0.01 * SIZE, rel=0.15)
    stated = pc.not_equal(world.parties["headquarters"], "")
    elsewhere = pc.not_equal(world.parties["headquarters"], world.parties["jurisdiction"])
    moved = pc.and_(stated, elsewhere)
    assert not pc.any(moved).as_py()


def test_two_parties_in_a_hundred_are_unnamed(world: BenchWorld) -> None:
    unnamed = pc.equal(world.parties["kind"], "unknown")
    assert pc.sum(unnamed).as_py() == SIZE // 50


def test_shares_are_percentages_and_a_fifth_of_them_bands(world: BenchWorld) -> None:
    low, high = (world.interests[name].cast(pa.float64()) for name in ("minimum", "maximum"))
    assert pc.all(pc.and_(pc.less_equal(low, high), pc.less_equal(high, 100))).as_py()
    bands = pc.mean(pc.less(low, high)).as_py()
    assert 0.15 < bands < 0.25


def test_nobody_declares_more_than_a_whole(world: BenchWorld) -> None:
    _, _, low = _edges(world)
    subject = _numbers(world.interests["subject"])
    assert np.bincount(subject, low).max() <= 100.0001


def test_a_sixth_of_the_interests_is_not_live(world: BenchWorld) -> None:
    start, end = world.interests["start"], world.interests["end"]
    begun = pc.less_equal(start, "2026-01-01")
    running = pc.or_(pc.equal(end, ""), pc.greater(end, "2026-01-01"))
    live = pc.mean(pc.and_(begun, running)).as_py()
    assert 0.78 < live < 0.9


def test_holders_follow_a_power_law_and_chains_are_deep(world: BenchWorld) -> None:
    holder, subject, _ = _edges(world)
    held = np.bincount(holder)
    assert held.max() > 100
    assert np.median(held[held > 0]) <= 2
    _, level = _ordered(holder, subject)
    assert 15 <= level.max() <= 30


def test_loops_are_small_and_rare(world: BenchWorld) -> None:
    holder, subject, _ = _edges(world)
    cycle, _ = _ordered(holder, subject)
    sizes = np.bincount(cycle[cycle >= 0])
    assert SIZE // 10_000 <= sizes.sum() <= 20 * SIZE // 10_000
    assert sizes[sizes > 0].min() >= 2


def _ordered(holder: Ints, subject: Ints) -> tuple[Ints, Ints]:
    order = np.argsort(subject, kind="stable")
    holder, subject = holder[order], subject[order]
    edges = Edges(
        holder, subject, starts_of(subject, SIZE), order_by(holder, SIZE), starts_of(holder, SIZE)
    )
    return levels(edges, SIZE)


def _edges(world: BenchWorld) -> tuple[Ints, Ints, Floats]:
    low = world.interests["minimum"].cast(pa.float64()).to_numpy()
    return (
        _numbers(world.interests["interested_party"]),
        _numbers(world.interests["subject"]),
        low,
    )


def _numbers(ids: pa.ChunkedArray) -> Ints:
    numbers: Ints = pc.utf8_slice_codeunits(ids, 1).cast(pa.int32()).to_numpy()
    return numbers
