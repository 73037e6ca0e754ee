"""Numbers that a register gave: what settles who somebody is."""

from __future__ import annotations

from clearance.matching.evidence import Agrees, Evidence, EvidenceKind
from clearance.model.party import Identifier
from clearance.model.record import Record

NEITHER, AGREE, DIFFER = 0.0, 1.0, -1.0


def agreement(query: Record, candidate: Record) -> float:
    """1 one in common, 0 no register in common, -1 two numbers of one register."""
    if not query.identifiers or not candidate.identifiers:
        return NEITHER
    if _common(query, candidate):
        return AGREE
    return DIFFER if _conflict(query, candidate) else NEITHER


def evidence(query: Record, candidate: Record) -> Evidence | None:
    """What the numbers say; nothing where no register gave both of them one."""
    common = _common(query, candidate)
    if common:
        text = f"both have {common.scheme} {common.id}"
        return Evidence(EvidenceKind.IDENTIFIER, Agrees.FOR, text, 1.0, strong=True)
    conflict = _conflict(query, candidate)
    if conflict:
        asked, found = conflict
        text = f"its {asked.scheme} is {asked.id}, the candidate's {found.id}"
        return Evidence(EvidenceKind.IDENTIFIER, Agrees.AGAINST, text, 1.0, strong=True)
    return None


def _common(query: Record, candidate: Record) -> Identifier | None:
    held = set(map(_canonical, candidate.identifiers))
    return next((one for one in query.identifiers if _canonical(one) in held), None)


def _conflict(query: Record, candidate: Record) -> tuple[Identifier, Identifier] | None:
    for asked in query.identifiers:
        for found in candidate.identifiers:
            if asked.scheme == found.scheme and _canonical(asked) != _canonical(found):
                return asked, found
    return None


def _canonical(one: Identifier) -> tuple[str, str]:
    return one.scheme, "".join(filter(str.isalnum, one.id)).upper().lstrip("0")
