"""What a policy says of networks: settings for what is not known, and rules for kinds."""

from __future__ import annotations

from dataclasses import dataclass

from clearance.model.outcome import Outcome
from clearance.network.origin import Kind
from clearance.policy.clauses.ground import Ground


@dataclass(frozen=True, slots=True)
class NetworkTerms:
    """What is done about a network that says little.

    **Shape**: ``stale_after`` days a source's data is old, ``None`` for never; ``stale`` what such
    a source yields besides being believed, ``None`` where it is not believed; ``unlisted`` for an
    address that no source knows, ``untold`` for a request without one, ``None`` where that says
    nothing.
    """

    ground: Ground
    stale_after: int | None
    stale: Outcome | None
    unlisted: Outcome | None
    untold: Outcome | None


@dataclass(frozen=True, slots=True)
class NetworkRule:
    """What kinds of network yield.

    **Shape**: ``kinds`` sorted; ``one_source`` and ``agreed`` (two independent sources or more) are
    at most review; ``with_fact`` is for agreeing sources beside a fact about the organisation.
    """

    id: str
    ground: Ground
    kinds: tuple[Kind, ...]
    one_source: Outcome
    agreed: Outcome
    with_fact: Outcome
