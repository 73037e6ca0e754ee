"""Which interests count on a day, as whose holding, in which measure: before fusion.

1. A row that is live only in may counts from 0.
2. Without a stated share a row is anything from 0 to 100 %.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from tests.reference.ends import ALL, HALF, NONE, End
from tests.reference.world import World

from clearance.model.interest import CAPITAL_RIGHTS, MISSING_TYPES, Interest, InterestType, Measure
from clearance.model.party import PartyKind
from clearance.model.share import Share

_OPTION = InterestType.conditionalRightsGrantedByContract


@dataclass(frozen=True, slots=True)
class Row:
    """One interest that is live in may."""

    holder: str
    subject: str
    type: InterestType
    low: End
    high: End
    stated: bool
    surely: bool
    source: str = ""
    attributed: bool = False
    joint: str = ""
    components: tuple[str, ...] = ()
    consolidation: bool = False
    apart: str = ""
    """Rows marked differently are not fused: each declared indirect holding, and options."""


def live_rows(world: World) -> list[Row]:
    """Every interest live in may."""
    rows = []
    for number, interest in enumerate(world.interests):
        surely, may = interest.period.live(world.day)
        if may:
            rows.append(_row(interest, surely, number))
    return rows


def _row(interest: Interest, surely: bool, number: int) -> Row:
    low, high = NONE, ALL
    if isinstance(interest.share, Share):
        low = End(interest.share.minimum, interest.share.exclusive_minimum)
        high = End(interest.share.maximum, interest.share.exclusive_maximum)
    if interest.type in MISSING_TYPES or not surely:
        low = NONE
    apart = f"declared {number}" if interest.components else ""
    if interest.type is _OPTION:
        apart = "option"
    return Row(
        interest.interested_party,
        interest.subject,
        interest.type,
        low,
        high,
        isinstance(interest.share, Share),
        surely,
        interest.source,
        interest.attributed or bool(interest.components),
        "" if interest.components else interest.joint,
        tuple(sorted(set(interest.components))),
        interest.consolidation,
        apart,
    )


def rows_of(measure: Measure, world: World, rows: list[Row]) -> list[Row]:
    """The rows that are holdings in this measure."""
    missing = [row for row in rows if row.type in MISSING_TYPES]
    if measure is Measure.SHARES:
        chosen = _shares(world, rows)
    elif measure is Measure.VOTES:
        told = (InterestType.shareholding, InterestType.votingRights)
        chosen = _votes(rows) + _by_rule(world, rows, told)
    else:
        chosen = [row for row in rows if row.type is InterestType.appointmentOfBoard]
    return chosen + missing + [row for row in roles_of(world, rows) if row.stated]


def _shares(world: World, rows: list[Row]) -> list[Row]:
    shares = [row for row in rows if row.type is InterestType.shareholding]
    with_capital = {row.subject for row in shares}
    for row in rows:
        if row.type in CAPITAL_RIGHTS and row.subject not in with_capital:
            shares.append(row)
    return shares + _by_rule(world, rows, (InterestType.shareholding,))


def _by_rule(world: World, rows: list[Row], told: tuple[InterestType, ...]) -> list[Row]:
    """Options taken as exercised; consolidation taken as a majority that nobody stated."""
    found = []
    stated = {(row.holder, row.subject) for row in rows if row.stated and row.type in told}
    for row in rows:
        if row.type is _OPTION and world.rule.options and row.stated:
            found.append(row)
        is_alone = (row.holder, row.subject) not in stated
        if row.consolidation and world.rule.consolidation and is_alone:
            low = End(HALF, True) if row.surely else NONE
            found.append(replace(row, low=low, high=ALL, attributed=True, stated=True))
    return found


def _votes(rows: list[Row]) -> list[Row]:
    """Stated votes for a pair, else its shares (stated or not), else votes of unstated size."""
    votes = [row for row in rows if row.type is InterestType.votingRights]
    shares = [row for row in rows if row.type is InterestType.shareholding]
    by_votes = {(row.holder, row.subject) for row in votes if row.stated}
    by_shares = {(row.holder, row.subject) for row in shares if row.stated} - by_votes
    return [
        *(row for row in votes if (row.holder, row.subject) not in by_shares),
        *(row for row in shares if (row.holder, row.subject) not in by_votes),
    ]


def roles_of(world: World, rows: list[Row]) -> list[Row]:
    """Those whose an arrangement is, by the roles that the rule counts."""
    roles = (*world.rule.trusts, InterestType.nominator)
    kinds = {name: party.kind for name, party in world.everybody().items()}
    return [
        row for row in rows if row.type in roles and kinds[row.subject] is PartyKind.ARRANGEMENT
    ]
