"""What screenings found, as rows and back.

1. A rule that says nothing of a customer is not written for it: one plain standing a rule is shared
   by all whom it does not touch.
2. A screening's list of rules says by a digest what each asked; a policy whose rule asks something
   else does not get its answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from sys import intern

import orjson

from clearance.adapters.sql.lines import Values
from clearance.adapters.standing_json import standing_json, standing_of_json
from clearance.model.errors import IntegrityError
from clearance.model.plain import Fields, Json
from clearance.model.rule import Rule
from clearance.policy.owner_reasons import Standing
from clearance.usecases.found import Found, Screening

_SORTED = orjson.OPT_SORT_KEYS


def row_of(found: Found) -> Values:
    """What the columns of ``lines.SCREENED`` say of a finding."""
    told = [standing_json(one) for one in found.standings.values() if not is_plain(one)]
    register = (found.register_headquarters, found.register_incorporation)
    return (
        found.party,
        found.doubt,
        found.unidentified,
        " ".join(code or "-" for code in register) if any(register) else "",
        orjson.dumps(told, option=_SORTED).decode() if told else "",
        found.proof,
    )


def is_plain(standing: Standing) -> bool:
    """Does the rule say nothing of whoever stands so?"""
    return standing == Standing(standing.rule)


def binder(screening: Screening, rules: Mapping[str, Rule], asked: Mapping[str, str]) -> Binder:
    """Makes a screening's rows findings, under those rules that it asked the same way."""
    same = {id: rule for id, rule in rules.items() if screening.asked.get(id) == asked[id]}
    return Binder(screening, same, {id: Standing(rule) for id, rule in same.items()})


@dataclass(frozen=True, slots=True)
class Binder:
    """Rows made findings again, under the rules that a policy uses now.

    **Shape**: ``plain`` are the standings of those whom no rule touches.
    """

    screening: Screening
    rules: Mapping[str, Rule]
    plain: Mapping[str, Standing]

    def found(self, customer: str, says: tuple[str, ...]) -> Found:
        """What the columns say.

        Raises:
            IntegrityError: they are not what was written.
        """
        party, doubt, unidentified, register, standings, proof = says
        places = register.split(" ") if register else ("", "")
        if len(places) != 2:
            raise IntegrityError("no two places of a register", field=f"screened {customer}")
        return Found(
            customer,
            self.screening,
            party,
            doubt,
            unidentified,
            _place(places[0]),
            _place(places[1]),
            self._standings(standings) if standings else self.plain,
            proof,
        )

    def _standings(self, text: str) -> Mapping[str, Standing]:
        told = (standing_of_json(Fields(one, "standing"), self.rules) for one in _list(text))
        return {**self.plain, **{one.rule.id: one for one in told if one is not None}}


def _place(code: str) -> str:
    return "" if code == "-" else intern(code)


def _list(text: str) -> list[Json]:
    value: list[Json] = orjson.loads(text)
    return value
