"""How companies are really owned: the structures of the demo, and how often it builds each.

Frequencies are assumed; see ``assumptions``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from clearance.demo import ordinary, restricted
from clearance.demo.naming import in_scripts
from clearance.demo.world import World

Build = Callable[[World], None]

STRUCTURES: tuple[tuple[Build, int], ...] = (
    (restricted.long_chain, 1),
    (restricted.wholly_owned_chain, 1),
    (restricted.seated_there, 30),
    (restricted.subsidiary_abroad, 38),
    (restricted.offshore_holding, 14),
    (restricted.joint_venture, 12),
    (restricted.minority_sum, 10),
    (restricted.multiplied_away, 8),
    (restricted.loop, 12),
    (restricted.band, 30),
    (restricted.unknown_owner, 16),
    (restricted.divestment, 14),
    (restricted.sale_not_filed, 3),
    (restricted.concealed, 5),
    (restricted.state_owned, 8),
    (restricted.resident_owner, 10),
    (restricted.fund, 8),
    (restricted.branch, 6),
    (ordinary.university, 16),
    (ordinary.foreign_office, 6),
    (restricted.free_zone, 8),
    (ordinary.unidentified, 60),
    (partial(ordinary.unfiled_parent, customers=25), 1),
    (partial(ordinary.unfiled_parent, customers=18), 1),
    (partial(ordinary.unfiled_parent, customers=14), 1),
    (partial(ordinary.unfiled_parent, customers=9), 1),
    (partial(ordinary.unfiled_parent, customers=6), 1),
    (ordinary.nothing_filed, 258),
    (ordinary.partly_filed, 90),
    (ordinary.group_company, 1_000),
    (ordinary.owned_by_persons, 1_264),
)
"""Structure and how often it is built; 3,000 customers in all."""


def build_world(seed: int = 20250905) -> World:
    """The demo world: about 15,000 parties, 3,000 customers, in a shuffled order."""
    world = World(seed)
    builds = [build for build, count in STRUCTURES for _ in range(count)]
    for build in world.draw.shuffled(builds):
        build(world)
    in_scripts(world)
    return world
