"""``report.html`` of ``campaigns find``: for a reviewer, self-contained, with pictures.

The same rules hold as for the page of a screening: nothing is fetched, nothing from outside is
markup, the same run gives the same bytes.
"""

from __future__ import annotations

from clearance.adapters.drawing.campaign import STYLE, bars, days, graph, raster
from clearance.adapters.report.page import asset, policy_for, render, safe
from clearance.adapters.report.words import number
from clearance.campaigns.evidence import Evidence
from clearance.campaigns.verdict import counts
from clearance.model.dates import text_of_day
from clearance.usecases.detect import Calibrated
from clearance.usecases.findings import Finding, Run

MOST = 200
"""Members that the page lists; the others stand in members.csv."""

LIMITS = (
    "Accounts with their own cards and addresses that meet in the same minute less than a fifth "
    "more often than their habits explain are not found.",
    "Accounts that share nothing but a template are not flagged: a template alone is no evidence.",
    "One text that several accounts send within a minute is one act: who hands the same prompt to "
    "many accounts at once, each with a card and an address of its own, is not found by that.",
    "A batch that unrelated users run in the same minute of one weekday would look like one hand.",
    "Accounts that all pay with one card and call from one address count as one customer.",
    "Coordination slower than a minute supports a finding and never makes one, and the day with "
    "most coincidences is left out.",
    "Fewer than five actors are no campaign.",
)


def page(run: Run) -> str:
    """The report as HTML."""
    style = asset("report.css") + asset("campaigns.css") + STYLE
    return render(
        "campaigns.html.j2",
        {
            "csp": policy_for(style),
            "style": safe(style),
            "last_day": text_of_day(run.last_day),
            "lead": _lead(run),
            "facts": (
                ("Days", f"{text_of_day(run.first_day)} to {text_of_day(run.last_day)}"),
                ("Accounts", number(run.accounts)),
                ("Requests", number(run.requests)),
                ("Cohorts tested", number(run.cohorts)),
            ),
            "notices": (calibration_told(run.calibrated),),
            "campaigns": [_campaign(one) for one in run.findings],
            "closing": "A finding is statistical: it says that accounts act as one, not why, and "
            "not who is behind it. A person decides.",
            "limits": LIMITS,
        },
    )


def calibration_told(calibrated: Calibrated | None) -> str:
    """What is known of false discoveries on this log."""
    if calibrated is None:
        return (
            "Not calibrated: run 'clearance campaigns calibrate' on this log, or find with "
            "--calibrate, to know how often these settings flag what is chance."
        )
    found = calibrated.linked + calibrated.review
    until = f" up to {text_of_day(calibrated.through)}" if calibrated.through else ""
    return (
        f"Calibrated on {calibrated.copies} permuted copies of this log{until}: {found} campaigns "
        f"flagged in all; with 95 % confidence fewer than {calibrated.bound:.2f} a run are chance."
    )


def _lead(run: Run) -> str:
    if not run.findings:
        return "No accounts were found to act as one"
    accounts = sum(len(one.members) for one in run.findings)
    many = len(run.findings)
    return f"{number(many)} campaign{'s' * (many > 1)}: {number(accounts)} accounts that act as one"


def _campaign(one: Finding) -> dict[str, object]:
    heir, drawn = one.predecessor, one.picture
    return {
        "id": one.id,
        "verdict": one.verdict.value,
        "title": f"{number(len(one.members))} accounts, {number(one.volume.requests)} requests "
        f"on {one.volume.days} days",
        "behind": "behind it: unattributed",
        "predecessor": f"continues {heir.id}: {heir.part:.0%} of its {heir.by}" if heir else "",
        "bars": safe(bars(one.evidence)),
        "evidence": [_evidence(said) for said in one.evidence],
        "traits": [
            f"{trait.name}: {trait.observed:.0%} of members, {trait.expected:.0%} of all"
            for trait in one.traits
            if trait.supports
        ],
        "counter": one.counter or ("nothing in the log speaks against it",),
        "day": text_of_day(drawn.day),
        "raster": safe(raster(drawn)),
        "drawn": f"{number(drawn.left_out)} more members are not drawn." if drawn.left_out else "",
        "days": safe(days(one.timeline, {each.day for each in one.pivots})),
        "pivots": [
            f"{text_of_day(each.day)}: {each.model or 'no stated model'} "
            f"from {each.before:.0%} to {each.after:.0%}"
            for each in one.pivots
        ],
        "graph": safe(graph(drawn)),
        "readings": [
            {
                "name": each.name,
                "speaks_for": "; ".join(each.speaks_for) or "–",
                "speaks_against": "; ".join(each.speaks_against) or "–",
            }
            for each in one.readings
        ],
        "shown": f"{number(min(MOST, len(one.members)))} of {number(len(one.members))} accounts",
        "members": [
            {
                "account": each.account,
                "organisation": each.organisation,
                "p": f"{each.p:.2g}",
                "requests": number(each.requests),
            }
            for each in one.members[:MOST]
        ],
    }


def _evidence(said: Evidence) -> dict[str, str]:
    detail = f" ({said.detail})" if said.detail else ""
    return {
        "kind": f"{said.kind.value}{detail}",
        "observed": number(round(said.observed)),
        "expected": f"{said.expected:,.1f}",
        "lift": f"{said.lift:.2f}",
        "q": f"{said.q:.1g}",
        "coverage": f"{said.coverage:.0%}",
        "counts": "yes" if counts(said) else "no",
    }
