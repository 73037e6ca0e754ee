"""How companies are really owned: one function a structure, and how many of each the demo has.

Each function adds one customer with its owners and says what is true of it. ``barred`` is by the
published text ("more than 50 % owned, directly or indirectly, by companies headquartered in
unsupported regions"). Frequencies are assumed; see ``assumptions``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from clearance.demo.world import FREE_ZONE, OFFSHORE, SUPPORTED, UNSUPPORTED, World

Build = Callable[[World], None]


def seated_there(world: World) -> None:
    """A company of an unsupported region, with an address there."""
    region = world.draw.one(UNSUPPORTED)
    party = world.entity(region)
    world.owns(world.person(), party, "100")
    world.customer(party, "seated there", True)


def subsidiary_abroad(world: World) -> None:
    """Incorporated and run in a supported region, owned through one to three companies."""
    owner = _restricted(world)
    for _ in range(world.draw.whole(0, 2)):
        link = world.entity(world.draw.one(SUPPORTED + OFFSHORE))
        world.owns(owner, link, str(world.draw.whole(80, 100)))
        owner = link
    party = world.entity(world.draw.one(SUPPORTED))
    world.owns(owner, party, "100")
    world.customer(party, "subsidiary abroad", True)


def offshore_holding(world: World) -> None:
    """A holding incorporated offshore but headquartered in an unsupported region."""
    holding = world.entity(world.draw.one(OFFSHORE), world.draw.one(UNSUPPORTED))
    world.owns(world.person(), holding, "100")
    party = world.entity(world.draw.one(SUPPORTED))
    world.owns(holding, party, str(world.draw.whole(55, 100)))
    world.customer(party, "offshore holding", True, "headquarters and incorporation differ")


def joint_venture(world: World) -> None:
    """Exactly half and half: not more than 50 %, but nobody can act against the other."""
    party = world.entity(world.draw.one(SUPPORTED))
    world.owns(_restricted(world), party, "50")
    world.owns(_ordinary(world), party, "50")
    world.customer(party, "joint venture at 50", False, "exactly 50 is not more than 50")


def minority_sum(world: World) -> None:
    """Two or three companies of unsupported regions, each a minority, together a majority."""
    party = world.entity(world.draw.one(SUPPORTED))
    total = world.draw.whole(51, 90)
    for share in world.draw.split(total, world.draw.whole(2, 3)):
        world.owns(_restricted(world), party, str(share))
    world.owns(_ordinary(world), party, str(100 - total))
    world.customer(party, "minority sum", True, "the plural in the text pools them")


def multiplied_away(world: World) -> None:
    """60 % of a holding that has 60 %: reached link by link, 36 % when multiplied."""
    holding = world.entity(world.draw.one(SUPPORTED))
    world.owns(_restricted(world), holding, "60")
    world.owns(_ordinary(world), holding, "40")
    party = world.entity(world.draw.one(SUPPORTED))
    world.owns(holding, party, "60")
    world.owns(_ordinary(world), party, "40")
    world.customer(party, "60 % of 60 %", None, "the readings of 'indirectly' differ")


def loop(world: World) -> None:
    """Companies that own each other, with an owner outside."""
    restricted = world.draw.chance(0.5)
    owner = _restricted(world) if restricted else _ordinary(world)
    first = world.entity(world.draw.one(SUPPORTED))
    ring = [first] + [
        world.entity(world.draw.one(SUPPORTED)) for _ in range(world.draw.whole(1, 4))
    ]
    for holder, subject in zip(ring, [*ring[1:], first], strict=True):
        world.owns(holder, subject, "30" if subject == first else "100")
    world.owns(owner, first, "70")
    world.customer(ring[-1], "loop", restricted)


def band(world: World) -> None:
    """Only a band is public: 25 to 50, 50 to 75, or 75 and more."""
    party = world.entity(world.draw.one(SUPPORTED))
    restricted = world.draw.chance(0.5)
    owner = _restricted(world) if restricted else _ordinary(world)
    ends = world.draw.one(((25, 50), (50, 75), (75, 100)))
    world.owns(
        owner,
        party,
        minimum=str(ends[0]),
        maximum=str(ends[1]),
        exclusive_minimum="no" if ends[0] == 75 else "yes",
        exclusive_maximum="yes" if ends[1] == 75 else "no",
        attributed="yes",
    )
    world.customer(party, "band", restricted and ends[0] >= 50)


def unknown_owner(world: World) -> None:
    """A block whose holder the register does not name; sometimes it decides."""
    party = world.entity(world.draw.one(SUPPORTED))
    known = world.draw.whole(15, 35)
    world.owns(_restricted(world), party, str(known))
    block = world.draw.whole(20, 45)
    world.owns(world.unknown("owner not named by the register"), party, str(block))
    world.owns(_ordinary(world), party, str(100 - known - block))
    really = world.draw.chance(0.3) and known + block > 50
    world.customer(party, "unknown owner", really, "the unnamed holder decides")


def divestment(world: World) -> None:
    """A majority sold: before the rule took effect, or only after."""
    party = world.entity(world.draw.one(SUPPORTED))
    seller, buyer = _restricted(world), _ordinary(world)
    early = world.draw.chance(0.6)
    day = f"2025-0{world.draw.whole(1, 8)}-15" if early else f"2025-1{world.draw.whole(0, 2)}-15"
    world.owns(seller, party, "80", end=day)
    world.owns(buyer, party, "80", start=day)
    world.owns(world.person(), party, "20")
    world.customer(party, "divestment", not early, "the day decides")


def sale_not_filed(world: World) -> None:
    """Sold, but the register still shows the seller: the data would deny wrongly."""
    party = world.entity(world.draw.one(SUPPORTED))
    world.owns(_restricted(world), party, "70")
    world.owns(world.person(), party, "30")
    world.customer(party, "sale not filed", False, "the register lags behind")


def concealed(world: World) -> None:
    """A straw man in the register, a restricted owner behind: no data shows it."""
    party = world.entity(world.draw.one(SUPPORTED))
    world.owns(world.person(world.draw.one(SUPPORTED)), party, "100")
    world.customer(party, "concealed owner", True, "nothing filed names the owner")


def state_owned(world: World) -> None:
    """A company abroad held by a government of an unsupported region: no company owns it."""
    party = world.entity(world.draw.one(SUPPORTED))
    world.owns(world.state(world.draw.one(UNSUPPORTED)), party, str(world.draw.whole(51, 100)))
    world.customer(party, "state ownership", False, "a government is no company")


def resident_owner(world: World) -> None:
    """Held by a person who lives in an unsupported region: the text names companies."""
    party = world.entity(world.draw.one(SUPPORTED))
    world.owns(world.person(world.draw.one(UNSUPPORTED)), party, str(world.draw.whole(51, 100)))
    world.customer(party, "resident owner", False, "a person is no company")


def fund(world: World) -> None:
    """A fund abroad run by a manager from an unsupported region, owned by its investors."""
    party = world.entity(world.draw.one(SUPPORTED), ending="Fund")
    world.owns(_restricted(world), party, type="rightsGrantedByContract")
    for share in world.draw.split(100, 5):
        world.owns(_ordinary(world), party, str(share))
    world.customer(party, "fund", False, "management is control, not ownership")


def branch(world: World) -> None:
    """The branch abroad of a company of an unsupported region: the same legal person."""
    head = _restricted(world)
    party = world.entity(world.draw.one(SUPPORTED), branch_of=head)
    world.customer(party, "branch", True, "a branch is its head office")


def university(world: World) -> None:
    """A body without owners, judged by seat and control alone."""
    there = world.draw.chance(0.4)
    region = world.draw.one(UNSUPPORTED if there else SUPPORTED)
    party = world.entity(region, capital="no", ending="University")
    world.customer(party, "university or agency", there)


def foreign_office(world: World) -> None:
    """The office inside an unsupported region of a company from elsewhere."""
    head = _ordinary(world)
    party = world.entity(world.draw.one(UNSUPPORTED), branch_of=head)
    note = "seated there, owned from elsewhere: location bars, ownership does not"
    world.customer(party, "foreign office inside", None, note)


def free_zone(world: World) -> None:
    """A body of a free zone, which has a code and a law of its own."""
    party = world.entity(FREE_ZONE)
    restricted = world.draw.chance(0.5)
    world.owns(_restricted(world) if restricted else _ordinary(world), party, "100")
    world.customer(party, "free-zone body", restricted)


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
    owner = _ordinary(world)
    for _ in range(world.draw.whole(1, 3)):
        link = world.entity(world.draw.one(SUPPORTED + OFFSHORE))
        share = world.draw.whole(51, 100)
        world.owns(owner, link, str(share))
        if share < 100:
            world.owns(_ordinary(world), link, str(100 - share))
        owner = link
    world.customer(owner, "group company", False)


def nothing_filed(world: World) -> None:
    """A company whose owners no source states at all."""
    world.customer(world.entity(world.draw.one(SUPPORTED)), "nothing filed", False)


def partly_filed(world: World) -> None:
    """Some owners are stated; the rest, more than half, is not."""
    party = world.entity(world.draw.one(SUPPORTED))
    world.owns(_ordinary(world), party, str(world.draw.whole(10, 45)))
    world.customer(party, "partly filed", False)


def unfiled_parent(world: World, customers: int) -> None:
    """A holding without any filed owner: one fact would settle everything below it."""
    parent = world.entity(world.draw.one(SUPPORTED), ending="Holding")
    for _ in range(customers):
        party = world.entity(world.draw.one(SUPPORTED))
        world.owns(parent, party, "100")
        world.customer(party, "below an unfiled parent", False)


def long_chain(world: World) -> None:
    """Eight borders, a loop's worth of minorities at each: the path that the demo draws."""
    owner = world.entity("XA", name="Auroral Holding Company")
    world.owns(world.person(), owner, "100")
    second = world.entity("XU", "XB", name="Brightwater Offshore Holding")
    for number, place in enumerate(("XV", "XE", "XG", "XJ", "XM", "XQ", "XS")):
        link = world.entity(place, name=f"Longchain {place} Holding")
        world.owns(owner, link, str(52 + number * 3))
        if number % 2:
            world.owns(second, link, str(9 + number))
        owner = link
    party = world.entity("XT", name="Longchain Intelligence Ltd")
    world.owns(owner, party, "48")
    world.owns(second, party, "7")
    world.owns(_ordinary(world), party, "45")
    note = "reached link by link; multiplied it is far below"
    world.customer(party, "long chain", None, note, revenue=2_400_000)


def wholly_owned_chain(world: World) -> None:
    """The longest chain that every reading reaches: large majorities over many borders."""
    owner = world.entity("XC", name="Crestline Industries Group")
    world.owns(world.person(), owner, "100")
    partner = world.entity("XV", "XD", name="Duskfield Offshore Partners")
    shares = (
        ("XU", 94, 3),
        ("XF", 96, 0),
        ("XH", 91, 5),
        ("XL", 97, 0),
        ("XN", 95, 2),
        ("XP", 98, 0),
    )
    for place, held, beside in shares:
        link = world.entity(place, name=f"Crestline {place} Holding")
        world.owns(owner, link, str(held))
        if beside:
            world.owns(partner, link, str(beside))
        owner = link
    party = world.entity("XR", name="Crestline Cloud Services Ltd")
    world.owns(owner, party, "88")
    world.owns(_ordinary(world), party, "12")
    note = "seven links, seven places"
    world.customer(party, "subsidiary abroad", True, note, revenue=1_150_000)


STRUCTURES: tuple[tuple[Build, int], ...] = (
    (long_chain, 1),
    (wholly_owned_chain, 1),
    (seated_there, 30),
    (subsidiary_abroad, 38),
    (offshore_holding, 14),
    (joint_venture, 12),
    (minority_sum, 10),
    (multiplied_away, 8),
    (loop, 12),
    (band, 30),
    (unknown_owner, 16),
    (divestment, 14),
    (sale_not_filed, 3),
    (concealed, 5),
    (state_owned, 8),
    (resident_owner, 10),
    (fund, 8),
    (branch, 6),
    (university, 16),
    (foreign_office, 6),
    (free_zone, 8),
    (unidentified, 60),
    (partial(unfiled_parent, customers=25), 1),
    (partial(unfiled_parent, customers=18), 1),
    (partial(unfiled_parent, customers=14), 1),
    (partial(unfiled_parent, customers=9), 1),
    (partial(unfiled_parent, customers=6), 1),
    (nothing_filed, 258),
    (partly_filed, 90),
    (group_company, 1_000),
    (owned_by_persons, 1_264),
)
"""Structure and how often it is built; 3,000 customers in all."""


def build_world(seed: int = 20250905) -> World:
    """The demo world: about 15,000 parties, 3,000 customers, in a shuffled order."""
    world = World(seed)
    builds = [build for build, count in STRUCTURES for _ in range(count)]
    for build in world.draw.shuffled(builds):
        build(world)
    return world


def _restricted(world: World) -> str:
    """A company headquartered in an unsupported region, with an owner of its own."""
    company = world.entity(world.draw.one(UNSUPPORTED))
    world.owns(world.person(), company, "100")
    return company


def _ordinary(world: World) -> str:
    """A company headquartered in a supported region, held by people."""
    company = world.entity(world.draw.one(SUPPORTED))
    for share in world.draw.split(100, world.draw.whole(1, 2)):
        world.owns(world.person(), company, str(share))
    return company
