"""Answers of matching as plain JSON values.

1. Keys have one order; what is not known is ``null`` or an empty list, never left out.
2. Probabilities have four decimals: more would promise what no calibration holds.
"""

from __future__ import annotations

from clearance.matching.evidence import Evidence
from clearance.matching.resolution import Resolution, Weighed
from clearance.model.plain import Json
from clearance.model.record import Record

DECIMALS = 4


def answer_json(record: Record, who: Resolution) -> dict[str, Json]:
    """One record's answer, with the record's own words."""
    return {
        "id": record.id,
        "names": list(record.names),
        "countries": list(record.countries),
        **resolution_json(who),
    }


def resolution_json(who: Resolution) -> dict[str, Json]:
    """An answer with its candidates."""
    match = who.match
    return {
        "answer": str(who.answer),
        "party": match.record.id if match else None,
        "probability": round(who.probability, DECIMALS),
        "reasons": [{"rule": one.rule, "text": one.text} for one in who.reasons],
        "candidates": [candidate_json(one) for one in who.candidates],
        "settle": list(who.settle),
    }


def candidate_json(one: Weighed) -> dict[str, Json]:
    """One candidate with what speaks for and against it."""
    return {
        "party": one.record.id,
        "name": one.name,
        "names": len(one.record.names),
        "countries": list(one.record.countries),
        "probability": round(one.probability, DECIMALS),
        "evidence": [evidence_json(each) for each in one.evidence],
    }


def evidence_json(one: Evidence) -> dict[str, Json]:
    """One fact about the two records."""
    return {
        "kind": str(one.kind),
        "agrees": str(one.agrees),
        "text": one.text,
        "weight": round(one.weight, DECIMALS),
        "strong": one.strong,
    }
