"""The part of a decision that hangs on the account alone: once a day, for every request."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from clearance.policy.clauses.licences import Licence
from clearance.policy.clauses.winddown import Begun
from clearance.policy.decision import Decision
from clearance.policy.facts import Channel, Facts
from clearance.policy.judging.kept import Kept
from clearance.policy.reasons.reason import Reason

_MOST = 1024

Decided: TypeAlias = Kept[object, Decision]
"""Decisions by what distinguishes requests."""


@dataclass(frozen=True, slots=True, eq=False)
class Core:
    """What the account's own rules say on a day, shared by all accounts of which they say the same.

    **Shape**: ``organisation`` reasons about what the customer is, ``conduct`` about what it does,
    each in the policy's order; ``begun`` wind-downs and ``licences`` are the customer's.
    Compared by identity.
    """

    organisation: tuple[Reason, ...]
    conduct: tuple[Reason, ...] = ()
    begun: tuple[Begun, ...] = ()
    licences: tuple[Licence, ...] = ()
    channel: Channel = Channel.DIRECT
    in_effect: bool = True
    decided: Decided = field(default_factory=lambda: Kept(_MOST))


@dataclass(slots=True, eq=False)
class Prepared:
    """An account made ready for its requests on a day. Compared by identity."""

    facts: Facts
    day: int
    core: Core
