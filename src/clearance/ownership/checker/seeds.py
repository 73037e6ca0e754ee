"""Who is restricted in the first place, by the rule's own words, recomputed from party records.

1. Given seeds replace the rule's criteria and kinds.
2. A party is a seed by standing on a list of the rule, or by a fact that puts it in a region.
3. Where it is run from is its headquarters; none stated, where it is incorporated.
4. A branch is where its head office is.
5. Residence counts where it is dated; dates that are only partly known make a possible seed.
"""

from __future__ import annotations

from clearance.model.party import Party, PartyKind
from clearance.model.proof import Run, Side
from clearance.model.rows import Rows
from clearance.model.rule import SeedFact, Seeds


def seed_facts(rows: Rows, run: Run, id: str, side: Side) -> tuple[str, ...]:
    """The facts that make ``id`` a seed on this side, in a fixed order; empty if it is none."""
    if run.given is not None:
        return ("given",) if id in run.given else ()
    party = rows.party(id)
    seeds = run.rule.seeds
    if party is None or party.kind not in seeds.kinds:
        return ()
    found = [f"list {code}" for code in party.lists if code in seeds.lists]
    for fact in seeds.facts:
        place = _place(rows, party, fact, run.as_of, side)
        if _inside(seeds, place):
            found.append(f"{fact.value} {place}")
    if seeds.everyone:
        found.append("everyone")
    return tuple(found)


def is_unknown(rows: Rows, id: str) -> bool:
    """Is it a holder nobody knows?"""
    party = rows.party(id)
    return party is not None and party.kind is PartyKind.UNKNOWN


def plausible(fact: str, run: Run, id: str) -> bool:
    """Could ``fact`` make a party a seed under the rule? All that can be asked without records."""
    if run.given is not None:
        return fact == "given" and id in run.given
    seeds = run.rule.seeds
    word, _, code = fact.partition(" ")
    if word == "list":
        return code in seeds.lists
    if word == "everyone":
        return seeds.everyone and not code
    return _names_region(seeds, word, code)


def _names_region(seeds: Seeds, word: str, code: str) -> bool:
    stated = word in {fact.value for fact in seeds.facts}
    return stated and bool(code) and (code in seeds.regions) is not seeds.outside


def of_other_kind(rows: Rows, run: Run, id: str, side: Side) -> bool:
    """Is the party of a region of the rule, but of a kind that the rule does not restrict?"""
    party = rows.party(id)
    seeds = run.rule.seeds
    if run.given is not None or not seeds.regions or party is None:
        return False
    if party.kind in seeds.kinds or party.kind is PartyKind.UNKNOWN:
        return False
    if party.kind is PartyKind.PERSON:
        return _inside(seeds, _place(rows, party, SeedFact.RESIDENT, run.as_of, side))
    if party.kind is PartyKind.STATE:
        return _inside(seeds, party.jurisdiction)
    return _inside(seeds, party.headquarters or party.jurisdiction)


def _inside(seeds: Seeds, place: str) -> bool:
    return bool(place) and (place in seeds.regions) is not seeds.outside


def _place(rows: Rows, party: Party, fact: SeedFact, day: int, side: Side) -> str:
    if party.kind is PartyKind.PERSON:
        surely, perhaps = party.residence_period.live(day)
        live = surely if side is Side.MUST else perhaps
        return party.residence if live and fact is SeedFact.RESIDENT else ""
    if party.kind is PartyKind.STATE:
        return party.jurisdiction if fact is SeedFact.GOVERNMENT else ""
    if party.kind is PartyKind.UNKNOWN:
        return ""
    office = _head_office(rows, party)
    if fact is SeedFact.INCORPORATED:
        return office.jurisdiction
    if fact in (SeedFact.HEADQUARTERED, SeedFact.PRINCIPAL_PLACE):
        return office.headquarters or office.jurisdiction
    return ""


def _head_office(rows: Rows, party: Party) -> Party:
    seen = {party.id}
    while party.branch_of and party.branch_of not in seen:
        seen.add(party.branch_of)
        above = rows.party(party.branch_of)
        if above is None:
            break
        party = above
    return party
