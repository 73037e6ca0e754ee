"""What facts beside the name are worth: one table, in log-odds.

1. A fact that agrees adds the logarithm of how much oftener it does so between records of one
   party than between records of two with like names; one that differs, likewise, takes away.
2. These facts are told apart by how often registers hold them stale or shared, not by any list of
   names: the figures are estimates, which training leaves as they are.

**Source**: I. Fellegi and A. Sunter, 1969.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import log

from clearance.matching.compare import address, domain, identifiers, phone
from clearance.model.record import Record


@dataclass(frozen=True, slots=True)
class Fact:
    """A row: shares of one party's records that ``agree`` or ``differ``, and of two parties'."""

    id: str
    function: Callable[[Record, Record], float]
    agree: tuple[float, float]
    differ: tuple[float, float]

    def shift(self, query: Record, candidate: Record) -> float:
        """The log-odds of what the fact says of two records."""
        found = self.function(query, candidate)
        if found == 0.0:
            return 0.0
        same, other = self.agree if found > 0.0 else self.differ
        return abs(found) * log(same / other)


FACTS: tuple[Fact, ...] = (
    Fact("identifier", identifiers.agreement, (0.98, 0.0005), (0.02, 0.9)),
    Fact("domain", domain.agreement, (0.85, 0.02), (0.15, 0.7)),
    Fact("phone", phone.agreement, (0.6, 0.02), (0.4, 0.7)),
    Fact("address", address.agreement, (0.6, 0.04), (0.4, 0.8)),
)


def log_odds(query: Record, candidate: Record) -> float:
    """The log-odds that all facts move the probability by; 0 where none is given on both sides."""
    if not (query.identifiers or query.addresses or query.websites or query.phones):
        return 0.0
    return sum(fact.shift(query, candidate) for fact in FACTS)
