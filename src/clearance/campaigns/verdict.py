"""From evidence to a verdict: a table of what counts, and how much of it a verdict asks.

1. ``linked``: two independent kinds, one of them synchrony, payment or echo, one of them about what
   members do (content, synchrony or echo). Content is a template or copies: they are one kind.
2. ``review``: rare content with rare shared addresses, or nothing but rare content with three
   supporting traits. An address alone never links, and one place that serves all is no evidence.
3. Everything else is ``none``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from clearance.campaigns.evidence import Evidence, Kind, Verdict
from clearance.campaigns.synchrony import SLOW

FALSE_DISCOVERY = 0.01


@dataclass(frozen=True, slots=True)
class Threshold:
    """What evidence of a kind must reach: a lift, a part of the members that it touches, a q."""

    lift: float
    coverage: float
    rate: float = FALSE_DISCOVERY


THRESHOLDS: Mapping[Kind, Threshold] = {
    Kind.TEMPLATE: Threshold(3.0, 0.5),
    Kind.SYNCHRONY: Threshold(1.2, 0.0),
    Kind.PAYMENT: Threshold(3.0, 0.2),
    Kind.ADDRESS: Threshold(10.0, 0.75, 1e-5),
    Kind.ECHO: Threshold(3.0, 0.2),
    Kind.COPIES: Threshold(10.0, 0.5),
}
"""Addresses ask for more: whoever asks more meets more strangers behind one, campaign or not. That
they touch three quarters is no matter of a few who ask much."""

LINKING = frozenset((Kind.SYNCHRONY, Kind.PAYMENT, Kind.ECHO))
CONTENT = frozenset((Kind.TEMPLATE, Kind.COPIES))
DOING = CONTENT | {Kind.SYNCHRONY, Kind.ECHO}
TRAITS = 3
"""Supporting traits that content alone needs for a review."""


def counts(evidence: Evidence) -> bool:
    """Does it count towards a verdict?"""
    least = THRESHOLDS[evidence.kind]
    if evidence.detail == SLOW:
        return False
    return (
        evidence.q <= least.rate
        and evidence.lift >= least.lift
        and evidence.coverage >= least.coverage
    )


def verdict(evidence: Iterable[Evidence], traits: int = 0) -> Verdict:
    """The verdict on a cohort with this evidence and so many supporting traits.

    >>> sure = Evidence(Kind.ADDRESS, 30, 1, 30.0, 1e-9, q=1e-8)
    >>> verdict([sure]).value
    'none'
    """
    kinds = {one.kind for one in evidence if counts(one)}
    independent = len(kinds) - (kinds >= CONTENT)
    if independent >= 2 and kinds & LINKING and kinds & DOING:
        return Verdict.LINKED
    if kinds & CONTENT and (Kind.ADDRESS in kinds or traits >= TRAITS):
        return Verdict.REVIEW
    return Verdict.NONE
