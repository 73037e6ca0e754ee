"""Who asks the gateway: an account, and the customer that it belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from clearance.model.dates import ALWAYS


@dataclass(frozen=True, slots=True)
class Account:
    """An account as the provider's own records describe it.

    **Shape**: ``segment`` is its class where it differs from the customer's, ``channel`` how it
    came (``direct``, ``reseller``, ``platform``), both empty where not stated; ``opened`` is the
    day since when it is used.
    """

    id: str
    customer: str
    segment: str = ""
    channel: str = ""
    opened: int = ALWAYS
