"""Whom the provider serves: a customer as the provider's own records describe it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from clearance.model.dates import ALWAYS
from clearance.model.party import Identifier, PartyKind
from clearance.model.quick import quick
from clearance.model.record import Record

DECLARED = ("billing", "phone", "shipping", "payment", "tax", "access")
"""Facts besides its seat that a customer declares or shows by itself, each a region code."""


@quick
@dataclass(frozen=True, slots=True)
class Customer:
    """One customer record.

    **Shape**: ``country`` and ``headquarters`` are ISO 3166 codes as the customer declared them,
    empty where not stated; ``identifiers`` hold the LEI (scheme ``XI-LEI``), register, VAT and BIC
    numbers; ``revenue`` is annual, in the currency the portfolio is kept in; ``declared`` are
    further declared region facts by name (``billing``, ``phone``); ``kind`` is ``UNKNOWN`` where
    it was not told; ``websites`` are sites and e-mail addresses; ``channel`` is how it came
    (``direct``, ``reseller``, ``platform``), empty where not stated, ``opened`` the day since when
    it is served; ``line`` is where it stands.
    """

    id: str
    name: str = ""
    country: str = ""
    headquarters: str = ""
    identifiers: tuple[Identifier, ...] = ()
    segment: str = ""
    revenue: Decimal = Decimal(0)
    declared: Mapping[str, str] | None = None
    kind: PartyKind = PartyKind.UNKNOWN
    other_names: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    websites: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    channel: str = ""
    opened: int = ALWAYS
    line: int = 0

    @property
    def record(self) -> Record:
        """What of it says who it is.

        >>> Customer("c", "Alder", "XA", "XA").record.countries
        ('XA',)
        """
        return Record(
            self.id,
            tuple(dict.fromkeys(name for name in (self.name, *self.other_names) if name)),
            self.kind,
            tuple(dict.fromkeys(code for code in (self.country, self.headquarters) if code)),
            self.identifiers,
            self.addresses,
            self.websites,
            self.phones,
            self.line,
        )
