"""Whose the holding of a nominee is.

1. Its nominator's: one that is named for the nominee, for what it holds, or in the arrangement in
   which it is a nominee.
2. Of several nominators nobody knows which has how much: each has anything up to all of it.
3. Without a nominator it is of a holder nobody knows.
4. Who is a nominee only perhaps may keep it all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tests.reference.ends import NONE
from tests.reference.held import Block
from tests.reference.live import Row
from tests.reference.world import World

from clearance.model.interest import InterestType
from clearance.model.party import PartyKind

NOBODY_KNOWS = "?"
"""First character of the ids of holders that the reference itself adds."""


def looked_through(block: Block, rows: list[Row], world: World) -> Iterator[Block]:
    """One holder's block, or those of whom it is held for."""
    (nominee,) = block.holders
    named = [
        row
        for row in rows
        if row.type is InterestType.nominee
        and (row.holder, row.subject) == (nominee, block.subject)
    ]
    if not named or block.high.value == 0:
        yield block
        return
    nominators = _nominators(nominee, block.subject, rows, world)
    surely = any(row.surely for row in named)
    sure = surely and len(nominators) == 1 and all(nominators.values())
    low = block.low if sure else NONE
    attributed = block.attributed or not sure
    given = replace(block, low=low, attributed=attributed, components=(), vague=())
    for name in nominators or (NOBODY_KNOWS,):
        yield replace(given, holders=(name,), stated=bool(nominators))
    if not surely:
        yield replace(block, low=NONE)


def _nominators(nominee: str, subject: str, rows: list[Row], world: World) -> dict[str, bool]:
    """Each, and whether it surely is one."""
    everybody = world.everybody()
    places = {nominee, subject}
    places |= {
        row.subject
        for row in rows
        if row.holder == nominee
        and row.type is InterestType.nominee
        and everybody[row.subject].kind is PartyKind.ARRANGEMENT
    }
    found: dict[str, bool] = {}
    for row in rows:
        if row.type is InterestType.nominator and row.subject in places:
            found[row.holder] = found.get(row.holder, False) or row.surely
    return {name: found[name] for name in sorted(set(found) - {nominee, subject})}
