"""What one BODS interest says of itself: type, size, directness, and whose word it is.

1. ``attributed``: ``beneficialOwnershipOrControl`` is true, or it is not ``direct``.
2. Ends that a conversion of the United Kingdom's register made inclusive are opened again where
   ``details`` quotes the nature of control; the code then is the detail.
3. GLEIF's relationship types, quoted in ``details``, mean what they mean in GLEIF's own files.
"""

from __future__ import annotations

from msgspec import Struct

from clearance.adapters.formats.bods_shape import Interest
from clearance.adapters.formats.bods_shares import share_units
from clearance.adapters.formats.fields import Complain
from clearance.adapters.formats.gleif_words import RELATIONSHIPS
from clearance.adapters.formats.natures import nature_in
from clearance.model.interest import InterestType
from clearance.ownership.arrays.graph import ATTRIBUTED, CONSOLIDATION, INDIRECT

_TYPES = {kind.name: kind for kind in InterestType} | {
    "voting-rights": InterestType.votingRights,
    "appointment-of-board": InterestType.appointmentOfBoard,
    "influence-or-control": InterestType.otherInfluenceOrControl,
    "senior-managing-official": InterestType.seniorManagingOfficial,
    "rights-to-surplus-assets": InterestType.rightsToSurplusAssetsOnDissolution,
    "rights-to-profit-or-income": InterestType.rightsToProfitOrIncome,
    "rights-granted-by-contract": InterestType.rightsGrantedByContract,
    "settlor-of-trust": InterestType.settlor,
    "trustee-of-trust": InterestType.trustee,
    "protector-of-trust": InterestType.protector,
    "beneficiary-of-trust": InterestType.beneficiaryOfLegalArrangement,
    "other-influence-or-control-of-trust": InterestType.otherInfluenceOrControl,
}
"""BODS 0.4 codes, and those of 0.1 to 0.3 that were written with hyphens."""

_QUOTES_TYPE = "Relationship Type: "
_CONSOLIDATED = "ACCOUNTING_CONSOLIDATION_PARENT"
_WAYS = ("direct", "indirect", "unknown")


class Said(Struct, gc=False, frozen=True):
    """An interest's own facts; ``type`` is a code, sizes are units."""

    type: int
    flags: int
    low: int
    high: int
    direct: str
    detail: str


def said_by(interest: Interest, complain: Complain) -> Said:
    """Read one interest; ``complain`` is told of what cannot be used."""
    kind, detail = _kind(interest, complain)
    way = interest.directOrIndirect
    direct = way if way in _WAYS and way else "unknown"
    low, high, flags = share_units(interest.share, complain)
    quoted = nature_in(detail, kind) if detail.startswith("[") else None
    if quoted is not None:
        detail, nature = quoted
        low, high, flags = nature.units if nature.units[2] else (low, high, flags)
    if detail in RELATIONSHIPS:
        kind, marks = RELATIONSHIPS[detail]
        flags |= marks
    flags |= CONSOLIDATION if detail.endswith(_CONSOLIDATED) else 0
    flags |= INDIRECT if direct == "indirect" else 0
    if direct != "direct" or interest.beneficialOwnershipOrControl:
        flags |= ATTRIBUTED
    return Said(kind.value, flags, low, high, direct, detail)


def _kind(interest: Interest, complain: Complain) -> tuple[InterestType, str]:
    """The type, and the source's own word where it has one."""
    stated = interest.type
    detail = (interest.details or "").strip().removeprefix(_QUOTES_TYPE)
    if not stated:
        return InterestType.unknownInterest, detail
    kind = _TYPES.get(stated)
    if kind is None:
        complain("type", f"{stated!r} is no interest type; read as unknownInterest")
        return InterestType.unknownInterest, detail or stated
    return kind, detail
