"""Resellers and platforms: the end customer is judged.

1. Of an account on one of the rule's channels, what is known of the holder as an organisation goes
   aside, unless the policy keeps it; what the account did is judged all the same.
2. A request that does not say for whom it is yields the rule's outcome. Without a request nobody
   is disclosed.
"""

from __future__ import annotations

from dataclasses import dataclass

from clearance.model.outcome import Outcome
from clearance.policy.clauses.ground import Ground
from clearance.policy.facts import Channel
from clearance.policy.reasons.reason import Reason, grounded


@dataclass(frozen=True, slots=True)
class EndCustomerRule:
    """Which channels serve others.

    **Shape**: ``holder_too`` judges the account's holder as well.
    """

    id: str
    ground: Ground
    channels: tuple[Channel, ...]
    undisclosed: Outcome
    holder_too: bool = False


def undisclosed(rule: EndCustomerRule, channel: Channel) -> Reason:
    """Nobody said whom the account serves."""
    text = f"the account is a {channel.value}'s, and its end customer is not disclosed"
    return grounded("end_customer_undisclosed", rule.id, rule.undisclosed, rule.ground, text)
