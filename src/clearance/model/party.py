"""Who: persons, entities, states, arrangements, and holders nobody knows.

1. Kinds are BODS' record types, coarsened to what a rule can tell apart.
2. Where a party is has three facts that are never mixed: where it is incorporated
   (``jurisdiction``), where it is run from (``headquarters``), and where a person lives
   (``residence``).
3. Nationality is not a field, so that no rule can use it.
4. ``capital`` is false for bodies that have no owners by nature (a university, an agency):
   nothing about them is undeclared for want of shareholders.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from clearance.model.dates import UNDATED, Period


class PartyKind(IntEnum):
    """What a party is; the number is its code in arrays."""

    UNKNOWN = 0
    ENTITY = 1
    PERSON = 2
    STATE = 3
    ARRANGEMENT = 4

    @property
    def word(self) -> str:
        """The kind as it stands in files: ``entity``, ``person`` …"""
        return self.name.lower()


LEI = "XI-LEI"
"""The scheme of legal entity identifiers, as org-id.guide names it."""

VAT = "VAT"
"""The scheme of value added tax numbers, each with its prefix."""

BIC = "BIC"
"""The scheme of business identifier codes (ISO 9362)."""

VAT = "VAT"
"""The scheme of value-added-tax numbers, which begin with the code of their country."""

BIC = "BIC"
"""The scheme of business identifier codes (ISO 9362)."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number a register gave: ``scheme`` names the register (``XI-LEI``, ``GB-COH``)."""

    scheme: str
    id: str


@dataclass(frozen=True, slots=True)
class Party:
    """A person or an entity as one source describes it.

    **Shape**: codes are ISO 3166-1 or 3166-2, upper case, each standing alone; empty = not stated.
    ``lists`` are sanction or restriction list codes (``us-ofac-sdn``), sorted. ``branch_of`` is
    the head office that this party is legally the same person as. ``unspecified`` is the source's
    reason for not naming it (kind ``unknown``). ``stub`` marks a party known only from an interest.

    **Source**: BODS 0.4 entity and person records; GLEIF Level 1.
    """

    id: str
    name: str = ""
    kind: PartyKind = PartyKind.ENTITY
    jurisdiction: str = ""
    headquarters: str = ""
    residence: str = ""
    residence_period: Period = UNDATED
    lists: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    capital: bool = True
    branch_of: str = ""
    unspecified: str = ""
    source: str = ""
    statement: str = ""
    stub: bool = False
