"""Puts a world of the reference to the engine: interests become columns, names become indexes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from tests.reference.day import Day, day_of_world
from tests.reference.seeds import seeds_of
from tests.reference.world import World

from clearance.model.dates import ALWAYS, NEVER, Moment, Period
from clearance.model.interest import Direct, Interest, Measure
from clearance.model.party import Party
from clearance.model.share import WHOLE, Share, units_above, units_below
from clearance.ownership.day import slice_day
from clearance.ownership.graph import (
    ATTRIBUTED,
    CONSOLIDATION,
    HAS_COMPONENTS,
    HAS_JOINT,
    HIGH_OPEN,
    INDIRECT,
    LOW_OPEN,
    STATED,
    Bool,
    Graph,
    InterestColumns,
    PartyColumns,
    build,
)
from clearance.ownership.reading import Question


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the engine, and the same day as the reference sees it."""

    question: Question
    names: tuple[str, ...]
    day: Day


def ask(world: World) -> Asked:
    """The question of a world; ownerless groups are the reference's."""
    everybody = world.everybody()
    names = tuple(everybody)
    day, seeds = day_of_world(world), seeds_of(world)
    live = slice_day(graph_of(everybody, world.interests), world.rule, world.day, tuple(Measure))
    possible = seeds.possible | seeds.certain | day.unknown | day.unowned()
    question = Question(
        live, world.rule, world.tests, _mask(names, seeds.certain), _mask(names, possible)
    )
    return Asked(question, names, day)


def _mask(names: tuple[str, ...], chosen: frozenset[str]) -> Bool:
    return np.array([name in chosen for name in names], dtype=np.bool_)


def graph_of(everybody: dict[str, Party], interests: Sequence[Interest]) -> Graph:
    """The graph of these parties and interests."""
    index = {name: number for number, name in enumerate(everybody)}
    rows = sorted(interests, key=lambda one: (one.source, one.statement))
    return build(_parties(everybody, index), _interests(rows, index))


def _parties(everybody: dict[str, Party], index: dict[str, int]) -> PartyColumns:
    parties = list(everybody.values())
    codes = ("", *sorted({p.jurisdiction for p in parties} | {p.headquarters for p in parties}))
    codes = tuple(dict.fromkeys(codes))
    days = np.full(len(parties), ALWAYS, dtype=np.int32)
    never = np.full(len(parties), NEVER, dtype=np.int32)
    lists = tuple(dict.fromkeys(((), *(p.lists for p in parties))))
    return PartyColumns(
        kind=np.array([p.kind for p in parties], dtype=np.uint8),
        capital=np.array([p.capital for p in parties], dtype=np.bool_),
        jurisdiction=np.array([codes.index(p.jurisdiction) for p in parties], dtype=np.int32),
        headquarters=np.array([codes.index(p.headquarters) for p in parties], dtype=np.int32),
        residence=np.zeros(len(parties), dtype=np.int32),
        residence_start_first=days,
        residence_start_last=days,
        residence_end_first=never,
        residence_end_last=never,
        lists=np.array([lists.index(p.lists) for p in parties], dtype=np.int32),
        branch_of=np.array([index.get(p.branch_of, -1) for p in parties], dtype=np.int32),
        codes=codes,
        list_sets=lists,
    )


def _interests(rows: list[Interest], index: dict[str, int]) -> InterestColumns:
    sources = sorted({row.source for row in rows})
    joints = sorted({row.joint for row in rows if row.joint})
    spans = [_span(row.period) for row in rows]
    pairs = [(at, index[one]) for at, row in enumerate(rows) for one in sorted(row.components)]

    return InterestColumns(
        holder=np.array([index[row.interested_party] for row in rows], dtype=np.int32),
        subject=np.array([index[row.subject] for row in rows], dtype=np.int32),
        type=np.array([row.type for row in rows], dtype=np.uint8),
        flags=np.array([_flags(row) for row in rows], dtype=np.uint8),
        low=np.array([_low(row) for row in rows], dtype=np.int64),
        high=np.array([_high(row) for row in rows], dtype=np.int64),
        start_first=np.array([span[0] for span in spans], dtype=np.int32),
        start_last=np.array([span[1] for span in spans], dtype=np.int32),
        end_first=np.array([span[2] for span in spans], dtype=np.int32),
        end_last=np.array([span[3] for span in spans], dtype=np.int32),
        source=np.array([sources.index(row.source) for row in rows], dtype=np.int32),
        joint=np.array(
            [joints.index(row.joint) if row.joint else -1 for row in rows], dtype=np.int32
        ),
        component_row=np.array([row for row, _ in pairs], dtype=np.int64),
        component_party=np.array([party for _, party in pairs], dtype=np.int32),
    )


def _low(row: Interest) -> int:
    return units_below(row.share.minimum) if isinstance(row.share, Share) else 0


def _high(row: Interest) -> int:
    return units_above(row.share.maximum) if isinstance(row.share, Share) else WHOLE


def _span(period: Period) -> tuple[int, int, int, int]:
    start = period.start or Moment(ALWAYS, ALWAYS)
    end = period.end or Moment(NEVER, NEVER)
    return start.first, start.last, end.first, end.last


def _flags(row: Interest) -> int:
    flags = ATTRIBUTED * row.attributed | CONSOLIDATION * row.consolidation
    flags |= INDIRECT * (row.direct is Direct.INDIRECT)
    flags |= HAS_COMPONENTS * bool(row.components) | HAS_JOINT * bool(row.joint)
    if isinstance(row.share, Share):
        flags |= STATED | LOW_OPEN * row.share.exclusive_minimum
        flags |= HIGH_OPEN * row.share.exclusive_maximum
    return flags
