"""What a screening found of a customer as one row of texts, and back; files and databases hold it.

1. A rule that says nothing of a customer is not written for it: one plain standing a rule is shared
   by all whom it does not touch.
2. A row is read under the rules that a policy uses now. A rule that asks something else than the
   screening asked under its id gets none of its answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from sys import intern
from typing import NamedTuple

import orjson

from clearance.adapters.screening.standing_json import standing_json, standing_of_json
from clearance.model.errors import IntegrityError
from clearance.model.plain import Fields, Json
from clearance.model.rule import Rule
from clearance.policy.reasons.owners import Standing
from clearance.usecases.found import Found, Run


class FoundRow(NamedTuple):
    """One customer's row.

    **Shape**: ``register`` holds the register's headquarters and incorporation, ``-`` for one that
    is not known, empty for both; ``standings`` is a JSON list, empty where no rule says anything.
    """

    customer: str
    party: str = ""
    doubt: str = ""
    unidentified: str = ""
    register: str = ""
    standings: str = ""
    proof: str = ""


def register_text(headquarters: str, incorporation: str) -> str:
    """The two places of a register in one text."""
    return f"{headquarters or '-'} {incorporation or '-'}" if headquarters or incorporation else ""


def standings_text(standings: Mapping[str, Standing]) -> str:
    """The standings that say something, in their order."""
    told = [standing_json(one) for one in standings.values() if not one.is_plain]
    return orjson.dumps(told, option=orjson.OPT_SORT_KEYS).decode() if told else ""


def binder(run: Run, rules: Mapping[str, Rule], asked: Mapping[str, str]) -> Binder:
    """Makes a screening's rows findings, under those rules that it asked the same way."""
    same = {id: rule for id, rule in rules.items() if run.asked.get(id) == asked[id]}
    return Binder(run, same, {id: Standing(rule) for id, rule in same.items()})


@dataclass(frozen=True, slots=True)
class Binder:
    """Rows made findings.

    **Shape**: ``plain`` are the standings of those whom no rule touches.
    """

    run: Run
    rules: Mapping[str, Rule]
    plain: Mapping[str, Standing]

    def found(self, row: FoundRow) -> Found:
        """What a row says. **Cost**: about 2 µs where no rule touches, 30 µs otherwise.

        Raises:
            IntegrityError: it is not what was written.
            InputError: nor are its standings.
        """
        places = row.register.split(" ") if row.register else ("-", "-")
        if len(places) != 2:
            raise IntegrityError("no two places of a register", field=f"screened {row.customer}")
        return Found(
            row.customer,
            self.run,
            row.party,
            row.doubt,
            row.unidentified,
            _place(places[0]),
            _place(places[1]),
            self._standings(row.standings) if row.standings else self.plain,
            row.proof,
        )

    def _standings(self, text: str) -> Mapping[str, Standing]:
        told = (standing_of_json(Fields(one, "standing"), self.rules) for one in _list(text))
        return {**self.plain, **{one.rule.id: one for one in told if one is not None}}


def _place(code: str) -> str:
    return "" if code == "-" else intern(code)


def _list(text: str) -> list[Json]:
    value: list[Json] = orjson.loads(text)
    return value
