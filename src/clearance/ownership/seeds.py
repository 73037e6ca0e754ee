"""Who is restricted in the first place: by list, by region, by kind, or as the caller said.

1. A fact counts for the kinds it can be true of: incorporation and headquarters of entities and
   arrangements, government of states, residence of persons.
2. Where no headquarters is stated the jurisdiction stands in (flag ``headquarters_inferred``); the
   principal place of business is the stated headquarters or, again, the jurisdiction.
3. A branch is where its head office is.
4. Every code stands alone: ``XA`` does not contain ``XA-01``.
5. A residence counts while it is live: surely in *must*, perhaps in *may*.
6. A party without any place is not restricted by place (flag ``location_unknown``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clearance.model.party import PartyKind
from clearance.model.rule import Rule, SeedFact
from clearance.ownership.arrays.graph import Bool, Graph, Int32, among

_FEW = 8

_KINDS_OF = {
    SeedFact.INCORPORATED: (PartyKind.ENTITY, PartyKind.ARRANGEMENT),
    SeedFact.HEADQUARTERED: (PartyKind.ENTITY, PartyKind.ARRANGEMENT),
    SeedFact.PRINCIPAL_PLACE: (PartyKind.ENTITY, PartyKind.ARRANGEMENT),
    SeedFact.GOVERNMENT: (PartyKind.STATE,),
    SeedFact.RESIDENT: (PartyKind.PERSON,),
}


@dataclass(frozen=True, slots=True)
class SeedSets:
    """Seeds in *must* and in *may*; ``given`` if the caller named them."""

    certain: Bool
    possible: Bool
    given: bool = False


def seeds(graph: Graph, rule: Rule, day: int, given: tuple[int, ...] | None = None) -> SeedSets:
    """The seeds of ``rule`` on ``day``, or those ``given`` instead of its criteria and kinds.

    **Cost**: a pass over the party columns for each criterion.
    """
    if given is not None:
        named = np.zeros(graph.size, dtype=np.bool_)
        named[list(given)] = True
        return SeedSets(named, named.copy(), given=True)
    criteria = rule.seeds
    wanted = among(graph.parties.kind, criteria.kinds)
    if criteria.everyone:
        return SeedSets(wanted, wanted.copy())
    certain = _listed(graph, criteria.lists)
    possible = certain.copy()
    for fact in criteria.facts:
        sure, perhaps = in_region(graph, rule, fact, day)
        certain |= sure
        possible |= perhaps
    return SeedSets(certain & wanted, possible & wanted)


def _listed(graph: Graph, lists: tuple[str, ...]) -> Bool:
    wanted = frozenset(lists)
    table = [not wanted.isdisjoint(names) for names in graph.parties.list_sets]
    if not any(table):
        return np.zeros(graph.size, dtype=np.bool_)
    return np.array(table, dtype=np.bool_)[graph.parties.lists]


def in_region(graph: Graph, rule: Rule, fact: SeedFact, day: int) -> tuple[Bool, Bool]:
    """Of whom ``fact`` holds in the rule's regions: surely, perhaps; whatever kinds it seeds."""
    parties = graph.parties
    able = among(parties.kind, _KINDS_OF[fact])
    if fact is SeedFact.RESIDENT:
        resident = _inside(graph, rule, parties.residence) & able
        sure = (parties.residence_start_last <= day) & (day < parties.residence_end_first)
        perhaps = (parties.residence_start_first <= day) & (day < parties.residence_end_last)
        return resident & sure, resident & perhaps
    there = able & _placed_inside(graph, rule, fact)
    return there, there


def _placed_inside(graph: Graph, rule: Rule, fact: SeedFact) -> Bool:
    """Whose deciding place is of the rule's regions."""
    parties = graph.parties
    inside = _inside(graph, rule, parties.jurisdiction)
    if fact not in (SeedFact.INCORPORATED, SeedFact.GOVERNMENT):
        inside &= parties.headquarters == 0
        inside |= _inside(graph, rule, parties.headquarters)
    if len(graph.branches):
        inside[graph.branches] = inside[[head_office(graph, int(b)) for b in graph.branches]]
    return inside


def _inside(graph: Graph, rule: Rule, codes: Int32) -> Bool:
    """Which codes are of the rule's regions (or, ``outside``, stated and of none of them)."""
    regions = frozenset(rule.seeds.regions)
    listed = [number for number, code in enumerate(graph.parties.codes) if code in regions]
    if len(listed) > _FEW:
        table = np.zeros(len(graph.parties.codes), dtype=np.bool_)
        table[listed] = True
        found = table[codes]
    else:
        found = among(codes, listed)
    return ~found & (codes > 0) if rule.seeds.outside else found & (codes > 0)


def head_office(graph: Graph, branch: int) -> int:
    """The party that a branch legally is; itself if it is none."""
    seen = {branch}
    while (head := int(graph.parties.branch_of[branch])) >= 0 and head not in seen:
        seen.add(head)
        branch = head
    return branch


def reason(graph: Graph, rule: Rule, day: int, party: int, given: bool) -> str:
    """Why ``party``, a seed, is one: the first criterion it meets, in the rule's order."""
    parties = graph.parties
    if given:
        return "given"
    named = parties.list_sets[parties.lists[party]]
    for name in rule.seeds.lists:
        if name in named:
            return f"list {name}"
    for fact in rule.seeds.facts:
        if code := _met_in(graph, rule, fact, day, party):
            return f"{fact.value} {code}"
    return "kind " + PartyKind(int(parties.kind[party])).word


def _met_in(graph: Graph, rule: Rule, fact: SeedFact, day: int, party: int) -> str:
    """The region in which ``fact`` holds of one party, perhaps; empty where it does not."""
    parties = graph.parties
    if int(parties.kind[party]) not in _KINDS_OF[fact]:
        return ""
    if fact is SeedFact.RESIDENT:
        perhaps = parties.residence_start_first[party] <= day < parties.residence_end_last[party]
        number = int(parties.residence[party]) if perhaps else 0
    else:
        where = head_office(graph, party)
        number = int(parties.jurisdiction[where])
        if fact not in (SeedFact.INCORPORATED, SeedFact.GOVERNMENT):
            number = int(parties.headquarters[where]) or number
    code = parties.codes[number] if number else ""
    return code if code and (code in rule.seeds.regions) is not rule.seeds.outside else ""


def location_flags(graph: Graph, party: int) -> tuple[str, ...]:
    """``headquarters_inferred`` or ``location_unknown``, where a company's place is not stated."""
    parties = graph.parties
    where = head_office(graph, party)
    if parties.kind[party] not in (PartyKind.ENTITY, PartyKind.ARRANGEMENT):
        return ()
    if parties.headquarters[where]:
        return ()
    return ("headquarters_inferred",) if parties.jurisdiction[where] else ("location_unknown",)
