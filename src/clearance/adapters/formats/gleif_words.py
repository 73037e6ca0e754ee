"""What GLEIF's relationship types and exception reasons mean here.

1. Accounting consolidation is evidence of control: ``otherInfluenceOrControl`` with the
   ``CONSOLIDATION`` flag and the relationship type as detail. Quantifiers are never shares.
2. An international branch is the same legal person as its head office: ``branch_of``.
3. Fund links are kept as ``enjoymentAndUseOfAssets``, a type that never counts, with their own
   word as detail: a manager or a master fund owns nothing by that link.
4. An exception that says "there is a parent, but it is not named" (``NO_LEI``, ``NON_PUBLIC`` and
   the older reasons that it replaced) is an unnamed consolidating parent. All other reasons say
   nothing about shares: they are kept as a row that never counts, so that they can be shown.

Source: GLEIF Relationship Record CDF 2.1; Reporting Exceptions Format 2.1.
"""

from __future__ import annotations

from clearance.adapters.formats.columns import PartyRow
from clearance.model.interest import InterestType
from clearance.model.party import LEI
from clearance.ownership.arrays.graph import ATTRIBUTED, CONSOLIDATION

SOURCE = "gleif"
BRANCH = "IS_INTERNATIONAL_BRANCH_OF"

NOTE = InterestType.enjoymentAndUseOfAssets
"""The type of rows that are shown and never count."""

RELATIONSHIPS = {
    "IS_DIRECTLY_CONSOLIDATED_BY": (
        InterestType.otherInfluenceOrControl,
        ATTRIBUTED | CONSOLIDATION,
    ),
    "IS_ULTIMATELY_CONSOLIDATED_BY": (
        InterestType.otherInfluenceOrControl,
        ATTRIBUTED | CONSOLIDATION,
    ),
    BRANCH: (NOTE, ATTRIBUTED),
    "IS_FUND-MANAGED_BY": (NOTE, ATTRIBUTED),
    "IS_SUBFUND_OF": (NOTE, ATTRIBUTED),
    "IS_FEEDER_TO": (NOTE, ATTRIBUTED),
}
"""Type and flags of each relationship type."""

UNNAMED_PARENT = frozenset(
    {
        "NO_LEI",
        "NON_PUBLIC",
        "BINDING_LEGAL_COMMITMENTS",
        "LEGAL_OBSTACLES",
        "CONSENT_NOT_OBTAINED",
        "DETRIMENT_NOT_EXCLUDED",
        "DISCLOSURE_DETRIMENTAL",
    }
)
"""Reasons that admit a consolidating parent and do not name it."""

NO_PARENT = frozenset({"NATURAL_PERSONS", "NO_KNOWN_PERSON", "NON_CONSOLIDATING"})
"""Reasons that no entity consolidates."""


def lei_id(lei: str) -> str:
    """The party id of an LEI."""
    return f"{LEI}-{lei}"


def branch_row(branch: str, head_office: str, source: str, statement: str, line: int) -> PartyRow:
    """Says of a party only whose branch it is, in a source word of its own so that it adds to what
    others say and replaces nothing."""
    return PartyRow(
        branch, branch_of=head_office, source=f"{source} branches", statement=statement, line=line
    )
