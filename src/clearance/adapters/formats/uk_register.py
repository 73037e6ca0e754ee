"""Numbers, ids and words of the United Kingdom's companies register.

1. A company's id is ``GB-COH-`` and its number: eight characters, digits padded with zeros.
2. Companies on the register are incorporated there, except those whose number says otherwise:
   overseas entities and branches of foreign companies.
3. A person or company with significant control has no number; the register's own link names it.
"""

from __future__ import annotations

import re

from clearance.adapters.formats.columns import PartyRow
from clearance.model.party import PartyKind

SOURCE = "uk-psc"
REGISTER = "uk-companies"
SCHEME = "GB-COH"
COUNTRY = "GB"

_NUMBER = re.compile(r"[A-Z]{2}\d{6}|[A-Z]{2}\d{5}[A-Z]|R\d{7}|\d{1,8}")
_FOREIGN = ("OE", "FC", "BR", "SF", "NF", "GE")
_HERE = re.compile(
    r"companies house|england|wales|scotland|northern ireland|united kingdom|great britain|\buk\b"
    r"|cardiff|edinburgh|belfast",
    re.IGNORECASE,
)
_DIGITS_ONLY_NOT = re.compile(r"scotland|edinburgh|northern ireland|belfast", re.IGNORECASE)


def company_id(number: str) -> str:
    """The party id of a company number."""
    return f"{SCHEME}-{number}"


def number_of(text: str) -> str:
    """A company number in its full form, or ``""``.

    >>> number_of(" 686734 "), number_of("sc057974"), number_of("41-0406690")
    ('00686734', 'SC057974', '')
    """
    plain = text.strip().upper().replace(" ", "")
    if not _NUMBER.fullmatch(plain):
        return ""
    return plain.zfill(8) if plain.isdigit() else plain


def jurisdiction_of(number: str) -> str:
    """Where a company of that number is incorporated; ``""`` where the number is of another's."""
    return "" if number.startswith(_FOREIGN) else COUNTRY


def registered_here(number: str, *places: str) -> str:
    """The full number of a company that says it is on this register, or ``""``.

    Bare digits are numbers of England and Wales: a company that names another of the register's
    parts needs its prefix.

    >>> registered_here("686734", "England & Wales"), registered_here("123456", "Scotland")
    ('00686734', '')
    """
    words = " ".join(places)
    full = number_of(number)
    if not full or not _HERE.search(words):
        return ""
    return "" if full.isdigit() and _DIGITS_ONLY_NOT.search(words) else full


def company_row(number: str, line: int) -> PartyRow:
    """A company known by its number: a row that any fuller one replaces."""
    return PartyRow(
        company_id(number),
        kind=PartyKind.ENTITY.value,
        jurisdiction=jurisdiction_of(number),
        identifiers=((SCHEME, number),),
        source=REGISTER,
        line=line,
    )
