"""How the report says an outcome, a number and a share of the whole."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from clearance.model.outcome import Outcome


@dataclass(frozen=True, slots=True)
class OutcomeWord:
    """An outcome as it is shown: the word in files, a label, and a sign that needs no colour."""

    word: str
    label: str
    sign: str
    rank: int


_SIGNS = {
    Outcome.ALLOW: ("Allow", "✓"),
    Outcome.ALLOW_WITH_NOTICE: ("Allow with notice", "✓!"),
    Outcome.LIMIT: ("Limit", "◔"),
    Outcome.REVIEW: ("Review", "◇"),
    Outcome.SUSPEND: ("Suspend", "‖"),
    Outcome.DENY: ("Deny", "⊖"),
}


def outcome_word(outcome: Outcome) -> OutcomeWord:
    """How to show this outcome."""
    label, sign = _SIGNS[outcome]
    return OutcomeWord(outcome.word, label, sign, int(outcome))


def number(value: int | Decimal) -> str:
    """Whole, with thousands divided.

    >>> number(Decimal("1234567.50"))
    '1,234,568'
    """
    return f"{Decimal(value).quantize(Decimal(1), ROUND_HALF_EVEN):,}"


def part(value: int | Decimal, whole: int | Decimal) -> str:
    """A share of the whole in percent, never rounded down to nothing.

    >>> part(1, 3), part(1, 10_000), part(0, 3), part(0, 0)
    ('33.3 %', 'under 0.1 %', '0 %', '0 %')
    """
    if not whole or not value:
        return "0 %"
    share = Decimal(value) * 100 / Decimal(whole)
    if share < Decimal("0.1"):
        return "under 0.1 %"
    if 100 > share > Decimal("99.9"):
        return "over 99.9 %"
    return f"{share.quantize(Decimal('0.1'), ROUND_HALF_EVEN).normalize():f} %"
