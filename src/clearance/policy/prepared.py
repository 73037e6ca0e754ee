"""The part of a decision that hangs on the account alone: once a day, for every request."""

from __future__ import annotations

from dataclasses import dataclass

from clearance.policy.facts import Facts
from clearance.policy.reasons import Reason


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the account's own rules say on a day. **Shape**: ``reasons`` in the policy's order."""

    facts: Facts
    day: int
    reasons: tuple[Reason, ...]
