"""Who is restricted in the first place, surely and possibly."""

from __future__ import annotations

from tests.reference.world import Found, World

from clearance.model.party import Party, PartyKind
from clearance.model.rule import SeedFact, Seeds

_SEATED = (PartyKind.ENTITY, PartyKind.ARRANGEMENT)


def seeds_of(world: World) -> Found:
    """Named seeds, or those that the rule's criteria pick."""
    if world.seeds is not None:
        return Found(world.seeds, world.seeds)
    everybody = world.everybody()
    certain, possible = set(), set()
    for name, party in everybody.items():
        surely, may = _picked(party, everybody, world)
        if surely:
            certain.add(name)
        if may:
            possible.add(name)
    return Found(frozenset(certain), frozenset(possible))


def _picked(party: Party, everybody: dict[str, Party], world: World) -> tuple[bool, bool]:
    seeds = world.rule.seeds
    if party.kind not in seeds.kinds:
        return False, False
    if seeds.everyone or set(party.lists) & set(seeds.lists):
        return True, True
    if party.kind is PartyKind.PERSON:
        return residence(party, world) if SeedFact.RESIDENT in seeds.facts else (False, False)
    there = any(_inside(seeds, code) for code in _places(party, everybody, seeds))
    return there, there


def residence(party: Party, world: World) -> tuple[bool, bool]:
    """Does a person live in a region of the rule: surely, possibly?"""
    if not _inside(world.rule.seeds, party.residence):
        return False, False
    return party.residence_period.live(world.day)


def _inside(seeds: Seeds, code: str) -> bool:
    return code != "" and (code in seeds.regions) is not seeds.outside


def _places(party: Party, everybody: dict[str, Party], seeds: Seeds) -> list[str]:
    while party.branch_of and party.branch_of != party.id:
        party = everybody[party.branch_of]
    places = []
    if party.kind in _SEATED:
        if SeedFact.INCORPORATED in seeds.facts:
            places.append(party.jurisdiction)
        if {SeedFact.HEADQUARTERED, SeedFact.PRINCIPAL_PLACE} & set(seeds.facts):
            places.append(party.headquarters or party.jurisdiction)
    if party.kind is PartyKind.STATE and SeedFact.GOVERNMENT in seeds.facts:
        places.append(party.jurisdiction)
    return places


def of_other_kinds(world: World) -> Found:
    """Parties of the rule's regions whose kind the rule does not restrict."""
    certain, possible = set(), set()
    everybody = world.everybody()
    seeds = world.rule.seeds
    if world.seeds is not None or not seeds.regions:
        return Found()
    for name, party in everybody.items():
        if party.kind in seeds.kinds or party.kind is PartyKind.UNKNOWN:
            continue
        if party.kind is PartyKind.PERSON:
            surely, may = residence(party, world)
        elif party.kind is PartyKind.STATE:
            surely = may = _inside(seeds, party.jurisdiction)
        else:
            surely = may = _inside(seeds, party.headquarters or party.jurisdiction)
        if surely:
            certain.add(name)
        if may:
            possible.add(name)
    return Found(frozenset(certain), frozenset(possible))
