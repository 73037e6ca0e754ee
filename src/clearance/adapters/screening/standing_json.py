"""How a customer stands under a rule, as JSON that gives the same reasons when it is read again.

1. Shares are exact: percent as a decimal or ``p/q``, ends as in proofs (``51``, ``(25,50]``).
2. Of an explanation stand: what the words of a reason are made of, and what is missing.
   Readings and periods are left to the proof.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping

from clearance.model.dates import UNDATED
from clearance.model.errors import InputError
from clearance.model.interest import Measure
from clearance.model.plain import Fields, Json, fraction_text, percent_text
from clearance.model.proof_rows import share_of_text, share_text
from clearance.model.rule import Aggregation, Level, Rule, Seeds
from clearance.model.share import Share
from clearance.model.verdict import Finding, Holding, Missing, Reached
from clearance.policy.reasons.owners import Standing
from clearance.usecases.same import of_same

_REACHED = {one.word: one for one in Reached}
_share_text = of_same(share_text)
_percent_text = of_same(percent_text)


def standing_json(standing: Standing) -> dict[str, Json]:
    """A standing; what is at its default is left out."""
    found: dict[str, Json] = {"rule": standing.rule.id}
    if standing.reached is not Reached.NO:
        found["reached"] = standing.reached.word
    if standing.level is not None:
        found["level"] = standing.level.value
    if standing.could:
        found["could"] = True
    if not standing.in_force:
        found["not_in_force"] = True
    if standing.failed:
        found["failed"] = standing.failed
    if standing.finding is not None:
        found["finding"] = _finding_json(standing.finding)
    return found


def standing_of_json(fields: Fields, rules: Mapping[str, Rule]) -> Standing | None:
    """The standing that such JSON describes, under the rule of its id; ``None`` without one.

    Raises:
        InputError: it is no standing.
    """
    rule = rules.get(fields.text("rule"))
    if rule is None:
        return None
    reached = fields.text("reached", "no")
    if reached not in _REACHED:
        raise fields.fault("reached", f"{reached!r} is none of {', '.join(_REACHED)}")
    return Standing(
        rule,
        _REACHED[reached],
        fields.word("level", Level) if fields.has("level") else None,
        fields.flag("could"),
        not fields.flag("not_in_force"),
        _finding(fields.object("finding")) if fields.has("finding") else None,
        fields.text("failed", ""),
    )


def check_standings(text: str, asked: Collection[str]) -> None:
    """Nothing if the text is a list of standings under rules that were asked.

    Raises:
        InputError: it is not.
    """
    rules = {id: Rule(id, "", (), Aggregation.POOLED, (), Seeds()) for id in asked}
    try:
        found: Json = json.loads(text)
    except ValueError:
        raise InputError("standings are no JSON") from None
    if not isinstance(found, list):
        raise InputError("standings are no list")
    for one in found:
        if standing_of_json(Fields(one, "standing"), rules) is None:
            raise InputError("a standing under a rule that was not asked")


def _finding_json(finding: Finding) -> dict[str, Json]:
    found: dict[str, Json] = {
        "id": finding.id,
        "share": _share_text(finding.share),
        "measure": finding.measure.value,
        "undeclared": _percent_text(finding.undeclared),
    }
    if finding.seed:
        found["seed"] = finding.seed
    if finding.because:
        found["because"] = [
            [one.holder, one.subject, share_text(one.share)] for one in finding.because
        ]
    if finding.missing:
        found["missing"] = [[one.subject, one.what, one.settles] for one in finding.missing]
    return found


def _finding(fields: Fields) -> Finding:
    share = share_of_text(fields.text("share"))
    if not isinstance(share, Share):
        raise fields.fault("share", "is no share")
    return Finding(
        fields.text("id"),
        Reached.NO,
        None,
        share,
        fields.word("measure", Measure),
        {},
        fraction_text(fields.text("undeclared")),
        tuple(_holding(*one) for one in _triples(fields, "because")),
        tuple(Missing(*one) for one in _triples(fields, "missing")),
        fields.text("seed", ""),
    )


def _holding(holder: str, subject: str, share: str) -> Holding:
    return Holding(holder, subject, None, share_of_text(share), UNDATED, "")


def _triples(fields: Fields, name: str) -> list[tuple[str, str, str]]:
    found: list[tuple[str, str, str]] = []
    for one in fields.items(name):
        match one:
            case [str(first), str(second), str(third)]:
                found.append((first, second, third))
            case _:
                raise fields.fault(name, "is not a list of three texts each")
    return found
