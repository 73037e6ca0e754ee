"""The same twenty rules in Cedar, Rego and Casbin: what each says of a flat record.

Cedar and Rego name the rules that speak, so that the strictest outcome can be taken; Casbin says
yes or no. Policies are parsed once, and each engine is called the quickest way that it documents.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import casbin
import cedarpy
import regorus

from benchmarks.judging.twenty import ROWS
from clearance.model.outcome import Outcome

Answers = Callable[[Mapping[str, str]], Outcome]
_OF = {row.name: row.outcome for row in ROWS}


def cedar() -> Answers:
    """Cedar: one ``forbid`` a rule; the reasons are the ids of those that hold."""
    lines = ["permit(principal, action, resource);"]
    for row in ROWS:
        values = json.dumps(row.values)
        held = f"{values}.contains(context.{row.field})"
        lines.append(f"forbid(principal, action, resource) when {{ {held} }};")
    parsed = cedarpy.PolicySet.from_str("\n".join(lines))
    nobody = cedarpy.Entities.from_json_str("[]")
    outcomes = {f"policy{at}": row.outcome for at, row in enumerate(ROWS, 1)}

    def answer(flat: Mapping[str, str]) -> Outcome:
        request = {
            "principal": 'Account::"a"',
            "action": 'Action::"use"',
            "resource": 'Model::"m"',
            "context": flat,
        }
        found = cedarpy.is_authorized(request, parsed, nobody)
        if found.diagnostics.errors:
            raise ValueError(found.diagnostics.errors)
        return max(outcomes.get(one, Outcome.ALLOW) for one in found.diagnostics.reasons)

    return answer


def rego() -> Answers:
    """Rego in regorus: a set of the names of the rules that hold."""
    lines = ["package twenty", "import rego.v1"]
    for row in ROWS:
        values = "{" + ", ".join(json.dumps(value) for value in row.values) + "}"
        lines.append(f'said contains "{row.name}" if input.{row.field} in {values}')
    engine = regorus.Engine()
    engine.add_policy("twenty.rego", "\n".join(lines))

    def answer(flat: Mapping[str, str]) -> Outcome:
        engine.set_input(flat)
        said = engine.eval_rule("data.twenty.said")
        return max((_OF[name] for name in said), default=Outcome.ALLOW)

    return answer


def casbin_(folder: Path) -> Answers:
    """Casbin: a line of policy a rule, whose condition is evaluated; denied, or not."""
    model, lines = folder / "model.conf", folder / "policy.csv"
    model.write_text(
        "[request_definition]\nr = sub\n\n[policy_definition]\np = rule, eft\n\n"
        "[policy_effect]\ne = !some(where (p.eft == deny))\n\n[matchers]\nm = eval(p.rule)\n"
    )
    rules = []
    for row in ROWS:
        if row.outcome is Outcome.DENY:
            held = " or ".join(f"r.sub.{row.field} == '{value}'" for value in row.values)
            rules.append(f"p, {held}, deny")
    lines.write_text("\n".join(rules) + "\n")
    enforcer = casbin.Enforcer(str(model), str(lines))

    def answer(flat: Mapping[str, str]) -> Outcome:
        return Outcome.ALLOW if enforcer.enforce(_Subject(flat)) else Outcome.DENY

    return answer


class _Subject:
    """A record with its fields as attributes, as Casbin reads them."""

    def __init__(self, flat: Mapping[str, str]) -> None:
        self.__dict__.update(flat)
