"""A seeded generator of realistic worlds of any size, as Arrow tables.

What is realistic about it: holders follow a power law (a few hold thousands), most companies have
one to three owners, chains are up to some twenty links deep, 0.01 % of the parties lie in loops of
2 to 15 (the cyclic core of UK PSC is 498 of 7,970,065 nodes, arXiv 2109.07181), a third of the
shares are bands, 2 % of the parties are unnamed holders, a quarter of the interests has ended or
not begun, and 1 % of the parties are seeds. Interests per party: 1.2.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Ints = NDArray[np.int64]

REGIONS = tuple("X" + letter for letter in "ABCDEFGHIJLMNOPQRSTUVWXYZ")
SEED_REGION = "XA"
OWNERS_OF_ENTITY = (0.12, 0.35, 0.30, 0.13, 0.06, 0.04)


@dataclass(frozen=True, slots=True)
class BenchWorld:
    """Tables with the columns of the plain CSV format."""

    parties: pa.Table
    interests: pa.Table


def make_world(size: int, seed: int = 1) -> BenchWorld:
    """A world of ``size`` parties and about 1.2 × ``size`` interests."""
    rng = np.random.default_rng(seed)
    entities = int(size * 0.62)
    kind = np.full(size, "person", dtype=object)
    kind[:entities] = "entity"
    kind[entities : entities + size // 50] = "unknown"
    subject, position, count = _subjects(rng, entities, int(size * 1.2))
    holder = _holders(rng, subject, entities, size)
    loops = _loops(rng, entities, size)
    low, high = _shares(rng, count, position)
    return BenchWorld(
        _parties(rng, kind, entities, size),
        _interests(rng, holder, subject, low, high, loops),
    )


def _subjects(rng: np.random.Generator, entities: int, wanted: int) -> tuple[Ints, Ints, Ints]:
    owners = rng.choice(len(OWNERS_OF_ENTITY), size=entities, p=OWNERS_OF_ENTITY)
    extra = max(0, wanted - int(owners.sum()))
    owners += np.bincount(rng.integers(0, entities, extra), minlength=entities)
    subject = np.repeat(np.arange(entities), owners)
    first = np.repeat(np.cumsum(owners) - owners, owners)
    return subject, np.arange(len(subject)) - first, np.repeat(owners, owners)


def _holders(rng: np.random.Generator, subject: Ints, entities: int, size: int) -> Ints:
    """Persons mostly; else an entity of a larger number, so that chains end; hubs by power law."""
    n = len(subject)
    person = entities + rng.integers(0, size - entities, n)
    step = (rng.pareto(0.6, n) * 40).clip(1, entities).astype(np.int64)
    near = np.minimum(subject + step, entities - 1)
    hub = entities - 1 - (entities * rng.random(n) ** 6).astype(np.int64) // 2
    owner = np.where(rng.random(n) < 0.7, near, np.maximum(hub, near))
    company = (rng.random(n) < 0.45) & (owner > subject)
    return np.where(company, owner, person)


def _loops(rng: np.random.Generator, entities: int, size: int) -> tuple[Ints, Ints]:
    holders: list[int] = []
    subjects: list[int] = []
    while len(holders) < max(2, size // 10_000):
        ring = rng.choice(entities, size=int(rng.integers(2, 16)), replace=False)
        holders.extend(ring.tolist())
        subjects.extend(np.roll(ring, -1).tolist())
    return np.array(holders), np.array(subjects)


def _shares(rng: np.random.Generator, count: Ints, position: Ints) -> tuple[Ints, Ints]:
    """Percent × 100, both ends: equal splits with noise, a third of them as bands."""
    even = 10_000 // count
    exact = np.where(count == 1, 10_000, np.maximum(1, even - rng.integers(0, 400, len(count))))
    banded = rng.random(len(count)) < 0.33
    edges = np.array([0, 2_500, 5_000, 7_500, 10_000])
    slot = np.clip(np.searchsorted(edges, exact, side="left"), 1, 4)
    low = np.where(banded & (exact > 2_500), edges[slot - 1], exact)
    high = np.where(banded & (exact > 2_500), edges[slot], exact)
    return low, high


def _ids(numbers: Ints) -> pa.Array:
    digits = np.char.zfill(numbers.astype("U8"), 8)
    return pa.array(np.char.add("P", digits))


def _parties(
    rng: np.random.Generator, kind: NDArray[np.object_], entities: int, size: int
) -> pa.Table:
    chance = np.full(len(REGIONS), 0.984 / (len(REGIONS) - 1))
    chance[REGIONS.index(SEED_REGION)] = 0.016
    region = np.array(REGIONS)[rng.choice(len(REGIONS), size=size, p=chance)]
    region[entities:] = ""
    numbers = np.arange(size)
    return pa.table(
        {
            "id": _ids(numbers),
            "name": pa.array(np.char.add("Company ", numbers.astype("U8"))),
            "kind": pa.array(kind, pa.string()),
            "jurisdiction": pa.array(region),
            "headquarters": pa.array(np.where(rng.random(size) < 0.5, region, "")),
        }
    )


def _interests(
    rng: np.random.Generator,
    holder: Ints,
    subject: Ints,
    low: Ints,
    high: Ints,
    loops: tuple[Ints, Ints],
) -> pa.Table:
    ring = len(loops[0])
    holder = np.concatenate([holder, loops[0]])
    subject = np.concatenate([subject, loops[1]])
    low = np.concatenate([low, np.full(ring, 2_000)])
    high = np.concatenate([high, np.full(ring, 2_000)])
    n = len(holder)
    start = np.where(rng.random(n) < 0.6, rng.integers(3_650, 20_700, n), -1)
    end = np.where(rng.random(n) < 0.2, np.maximum(start, 3_650) + rng.integers(30, 9_000, n), -1)
    return pa.table(
        {
            "interested_party": _ids(holder),
            "subject": _ids(subject),
            "minimum": _percent(low),
            "maximum": _percent(high),
            "start": _days(start),
            "end": _days(end),
            "source": pa.array(np.full(n, "register")),
            "statement": pa.array(np.char.add("s", np.arange(n).astype("U9"))),
        }
    )


def _percent(hundredths: Ints) -> pa.Array:
    return pa.array([f"{n / 100:g}" for n in range(10_001)]).take(pa.array(hundredths))


def _days(days: Ints) -> pa.Array:
    stated = pa.array(days.astype(np.int32), mask=days < 0).cast(pa.date32()).cast(pa.string())
    return stated.fill_null("")
