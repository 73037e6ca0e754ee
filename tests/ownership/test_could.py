"""Who could be reached if restricted parties held what nobody declares: fast against slow."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ownership.test_against_reference import asked
from tests.reference.could import could_be_reached
from tests.reference.world import World
from tests.rules import MEASURES, READINGS, rules
from tests.worlds import worlds

from clearance.model.rule import Aggregation, Reading


def could(world: World) -> frozenset[str]:
    found = asked(world).could
    return frozenset(name for index, name in enumerate(world.everybody()) if found[index])


@pytest.mark.parametrize("readings", READINGS, ids=lambda some: some[0].value)
@given(data=st.data())
def test_nobody_who_could_be_reached_is_missed(
    readings: tuple[Reading, ...], data: st.DataObject
) -> None:
    """A product that is pooled may name more: it lowers loops from above, and not to the end."""
    cell = rules(readings=(readings,), measures=(MEASURES[0], *MEASURES[2:]))
    world = data.draw(worlds(cell))
    slow, fast = could_be_reached(world), could(world)
    assert slow <= fast
    if readings != (Reading.PRODUCT,) or world.rule.aggregation is not Aggregation.POOLED:
        assert slow == fast
