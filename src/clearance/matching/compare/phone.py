"""Telephone numbers, as they are dialled from anywhere.

**Source**: ITU-T E.164, read by phonenumbers; a number without its country's code is read as one
of the countries that the record states.
"""

from __future__ import annotations

from functools import lru_cache

import phonenumbers

from clearance.matching.compare import shared
from clearance.matching.evidence import Agrees, Evidence, EvidenceKind
from clearance.model.record import Record


@lru_cache(maxsize=65_536)
def number_of(phone: str, country: str) -> str:
    """The number in E.164, empty if it is none.

    >>> number_of("020 7946 0018", "GB") == number_of("+44 (0)20 7946-0018", "")
    True
    """
    try:
        parsed = phonenumbers.parse(phone, country or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(parsed):
        return ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def numbers(record: Record) -> frozenset[str]:
    """The record's numbers that can be dialled."""
    countries = [code[:2] for code in record.countries] or [""]
    found = (number_of(phone, country) for phone in record.phones for country in countries)
    return frozenset(filter(None, found))


def agreement(query: Record, candidate: Record) -> float:
    """1 one in common, 0 not known, -1 none in common."""
    return shared.agreement(numbers(query), numbers(candidate))


def evidence(query: Record, candidate: Record) -> Evidence | None:
    """What the numbers say; one that differs is neutral, for a party has many."""
    if not query.phones and not candidate.phones:
        return None
    asked, found = numbers(query), numbers(candidate)
    if not asked and not found:
        return None
    if asked & found:
        text = f"both have the number {min(asked & found)}"
        return Evidence(EvidenceKind.PHONE, Agrees.FOR, text, 0.8)
    where = "is given on one side only" if not asked or not found else "differs"
    return Evidence(EvidenceKind.PHONE, Agrees.NEUTRAL, f"the phone number {where}")
