"""Whom the provider serves: a customer as the provider's own records describe it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from clearance.model.party import Identifier

DECLARED = ("billing", "phone", "shipping", "payment", "tax", "access")
"""Facts besides its seat that a customer declares or shows by itself, each a region code."""


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer record.

    **Shape**: ``country`` and ``headquarters`` are ISO 3166 codes as the customer declared them,
    empty where not stated; ``identifiers`` hold the LEI (scheme ``XI-LEI``) and register numbers;
    ``revenue`` is annual, in the currency the portfolio is kept in; ``declared`` are further
    declared region facts by name (``billing``, ``phone``); ``line`` is where the record stands.
    """

    id: str
    name: str = ""
    country: str = ""
    headquarters: str = ""
    identifiers: tuple[Identifier, ...] = ()
    segment: str = ""
    revenue: Decimal = Decimal(0)
    declared: Mapping[str, str] | None = None
    line: int = 0
