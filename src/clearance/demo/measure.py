"""Answers held against the truth, and against each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clearance.demo.answers import Row
from clearance.demo.world import Truth


@dataclass(frozen=True, slots=True)
class Score:
    """How right a policy's answers were, by the published text.

    **Shape**: ``wrong`` were denied and are not barred; ``missed`` were allowed and are barred;
    ``reviews`` counts the reasons of reviews with how many of those customers are in truth barred;
    where the text does not decide, an answer is neither right nor wrong.
    """

    denied_rightly: int
    wrong: tuple[Truth, ...]
    missed: tuple[Truth, ...]
    reviews: tuple[tuple[str, int, int], ...]


def score(answers: Mapping[str, Row], truths: Sequence[Truth]) -> Score:
    """Hold answers against the truth."""
    denied = [truth for truth in truths if answers[truth.customer].outcome == "deny"]
    passed = [truth for truth in truths if answers[truth.customer].outcome.startswith("allow")]
    reviewed = [truth for truth in truths if answers[truth.customer].outcome == "review"]
    reasons = Counter(_first(answers[truth.customer]) for truth in reviewed)
    barred = Counter(_first(answers[truth.customer]) for truth in reviewed if truth.barred)
    return Score(
        sum(truth.barred is True for truth in denied),
        tuple(truth for truth in denied if truth.barred is False),
        tuple(truth for truth in passed if truth.barred is True),
        tuple((reason, count, barred[reason]) for reason, count in reasons.most_common()),
    )


def flips(before: Mapping[str, Row], after: Mapping[str, Row]) -> Counter[tuple[str, str]]:
    """How many customers went from one outcome to another, by outcomes; the same is left out."""
    moves = ((row.outcome, after[id].outcome) for id, row in before.items())
    return Counter(move for move in moves if move[0] != move[1])


def _first(row: Row) -> str:
    return row.reasons[0] if row.reasons else "none"
