"""An attribution as plain JSON values.

Numbers are percent, rounded to six decimals; keys have one order; parties come in id order.
"""

from __future__ import annotations

from clearance.adapters.screening.result_json import holding_json, missing_json, share_json
from clearance.model.dates import text_of_day
from clearance.model.plain import Json
from clearance.model.share import percent
from clearance.model.verdict import Finding, ReadingResult
from clearance.usecases.attribute import Answer


def answer_json(answer: Answer) -> dict[str, Json]:
    """What a rule says of every party on a day."""
    return {
        "rule": answer.rule,
        "as_of": text_of_day(answer.as_of),
        "in_force": answer.in_force,
        "verified": answer.verified,
        "parties": [finding_json(finding) for finding in answer.findings],
    }


def finding_json(finding: Finding) -> Json:
    """What a rule says of one party."""
    return {
        "id": finding.id,
        "reached": finding.reached.word,
        "level": finding.level,
        "share": share_json(finding.share),
        "measure": finding.measure,
        "readings": {name: _reading_json(found) for name, found in finding.readings.items()},
        "undeclared": percent(finding.undeclared),
        "seed": finding.seed,
        "because": [holding_json(holding) for holding in finding.because],
        "missing": [missing_json(missing) for missing in finding.missing],
        "flags": list(finding.flags),
    }


def _reading_json(result: ReadingResult) -> Json:
    return {
        "reached": result.reached.word,
        "share": share_json(result.share),
        "measure": result.measure,
    }
