"""The rules above the model: one table, and what each row says of a case.

1. A rule looks at the record, the candidates and the limits, and says one sentence or nothing.
2. ``settles`` speaks for the best candidate; ``empties`` leaves nobody; ``doubts`` makes a match
   ambiguous; ``tells`` changes nothing. Whatever was said stands in the answer.
3. A name alone never makes a match: something besides the name has to agree.
4. A number that agrees outranks the doubts about names; what it outranks is told all the same.

Not here: how alike two records are. That is evidence, and the model's.

**Source**: domain text on matching, section 4.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from clearance.matching.case import Case
from clearance.matching.evidence import Agrees, EvidenceKind
from clearance.matching.resolution import Weighed
from clearance.matching.text.scripts import script_of


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


ODD = {
    "empty": "gives no name",
    "too_short": "is a single letter",
    "only_legal_form": "is nothing but a legal form",
    "only_digits": "is nothing but digits",
    "too_long": "is longer than any name, and was cut",
    "look_alike_letters": "has letters that only look like those of another script",
    "mixed_script": "mixes scripts within a word",
}
"""Names that say too little of who somebody is, or look other than they are, by warning."""

SIGNS = {
    "bidi": "signs that turn the direction of writing",
    "zero_width": "signs that nobody sees",
    "control": "control characters",
    "symbol": "pictures",
    "unknown_sign": "signs that no script has",
}
"""Signs that a name was read without, by warning."""

BESIDES = frozenset(EvidenceKind) - {
    EvidenceKind.NAME,
    EvidenceKind.NUMBER,
    EvidenceKind.LEGAL_FORM,
}
"""Evidence of something besides the name and its parts."""


def _number_agrees(case: Case) -> str:
    return next(case.settled[0].settles()).text if case.settled else ""


def _likely(case: Case) -> str:
    best = case.best
    if best is None or case.settled or best.probability < case.limits.match:
        return ""
    return f"{best.name!r} is at {best.probability:.1%}"


def _nobody(case: Case) -> str:
    best = case.best
    if best is None:
        return "no party of the reference is like it"
    if case.settled or best.probability >= case.limits.candidate:
        return ""
    return f"the party most like it, {best.name!r}, is at {best.probability:.1%}"


def _contradict(case: Case) -> str:
    if len(case.settled) < 2:
        return ""
    told = "; ".join(f"{next(one.settles()).text} ({one.record.id})" for one in case.settled)
    return f"its numbers lead to {len(case.settled)} different parties: {told}"


def _stranger(case: Case) -> str:
    if not case.settled:
        return ""
    found = case.settled[0]
    if found.likeness is None or found.likeness >= case.limits.stranger or _unread(case, found):
        return ""
    return f"its number is that of {found.name!r}, which is quite another name"


def _other_script(case: Case) -> str:
    best = case.best
    if best is None or best.likeness is None or best.likeness >= case.limits.stranger:
        return ""
    told = f"no name of {best.record.id} is in its script: the names say little"
    return told if _unread(case, best) else ""


def _unread(case: Case, found: Weighed) -> bool:
    """Do the two sides have no script in common? Then unlike names contradict nothing."""
    asked, held = (set(map(script_of, each.names)) for each in (case.record, found.record))
    return asked.isdisjoint(held)


def _differ(case: Case) -> str:
    return next((one.text for one in case.best.excludes()), "") if case.best else ""


def _against(kind: EvidenceKind) -> Callable[[Case], str]:
    def says(case: Case) -> str:
        found = case.best.says(Agrees.AGAINST, kind) if case.best else ()
        return next((one.text for one in found), "")

    return says


def _near(case: Case) -> str:
    if case.settled or len(case.candidates) < 2:
        return ""
    floor = max(case.candidates[0].probability - case.limits.margin, case.limits.candidate)
    near = [one for one in case.candidates[1:] if one.probability >= floor]
    if not near:
        return ""
    more = f", and so are {len(near) - 1} more" if len(near) > 1 else ""
    return f"{near[0].name!r} ({near[0].record.id}) is about as likely{more}"


def _unsure(case: Case) -> str:
    best = case.best
    if best is None or case.settled or best.probability >= case.limits.match:
        return ""
    return f"{best.name!r} is at {best.probability:.1%}, a match needs {case.limits.match:.0%}"


def _name_alone(case: Case) -> str:
    if case.best is None or any(case.best.says(Agrees.FOR, *BESIDES)):
        return ""
    return "nothing but the name agrees"


def _odd(case: Case) -> str:
    told = [ODD[code] for code in case.warnings if code in ODD]
    return f"its name {' and '.join(told)}" if told else ""


def _signs(case: Case) -> str:
    told = [SIGNS[code] for code in case.warnings if code in SIGNS]
    return f"its name was read without {' and '.join(told)}" if told else ""


def _swapped(case: Case) -> str:
    return "its name and its address seem to be swapped" if case.swapped else ""


def _invalid(case: Case) -> str:
    return f"not counted, the check digit is wrong: {', '.join(case.invalid)}" * bool(case.invalid)


def _nowhere(case: Case) -> str:
    return f"no party of the reference is in {', '.join(case.nowhere)}" * bool(case.nowhere)


RULES = (
    MatchRule(
        "number_agrees",
        _number_agrees,
        Effect.SETTLES,
        "A valid number that one party carries agrees.",
    ),
    MatchRule(
        "likely",
        _likely,
        Effect.SETTLES,
        "The most probable candidate reaches the limit of a match.",
    ),
    MatchRule(
        "nobody",
        _nobody,
        Effect.EMPTIES,
        "No candidate was found, or none is probable enough to be shown.",
    ),
    MatchRule(
        "numbers_contradict",
        _contradict,
        Effect.DOUBTS,
        "Its numbers lead to different parties.",
    ),
    MatchRule(
        "number_of_another",
        _stranger,
        Effect.DOUBTS,
        "Its number is that of a party with quite another name.",
    ),
    MatchRule(
        "numbers_differ",
        _differ,
        Effect.DOUBTS,
        "Two valid numbers of one register differ.",
    ),
    MatchRule(
        "name_number_differs",
        _against(EvidenceKind.NUMBER),
        Effect.DOUBTS,
        "A number or ordinal in the names differs, as in funds of one series.",
        outranked=True,
    ),
    MatchRule(
        "legal_form_differs",
        _against(EvidenceKind.LEGAL_FORM),
        Effect.DOUBTS,
        "The legal forms are of different classes.",
        outranked=True,
    ),
    MatchRule(
        "runner_up_near",
        _near,
        Effect.DOUBTS,
        "Another candidate is about as probable.",
        outranked=True,
    ),
    MatchRule(
        "unsure",
        _unsure,
        Effect.DOUBTS,
        "The most probable candidate stays below the limit of a match.",
        outranked=True,
    ),
    MatchRule(
        "name_alone",
        _name_alone,
        Effect.DOUBTS,
        "No number, country, address, domain or phone agrees besides the name.",
        outranked=True,
    ),
    MatchRule(
        "odd_name",
        _odd,
        Effect.DOUBTS,
        "The name says too little, or looks other than it is.",
        outranked=True,
    ),
    MatchRule(
        "swapped",
        _swapped,
        Effect.DOUBTS,
        "The candidates were found by taking its address for its name.",
        outranked=True,
    ),
    MatchRule(
        "signs",
        _signs,
        Effect.TELLS,
        "The name was read without signs that are no letters.",
    ),
    MatchRule(
        "other_script",
        _other_script,
        Effect.TELLS,
        "The names are unlike, and the two sides have no script in common.",
    ),
    MatchRule(
        "check_digit",
        _invalid,
        Effect.TELLS,
        "A number has a wrong check digit and was not counted.",
    ),
    MatchRule(
        "country_unknown",
        _nowhere,
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
