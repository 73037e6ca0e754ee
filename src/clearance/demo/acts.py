"""The acts: what is printed, each figure computed in the run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from clearance.demo.answers import Row, revenue_of
from clearance.demo.assumptions import ASSUMPTIONS
from clearance.demo.measure import flips, score
from clearance.demo.renaming import changed_by_renaming
from clearance.demo.stage import AFTER, BEFORE, DAY, EVE, LARGE, Stage, money, say
from clearance.demo.witness import show_witness
from clearance.usecases.screened import ScreenSummary

READINGS = {
    AFTER: "the published text",
    "press-50-or-more": "press: 50 % or more, seated there",
    "press-any-owner": "press: any owner from there",
    "press-controlled": "press: controlled from there",
}
OUTCOMES = ("deny", "review", "allow_with_notice", "allow")


def prologue(stage: Stage) -> None:
    """The world, and what of it is assumed."""
    world = stage.world
    say("The reported case at 1:100. Companies are invented; no country has these region codes.")
    say(
        f"{len(world.parties):,} parties, {len(world.interests):,} interests, "
        f"{len(world.customers):,} customers, "
        f"{len({truth.structure for truth in world.truths})} structures."
    )
    for item in ASSUMPTIONS:
        say(f"  {item.basis:10}{item.what}: {item.figure}")


def act_before(stage: Stage) -> None:
    """Act 1: the location-only policy."""
    run = stage.screen(BEFORE, EVE, "before")
    _title(1, f"before: location only ({BEFORE}, {EVE})")
    _outcomes(run.summary)


def act_after(stage: Stage) -> Row:
    """Act 2: the ownership policy, and one proof, true and altered: that customer's."""
    run = stage.screen(AFTER, DAY, "after", proofs=True)
    _title(2, f"after: location and ownership ({AFTER}, {DAY})")
    _outcomes(run.summary)
    before, after = stage.answers("before"), stage.answers("after")
    newly = [row for id, row in after.items() if row.outcome == "deny" != before[id].outcome]
    large = [row for row in newly if row.revenue > LARGE]
    possible = [row for row in after.values() if row.reached == "possible"]
    say(f"newly denied: {len(newly)} customers, {money(revenue_of(newly))} a year (certain)")
    say(f"  of them above {money(LARGE)}: {len(large)}, {money(revenue_of(large))}")
    say(f"  possible besides: {len(possible)} customers, {money(revenue_of(possible))}")
    witness = show_witness(stage, newly)
    _left_to_people(run.summary)
    return witness


def act_readings(stage: Stage) -> None:
    """Act 3: one rule, four reports; right and wrong against the truth; renaming."""
    _title(3, "one rule, four reports")
    answers = {AFTER: stage.answers("after")}
    for policy in list(READINGS)[1:]:
        stage.screen(policy, DAY, policy)
        answers[policy] = stage.answers(policy)
    say(f"  {'':36}{'deny':>7}{'review':>8}{'allow*':>8}  who flips against the published text")
    for policy, title in READINGS.items():
        _reading(title, answers[policy], answers[AFTER])
    say("  * with or without notice")
    _truth(stage, answers[AFTER])
    changed, total = changed_by_renaming(stage, answers[AFTER])
    say(f"regions renamed at random: outcomes changed {changed} of {total:,}")


def _title(number: int, text: str) -> None:
    say()
    say(f"Act {number}. {text}")


def _outcomes(summary: ScreenSummary) -> None:
    for outcome, count in summary.outcomes:
        share = count.customers / summary.total.customers
        say(
            f"  {outcome.word:18}{count.customers:6,} customers {share:6.1%}"
            f"  {money(int(count.revenue)):>9} a year"
        )


def _left_to_people(summary: ScreenSummary) -> None:
    left = summary.left_to_people
    share = left.customers / summary.total.customers
    say(f"left to people: {left.customers} customers ({share:.1%}), {money(int(left.revenue))}")
    say(f"  not cleared, owners undeclared: {summary.not_cleared.customers} customers")
    say("  the five facts that settle most of it:")
    for fact in summary.facts:
        say(
            f"    {fact.what} of {fact.subject}: settles {fact.settled.customers}, "
            f"waited for by {fact.waiting.customers} ({money(int(fact.waiting.revenue))})"
        )


def _reading(title: str, rows: Mapping[str, Row], published: Mapping[str, Row]) -> None:
    counts = {name: sum(row.outcome == name for row in rows.values()) for name in OUTCOMES}
    moves = flips(published, rows)
    told = ", ".join(f"{count} {a} to {b}" for (a, b), count in moves.most_common(3))
    allowed = counts["allow"] + counts["allow_with_notice"]
    say(f"  {title:36}{counts['deny']:7,}{counts['review']:8,}{allowed:8,}  {told}")


def _truth(stage: Stage, rows: Mapping[str, Row]) -> None:
    found = score(rows, stage.world.truths)
    say("against the truth, known by construction (published text):")
    say(f"  rightly denied {found.denied_rightly}")
    say(f"  wrongly denied {_structures([truth.structure for truth in found.wrong])}")
    say(f"  missed {_structures([truth.structure for truth in found.missed])}")
    for reason, count, barred in found.reviews:
        say(f"  review, {reason}: {count}, of them barred in truth {barred}")


def _structures(names: Sequence[str]) -> str:
    kinds = ", ".join(f"{name} {names.count(name)}" for name in sorted(set(names)))
    return f"{len(names)}" + (f" ({kinds})" if kinds else "")
