"""Say for every party whether a rule reaches it, how much is held, and why.

1. Parties come in id order.
2. The day, the rule and whether it was in force stand at the top of every answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from clearance.model.errors import InputError
from clearance.model.rule import Reading, Rule
from clearance.model.verdict import Finding
from clearance.ownership.arrays.graph import Graph
from clearance.ownership.attribute import attribute
from clearance.policy.reading.rules import needs_regions


class Reference(Protocol):
    """What attribution needs of reference data."""

    @property
    def graph(self) -> Graph:
        """Parties and interests as arrays."""
        ...

    def index(self, id: str) -> int | None:
        """The index of a party, or ``None``."""
        ...

    def id(self, index: int) -> str:
        """The id of a party."""
        ...

    def statement(self, row: int) -> str:
        """The statement behind an interest row of the graph."""
        ...


@dataclass(frozen=True, slots=True)
class Answer:
    """What a rule says of every party on a day.

    **Shape**: ``findings`` in id order; ``as_of`` is a day; ``verified`` is the rule's own word.
    """

    rule: str
    as_of: int
    in_force: bool
    verified: str
    findings: Sequence[Finding]


def attribute_all(
    reference: Reference,
    rule: Rule,
    as_of: int,
    *,
    seeds: Sequence[str] | None = None,
    regions: Sequence[str] | None = None,
    method: Reading | None = None,
    assume_in_force: bool = False,
) -> Answer:
    """Attribute under ``rule`` on the day ``as_of`` and explain every party.

    Args:
        seeds: ids of restricted parties; replaces the rule's own criteria and kinds.
        regions: region codes; replaces the rule's list.
        method: one reading in place of the rule's.
        assume_in_force: compute although the day is outside the rule's dates.

    Raises:
        InputError: a seed is no party of the reference data; or neither regions nor seeds are given
            though the rule needs regions and somebody is in one.
    """
    if seeds is None and regions is None and needs_regions(rule) and _placed(reference.graph):
        raise InputError(
            f"{rule.id} takes its regions from a policy",
            file="--regions",
            remedy="name region codes (XA,XB), or restricted parties with --seed",
        )
    if regions is not None:
        rule = replace(rule, seeds=replace(rule.seeds, regions=tuple(regions)))
    result = attribute(
        reference.graph,
        rule,
        as_of,
        seeds=None if seeds is None else tuple(_index(reference.index, seed) for seed in seeds),
        readings=None if method is None else (method,),
        assume_in_force=assume_in_force,
    )
    findings = tuple(
        result.finding(index, reference.id, reference.statement)
        for index in range(reference.graph.size)
    )
    return Answer(rule.id, as_of, result.in_force, rule.verified, findings)


def _placed(graph: Graph) -> bool:
    """Is anybody anywhere? If not, no list of regions restricts anybody."""
    parties = graph.parties
    return any(
        codes.any() for codes in (parties.jurisdiction, parties.headquarters, parties.residence)
    )


def _index(index: Callable[[str], int | None], seed: str) -> int:
    found = index(seed)
    if found is None:
        raise InputError(
            f"no party {seed!r}", file="--seed", remedy="name an id of the interests or parties"
        )
    return found
