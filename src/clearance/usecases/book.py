"""Everything the decision point knows, in memory: accounts, customers, what was found and posted.

1. A book never changes; what is not stated is not in it.
2. The day decides between spans: who the account belongs to, what the record says, what a
   screening found, and which policy speaks.
3. Facts of one account are put together when it asks, not before.
4. A customer without a screening is not identified; a policy with ownership rules says what then.
5. What is posted of a customer counts for each of its accounts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeAlias, TypeVar

from clearance.model.account import Account
from clearance.model.customer import Customer
from clearance.model.party import Party
from clearance.model.timeline import Span
from clearance.policy.facts import CHANNELS, UNIDENTIFIED, Channel, Facts, Posted, facts_of
from clearance.usecases.decide import Known, Ready
from clearance.usecases.found import Found

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

Ever: TypeAlias = "T | tuple[Span[T], ...]"
"""What holds on every day, as it is; else its spans."""


class Table(Protocol[T_co]):
    """What is said of each id."""

    def get(self, id: str, /) -> Ever[T_co] | None:
        """What is said of an id, ``None`` where nothing is."""
        ...


_NOT_SCREENED = "the customer has not been screened"


@dataclass(frozen=True, slots=True)
class Book:
    """What there is to know.

    **Shape**: by id, as it is where it holds on every day; posted facts by the id they are about;
    ``policies`` in the order of their first days, at least one.
    """

    accounts: Table[Account]
    customers: Table[Customer]
    found: Table[Found]
    of_account: Mapping[str, Sequence[Posted]]
    of_customer: Mapping[str, Sequence[Posted]]
    policies: Sequence[Ready]

    def account(self, id: str, day: int) -> Known | None:
        """What is known of an account and its customer on a day."""
        account = _on(self.accounts, id, day)
        if account is None:
            return None
        known = self.customer(account.customer, day) or _unrecorded(account.customer)
        posted = self.of_account.get(id, ())
        facts = replace(
            known.facts,
            account=id,
            segment=account.segment or known.facts.segment,
            channel=CHANNELS.get(account.channel, Channel.DIRECT),
            opened=account.opened,
            posted=(*known.facts.posted, *posted) if posted else known.facts.posted,
        )
        return Known(facts, known.standings)

    def customer(self, id: str, day: int) -> Known | None:
        """What is known of a customer on a day."""
        customer = _on(self.customers, id, day)
        if customer is None:
            return None
        found = _on(self.found, id, day)
        posted = tuple(self.of_customer.get(id, ()))
        if found is None:
            return Known(replace(facts_of(customer, None, _NOT_SCREENED), posted=posted), {})
        party = _register(found) if found.party else None
        doubt = found.doubt or UNIDENTIFIED
        facts = replace(facts_of(customer, party, found.unidentified, doubt), posted=posted)
        return Known(facts, found.standings)

    def policy(self, day: int) -> Ready:
        """The policy that decides on a day: the last to begin; before all of them the first."""
        begun = [ready for ready in self.policies if ready.first <= day]
        return begun[-1] if begun else self.policies[0]


def _on(held: Table[T], id: str, day: int) -> T | None:
    found = held.get(id)
    if not isinstance(found, tuple):
        return found
    return next((span.value for span in found if span.covers(day)), None)


def _register(found: Found) -> Party:
    """What the register says of where a customer is."""
    return Party(
        found.party,
        jurisdiction=found.register_incorporation,
        headquarters=found.register_headquarters,
    )


def _unrecorded(customer: str) -> Known:
    text = f"the account's customer {customer!r} has no record"
    return Known(Facts({}, text, customer=customer), {})
