"""How sure a fact is, and what a clearing knew of."""

from __future__ import annotations

import pytest

from clearance.campaigns.evidence import Evidence, Kind, Verdict
from clearance.campaigns.readings import Volume
from clearance.usecases.campaign_facts import confidence, memberships
from clearance.usecases.campaign_picture import CampaignPicture
from clearance.usecases.detect import Calibrated
from clearance.usecases.findings import Finding, Member, Run, Shared

PAYMENT = Evidence(Kind.PAYMENT, 30, 1, 30.0, 1e-9, q=1e-8)
ECHO = Evidence(Kind.ECHO, 30, 1, 30.0, 1e-9, q=1e-8)
WEAK = Evidence(Kind.ADDRESS, 3, 2, 1.5, 0.2, q=0.5)
NOBODY = Shared((), (), ())
NOTHING_DRAWN = CampaignPicture(20_000, (), (), 0)


def found(verdict: Verdict, *accounts: str) -> Finding:
    members = tuple(Member(account, "", 0.01, 10) for account in accounts)
    evidence = (PAYMENT, ECHO, WEAK)
    volume = Volume(len(members), 10, 1, 1.0, 0, 0)
    return Finding(
        "campaign-1", verdict, members, len(members), evidence, (), (), (), volume, (), (), NOBODY,
        NOTHING_DRAWN,
    )  # fmt: skip


def run(*verdicts: Verdict, calibrated: Calibrated | None = None) -> Run:
    findings = tuple(found(verdict, "a", "b") for verdict in verdicts)
    return Run(20_000, 20_006, 100, 1000, 10, findings, 0, calibrated)


LINKED, REVIEW = Verdict.LINKED, Verdict.REVIEW
SURE = {
    "linked, without calibration": (run(LINKED), LINKED, 99),
    "review, without calibration": (run(REVIEW), REVIEW, 50),
    "nothing on twenty copies": (run(LINKED, calibrated=Calibrated(20, 0, 0, 0, 0)), LINKED, 99),
    "one in ten is chance": (run(LINKED, calibrated=Calibrated(20, 2, 0, 9, 2)), LINKED, 89),
    "the same among two": (run(LINKED, LINKED, calibrated=Calibrated(20, 2, 0, 9, 2)), LINKED, 94),
    "reviews by chance say nothing of what is linked": (
        run(LINKED, REVIEW, calibrated=Calibrated(20, 0, 10, 9, 2)),
        LINKED,
        99,
    ),
    "half of the reviews are chance": (
        run(LINKED, REVIEW, calibrated=Calibrated(20, 0, 10, 9, 2)),
        REVIEW,
        25,
    ),
    "all are chance": (run(LINKED, calibrated=Calibrated(2, 9, 0, 9, 2)), LINKED, 0),
}


@pytest.mark.parametrize(("made", "verdict", "expected"), SURE.values(), ids=SURE)
def test_a_fact_is_as_sure_as_its_verdict_less_what_is_chance(
    made: Run, verdict: Verdict, expected: int
) -> None:
    assert confidence(verdict, made) == expected


@pytest.mark.parametrize(
    ("cleared", "finding"),
    [
        ({}, "campaign-1"),
        ({"b": frozenset({Kind.PAYMENT})}, "campaign-1"),
        ({"a": frozenset({Kind.PAYMENT})}, "campaign-1 with echo"),
        ({"a": frozenset({Kind.TEMPLATE})}, "campaign-1 with payment echo"),
    ],
)
def test_evidence_that_a_clearing_did_not_know_makes_a_new_finding(
    cleared: dict[str, frozenset[Kind]], finding: str
) -> None:
    first = next(memberships(run(LINKED), cleared))
    assert (first.account, first.finding, first.evidence) == (
        "a",
        finding,
        frozenset({Kind.PAYMENT, Kind.ECHO}),
    )
    assert first.expires - first.since == 90
