"""Numbers that registers gave: written one way, checked where somebody knows how, compared.

1. A number **settles** who somebody is where its scheme gives every entity one of its own: LEI and
   registers (codes of org-id.guide such as ``XA-REG``, of registration authorities ``RA000000``).
   Two different ones of such a scheme, neither of them invalid, are two entities.
2. Tax and bank numbers only support: a tax group shares one, a bank may have many. So do numbers
   whose register nobody named.
3. A number that fails its check digits neither settles nor contradicts. Where no check is known,
   the number is taken as it stands, and ``UNKNOWN`` says so.

**Source**: ISO 17442 (LEI), ISO 9362 (BIC); python-stdnum for the numbers of registers and taxes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import cast

from stdnum import bic, get_cc_module, lei
from stdnum.eu import vat as eu_vat

from clearance.model.party import BIC, LEI, VAT, Identifier

Pair = tuple[Identifier, Identifier]

_REGISTER = re.compile(r"[A-Z]{2}-[A-Z0-9-]+|RA\d{6}")
_PLACES = 10
"""Places that registers fill with zeros; spreadsheets take them away."""

_KEPT = 1 << 16


class Validity(StrEnum):
    """What is known of a number by itself."""

    VALID = "valid"
    INVALID = "invalid"
    UNKNOWN = "unknown"


@lru_cache(maxsize=_KEPT)
def canonical(one: Identifier) -> Identifier:
    """The identifier with its scheme and number in capitals, without signs and leading zeros.

    >>> canonical(Identifier("xa-reg", "0012.345-b "))
    Identifier(scheme='XA-REG', id='12345B')
    """
    number = "".join(filter(str.isalnum, one.id)).upper()
    return Identifier(one.scheme.strip().upper(), number.lstrip("0") or number)


def spellings(number: str) -> tuple[str, ...]:
    """A number as it may stand in a register: as given, bare, with or without zeros before.

    >>> spellings("012-34567")
    ('012-34567', '01234567', '1234567', '001234567', '0001234567')
    """
    bare = (number if number.isalnum() else "".join(filter(str.isalnum, number))).upper()
    short = bare.lstrip("0") or bare
    padded = [short.zfill(places) for places in range(len(short) + 1, _PLACES + 1)]
    return tuple(dict.fromkeys((number, bare, short, *padded)))


@lru_cache(maxsize=_KEPT)
def validity(one: Identifier) -> Validity:
    """Whether a number can be one of its scheme.

    >>> validity(Identifier("XI-LEI", "213800WAVVOPS85N2205"))
    <Validity.VALID: 'valid'>
    >>> validity(Identifier("XI-LEI", "213800WAVVOPS85N2206"))
    <Validity.INVALID: 'invalid'>
    >>> validity(Identifier("XA-REG", "77"))
    <Validity.UNKNOWN: 'unknown'>
    """
    number = "".join(filter(str.isalnum, one.id)).upper()
    if not number:
        return Validity.INVALID
    check = _check(one.scheme.strip().upper(), number)
    if check is None:
        return Validity.UNKNOWN
    return Validity.VALID if check(number) else Validity.INVALID


@lru_cache(maxsize=_KEPT)
def settles(scheme: str) -> bool:
    """Does the scheme give every entity one number of its own?

    >>> settles("XI-LEI"), settles("RA000585"), settles("VAT"), settles("registrationNumber")
    (True, True, False, False)
    """
    return _REGISTER.fullmatch(scheme.strip().upper()) is not None


def agreeing(some: Sequence[Identifier], others: Sequence[Identifier]) -> Identifier | None:
    """The first sound number that both have, one that settles before one that supports."""
    if some == others and len(some) == 1:
        return None if validity(some[0]) is Validity.INVALID else some[0]
    known = {canonical(one) for one in others if validity(one) is not Validity.INVALID}
    both = [one for one in some if canonical(one) in known]
    return min(both, key=lambda one: not settles(one.scheme), default=None)


def contradicting(some: Iterable[Identifier], others: Iterable[Identifier]) -> Pair | None:
    """Two sound numbers of one settling scheme that differ, where no number of it agrees."""
    theirs = _settling(others)
    for scheme, mine in _settling(some).items():
        if scheme in theirs and not mine.keys() & theirs[scheme].keys():
            return next(iter(mine.values())), next(iter(theirs[scheme].values()))
    return None


def _settling(numbers: Iterable[Identifier]) -> dict[str, dict[str, Identifier]]:
    """Sound numbers by settling scheme and canonical number, as they were written."""
    found: dict[str, dict[str, Identifier]] = {}
    for one in numbers:
        if settles(one.scheme) and validity(one) is not Validity.INVALID:
            plain = canonical(one)
            found.setdefault(plain.scheme, {})[plain.id] = one
    return found


def _check(scheme: str, number: str) -> Callable[[str], bool] | None:
    """How a number of that scheme is checked, ``None`` where nobody knows."""
    if scheme == LEI:
        return lei.is_valid
    if scheme == BIC:
        return bic.is_valid
    if scheme == VAT:
        prefix = number[:2].lower()
        return eu_vat.is_valid if prefix in eu_vat.MEMBER_STATES | {"el"} else _of(prefix, "vat")
    area, _, name = scheme.partition("-")
    return _of(area.lower(), name.lower()) if len(area) == 2 and name.isalnum() else None


@lru_cache(maxsize=_KEPT)
def _of(area: str, name: str) -> Callable[[str], bool] | None:
    """The check of a number that an area calls by that name."""
    try:
        module = get_cc_module(area, name)
    except (ImportError, ValueError):
        return None
    return None if module is None else cast(Callable[[str], bool], module.is_valid)
