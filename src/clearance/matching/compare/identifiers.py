"""Numbers that a register gave: what settles who somebody is."""

from __future__ import annotations

from clearance.matching.evidence import Agrees, Evidence, EvidenceKind
from clearance.matching.identifiers import agreeing, contradicting, settles
from clearance.model.record import Record


def agreement(query: Record, candidate: Record) -> float:
    """1 one in common that settles, 0.5 another, 0 none, -1 two of one register that differ."""
    if not query.identifiers or not candidate.identifiers:
        return 0.0
    common = agreeing(query.identifiers, candidate.identifiers)
    if common is not None:
        return 1.0 if settles(common.scheme) else 0.5
    return -1.0 if contradicting(query.identifiers, candidate.identifiers) else 0.0


def evidence(query: Record, candidate: Record) -> Evidence | None:
    """What the numbers say; nothing where no register gave both of them one."""
    common = agreeing(query.identifiers, candidate.identifiers)
    if common is not None:
        text, strong = f"both have {common.scheme} {common.id}", settles(common.scheme)
        weight = 1.0 if strong else 0.6
        return Evidence(EvidenceKind.IDENTIFIER, Agrees.FOR, text, weight, strong)
    conflict = contradicting(query.identifiers, candidate.identifiers)
    if conflict is None:
        return None
    asked, found = conflict
    text = f"its {asked.scheme} is {asked.id}, the candidate's {found.id}"
    return Evidence(EvidenceKind.IDENTIFIER, Agrees.AGAINST, text, 1.0, strong=True)
