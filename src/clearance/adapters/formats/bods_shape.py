# ruff: noqa: N815
"""The parts of a BODS statement that are read, typed: what does not fit is rejected at the door.

Keys of 0.3 that occur in files marked 0.4 stand beside those of 0.4. Everything not named here is
skipped while parsing: nationalities, tax residencies, political exposure, annotations, listings.

Source: Beneficial Ownership Data Standard 0.4 and 0.3, schema files.
"""

from __future__ import annotations

from msgspec import Struct

Number = int | float | str | None


class Share(Struct, gc=False, frozen=True):
    """``exclusiveMinimum`` is a number in 0.4, a flag in 0.3."""

    exact: Number = None
    minimum: Number = None
    maximum: Number = None
    exclusiveMinimum: bool | Number = None
    exclusiveMaximum: bool | Number = None


class Interest(Struct, gc=False):
    """One interest; ``type`` may be null or missing."""

    type: str | None = None
    directOrIndirect: str | None = None
    beneficialOwnershipOrControl: bool | None = None
    details: str | None = None
    share: Share | None = None
    startDate: str | None = None
    endDate: str | None = None


class Place(Struct, gc=False):
    """A country or jurisdiction with name and code."""

    name: str | None = None
    code: str | None = None


class Address(Struct, gc=False):
    """0.3 gives the country as text."""

    type: str | None = None
    address: str | None = None
    postCode: str | None = None
    country: Place | str | None = None


class Identifier(Struct, gc=False):
    """A number a register gave."""

    id: str | int | None = None
    scheme: str | None = None
    schemeName: str | None = None


class Name(Struct, gc=False):
    """A person's name, whole or in parts."""

    type: str | None = None
    fullName: str | None = None
    givenName: str | None = None
    patronymicName: str | None = None
    familyName: str | None = None


class EntityType(Struct, gc=False):
    """0.3 gives the type alone, as text."""

    type: str | None = None
    subtype: str | None = None
    details: str | None = None


class Withheld(Struct, gc=False):
    """A reason why something is not told, under the keys of 0.4, 0.3 and real files."""

    reason: str | None = None
    unspecifiedReason: str | None = None


class Reference(Struct, gc=False):
    """An end of a relationship that is not a record id: a statement (0.3), or a reason."""

    describedByEntityStatement: str | None = None
    describedByPersonStatement: str | None = None
    reason: str | None = None
    unspecifiedReason: str | None = None
    unspecified: Withheld | None = None


class Details(Struct, gc=False):
    """Record details of entities, persons and relationships together."""

    isComponent: bool | None = None
    entityType: EntityType | str | None = None
    name: str | None = None
    jurisdiction: Place | str | None = None
    incorporatedInJurisdiction: Place | str | None = None
    alternateNames: list[str | None] | None = None
    unspecifiedEntityDetails: Withheld | None = None
    personType: str | None = None
    names: list[Name] | None = None
    unspecifiedPersonDetails: Withheld | None = None
    addresses: list[Address] | None = None
    identifiers: list[Identifier] | None = None
    subject: str | Reference | None = None
    interestedParty: str | Reference | None = None
    interests: list[Interest] | None = None
    componentRecords: list[str] | None = None


class Origin(Struct, gc=False):
    """A statement's source: only where it lies."""

    url: str | None = None


class Publisher(Struct, gc=False):
    """Who publishes."""

    name: str | None = None


class Publication(Struct, gc=False):
    """Publication details: only the publisher."""

    publisher: Publisher | None = None


class Statement(Struct, gc=False):
    """One statement."""

    recordId: str | None = None
    recordType: str | None = None
    recordDetails: Details | None = None
    recordStatus: str | None = None
    statementId: str | None = None
    statementID: str | None = None
    statementDate: str | None = None
    source: Origin | None = None
    publicationDetails: Publication | None = None


class Told(Struct, gc=False, frozen=True):
    """What every row of a statement carries; ``date`` is a day, ``None`` where it states none."""

    record: str
    id: str
    date: int | None
    closed: bool
    source: str
    line: int
