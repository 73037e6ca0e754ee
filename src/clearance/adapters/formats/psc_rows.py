"""Records of the PSC register as rows: who holds, and one interest a nature of control."""

from __future__ import annotations

import re

from clearance.adapters.formats.columns import Gathered, InterestRow, PartyRow, moment
from clearance.adapters.formats.fields import UNSTATED_UNITS, UNSURE, Days, Units, days_of
from clearance.adapters.formats.natures import nature_of
from clearance.adapters.formats.particulars import particulars
from clearance.adapters.formats.places import code_of
from clearance.adapters.formats.psc_shape import Identification, Record
from clearance.adapters.formats.uk_register import (
    SCHEME,
    SOURCE,
    company_id,
    company_row,
    registered_here,
)
from clearance.model.errors import InputError
from clearance.model.interest import InterestType
from clearance.model.party import PartyKind
from clearance.ownership.arrays.graph import ATTRIBUTED

_KINDS = {
    "individual": PartyKind.PERSON,
    "corporate-entity": PartyKind.ENTITY,
    "legal-person": PartyKind.ENTITY,
    "super-secure": PartyKind.UNKNOWN,
}
_ENDINGS = re.compile(r"-(?:person-with-significant-control|beneficial-owner)$")
_STATE = re.compile(r"\b(?:government|ministry|state|department|crown|treasury)\b", re.IGNORECASE)
_PARTS = {PartyKind.PERSON: "PER", PartyKind.ENTITY: "ENT", PartyKind.STATE: "ENT"}


class Control:
    """One record with its place, and what its rows share."""

    def __init__(self, gathered: Gathered, line: int, number: str, record: Record) -> None:
        self.gathered = gathered
        self.line = line
        self.number = number
        self.data = record.data
        self.link = (record.data.links and record.data.links.self) or ""
        tail = self.link.rstrip("/").rsplit("/", 1)[-1] or f"line-{line}"
        self.tail = f"{number}-{tail}"
        self.date = _day(record.ContentDate)

    def complain(self, field: str, reason: str) -> None:
        """Reject a part of the record."""
        self.gathered.reject(self.line, f"data.{field}", reason)

    def days(self) -> Days:
        """From notification to cessation; a bare ``ceased`` may have ended on any day."""
        days = days_of(
            self.data.notified_on,
            self.data.ceased_on,
            lambda field, reason: self.complain("notified_on, ceased_on", reason),
        )
        if self.data.ceased and not self.data.ceased_on:
            self.complain("ceased_on", "ceased without a date; it may end on any day")
            return (days[0], days[1], *UNSURE[2:])
        return days

    def party(self, row: PartyRow) -> None:
        """Add the holder."""
        row.statement, row.statement_date, row.line = self.link, self.date, self.line
        self.gathered.parties.append(row)

    def interest(
        self,
        holder: str,
        kind: InterestType,
        units: Units = UNSTATED_UNITS,
        *,
        days: Days | None = None,
        detail: str = "",
        unspecified: str = "",
    ) -> None:
        """Add one row of this record."""
        low, high, flags = units
        row = InterestRow(
            holder,
            company_id(self.number),
            kind.value,
            flags | ATTRIBUTED,
            low,
            high,
            *(days or self.days()),
            direct="unknown",
            source=SOURCE,
            statement=self.link,
            record=f"{SCHEME}-REL-{self.tail}",
            statement_date=self.date,
            detail=detail,
            unspecified=unspecified,
            line=self.line,
        )
        self.gathered.interests.append(row)

    def unknown(self, reason: str) -> str:
        """Add a holder that nobody names, and tell its id."""
        holder = f"{SCHEME}-UNK-{self.tail}"
        row = PartyRow(
            holder,
            kind=PartyKind.UNKNOWN.value,
            capital=False,
            unspecified=reason,
            source=SOURCE,
        )
        self.party(row)
        return holder


def take_control(control: Control) -> None:
    """A person or body with significant control: the holder, and a row a nature."""
    word = _ENDINGS.sub("", control.data.kind)
    kind = _KINDS.get(word)
    if kind is None:
        return control.complain("kind", f"{control.data.kind!r} is no kind of record")
    days = control.days()
    if kind is PartyKind.UNKNOWN:
        reason = control.data.description or control.data.kind
        holder = control.unknown(reason)
    else:
        reason, holder = "", _holder(control, word, kind, days)
    codes = control.data.natures_of_control or []
    for code in codes:
        nature = nature_of(code)
        if nature is None:
            control.complain(
                "natures_of_control", f"{code!r} is no nature of control; kept as unknown"
            )
        found = InterestType.unknownInterest if nature is None else nature.type
        units = UNSTATED_UNITS if nature is None else nature.units
        control.interest(holder, found, units, days=days, detail=code, unspecified=reason)
    if not codes:
        unknown = InterestType.unknownInterest
        control.interest(holder, unknown, days=days, detail=word, unspecified=reason)
    return None


def take_exemptions(control: Control) -> None:
    """A company exempt from naming its controllers: an unknown holder while it lasts."""
    for name, exemption in sorted((control.data.exemptions or {}).items()):
        reason = exemption.exemption_type or name
        holder = control.unknown(reason)
        for item in exemption.items or ():
            days = days_of(item.exempt_from, item.exempt_to, control.complain, "exemptions.")
            control.interest(
                holder,
                InterestType.unknownInterest,
                days=days,
                detail=reason,
                unspecified=reason,
            )


def _holder(control: Control, word: str, kind: PartyKind, days: Days) -> str:
    name = control.data.name or ""
    stated = control.data.identification or Identification()
    if word == "corporate-entity":
        number = registered_here(
            stated.registration_number or "",
            stated.place_registered or "",
            stated.country_registered or "",
        )
        if number:
            row = company_row(number, control.line)
            row.name, row.source = name, SOURCE
            row.particulars = _particulars(control, stated)
            control.party(row)
            return row.id
    if word == "legal-person" and _STATE.search(f"{stated.legal_form or ''} {name}"):
        kind = PartyKind.STATE
    row = PartyRow(
        f"{SCHEME}-{_PARTS[kind]}-{control.tail}",
        name,
        kind.value,
        capital=word == "corporate-entity",
        source=SOURCE,
    )
    if kind is PartyKind.PERSON:
        _reside(control, row, days)
    else:
        _locate(control, row, stated)
        row.particulars = _particulars(control, stated)
    control.party(row)
    return row.id


def _reside(control: Control, row: PartyRow, days: Days) -> None:
    """Where a person usually lives, from the day that it was notified."""
    row.residence = code_of(control.data.country_of_residence)
    row.residence_start_first, row.residence_start_last = days[:2]


def _locate(control: Control, row: PartyRow, stated: Identification) -> None:
    """Where a body is registered, and where its registered or principal office is."""
    places = stated.country_registered, stated.place_registered
    row.jurisdiction = next(filter(None, map(code_of, places)), "")
    if control.data.address is not None:
        row.headquarters = code_of(control.data.address.country)
    if stated.registration_number:
        register = stated.place_registered or stated.country_registered or ""
        row.identifiers = ((register, stated.registration_number),)


def _particulars(control: Control, stated: Identification) -> tuple[tuple[str, str], ...]:
    """The office and the legal form of a body."""
    address = control.data.address
    return particulars([address.line] if address else (), (stated.legal_form or "").strip())


def _day(stated: str | None) -> int | None:
    try:
        return moment(stated[:10]).first if stated else None
    except InputError:
        return None
