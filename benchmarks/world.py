"""A seeded generator of realistic worlds of any size, as Arrow tables.

What is realistic about it: holders follow a power law (a few hold thousands), most companies have
one to three owners, chains are up to some twenty links deep, 0.01 % of the parties lie in loops of
2 to 15 (the cyclic core of UK PSC is 498 of 7,970,065 nodes, arXiv 2109.07181), a fifth of the
shares are bands, 2 % of the parties are unnamed holders, a sixth of the interests has ended or
not begun, and 1 % of the parties are seeds. Interests per party: 1.2. Every company has a register
number.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Ints = NDArray[np.int64]

REGIONS = tuple("X" + letter for letter in "ABCDEFGHIJLMNOPQRSTUVWXYZ")
SEED_REGION = "XA"
REGISTER = "XR-REG"
SEEDS_OF_ENTITIES = 0.016
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
    unnamed = size // 50
    kinds = np.repeat([0, 1, 2], [entities, unnamed, size - entities - unnamed])
    kind = pa.array(["entity", "unknown", "person"]).take(pa.array(kinds))
    subject, count = _subjects(rng, entities, int(size * 1.2))
    holder = _holders(rng, subject, entities, size)
    loops = _loops(rng, entities, size)
    low, high = _shares(rng, count)
    _make_room(subject, loops[1], low, high)
    return BenchWorld(
        _parties(rng, kind, entities, size),
        _interests(rng, holder, subject, low, high, loops),
    )


def _subjects(rng: np.random.Generator, entities: int, wanted: int) -> tuple[Ints, Ints]:
    """The company of every interest, and how many owners that company has."""
    owners = rng.choice(len(OWNERS_OF_ENTITY), size=entities, p=OWNERS_OF_ENTITY)
    extra = max(0, wanted - int(owners.sum()))
    owners += np.bincount(rng.integers(0, entities, extra), minlength=entities)
    subject = np.repeat(np.arange(entities), owners)
    return subject, np.repeat(owners, owners)


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
    """Rings of 2 to 15 companies, each holding of the next; no company is in two."""
    wanted = max(2, size // 10_000)
    chosen = rng.choice(entities, size=wanted + 15, replace=False)
    rings: list[Ints] = []
    begin = 0
    while begin < wanted:
        end = begin + int(rng.integers(2, 16))
        rings.append(chosen[begin:end])
        begin = end
    return np.concatenate(rings), np.concatenate([np.roll(ring, -1) for ring in rings])


def _shares(rng: np.random.Generator, count: Ints) -> tuple[Ints, Ints]:
    """Percent × 100, both ends: equal splits with noise, a third of those over 25 as bands."""
    even = 10_000 // count
    exact = np.where(count == 1, 10_000, np.maximum(1, even - rng.integers(0, 400, len(count))))
    banded = rng.random(len(count)) < 0.33
    edges = np.array([0, 2_500, 5_000, 7_500, 10_000])
    slot = np.clip(np.searchsorted(edges, exact, side="left"), 1, 4)
    low = np.where(banded & (exact > 2_500), edges[slot - 1], exact)
    high = np.where(banded & (exact > 2_500), edges[slot], exact)
    return low, high


def _make_room(subject: Ints, looped: Ints, low: Ints, high: Ints) -> None:
    """Others hold a fifth less of a company that its ring holds a fifth of."""
    inside = np.isin(subject, looped)
    low[inside] = low[inside] * 4 // 5
    high[inside] = high[inside] * 4 // 5


def _numbered(prefix: str, numbers: Ints, width: int = 8) -> pa.Array:
    digits = pc.utf8_lpad(pa.array(numbers).cast(pa.string()), width, "0")
    return pc.binary_join_element_wise(pa.scalar(prefix), digits, pa.scalar(""))


def _parties(rng: np.random.Generator, kind: pa.Array, entities: int, size: int) -> pa.Table:
    chance = np.full(len(REGIONS), (1 - SEEDS_OF_ENTITIES) / (len(REGIONS) - 1))
    chance[REGIONS.index(SEED_REGION)] = SEEDS_OF_ENTITIES
    region = rng.choice(len(REGIONS), size=size, p=chance)
    region[entities:] = -1
    numbers = np.arange(size)
    company = numbers < entities
    registered = _numbered(f"{REGISTER}:", numbers)
    return pa.table(
        {
            "id": _numbered("P", numbers),
            "name": _numbered("Company ", numbers, 1),
            "kind": kind,
            "jurisdiction": _regions(region),
            "headquarters": _regions(np.where(rng.random(size) < 0.5, region, -1)),
            "identifiers": pc.if_else(pa.array(company), registered, ""),
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
            "interested_party": _numbered("P", holder),
            "subject": _numbered("P", subject),
            "minimum": _percent(low),
            "maximum": _percent(high),
            "start": _days(start),
            "end": _days(end),
            "source": pa.repeat("register", n),
            "statement": _numbered("s", np.arange(n), 1),
        }
    )


def _regions(codes: Ints) -> pa.Array:
    return pa.array(["", *REGIONS]).take(pa.array(codes + 1))


def _percent(hundredths: Ints) -> pa.Array:
    return pa.array([f"{n / 100:g}" for n in range(10_001)]).take(pa.array(hundredths))


def _days(days: Ints) -> pa.Array:
    stated = pa.array(days.astype(np.int32), mask=days < 0).cast(pa.date32()).cast(pa.string())
    return stated.fill_null("")
