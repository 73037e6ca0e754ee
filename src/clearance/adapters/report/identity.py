"""The report's part on who customers are: how far matching came, who is open, who belongs together.

1. Names in some scripts are left to people more often than others; the report says how much.
2. Whoever may be one of several parties is shown with each of them, what speaks for and against
   it, and what it would mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from clearance.adapters.report.entries import SPELLED
from clearance.adapters.report.words import number, outcome_word, part
from clearance.matching.evidence import Agrees
from clearance.matching.resolution import Answer, Weighed
from clearance.model.outcome import Outcome
from clearance.usecases.screened import GroupCount, Screened, Slice, Under

SIGNS = {Agrees.FOR: "+", Agrees.AGAINST: "−", Agrees.NEUTRAL: "·"}


def slices(some: Sequence[Slice], unstated: str) -> list[dict[str, str]]:
    """How far matching came, a row each; ``unstated`` stands for no name."""
    return [
        {
            "name": one.name or unstated,
            "customers": number(one.total.customers),
            "left": number(one.left.customers),
            "left_share": part(one.left.customers, one.total.customers),
            "ambiguous": part(one.ambiguous.customers, one.total.customers),
            "nobody": part(one.nobody.customers, one.total.customers),
        }
        for one in some
    ]


def groups(some: Sequence[GroupCount]) -> list[dict[str, object]]:
    """Groups of customers under one majority holder, a row each."""
    return [
        {
            "name": one.name or one.head,
            "head": one.head,
            "customers": number(one.total.customers),
            "revenue": number(one.total.revenue),
            "outcomes": [
                {**_word(outcome), "customers": number(count.customers)}
                for outcome, count in one.outcomes
            ],
        }
        for one in some
    ]


def open_cases(some: Iterable[Screened]) -> list[dict[str, object]]:
    """The largest customers that may be one of several parties, with each of those."""
    found = [one for one in some if one.resolution and one.resolution.answer is Answer.AMBIGUOUS]
    found.sort(key=lambda one: -one.customer.revenue)
    return [_open_case(one) for one in found[:SPELLED]]


def _open_case(screened: Screened) -> dict[str, object]:
    who = screened.resolution
    assert who is not None  # noqa: S101  chosen for it
    return {
        "name": screened.customer.name or screened.customer.id,
        "id": screened.customer.id,
        "revenue": number(screened.customer.revenue),
        "why": [one.text for one in who.reasons],
        "candidates": [
            _candidate(one, under)
            for one, under in zip(who.candidates, screened.under, strict=True)
        ],
        "settle": list(who.settle),
    }


def _candidate(one: Weighed, under: Under) -> dict[str, object]:
    return {
        "name": one.name or one.record.id,
        "id": one.record.id,
        "countries": ", ".join(one.record.countries),
        "probability": f"{one.probability:.1%}",
        "evidence": [
            {"sign": SIGNS[each.agrees], "text": each.text}
            for each in one.evidence
            if each.agrees is not Agrees.NEUTRAL
        ],
        **_word(under.outcome),
    }


def _word(outcome: Outcome) -> dict[str, str]:
    word = outcome_word(outcome)
    return {"word": word.word, "label": word.label, "sign": word.sign}
