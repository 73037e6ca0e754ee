"""What a row of a source says of its block, and how the words of sources are read.

1. A field is known under the names that publishers use; ``FIELDS`` is the table of them.
2. Codes that name no country (unknown, or a part of the world) are silence, not an answer.
3. Text of others is kept on one line and short.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import NamedTuple

from clearance.adapters.foreign_text import visible
from clearance.model.errors import InputError, shown
from clearance.model.natural import natural
from clearance.model.region import has_code_form
from clearance.model.spelling import meant
from clearance.network.origin import Kind

NO_COUNTRY = frozenset({"", "-", "??", "ZZ", "EU", "AP"})
"""Written where a country is not known; EU and AP stand for many countries."""

KINDS = {kind.value: kind for kind in Kind}
LARGEST_ASN = 2**32 - 1
_OPERATOR = 80
_TRUE, _FALSE = frozenset({"1", "true", "yes"}), frozenset({"", "0", "false", "no"})


@dataclass(frozen=True, slots=True)
class Word:
    """What is said of a block; empty where nothing is."""

    country: str = ""
    asn: int = 0
    kinds: tuple[Kind, ...] = ()
    operator: str = ""

    def or_else(self, usual: Word) -> Word:
        """With what is usually said where this word is silent."""
        return Word(
            self.country or usual.country,
            self.asn or usual.asn,
            self.kinds or usual.kinds,
            self.operator or usual.operator,
        )


SILENCE = Word()


class Row(NamedTuple):
    """One row: where it stands (a line, or its number), the ends of its block, what it says."""

    line: int
    first: bytes
    last: bytes
    word: Word


def country(text: str) -> str:
    """A country's code, upper case, or nothing where the source names none.

    Raises:
        InputError: the text does not have the form of a code.
    """
    code = text.strip().upper()
    if code in NO_COUNTRY:
        return ""
    if len(code) != 2 or not has_code_form(code):
        raise InputError(f"{shown(text)} is no country", remedy="write a code such as XA")
    return code


def asn(text: str) -> int:
    """The number of an autonomous system, 0 where none is named.

    Raises:
        InputError: the text is no such number.

    >>> asn("AS64496"), asn("")
    (64496, 0)
    """
    digits = text.strip().upper().removeprefix("AS")
    if digits in {"", "-"}:
        return 0
    found = natural(digits, LARGEST_ASN)
    if found is None:
        raise InputError(f"{shown(text)} is no ASN", remedy="write a number such as 64496")
    return found


def kinds(text: str) -> tuple[Kind, ...]:
    """Kinds of network, parted by blanks, in the order of ``Kind``.

    Raises:
        InputError: a word that is no kind.
    """
    words = text.replace(";", " ").split()
    unknown = next((word for word in words if word not in KINDS), None)
    if unknown is not None:
        remedy = meant(unknown, KINDS, f"use {', '.join(KINDS)}")
        raise InputError(f"{unknown[:40]!r} is no kind of network", remedy=remedy)
    return in_order(KINDS[word] for word in words)


def in_order(found: Iterable[Kind]) -> tuple[Kind, ...]:
    """The kinds in the order of ``Kind``, each once."""
    named = set(found)
    return tuple(kind for kind in Kind if kind in named)


def operator(text: str) -> str:
    """Who runs a network, in the source's words."""
    return visible(" ".join(text.split()))[:_OPERATOR]


def flag(text: str) -> bool:
    """Yes or no.

    Raises:
        InputError: neither.
    """
    word = text.strip().lower()
    if word not in _TRUE | _FALSE:
        raise InputError(f"{shown(text)} is neither yes nor no", remedy="write true or false")
    return word in _TRUE


def _flagged(kind: Kind, word: Word, text: str) -> Word:
    return replace(word, kinds=in_order((*word.kinds, kind))) if flag(text) else word


_READ: Mapping[str, Callable[[Word, str], Word]] = {
    "country": lambda word, text: replace(word, country=country(text)),
    "asn": lambda word, text: replace(word, asn=asn(text)),
    "kinds": lambda word, text: replace(word, kinds=in_order((*word.kinds, *kinds(text)))),
    "operator": lambda word, text: replace(word, operator=operator(text)),
    **{kind.value: partial(_flagged, kind) for kind in Kind},
}
"""What a field adds to a word."""

FIELDS: Mapping[str, str] = {
    **{name: name for name in _READ},
    "as_name": "operator",
    "as_organization": "operator",
    "autonomous_system_number": "asn",
    "autonomous_system_organization": "operator",
    "country.iso_code": "country",
    "country_code": "country",
    "country_iso_code": "country",
    "is_anonymous_vpn": "vpn",
    "is_bot": "bot",
    "is_cdn": "cdn",
    "is_hosting": "hosting",
    "is_hosting_provider": "hosting",
    "is_proxy": "public_proxy",
    "is_public_proxy": "public_proxy",
    "is_relay": "relay",
    "is_residential_proxy": "residential_proxy",
    "is_tor": "tor",
    "is_tor_exit_node": "tor",
    "is_vpn": "vpn",
    "proxy": "public_proxy",
}
"""What the fields of published databases are to us."""


@lru_cache(1 << 16)
def word(fields: tuple[tuple[str, str], ...]) -> Word:
    """What named fields say together; rows repeat, so each distinct set is read once.

    Raises:
        InputError: a value that cannot be read; its ``field`` is the name.
    """
    found = SILENCE
    for name, text in fields:
        try:
            found = _READ[FIELDS[name]](found, text)
        except InputError as error:
            raise InputError(error.what, field=name, remedy=error.remedy) from None
    return found
