"""Whom a BODS relationship is between, and which parties its components are.

A reference is a record id; in 0.3 style an object that names a statement; or an unspecified record
with a reason, under any of the keys that versions gave it.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from clearance.adapters.formats.bods_shape import Reference


class Party(Struct, gc=False, frozen=True):
    """One end of a relationship: a record id, or a statement to look up, or only a reason."""

    id: str = ""
    statement: str = ""
    reason: str = ""


def party_of(reference: str | Reference | None) -> Party:
    """What a reference names.

    >>> party_of(Reference(reason="noBeneficialOwners")).reason
    'noBeneficialOwners'
    """
    if type(reference) is str:
        return Party(reference)
    if type(reference) is not Reference:
        return Party()
    statement = reference.describedByEntityStatement or reference.describedByPersonStatement
    if statement:
        return Party(statement=statement)
    inner = reference.unspecified or reference
    return Party(reason=inner.reason or inner.unspecifiedReason or "")


def unspecified_id(record: str) -> str:
    """The id of the unnamed interested party of a relationship record."""
    return f"{record}#interestedParty"


class Components:
    """Component records seen so far: relationships with their two ends, and parties."""

    def __init__(self) -> None:
        self.parties: set[str] = set()
        self._between: dict[str, tuple[str, ...]] = {}

    def note(self, record: str, ends: tuple[str, str]) -> None:
        """A component relationship, and the parties it lies between."""
        named = tuple(end for end in ends if end)
        self._between[record] = named
        self.parties.update(named)

    def parties_of(self, records: Sequence[str]) -> tuple[set[str], list[str]]:
        """The parties that these records are or lie between, and the records nobody knows."""
        found: set[str] = set()
        unknown = []
        for record in records:
            if record in self._between:
                found.update(self._between[record])
            elif record in self.parties:
                found.add(record)
            else:
                unknown.append(record)
        return found, unknown
