"""Licences and exceptions: what a rule yields is removed for some, by somebody, until a day.

1. A licence names the rules it removes, who holds it, who owns it, and when it ends.
2. An expired licence removes nothing, and the answer says that it has expired.
3. What was removed is kept with the licence and never among the reasons.
"""

from __future__ import annotations

from dataclasses import dataclass

from clearance.model.rule import Force
from clearance.policy.clauses.ground import Ground
from clearance.policy.facts import LICENCE, Facts


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence from an authority, or an exception of the provider's own.

    **Shape**: ``rules``, ``customers`` and ``classes`` sorted; held by a customer that is named, or
    of a class that is named, or (``posted``) of whom a fact of kind ``licence`` with the licence's
    id is posted. ``owner`` answers for it.
    """

    id: str
    rules: tuple[str, ...]
    owner: str
    force: Force
    ground: Ground
    customers: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    posted: bool = False

    def held_by(self, facts: Facts, day: int) -> bool:
        """Is it this customer's?"""
        if facts.customer in self.customers or facts.segment in self.classes:
            return True
        return self.posted and bool(facts.claimed(LICENCE, self.id, day))
