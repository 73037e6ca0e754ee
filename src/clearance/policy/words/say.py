"""Findings and rules in words, for reasons and lists."""

from __future__ import annotations

from clearance.model.rule import Rule, Test
from clearance.model.share import Share, range_text, rounded_percent
from clearance.model.verdict import Finding, Holding

PLACES = 6
"""Decimals of a share in a reason: as many as an answer has; a threshold may hang on the last."""


def asked_text(rule: Rule, day: int) -> str:
    """What a rule asks for on a day, in words; outside its periods, what its last version asks."""
    version = rule.version_on(day) or rule.versions[-1]
    return " or ".join(threshold_text(test) for test in version.tests)


def threshold_text(test: Test) -> str:
    """One test as people write it: ``shares > 50 %``."""
    return f"{test.measure.value} {test.operator.value} {rounded_percent(test.threshold)} %"


def attributed_text(finding: Finding | None) -> str:
    """How much is attributed to restricted parties, in words."""
    if finding is None:
        return "no figures"
    if finding.seed:
        return f"restricted itself: {finding.seed}"
    return f"{range_text(finding.share, PLACES)} of {finding.measure.value} attributed"


def control_text(finding: Finding | None) -> str:
    """Who has control, from the first holdings of a finding."""
    if finding is None or not finding.because:
        return ""
    shown = [_holding(holding) for holding in finding.because[:2]]
    more = len(finding.because) - len(shown)
    return "; control: " + ", ".join(shown) + (f" and {more} more" if more > 0 else "")


def _holding(holding: Holding) -> str:
    size = f" {range_text(holding.share, PLACES)}" if isinstance(holding.share, Share) else ""
    return f"{holding.holder} in {holding.subject}{size}"
