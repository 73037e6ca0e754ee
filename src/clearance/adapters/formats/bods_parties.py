"""BODS entity and person records as party rows.

1. Kinds: ``state`` and ``stateBody`` are states, ``arrangement`` an arrangement; what is anonymous
   or unknown is a party of kind unknown that keeps its reason.
2. Where: ``jurisdiction`` (0.3: ``incorporatedInJurisdiction``); a ``business`` address is the
   headquarters; a person's ``residence`` address counts from the day it was stated.
3. States, their bodies and arrangements have no capital: nobody is missing from their owners.
4. Of an entity every address and the words for its legal form are particulars.
5. Nationality is never read, nor is tax residency: neither says where somebody lives.
"""

from __future__ import annotations

from clearance.adapters.formats.bods_shape import (
    Address,
    Details,
    EntityType,
    Identifier,
    Name,
    Place,
    Told,
    Withheld,
)
from clearance.adapters.formats.columns import Gathered, PartyRow
from clearance.adapters.formats.fields import code_of
from clearance.adapters.formats.particulars import one_line, particulars
from clearance.adapters.formats.registers import identifier
from clearance.model.party import PartyKind

_KINDS = {
    "registeredEntity": PartyKind.ENTITY.value,
    "legalEntity": PartyKind.ENTITY.value,
    "arrangement": PartyKind.ARRANGEMENT.value,
    "anonymousEntity": PartyKind.UNKNOWN.value,
    "unknownEntity": PartyKind.UNKNOWN.value,
    "state": PartyKind.STATE.value,
    "stateBody": PartyKind.STATE.value,
}

_NO_CAPITAL = frozenset({"state", "stateBody", "arrangement"})
_UNNAMED_PERSONS = frozenset({"anonymousPerson", "unknownPerson"})
_UNKNOWN = PartyKind.UNKNOWN.value
_PERSON = PartyKind.PERSON.value


def entity_row(gathered: Gathered, told: Told, details: Details) -> PartyRow:
    """The row of an entity record."""
    stated = details.entityType
    word = (stated.type if type(stated) is EntityType else stated) or ""
    kind = _KINDS.get(str(word))
    if kind is None:
        gathered.reject(told.line, "entityType", f"{word!r} is no entity type; read as entity")
        kind = PartyKind.ENTITY.value
    place = details.jurisdiction or details.incorporatedInJurisdiction
    row = PartyRow(
        told.record,
        details.name or "",
        kind,
        _code(gathered, told, "jurisdiction", place) if place else "",
        _address(gathered, told, details.addresses, "business") if details.addresses else "",
        capital=word not in _NO_CAPITAL,
        source=told.source,
        statement=told.id,
        statement_date=told.date,
        line=told.line,
    )
    if details.identifiers:
        row.identifiers = _identifiers(details.identifiers)
    if details.alternateNames:
        row.other_names = tuple(name for name in details.alternateNames if name)
    form = (stated.details or "").strip() if type(stated) is EntityType else ""
    if form or details.addresses:
        row.particulars = particulars(map(_one_line, details.addresses or ()), form)
    if kind == _UNKNOWN:
        row.unspecified = _reason(details.unspecifiedEntityDetails, str(word))
    return row


def person_row(gathered: Gathered, told: Told, details: Details) -> PartyRow:
    """The row of a person record."""
    word = details.personType or ""
    name, others = _person_names(details.names or [])
    row = PartyRow(
        told.record,
        name,
        _PERSON,
        other_names=others,
        capital=False,
        source=told.source,
        statement=told.id,
        statement_date=told.date,
        line=told.line,
    )
    if word in _UNNAMED_PERSONS:
        row.kind = _UNKNOWN
        row.unspecified = _reason(details.unspecifiedPersonDetails, word)
    if details.identifiers:
        row.identifiers = _identifiers(details.identifiers)
    if details.addresses and told.date is not None:
        row.residence = _address(gathered, told, details.addresses, "residence")
        if row.residence:
            row.residence_start_first = row.residence_start_last = told.date
    return row


def _reason(withheld: Withheld | None, word: str) -> str:
    stated = withheld and (withheld.reason or withheld.unspecifiedReason)
    return stated or word


def _code(gathered: Gathered, told: Told, field: str, place: Place | str) -> str:
    if type(place) is Place:
        stated, name = place.code or "", place.name or ""
    else:
        stated, name = str(place), ""
    code = code_of(stated)
    if not code:
        shown = stated or name
        gathered.reject(told.line, field, f"{shown!r} is no ISO 3166 code; it is not used")
    return code


def _address(gathered: Gathered, told: Told, addresses: list[Address], kind: str) -> str:
    for address in addresses:
        if address.type == kind:
            country = address.country
            return _code(gathered, told, f"addresses.{kind}", country) if country else ""
    return ""


def _one_line(address: Address) -> str:
    country = address.country
    code = country.code or country.name if type(country) is Place else country
    return one_line((address.address, address.postCode), (str(code or ""),))


def _identifiers(stated: list[Identifier]) -> tuple[tuple[str, str], ...]:
    return tuple(
        [
            identifier(entry.scheme or entry.schemeName or "", str(entry.id))
            for entry in stated
            if entry.id
        ]
    )


def _person_names(stated: list[Name]) -> tuple[str, tuple[str, ...]]:
    """The full name (a legal one if there is one) and the others."""
    ranked = sorted(stated, key=lambda name: name.type not in ("legal", "individual"))
    names = [name for name in dict.fromkeys(map(_full_name, ranked)) if name]
    return (names[0], tuple(names[1:])) if names else ("", ())


def _full_name(name: Name) -> str:
    parts = (name.givenName, name.patronymicName, name.familyName)
    return name.fullName or " ".join(word for word in parts if word)
