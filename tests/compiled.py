"""A world as the engine's arrays, laid out plainly row by row."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from tests.reference.world import World

from clearance.model.dates import ALWAYS, NEVER, Moment, Period
from clearance.model.interest import Interest
from clearance.model.party import Party
from clearance.model.share import WHOLE, Share, units_above, units_below
from clearance.ownership.arrays.graph import (
    ATTRIBUTED,
    CONSOLIDATION,
    HAS_COMPONENTS,
    HAS_JOINT,
    HIGH_OPEN,
    INDIRECT,
    LOW_OPEN,
    STATED,
    Graph,
    Int32,
    InterestColumns,
    PartyColumns,
    build,
)


@dataclass(frozen=True, slots=True)
class Compiled:
    """A graph and the ids of its parties, in index order."""

    graph: Graph
    ids: tuple[str, ...]

    def index(self, name: str) -> int:
        """The index of a party."""
        return self.ids.index(name)


def compiled(world: World) -> Compiled:
    """The world's parties and interests as a graph."""
    everybody = world.everybody()
    ids = tuple(everybody)
    at = {name: index for index, name in enumerate(ids)}
    parties = _parties(tuple(everybody.values()), at)
    return Compiled(build(parties, _interests(world.interests, at)), ids)


def _parties(parties: tuple[Party, ...], at: dict[str, int]) -> PartyColumns:
    places = {p for party in parties for p in (party.jurisdiction, party.headquarters)}
    codes = ("", *sorted((places | {party.residence for party in parties}) - {""}))
    sets = ((), *sorted({party.lists for party in parties} - {()}))
    dates = _dates([party.residence_period for party in parties])
    return PartyColumns(
        kind=np.array([party.kind for party in parties], dtype=np.uint8),
        capital=np.array([party.capital for party in parties], dtype=np.bool_),
        jurisdiction=_int32([codes.index(party.jurisdiction) for party in parties]),
        headquarters=_int32([codes.index(party.headquarters) for party in parties]),
        residence=_int32([codes.index(party.residence) for party in parties]),
        residence_start_first=dates[0],
        residence_start_last=dates[1],
        residence_end_first=dates[2],
        residence_end_last=dates[3],
        lists=_int32([sets.index(party.lists) for party in parties]),
        branch_of=_int32([at[party.branch_of] if party.branch_of else -1 for party in parties]),
        codes=codes,
        list_sets=sets,
    )


def _interests(interests: tuple[Interest, ...], at: dict[str, int]) -> InterestColumns:
    sources = sorted({interest.source for interest in interests})
    joints = ["", *sorted({interest.joint for interest in interests} - {""})]
    dates = _dates([interest.period for interest in interests])
    pairs = [
        (row, at[name])
        for row, interest in enumerate(interests)
        for name in sorted(interest.components)
    ]
    return InterestColumns(
        holder=_int32([at[interest.interested_party] for interest in interests]),
        subject=_int32([at[interest.subject] for interest in interests]),
        type=np.array([interest.type for interest in interests], dtype=np.uint8),
        flags=np.array([_flags(interest) for interest in interests], dtype=np.uint8),
        low=np.array([_units(interest)[0] for interest in interests], dtype=np.int64),
        high=np.array([_units(interest)[1] for interest in interests], dtype=np.int64),
        start_first=dates[0],
        start_last=dates[1],
        end_first=dates[2],
        end_last=dates[3],
        source=_int32([sources.index(interest.source) for interest in interests]),
        joint=_int32([joints.index(interest.joint) - 1 for interest in interests]),
        component_row=np.array([row for row, _ in pairs], dtype=np.int64),
        component_party=_int32([party for _, party in pairs]),
    )


def _int32(values: list[int]) -> Int32:
    return np.array(values, dtype=np.int32)


def _dates(periods: list[Period]) -> tuple[Int32, Int32, Int32, Int32]:
    starts = [period.start or Moment(ALWAYS, ALWAYS) for period in periods]
    ends = [period.end or Moment(NEVER, NEVER) for period in periods]
    return (
        _int32([start.first for start in starts]),
        _int32([start.last for start in starts]),
        _int32([end.first for end in ends]),
        _int32([end.last for end in ends]),
    )


def _units(interest: Interest) -> tuple[int, int]:
    if not isinstance(interest.share, Share):
        return 0, WHOLE
    return units_below(interest.share.minimum), units_above(interest.share.maximum)


def _flags(interest: Interest) -> int:
    flags = 0
    if isinstance(interest.share, Share):
        flags |= STATED
        flags |= LOW_OPEN if interest.share.exclusive_minimum else 0
        flags |= HIGH_OPEN if interest.share.exclusive_maximum else 0
    flags |= ATTRIBUTED if interest.attributed else 0
    flags |= INDIRECT if interest.direct != "direct" else 0
    flags |= CONSOLIDATION if interest.consolidation else 0
    flags |= HAS_COMPONENTS if interest.components else 0
    return flags | (HAS_JOINT if interest.joint else 0)
