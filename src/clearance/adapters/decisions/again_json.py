"""A past decision, and what deciding it again has shown, as plain JSON."""

from __future__ import annotations

from clearance.adapters.decisions.logged import LoggedDecision
from clearance.model.plain import Json
from clearance.usecases.replay import Replay


def replay_json(replay: Replay) -> dict[str, Json]:
    """What deciding again has shown."""
    return {
        "id": replay.id,
        "verdict": replay.verdict.value,
        "differences": [
            {"path": one.path, "logged": one.logged, "now": one.now} for one in replay.differences
        ],
        "missing": list(replay.missing),
    }


def decision_json(decision: LoggedDecision) -> dict[str, Json]:
    """A decision with the documents it names; a sealed value that was erased is null."""
    return {
        "id": decision.id,
        "at": decision.at,
        "index": decision.index,
        "body": decision.body,
        "documents": {name: one.says for name, one in sorted(decision.documents.items())},
        "missing": list(decision.missing),
        "sealed": dict(decision.sealed),
    }
