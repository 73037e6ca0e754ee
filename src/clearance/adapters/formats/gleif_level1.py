"""GLEIF Level 1: who a legal entity is and where it is run from, as party rows.

1. The id is ``XI-LEI-`` and the LEI; the number at the registration authority is an identifier
   whose scheme is the code of ``registers``, or else the authority's own (``RA000000``).
2. ``jurisdiction`` is LegalJurisdiction as given, with its subdivision. ``headquarters`` is the
   country of HeadquartersAddress: the Region stands only in some records, and a rule about a
   country must reach them all.
3. Government entities are states; they, international organisations and sole proprietors have no
   capital that somebody could hold.
4. The particulars are the legal and the headquarters address, and the legal form: its ISO 20275
   code, or the words given instead.
5. A lapsed, retired or merged registration is still the party it was.

Source: GLEIF LEI-CDF 3.1.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from clearance.adapters.formats.columns import Gathered, PartyRow, moment
from clearance.adapters.formats.fields import code_of
from clearance.adapters.formats.gleif_tree import Tree, at, each, text_at
from clearance.adapters.formats.gleif_words import SOURCE, lei_id
from clearance.adapters.formats.particulars import one_line, particulars
from clearance.adapters.formats.registers import identifier
from clearance.model.errors import InputError
from clearance.model.party import LEI, PartyKind

_STATE = "RESIDENT_GOVERNMENT_ENTITY"
_NO_CAPITAL = frozenset({_STATE, "INTERNATIONAL_ORGANIZATION", "SOLE_PROPRIETOR"})
_NO_FORM = frozenset({"8888", "9999"})
"""Legal form codes that stand for another form, and for none."""

ADDRESSES = ("LegalAddress", "HeadquartersAddress")
STREET = ("FirstAddressLine", "AdditionalAddressLine", "City", "PostalCode")
REGION = ("Region", "Country")
"""The parts of an address, in the order in which they are written."""

_NO_AUTHORITY = frozenset({"RA888888", "RA999999"})


class Facts(Struct, gc=False):
    """What is read of one record, as texts."""

    lei: str
    name: str = ""
    jurisdiction: str = ""
    headquarters: str = ""
    authority: str = ""
    number: str = ""
    category: str = ""
    updated: str = ""
    other_names: Sequence[str] = ()
    addresses: Sequence[str] = ()
    form: str = ""
    other_form: str = ""


def facts_of(record: Tree) -> Facts:
    """The facts of a record in tree shape."""
    entity = record.get("Entity")
    return Facts(
        lei=text_at(record, "LEI"),
        name=text_at(entity, "LegalName"),
        jurisdiction=text_at(entity, "LegalJurisdiction"),
        headquarters=text_at(entity, "HeadquartersAddress", "Country"),
        authority=text_at(entity, "RegistrationAuthority", "RegistrationAuthorityID"),
        number=text_at(entity, "RegistrationAuthority", "RegistrationAuthorityEntityID"),
        category=text_at(entity, "EntityCategory"),
        updated=text_at(record, "Registration", "LastUpdateDate"),
        other_names=[
            *_names(entity, "OtherEntityNames", "OtherEntityName"),
            *_names(entity, "TransliteratedOtherEntityNames", "TransliteratedOtherEntityName"),
        ],
        addresses=[_line(at(entity, name)) for name in ADDRESSES],
        form=text_at(entity, "LegalForm", "EntityLegalFormCode"),
        other_form=text_at(entity, "LegalForm", "OtherLegalForm"),
    )


def take_entity(gathered: Gathered, line: int, facts: Facts) -> None:
    """Add the party of a Level 1 record, or reject it."""
    if not facts.lei:
        return gathered.reject(line, "LEI", "the record has no LEI")
    numbers = [(LEI, facts.lei)]
    if facts.number and facts.authority not in _NO_AUTHORITY:
        numbers.append(identifier(facts.authority, facts.number))
    row = PartyRow(
        lei_id(facts.lei),
        facts.name,
        PartyKind.STATE.value if facts.category == _STATE else PartyKind.ENTITY.value,
        _code(gathered, line, "Entity.LegalJurisdiction", facts.jurisdiction),
        _code(gathered, line, "Entity.HeadquartersAddress.Country", facts.headquarters),
        identifiers=tuple(numbers),
        other_names=tuple(dict.fromkeys(name for name in facts.other_names if name)),
        particulars=particulars(facts.addresses, _form(facts)),
        capital=facts.category not in _NO_CAPITAL,
        source=SOURCE,
        statement=lei_id(facts.lei),
        statement_date=day_or_none(gathered, line, "Registration.LastUpdateDate", facts.updated),
        line=line,
    )
    return gathered.parties.append(row)


def day_or_none(gathered: Gathered, line: int, field: str, text: str) -> int | None:
    """The day of a timestamp; ``None`` where none is given, or it is none (which is rejected)."""
    try:
        return moment(text[:10]).first if text else None
    except InputError as error:
        gathered.reject(line, field, f"{error.what}; it is not used")
        return None


def _form(facts: Facts) -> str:
    return facts.other_form or ("" if facts.form in _NO_FORM else facts.form)


def _line(address: object) -> str:
    return one_line(_parts(address, STREET), _parts(address, REGION))


def _parts(address: object, names: Sequence[str]) -> Iterator[str]:
    """The parts of an address that are stated; a repeated one every time."""
    for name in names:
        found = at(address, name)
        for member in found if type(found) is list else [found]:
            yield text_at({name: member}, name)


def _code(gathered: Gathered, line: int, field: str, text: str) -> str:
    code = code_of(text) if text else ""
    if text and not code:
        gathered.reject(line, field, f"{text!r} is no ISO 3166 code; it is not used")
    return code


def _names(entity: object, plural: str, singular: str) -> list[str]:
    return [
        member if type(member) is str else text_at(member, singular) or text_at(member, "$")
        for member in each(entity, plural, singular)
    ]
