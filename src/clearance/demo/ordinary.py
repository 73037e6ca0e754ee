"""Structures of everybody else: ordinary groups, bodies judged by their seat, and little filed.

Each function adds one or more customers with what is stated of their owners, and says what is true.
"""

from __future__ import annotations

from clearance.demo.world import OFFSHORE, SUPPORTED, UNSUPPORTED, World


def university(world: World) -> None:
    """A body without owners, judged by seat and control alone."""
    there = world.draw.chance(0.4)
    region = world.draw.one(UNSUPPORTED if there else SUPPORTED)
    party = world.entity(region, capital="no", ending="University")
    world.customer(party, "university or agency", there)


def foreign_office(world: World) -> None:
    """The office inside an unsupported region of a company from elsewhere."""
    head = world.ordinary()
    party = world.entity(world.draw.one(UNSUPPORTED), branch_of=head)
    note = "seated there, owned from elsewhere: location bars, ownership does not"
    world.customer(party, "foreign office inside", None, note)


def unidentified(world: World) -> None:
    """A customer who gave a trading name that no register holds."""
    party = world.entity(world.draw.one(SUPPORTED))
    world.owns(world.person(), party, "100")
    world.customer(party, "trading name", False, known=False)


def owned_by_persons(world: World) -> None:
    """The usual small company: one to four people hold it, all declared."""
    party = world.entity(world.draw.one(SUPPORTED))
    for share in world.draw.split(100, world.draw.whole(1, 4)):
        world.owns(world.person(), party, str(share))
    world.customer(party, "owned by persons", False)


def group_company(world: World) -> None:
    """A subsidiary in an ordinary group, declared up to the people at the top."""
    owner = world.ordinary()
    for _ in range(world.draw.whole(1, 3)):
        link = world.entity(world.draw.one(SUPPORTED + OFFSHORE))
        share = world.draw.whole(51, 100)
        world.owns(owner, link, str(share))
        if share < 100:
            world.owns(world.ordinary(), link, str(100 - share))
        owner = link
    world.customer(owner, "group company", False)


def nothing_filed(world: World) -> None:
    """A company whose owners no source states at all."""
    world.customer(world.entity(world.draw.one(SUPPORTED)), "nothing filed", False)


def partly_filed(world: World) -> None:
    """Some owners are stated; the rest, more than half, is not."""
    party = world.entity(world.draw.one(SUPPORTED))
    world.owns(world.ordinary(), party, str(world.draw.whole(10, 45)))
    world.customer(party, "partly filed", False)


def unfiled_parent(world: World, customers: int) -> None:
    """A holding without any filed owner: one fact would settle everything below it."""
    parent = world.entity(world.draw.one(SUPPORTED), ending="Holding")
    for _ in range(customers):
        party = world.entity(world.draw.one(SUPPORTED))
        world.owns(parent, party, "100")
        world.customer(party, "below an unfiled parent", False)
