"""Who could be reached if restricted parties held every undeclared rest.

1. The rest is one more block, of a holder nobody knows.
2. Ownership alone: what control would add is not asked.
"""

from __future__ import annotations

from dataclasses import replace

from tests.reference.day import day_of_world
from tests.reference.ends import NONE, End
from tests.reference.held import Block
from tests.reference.nominees import NOBODY_KNOWS
from tests.reference.seeds import seeds_of
from tests.reference.verdict import READ, roots_of, undeclared
from tests.reference.world import World

from clearance.model.interest import GOVERNING
from clearance.model.rule import Aggregation


def could_be_reached(world: World) -> frozenset[str]:
    """Whoever may pass under any reading, with every rest counted."""
    day, seeds = day_of_world(world), seeds_of(world)
    held = {measure: dict(of) for measure, of in day.held.items()}
    for measure in dict.fromkeys((*day.tested, *GOVERNING)):
        for name in day.names:
            left = undeclared(day, name, measure)
            block = Block(name, (NOBODY_KNOWS,), NONE, End(left))
            if left:
                inside = held[measure][name]
                held[measure][name] = replace(inside, blocks=(*inside.blocks, block))
    filled = replace(day, held=held)
    alone = world.rule.aggregation is Aggregation.PER_PARTY
    results = [
        READ[reading](filled, root, alone)
        for reading in world.rule.readings
        for root in (roots_of(seeds) if alone else [seeds])
    ]
    return frozenset().union(*(result.possible for result in results)) & set(day.names)
