"""A portfolio made ready to be judged again and again: who each customer is, settled once.

1. Customers that declared the same, are of one segment and channel, and of whom the same is posted
   form a *group*: a policy that looks at nothing else cannot tell them apart.
2. Who a customer is comes from matching, done once; what a policy says of it is asked as often as
   there are policies.
3. A customer who may be one of several parties keeps its candidates; one like nobody has none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from clearance.model.customer import Customer
from clearance.ownership.arrays.graph import Int64
from clearance.policy.facts import Posted
from clearance.usecases.impact_alike import Column, alike

Declared = tuple[str, str, str, str, tuple[tuple[str, str], ...], tuple[Posted, ...]]
"""All that a customer declared which a policy judges by equal values."""

NOTHING: Mapping[str, tuple[Posted, ...]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why it is not known who a customer is.

    **Shape**: ``code`` is a reason's; ``candidates`` are indexes of parties; ``settle`` are facts
    any of which would say who it is, the most telling first.
    """

    code: str
    candidates: tuple[int, ...] = ()
    settle: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a customer is: the index of a party, or -1 and the doubt."""

    party: int
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Customers in their order, grouped.

    **Shape**: ``party`` is -1 for the customers of ``doubts``, which is by position; ``group`` is
    each customer's group, ``first`` a position in each group; ``posted`` by customer.
    """

    customers: Sequence[Customer]
    party: Int64
    doubts: Mapping[int, Doubt]
    group: Int64
    first: Sequence[int]
    posted: Mapping[str, tuple[Posted, ...]]

    def country(self, group: int) -> str:
        """Where customers of a group say they are: headquarters, else country."""
        customer = self.customers[self.first[group]]
        return customer.headquarters or customer.country

    def segment(self, group: int) -> str:
        """The segment of a group."""
        return self.customers[self.first[group]].segment


def portfolio_of(
    customers: Sequence[Customer],
    identities: Sequence[Identity],
    posted: Mapping[str, tuple[Posted, ...]] = NOTHING,
) -> Portfolio:
    """A portfolio with what matching said of each customer, and what is posted of some.

    **Cost**: about 0.4 µs a customer.

    >>> some = [Customer("a", country="XA"), Customer("b", country="XA"), Customer("c")]
    >>> portfolio_of(some, [Identity(3), Identity(-1, Doubt("unidentified")), Identity(1)]).group
    array([0, 0, 1])
    """
    known: dict[Declared, int] = {}
    number = known.setdefault
    numbers = [
        number(
            (
                one.headquarters,
                one.country,
                one.segment,
                one.channel,
                tuple(one.declared.items()) if one.declared else (),
                posted.get(one.id, ()) if posted else (),
            ),
            len(known),
        )
        for one in customers
    ]
    group = np.array(numbers, np.int64)
    _, first = alike([Column(group, len(known))])
    doubts = {at: one.doubt for at, one in enumerate(identities) if one.doubt is not None}
    party = np.array([one.party for one in identities], np.int64)
    return Portfolio(customers, party, doubts, group, first.tolist(), posted)
