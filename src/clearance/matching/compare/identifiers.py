"""Numbers that a register gave: what settles who somebody is."""

from __future__ import annotations

from collections.abc import Iterator

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


def evidence(query: Record, candidate: Record) -> Iterator[Evidence]:
    """What the numbers say: one in common, and two that contradict each other, if there are."""
    common = agreeing(query.identifiers, candidate.identifiers)
    if common is not None:
        text, strong = f"both have {common.scheme} {common.id}", settles(common.scheme)
        weight = 1.0 if strong else 0.6
        yield Evidence(EvidenceKind.IDENTIFIER, Agrees.FOR, text, weight, strong)
    if common is not None and len(query.identifiers) == len(candidate.identifiers) == 1:
        return
    conflict = contradicting(query.identifiers, candidate.identifiers)
    if conflict is not None:
        asked, found = conflict
        text = f"its {asked.scheme} is {asked.id}, the candidate's {found.id}"
        yield Evidence(EvidenceKind.IDENTIFIER, Agrees.AGAINST, text, 1.0, strong=True)
