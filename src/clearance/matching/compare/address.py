"""Addresses: strong where street and number agree, weak where they differ (many have several)."""

from __future__ import annotations

from rigour.addresses import AddressMatch, match_addresses

from clearance.matching.evidence import Agrees, Evidence, EvidenceKind
from clearance.model.record import Record

SAME = 0.6
"""From here on two addresses are one place; renderings of one lie between 0.5 and 1."""
OTHER = 0.25
"""Below this they are two; a house number that differs brings a pair here."""


def agreement(query: Record, candidate: Record) -> float:
    """1 one place, 0.25 one town, 0 not known, -1 two places."""
    if not query.addresses or not candidate.addresses:
        return 0.0
    return _judged(_best(query, candidate))


def one_place(query: Record, candidate: Record) -> tuple[str, str] | None:
    """An address of each that are one place, the most alike; ``None`` where none are."""
    best = _best(query, candidate) if query.addresses and candidate.addresses else None
    return (best.query, best.result) if best and _judged(best) == 1.0 else None


def _best(query: Record, candidate: Record) -> AddressMatch | None:
    return match_addresses(*(list(map(_encodable, one.addresses)) for one in (query, candidate)))


def _encodable(text: str) -> str:
    """The text without halves of signs, which bytes that nobody could decode leave behind."""
    return text.encode("utf-8", "replace").decode() if not text.isascii() else text


def _judged(best: AddressMatch | None) -> float:
    if best is None or OTHER <= best.score < SAME:
        return 0.0
    if best.score < OTHER:
        return -1.0
    return 1.0 if _has_number(best.query) and _has_number(best.result) else 0.25


def _has_number(text: str) -> bool:
    return any(sign.isdigit() for sign in text)


def evidence(query: Record, candidate: Record) -> Evidence | None:
    """What the addresses say; nothing where neither side gives one."""
    if not query.addresses and not candidate.addresses:
        return None
    best = _best(query, candidate) if query.addresses and candidate.addresses else None
    if best is None:
        text = "the address is given on one side only"
        return Evidence(EvidenceKind.ADDRESS, Agrees.NEUTRAL, text)
    found = _judged(best)
    both = f"{best.query!r} and {best.result!r}"
    if found == 1.0:
        text = f"the addresses are one place: {both}"
        return Evidence(EvidenceKind.ADDRESS, Agrees.FOR, text, best.score)
    if found < 0.0:
        text = f"the addresses are two places: {both}"
        return Evidence(EvidenceKind.ADDRESS, Agrees.AGAINST, text, 1.0 - best.score)
    text = f"the addresses agree in part: {both}"
    return Evidence(EvidenceKind.ADDRESS, Agrees.NEUTRAL, text, best.score)
