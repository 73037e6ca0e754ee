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
        if place and (place in seeds.regions) is not seeds.outside:
            found.append(f"{fact.value} {place}")
    if seeds.everyone:
        found.append("everyone")
    return tuple(found)


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


def _place(rows: Rows, party: Party, fact: SeedFact, day: int, side: Side) -> str:
    if fact is SeedFact.RESIDENT:
        surely, perhaps = party.residence_period.live(day)
        return party.residence if (surely if side is Side.MUST else perhaps) else ""
    if fact is SeedFact.GOVERNMENT:
        return party.jurisdiction if party.kind is PartyKind.STATE else ""
    office = _head_office(rows, party)
    if fact is SeedFact.INCORPORATED:
        return office.jurisdiction
    return office.headquarters or office.jurisdiction


def _head_office(rows: Rows, party: Party) -> Party:
    seen = {party.id}
    while party.branch_of and party.branch_of not in seen:
        seen.add(party.branch_of)
        above = rows.party(party.branch_of)
        if above is None:
            break
        party = above
    return party
