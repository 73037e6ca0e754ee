"""Names as registers hold them and as customers write them, in several scripts.

1. A region writes in one script, dealt by a seeded draw of its own; the structures, and who owns
   whom, do not depend on it.
2. A register that writes in another script than Latin holds a Latin name too for some companies,
   not for all: that is what makes names fail, and it is said.
3. A customer who is asked for its name alone writes it as people do: with slips, another form,
   words swapped or left out, in its own script or in Latin letters. Its party is known.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from clearance.demo.draw import Draw
from clearance.demo.names import FORMS
from clearance.demo.scripts import SCRIPTS, Script
from clearance.demo.world import OFFSHORE, SUPPORTED, UNSUPPORTED, World

LATIN_TOO = 0.5
"""Share of companies of which a register in another script holds a Latin name besides."""

COUNTRY_TOLD = 0.9
"""Share of customers who state their country."""


@dataclass(frozen=True, slots=True)
class Written:
    """A customer by its name only; ``party`` is whose name it is, empty for a trading name."""

    customer: str
    name: str
    country: str
    party: str
    how: str


def in_scripts(world: World) -> None:
    """Rewrite registers region by region, and the customers' names with them."""
    draw = Draw(world.seed + 1)
    regions = draw.shuffled((*UNSUPPORTED, *SUPPORTED, *OFFSHORE))
    world.scripts.update(zip(regions, SCRIPTS * 2, strict=False))
    for row in world.parties:
        script = script_of(world, row)
        if row["kind"] != "entity" or script is None:
            continue
        own = script.written(row["name"])
        if own != row["name"]:
            world.latin[row["id"]] = row["name"]
            row["name"], row["other_names"] = own, row["name"] if draw.chance(LATIN_TOO) else ""
    for customer in world.customers:
        if party := world.party_of[customer["id"]]:
            customer["name"] = world.rows[party]["name"]


def script_of(world: World, row: dict[str, str]) -> Script | None:
    """The script that a party's register writes in, ``None`` for Latin."""
    return world.scripts.get(row.get("jurisdiction", "").partition("-")[0])


def by_name(world: World) -> list[Written]:
    """Every customer by its name alone, as it writes it; the same for the same world."""
    draw = Draw(world.seed + 2)
    return [_written(world, customer, draw) for customer in world.customers]


def _written(world: World, customer: dict[str, str], draw: Draw) -> Written:
    party = world.party_of[customer["id"]]
    country = customer["country"] if draw.chance(COUNTRY_TOLD) else ""
    if not party:
        return Written(customer["id"], customer["name"], country, "", "a trading name")
    row = world.rows[party]
    how, write = draw.one(WAYS)
    latin = world.latin.get(party, row["name"])
    script = script_of(world, row) if party in world.latin else None
    if how == IN_LATIN and script is None:
        how = REGISTERED
    words = write(latin.split(), draw)
    name = " ".join(words) if script is None or how == IN_LATIN else script.written(" ".join(words))
    if how == SLIP:
        name = _slipped(name, draw)
    return Written(customer["id"], name, country, party, how)


def _as_it_is(words: Sequence[str], draw: Draw) -> Sequence[str]:
    return words


def _without_form(words: Sequence[str], draw: Draw) -> Sequence[str]:
    return words[:-1] if words[-1] in FORMS else words


def _other_form(words: Sequence[str], draw: Draw) -> Sequence[str]:
    others = [form for form in FORMS if form != words[-1]]
    return (*words[:-1], draw.one(others)) if words[-1] in FORMS else words


def _turned(words: Sequence[str], draw: Draw) -> Sequence[str]:
    return (*words[1:], words[0])


def _slipped(name: str, draw: Draw) -> str:
    """Two neighbouring letters of the first word in each other's place."""
    at = draw.whole(1, max(1, len(name.split()[0]) - 3))
    return name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :]


REGISTERED = "as the register has it"
SLIP = "two letters swapped"
IN_LATIN = "in Latin letters"
_Way = tuple[str, Callable[[Sequence[str], Draw], Sequence[str]]]
WAYS: tuple[_Way, ...] = (
    *[(REGISTERED, _as_it_is)] * 8,
    *[("without its legal form", _without_form)] * 4,
    *[(SLIP, _as_it_is)] * 3,
    *[(IN_LATIN, _as_it_is)] * 3,
    ("with another legal form", _other_form),
    ("with its words turned", _turned),
)
"""How customers write their names, as often as they stand here; assumed."""
