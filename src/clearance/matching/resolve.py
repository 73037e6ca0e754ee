"""From weighed candidates to one answer, with everything that the rules said.

1. Every rule is asked. Nobody left is none; a doubt is ambiguous; else the best is the match.
2. Candidates below the limit are not shown, unless a number settles on them or initials agree.
3. A fact settles if it would tell the candidates apart, and if the reference knows it of them.
   Where it knows no such fact, only proof from outside does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from clearance.matching import says
from clearance.matching.case import Case
from clearance.matching.evidence import Agrees, EvidenceKind
from clearance.matching.resolution import Answer, Because, Resolution, Weighed
from clearance.matching.rules import NUMBER_AGREES, RULES, Effect, MatchRule
from clearance.model.record import Record

SHOWN = 10
"""Candidates that an answer shows."""

IDENTIFIER = "an LEI, or a register number with its register"
RIGHT_NUMBER = "which of its identifiers is right"
WRITTEN = "the name as the register writes it"
OUTSIDE = "proof from outside: the reference holds nothing else that would tell"

FACTS: tuple[tuple[str, Callable[[Record], Sequence[object]]], ...] = (
    ("its country", lambda record: record.countries),
    ("its address", lambda record: record.addresses),
    ("its website or e-mail domain", lambda record: record.websites),
    ("its phone number", lambda record: record.phones),
)
"""Facts besides a number that tell candidates apart, and where a record has them."""

_OPEN_TO_FACTS = frozenset({"runner_up_near", "unsure", "name_alone", "initials_alone"})
_NUMBERS_AT_ODDS = frozenset({"numbers_contradict", "number_of_another", "numbers_differ"})


def resolve(case: Case) -> Resolution:
    """Who the record is.

    **Cost**: some 20 µs, a few where nothing is disputed; nothing is compared here.
    """
    return undisputed(case) or ruled(case)


def undisputed(case: Case) -> Resolution | None:
    """What the rules say where one party alone was found, and its number, its name and all else
    agree; ``None`` where it takes the rules to say it."""
    best = case.best
    odd = case.warnings or case.invalid or case.nowhere or case.swapped
    if best is None or len(case.candidates) > 1 or odd or says.kind_differs(case):
        return None
    likeness, number = 0.0, None
    for one in best.evidence:
        if one.agrees is Agrees.AGAINST:
            return None
        if one.kind is EvidenceKind.NAME:
            likeness = max(likeness, one.weight)
        elif one.strong and number is None and one.kind is EvidenceKind.IDENTIFIER:
            number = one
    if number is None or likeness < case.limits.stranger:
        return None
    because = (Because(NUMBER_AGREES, number.text),)
    return Resolution(Answer.MATCH, best.party, best.probability, (best,), because)


def ruled(case: Case) -> Resolution:
    """What all the rules together say."""
    said = [(rule, text) for rule in RULES if (text := rule.says(case))]
    answer = _answer(case, [rule for rule, _ in said])
    shown = _shown(case)
    best = case.best
    doubts = {rule.id for rule, _ in said if rule.effect is Effect.DOUBTS}
    return Resolution(
        answer,
        best.party if best and answer is Answer.MATCH else -1,
        best.probability if best and answer is not Answer.NONE else 0.0,
        shown,
        tuple(Because(rule.id, text) for rule, text in said if _counts(rule, answer)),
        () if answer is Answer.MATCH else _settling(case, shown, doubts),
    )


def _answer(case: Case, said: Sequence[MatchRule]) -> Answer:
    if any(rule.effect is Effect.EMPTIES for rule in said):
        return Answer.NONE
    settled = bool(case.settled)
    doubts = (rule for rule in said if rule.effect is Effect.DOUBTS)
    if any(not (settled and rule.outranked) for rule in doubts):
        return Answer.AMBIGUOUS
    return Answer.MATCH


def _counts(rule: MatchRule, answer: Answer) -> bool:
    """Is it told? Where nobody is left, doubts about candidates are beside the point."""
    return answer is not Answer.NONE or rule.effect is not Effect.DOUBTS or rule.id == "odd_name"


def _shown(case: Case) -> tuple[Weighed, ...]:
    return tuple({one.party: one for one in (*case.settled, *case.likely)}.values())[:SHOWN]


def _settling(case: Case, shown: Sequence[Weighed], doubts: set[str]) -> tuple[str, ...]:
    """Facts any of which would settle it, each once."""
    return tuple(dict.fromkeys(_facts(case, shown, doubts))) or (OUTSIDE,)


def _facts(case: Case, shown: Sequence[Weighed], doubts: set[str]) -> Iterator[str]:
    if doubts & _NUMBERS_AT_ODDS:
        yield RIGHT_NUMBER
    elif not shown or any(one.record.identifiers for one in shown):
        yield IDENTIFIER
    if "odd_name" in doubts or "swapped" in doubts:
        yield WRITTEN
    if shown and doubts <= _OPEN_TO_FACTS:
        yield from (fact for fact, of in FACTS if not of(case.record) and _parts(shown, of))


def _parts(shown: Sequence[Weighed], of: Callable[[Record], Sequence[object]]) -> bool:
    """Does the reference know this fact of every candidate, and does it tell them apart?"""
    known = [frozenset(of(one.record)) for one in shown]
    return all(known) and len(frozenset[object]().union(*known)) == sum(map(len, known))
