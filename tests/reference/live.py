"""Which interests count on a day, as whose holding, in which measure: before fusion.

1. A row that is live only in may counts from 0.
2. A nominee's holding is its nominator's, or of a holder nobody knows.
3. Without a stated share a row is anything from 0 to 100 %.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tests.reference.ends import ALL, HALF, NONE, End
from tests.reference.world import World

from clearance.model.interest import CAPITAL_RIGHTS, MISSING_TYPES, Interest, InterestType, Measure
from clearance.model.party import PartyKind
from clearance.model.share import Share

NOBODY_KNOWS = "?"
"""First character of the ids of holders that the reference itself adds."""


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


def live_rows(world: World) -> list[Row]:
    """Every interest live in may, nominees looked through."""
    rows = []
    for interest in world.interests:
        surely, may = interest.period.live(world.day)
        if may:
            rows.append(_row(interest, surely))
    return list(_looked_through(rows))


def _row(interest: Interest, surely: bool) -> Row:
    low, high = NONE, ALL
    if isinstance(interest.share, Share):
        low = End(interest.share.minimum, interest.share.exclusive_minimum)
        high = End(interest.share.maximum, interest.share.exclusive_maximum)
    if interest.type in MISSING_TYPES or not surely:
        low = NONE
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
    )


def _looked_through(rows: list[Row]) -> Iterator[Row]:
    nominees = {(row.holder, row.subject) for row in rows if row.type is InterestType.nominee}
    for row in rows:
        is_holding = row.type in (InterestType.shareholding, InterestType.votingRights)
        if not is_holding or (row.holder, row.subject) not in nominees:
            yield row
            continue
        behind = _nominators(row.holder, rows)
        if not behind:
            yield replace(row, holder=f"{NOBODY_KNOWS}nominator of {row.holder}")
        for nominator in behind:
            together = f"nominators of {row.holder}" if len(behind) > 1 else row.joint
            yield replace(row, holder=nominator, joint=together)


def _nominators(nominee: str, rows: list[Row]) -> list[str]:
    places = {nominee}
    places |= {
        row.subject for row in rows if row.holder == nominee and row.type is InterestType.nominee
    }
    return sorted(
        {row.holder for row in rows if row.subject in places and row.type is InterestType.nominator}
    )


def rows_of(measure: Measure, world: World, rows: list[Row]) -> list[Row]:
    """The rows that are holdings in this measure."""
    missing = [row for row in rows if row.type in MISSING_TYPES]
    if measure is Measure.SHARES:
        chosen = _shares(world, rows)
    elif measure is Measure.VOTES:
        chosen = _votes(rows)
    else:
        tested = Measure.BOARD in {test.measure for test in world.tests}
        board = [row for row in rows if row.type is InterestType.appointmentOfBoard]
        chosen = [row for row in board if row.stated or tested]
    return chosen + missing + _roles(world, rows)


def _shares(world: World, rows: list[Row]) -> list[Row]:
    shares = [row for row in rows if row.type is InterestType.shareholding]
    with_capital = {row.subject for row in shares}
    for row in rows:
        if row.type in CAPITAL_RIGHTS and row.subject not in with_capital:
            shares.append(row)
        if row.type is InterestType.conditionalRightsGrantedByContract and world.rule.options:
            shares.append(row)
        if row.consolidation and world.rule.consolidation:
            low = End(HALF, True) if row.surely else NONE
            shares.append(replace(row, low=low, high=ALL))
    return shares


def _votes(rows: list[Row]) -> list[Row]:
    votes = [row for row in rows if row.type is InterestType.votingRights]
    stated = {(row.holder, row.subject) for row in votes if row.stated}
    stand_in = [
        row
        for row in rows
        if row.type is InterestType.shareholding
        and row.stated
        and (row.holder, row.subject) not in stated
    ]
    replaced = {(row.holder, row.subject) for row in stand_in}
    return [row for row in votes if (row.holder, row.subject) not in replaced] + stand_in


def _roles(world: World, rows: list[Row]) -> list[Row]:
    """Who an arrangement's holdings belong to: one block of the whole, unless shares are stated."""
    kinds = world.everybody()
    roles = (*world.rule.trusts, InterestType.nominator)
    found = []
    for row in rows:
        if row.type in roles and kinds[row.subject].kind is PartyKind.ARRANGEMENT:
            whole = replace(row, low=ALL if row.surely else NONE, high=ALL, attributed=True)
            found.append(row if row.stated else replace(whole, joint=f"roles in {row.subject}"))
    return found
