"""An explanation, and owners found, as plain JSON values."""

from __future__ import annotations

from collections.abc import Sequence

from clearance.adapters.answer_json import finding_json
from clearance.adapters.screening.result_json import holding_json, share_json
from clearance.model.dates import text_of, text_of_day
from clearance.model.party import Party
from clearance.model.plain import Json
from clearance.usecases.arithmetic import Step
from clearance.usecases.explain import Answered, Explanation, OwnersOf
from clearance.usecases.tree import Node, Tie


def explanation_json(explanation: Explanation) -> dict[str, Json]:
    """A whole explanation."""
    return {
        "party": party_json(explanation.party),
        "as_of": text_of_day(explanation.as_of),
        "parties_above": explanation.above - 1,
        "rules": [_answered(answer) for answer in explanation.answers],
        "owners": _node(explanation.upward),
        "owned": _node(explanation.downward),
    }


def owners_json(party: Party, as_of: int, found: Sequence[OwnersOf]) -> dict[str, Json]:
    """Whom owner-finding rules name."""
    return {
        "party": party_json(party),
        "as_of": text_of_day(as_of),
        "rules": [
            {
                "rule": one.rule.id,
                "title": one.rule.title,
                "in_force": one.in_force,
                "asked": one.asked,
                "verified": one.rule.verified,
                "owners": [
                    {
                        "party": party_json(owner.party),
                        "reached": owner.reached.word,
                        "measure": owner.measure,
                        "share": share_json(owner.share),
                    }
                    for owner in one.found
                ],
            }
            for one in found
        ],
    }


def party_json(party: Party) -> dict[str, Json]:
    """A party's facts as stated."""
    return {
        "id": party.id,
        "name": party.name,
        "kind": party.kind.word,
        "jurisdiction": party.jurisdiction,
        "headquarters": party.headquarters,
        "lists": list(party.lists),
        "identifiers": [{"scheme": one.scheme, "id": one.id} for one in party.identifiers],
        "source": party.source,
        "stub": party.stub,
    }


def _answered(answer: Answered) -> Json:
    return {
        "rule": answer.rule.id,
        "title": answer.rule.title,
        "in_force": answer.in_force,
        "verified": answer.rule.verified,
        "finding": finding_json(answer.finding),
        "undeclared_could_pass": answer.could,
        "path": [holding_json(holding) for holding in answer.path],
        "steps": [_step(step) for step in answer.steps],
    }


def _step(step: Step) -> Json:
    return {
        "party": step.party,
        "reading": step.reading,
        "sum": step.sum,
        "share": share_json(step.share),
        "reached": step.reached.word,
    }


def _node(node: Node) -> Json:
    return {
        "party": party_json(node.party),
        "role": node.role.value,
        "interests": [_tie(tie) for tie in node.ties],
        "repeated": node.repeated,
        "not_shown": node.more,
        "not_live": node.ended,
        "children": [_node(child) for child in node.children],
    }


def _tie(tie: Tie) -> Json:
    interest = tie.interest
    return {
        "type": interest.type.name,
        "share": share_json(interest.share),
        "start": text_of(interest.period.start),
        "end": text_of(interest.period.end),
        "surely_live": tie.certain,
        "direct": interest.direct.value,
        "attributed": interest.attributed,
        "source": interest.source,
        "statement": interest.statement,
        "detail": interest.detail,
    }
