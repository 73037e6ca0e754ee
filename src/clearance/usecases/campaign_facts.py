"""Findings as facts that policies use: whose account, how sure, how long, what a reviewer said.

1. The machine's word and a reviewer's stand side by side, each with its source: a later search
   neither confirms nor clears anybody.
2. Who was cleared stays cleared of that campaign for good. Where evidence of another kind appears,
   the finding is named by it and is a new one, which no earlier clearing speaks of.
3. A fact expires unless it is found again.

**Source**: docs/adr/0035-findings-become-facts.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from clearance.campaigns.evidence import Kind, Verdict
from clearance.campaigns.verdict import counts
from clearance.model.dates import NEVER
from clearance.policy.facts import CAMPAIGN, Manner, Posted
from clearance.usecases.findings import Finding, Run
from clearance.usecases.posting import About, Fact, telling

SOURCE = "campaigns"
"""Who says what a search found."""

EXPIRY = 90
"""Days that a fact holds without being found again."""

SURE: Mapping[Verdict, int] = {Verdict.LINKED: 99, Verdict.REVIEW: 50}
"""Percent, before calibration: the evidence that counts has q ≤ 0.01; a review's does not link."""

Cleared = Mapping[str, frozenset[Kind]]
"""By account, the kinds of evidence that were known when a reviewer cleared it."""


class Ruling(StrEnum):
    """What a reviewer said of an account's part in a campaign."""

    OPEN = ""
    CONFIRMED = "confirmed"
    CLEARED = "cleared"


@dataclass(frozen=True, slots=True)
class Membership:
    """An account's part in a campaign, as found and as ruled upon.

    **Shape**: held on the days from ``since`` and before ``expires``; ``news`` are the kinds of
    ``evidence`` that were not known when the account was cleared, empty if it never was;
    ``reviewer`` is there where ``ruling`` says something.
    """

    account: str
    campaign: str
    verdict: Verdict
    confidence: int
    since: int
    expires: int
    evidence: frozenset[Kind]
    news: frozenset[Kind] = frozenset()
    ruling: Ruling = Ruling.OPEN
    reviewer: str = ""

    @property
    def finding(self) -> str:
        """What the finding is called: new evidence about somebody cleared makes a new one."""
        return f"{self.campaign} with {words(self.news)}" if self.news else self.campaign


def memberships(run: Run, cleared: Cleared) -> Iterator[Membership]:
    """Every account that a run puts into a campaign."""
    for one in run.findings:
        kinds = known(one)
        sure = confidence(one.verdict, run)
        for member in one.members:
            news = kinds - cleared[member.account] if member.account in cleared else frozenset()
            until = run.last_day + EXPIRY
            yield Membership(
                member.account, one.id, one.verdict, sure, run.last_day, until, kinds, news
            )


def known(one: Finding) -> frozenset[Kind]:
    """The kinds of evidence that count in a finding."""
    return frozenset(said.kind for said in one.evidence if counts(said))


def confidence(verdict: Verdict, run: Run) -> int:
    """Percent: how sure the verdict is, less the part of its kind that is chance on this log.

    Chance is what permuted copies showed; a run without calibration has only the verdict's own.
    """
    sure = SURE[verdict]
    if run.calibrated is None:
        return sure
    linked = verdict is Verdict.LINKED
    flagged = run.calibrated.linked if linked else run.calibrated.review
    found = run.calibrated.copies * sum(one.verdict is verdict for one in run.findings)
    return sure * max(0, found - flagged) // found


def facts_of(one: Membership) -> Iterator[Fact]:
    """What a membership posts: the finding, and the reviewer's word on it.

    >>> held = Membership("a", "c-1", Verdict.LINKED, 99, 10, 100, frozenset({Kind.ECHO}))
    >>> [(fact.key, fact.posted.source, fact.posted.until) for fact in facts_of(held)]
    [('c-1', 'campaigns', 100)]
    """
    found = Posted(CAMPAIGN, one.finding, SOURCE, one.confidence, one.since, one.expires)
    yield telling(About.ACCOUNT, one.account, found)
    if one.ruling is not Ruling.OPEN:
        yield telling(About.ACCOUNT, one.account, _ruled(one))


def _ruled(one: Membership) -> Posted:
    cleared = one.ruling is Ruling.CLEARED
    return Posted(
        CAMPAIGN,
        one.finding,
        f"reviewer {one.reviewer}",
        since=one.since,
        until=NEVER if cleared else one.expires,
        manner=Manner.CLEARED if cleared else Manner.OBSERVED,
        reviewer=one.reviewer,
    )


def words(kinds: frozenset[Kind]) -> str:
    """Kinds of evidence in their order, divided by blanks."""
    return " ".join(kind.value for kind in Kind if kind in kinds)
