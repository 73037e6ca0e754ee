"""Structures in which companies, people or a state of an unsupported region have a part.

Each function adds one customer with its owners and says what is true of it: ``barred`` by the
published text ("more than 50 % owned, directly or indirectly, by companies headquartered in
unsupported regions").
"""

from __future__ import annotations

from clearance.demo.world import FREE_ZONE, OFFSHORE, SUPPORTED, UNSUPPORTED, World


def seated_there(world: World) -> None:
    """A company of an unsupported region, with an address there."""
    region = world.draw.one(UNSUPPORTED)
    party = world.entity(region)
    world.owns(world.person(), party, "100")
    world.customer(party, "seated there", True)


def subsidiary_abroad(world: World) -> None:
    """Incorporated and run in a supported region, owned through one to three companies."""
    owner = world.restricted()
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
    world.owns(world.restricted(), party, "50")
    world.owns(world.ordinary(), party, "50")
    world.customer(party, "joint venture at 50", False, "exactly 50 is not more than 50")


def minority_sum(world: World) -> None:
    """Two or three companies of unsupported regions, each a minority, together a majority."""
    party = world.entity(world.draw.one(SUPPORTED))
    total = world.draw.whole(51, 90)
    for share in world.draw.split(total, world.draw.whole(2, 3)):
        world.owns(world.restricted(), party, str(share))
    world.owns(world.ordinary(), party, str(100 - total))
    world.customer(party, "minority sum", True, "the plural in the text pools them")


def multiplied_away(world: World) -> None:
    """60 % of a holding that has 60 %: reached link by link, 36 % when multiplied."""
    holding = world.entity(world.draw.one(SUPPORTED))
    world.owns(world.restricted(), holding, "60")
    world.owns(world.ordinary(), holding, "40")
    party = world.entity(world.draw.one(SUPPORTED))
    world.owns(holding, party, "60")
    world.owns(world.ordinary(), party, "40")
    world.customer(party, "60 % of 60 %", None, "the readings of 'indirectly' differ")


def loop(world: World) -> None:
    """Companies that own each other, with an owner outside."""
    restricted = world.draw.chance(0.5)
    owner = world.restricted() if restricted else world.ordinary()
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
    owner = world.restricted() if restricted else world.ordinary()
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
    world.owns(world.restricted(), party, str(known))
    block = world.draw.whole(20, 45)
    world.owns(world.unknown("owner not named by the register"), party, str(block))
    world.owns(world.ordinary(), party, str(100 - known - block))
    really = world.draw.chance(0.3) and known + block > 50
    world.customer(party, "unknown owner", really, "the unnamed holder decides")


def divestment(world: World) -> None:
    """A majority sold: before the rule took effect, or only after."""
    party = world.entity(world.draw.one(SUPPORTED))
    seller, buyer = world.restricted(), world.ordinary()
    early = world.draw.chance(0.6)
    day = f"2025-0{world.draw.whole(1, 8)}-15" if early else f"2025-1{world.draw.whole(0, 2)}-15"
    world.owns(seller, party, "80", end=day)
    world.owns(buyer, party, "80", start=day)
    world.owns(world.person(), party, "20")
    world.customer(party, "divestment", not early, "the day decides")


def sale_not_filed(world: World) -> None:
    """Sold, but the register still shows the seller: the data would deny wrongly."""
    party = world.entity(world.draw.one(SUPPORTED))
    world.owns(world.restricted(), party, "70")
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
    world.owns(world.restricted(), party, type="rightsGrantedByContract")
    for share in world.draw.split(100, 5):
        world.owns(world.ordinary(), party, str(share))
    world.customer(party, "fund", False, "management is control, not ownership")


def branch(world: World) -> None:
    """The branch abroad of a company of an unsupported region: the same legal person."""
    head = world.restricted()
    party = world.entity(world.draw.one(SUPPORTED), branch_of=head)
    world.customer(party, "branch", True, "a branch is its head office")


def free_zone(world: World) -> None:
    """A body of a free zone, which has a code and a law of its own."""
    party = world.entity(FREE_ZONE)
    restricted = world.draw.chance(0.5)
    world.owns(world.restricted() if restricted else world.ordinary(), party, "100")
    world.customer(party, "free-zone body", restricted)


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
    world.owns(world.ordinary(), party, "45")
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
    world.owns(world.ordinary(), party, "12")
    note = "seven links, seven places"
    world.customer(party, "subsidiary abroad", True, note, revenue=1_150_000)
