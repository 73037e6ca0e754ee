"""Who asks the gateway: an account, and the customer that it belongs to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Account:
    """An account as the provider's own records describe it.

    **Shape**: ``segment`` is its class where it differs from the customer's, ``channel`` how it
    came (``direct``, ``reseller``, ``platform``); both empty where not stated.
    """

    id: str
    customer: str
    segment: str = ""
    channel: str = ""
