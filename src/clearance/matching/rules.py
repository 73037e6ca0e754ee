"""The rules above the model: one table, and what each row says of a case.

1. A rule looks at the record, the candidates and the limits, and says one sentence or nothing.
2. ``settles`` speaks for the best candidate; ``empties`` leaves nobody; ``doubts`` makes a match
   ambiguous; ``tells`` changes nothing. Whatever was said stands in the answer.
3. A name alone never makes a match: something besides the name has to agree.
4. A number that agrees outranks the doubts about names; what it outranks is told all the same.

Not here: how alike two records are. That is evidence, and the model's.

**Source**: ``docs/adr/0022-rules-above-the-model.md``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from clearance.matching import says
from clearance.matching.case import Case
from clearance.matching.evidence import EvidenceKind


class Effect(StrEnum):
    """What a rule does to the answer."""

    SETTLES = "settles"
    EMPTIES = "empties"
    DOUBTS = "doubts"
    TELLS = "tells"


@dataclass(frozen=True, slots=True)
class MatchRule:
    """One row: the code, what says it, what that does, and when it is said.

    **Shape**: ``outranked`` if an agreeing number leaves the doubt no effect.
    """

    id: str
    says: Callable[[Case], str]
    effect: Effect
    when: str
    outranked: bool = False


NUMBER_AGREES = "number_agrees"

RULES = (
    MatchRule(
        NUMBER_AGREES,
        says.number_agrees,
        Effect.SETTLES,
        "A valid number that one party carries agrees.",
    ),
    MatchRule(
        "likely",
        says.likely,
        Effect.SETTLES,
        "The most probable candidate reaches the limit of a match.",
    ),
    MatchRule(
        "nobody",
        says.nobody,
        Effect.EMPTIES,
        "No candidate was found, or none is probable enough to be shown.",
    ),
    MatchRule(
        "numbers_contradict",
        says.numbers_contradict,
        Effect.DOUBTS,
        "Its numbers lead to different parties.",
    ),
    MatchRule(
        "number_of_another",
        says.number_of_another,
        Effect.DOUBTS,
        "Its number is that of a party with quite another name.",
    ),
    MatchRule(
        "numbers_differ",
        says.numbers_differ,
        Effect.DOUBTS,
        "Two valid numbers of one register differ.",
    ),
    MatchRule(
        "name_number_differs",
        says.against(EvidenceKind.NUMBER),
        Effect.DOUBTS,
        "A number or ordinal in the names differs, as in funds of one series.",
        outranked=True,
    ),
    MatchRule(
        "legal_form_differs",
        says.against(EvidenceKind.LEGAL_FORM),
        Effect.DOUBTS,
        "The legal forms are of different classes.",
        outranked=True,
    ),
    MatchRule(
        "kind_differs",
        says.kind_differs,
        Effect.DOUBTS,
        "One is a person, the other is not.",
        outranked=True,
    ),
    MatchRule(
        "runner_up_near",
        says.runner_up_near,
        Effect.DOUBTS,
        "Another candidate is about as probable.",
        outranked=True,
    ),
    MatchRule(
        "unsure",
        says.unsure,
        Effect.DOUBTS,
        "The most probable candidate stays below the limit of a match, a higher one where the "
        "names differ by more than neighbours that changed places and only the country agrees.",
        outranked=True,
    ),
    MatchRule(
        "name_alone",
        says.name_alone,
        Effect.DOUBTS,
        "No number, country, address, domain or phone agrees besides the name.",
        outranked=True,
    ),
    MatchRule(
        "odd_name",
        says.odd_name,
        Effect.DOUBTS,
        "The name says too little, or looks other than it is.",
        outranked=True,
    ),
    MatchRule(
        "swapped",
        says.swapped,
        Effect.DOUBTS,
        "The candidates were found by taking its address for its name.",
        outranked=True,
    ),
    MatchRule(
        "initials_alone",
        says.initials_alone,
        Effect.DOUBTS,
        "Persons' names differ by initials, and nothing but the country agrees besides.",
        outranked=True,
    ),
    MatchRule(
        "initials",
        says.initials,
        Effect.TELLS,
        "Persons' names agree but for given names that stand as initials; however improbable, "
        "the candidate is shown.",
    ),
    MatchRule(
        "signs",
        says.signs,
        Effect.TELLS,
        "The name was read without signs that are no letters.",
    ),
    MatchRule(
        "other_script",
        says.other_script,
        Effect.TELLS,
        "The names are unlike, and the two sides have no script in common.",
    ),
    MatchRule(
        "check_digit",
        says.check_digit,
        Effect.TELLS,
        "A number has a wrong check digit and was not counted.",
    ),
    MatchRule(
        "country_unknown",
        says.country_unknown,
        Effect.TELLS,
        "A country that it states is no party's.",
    ),
)
"""Every rule above the model, in the order in which reasons are given."""


def reference_page() -> list[str]:
    """The lines of the table of rules, as the docs show it."""
    lines = ["| rule | effect | said when | outranked by an agreeing number |", "|---|---|---|---|"]
    for rule in RULES:
        outranked = "yes, and told" if rule.outranked else ""
        lines.append(f"| `{rule.id}` | {rule.effect} | {rule.when} | {outranked} |")
    return lines
