"""How the checker says what is wrong: one sentence that names the place and the numbers."""

from __future__ import annotations

from collections.abc import Iterable

from clearance.model.plain import percent_text
from clearance.model.proof import End, Side, Step
from clearance.model.proof_json import end_text
from clearance.model.proof_rows import share_text
from clearance.model.rule import Test


class Flaw(Exception):
    """The first thing found wrong with a proof."""


def amount(end: End, side: Side) -> str:
    """An end in words, rounded for reading where it is long: ``45 %``, ``more than 50 %``."""
    text = end_text(End(end.value), side)
    if len(text) > 16:
        text = f"about {float(end.value) * 100:.9f}"
    sign = "" if not end.open else "more than " if side is Side.MUST else "less than "
    return f"{sign}{text} %"


def names(ids: Iterable[str], most: int = 4) -> str:
    """A few ids, and how many more."""
    found = list(ids)
    shown = ", ".join(found[:most]) or "nobody"
    return shown if len(found) <= most else f"{shown} and {len(found) - most} more"


def tests_text(tests: Iterable[Test]) -> str:
    """The tests that could have passed: ``> 50 %``."""
    texts = (f"{test.operator.value} {percent_text(test.threshold)} %" for test in tests)
    return " or ".join(sorted(set(texts))) or "counted by the rule"


def rows_text(step: Step) -> str:
    """Who holds what, as the step cites it."""
    return names(
        f"{row.interested_party} {share_text(row.share)} % of {row.subject}"
        for row in step.interests
    )
