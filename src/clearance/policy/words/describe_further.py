"""Rules on requests and conduct, wind-downs and licences in plain lines."""

from __future__ import annotations

from collections.abc import Iterator

from clearance.model.dates import text_of_day
from clearance.model.outcome import Outcome
from clearance.policy.clauses.cases import Case, Cases
from clearance.policy.clauses.conditions import Condition
from clearance.policy.clauses.conduct import CampaignRule, EndUseRule
from clearance.policy.clauses.ground import Ground
from clearance.policy.clauses.licences import Licence
from clearance.policy.clauses.network_rules import NetworkRule, NetworkTerms
from clearance.policy.clauses.resale import EndCustomerRule
from clearance.policy.clauses.winddown import Term, WindDown
from clearance.policy.document import Further, Policy
from clearance.policy.reading.rules import force_text


def further_lines(policy: Policy) -> Iterator[str]:
    """Every rule but those on regions and ownership, then what softens and removes."""
    if policy.network is not None:
        yield from _terms(policy.network)
    for rule in policy.further():
        yield f"  {rule.id}: {_said(rule)}"
        yield ground_line(rule.ground)
    if known := end_uses_text(policy):
        yield f"  end uses: {known}"
    for plan in policy.wind_downs:
        yield from _wind_down(plan)
    for licence in policy.licences:
        yield from _licence(licence)


def ground_line(ground: Ground) -> str:
    """What a rule stands on."""
    by = f", ordered by {ground.ordered_by}" if ground.ordered_by else ""
    scope = f", applies to {', '.join(ground.applies_to)}" if ground.applies_to else ""
    return f"    {ground.basis.value}: {ground.citation}{by}{scope}"


def cases_text(cases: Cases) -> str:
    """Cases as people read them.

    >>> cases_text((Case(Outcome.LIMIT, "small", attestation="owners"), Case(Outcome.REVIEW)))
    'limit for small (allow_with_notice once owners is attested), review'
    """
    return ", ".join(_case(case) for case in cases)


def end_uses_text(policy: Policy) -> str:
    """Which end uses a policy bars, which it knows, and what any other yields; empty for none.

    >>> from clearance.model.rule import Force
    >>> end_uses_text(Policy("p", "", Force(0, 1), (), None, (), (), known_end_uses=("research",)))
    'barred none; known research; any other: review'
    """
    barred, known = sorted(policy.barred_uses()), policy.known_end_uses
    if not barred and not known:
        return ""
    told = [", ".join(some) or "none" for some in (barred, known)]
    return f"barred {told[0]}; known {told[1]}; any other: {policy.unknown_end_use.word}"


def _case(case: Case) -> str:
    whom = f" for {case.segment}" if case.segment else ""
    less = f" below a revenue of {case.revenue_below}" if case.revenue_below is not None else ""
    told = (
        f" ({case.attested.word} once {case.attestation} is attested)" if case.attestation else ""
    )
    return f"{case.outcome.word}{whom}{less}{told}"


def _said(rule: Further) -> str:
    match rule:
        case EndCustomerRule():
            holder = "judged as well" if rule.holder_too else "stands aside"
            channels = ", ".join(rule.channels)
            return (
                f"on {channels} the end customer is judged, the holder {holder}; "
                f"not disclosed: {rule.undisclosed.word}"
            )
        case CampaignRule():
            return (
                f"part of a campaign: {rule.member.word} once reviewed, {rule.unreviewed.word} "
                f"from {rule.confidence} % on"
            )
        case EndUseRule():
            return (
                f"{', '.join(rule.uses)}: declared {rule.declared.word}, observed "
                f"{rule.observed.word} from {rule.confidence} % on, below {rule.doubtful.word}"
            )
        case Condition():
            return f"{rule.outcome.word} where {rule.when}"
        case NetworkRule():
            kinds = ", ".join(rule.kinds)
            return (
                f"{kinds}: one source {rule.one_source.word}, two {rule.agreed.word}, with a fact "
                f"about the organisation {rule.with_fact.word}"
            )


def _terms(terms: NetworkTerms) -> Iterator[str]:
    stale = "never old"
    if terms.stale_after is not None:
        stale = f"old after {terms.stale_after} days: {_or_skipped(terms.stale)}"
    yield (
        f"  network: {stale}; unlisted {_or_skipped(terms.unlisted)}; "
        f"no address {_or_skipped(terms.untold)}"
    )
    yield ground_line(terms.ground)


def _or_skipped(outcome: Outcome | None) -> str:
    return "skipped" if outcome is None else outcome.word


def _wind_down(plan: WindDown) -> Iterator[str]:
    of = f" of {plan.rule}" if plan.rule else ""
    whom = f" for {', '.join(plan.classes)}" if plan.classes else ""
    start = "from its posting" if plan.start is None else f"from {text_of_day(plan.start)}"
    after = "" if plan.rule else f", {plan.after.word} after"
    yield (
        f"  wind-down {plan.id}{of}{whom} {start}, {_term(plan.term)}: {plan.during.word}, "
        f"new use {plan.new_use.word}{after}"
    )
    told = f"; told {', '.join(map(str, plan.notices))} days before" if plan.notices else ""
    yield f"    notice: {plan.notice}{told}"
    yield ground_line(plan.ground)


def _term(term: Term) -> str:
    if term.months:
        return f"{term.months} months"
    return f"{term.days} days" if term.days else "at once"


def _licence(licence: Licence) -> Iterator[str]:
    posted = ("whoever it is posted of",) if licence.posted else ()
    holders = ", ".join((*licence.customers, *licence.classes, *posted))
    yield (
        f"  licence {licence.id} for {', '.join(licence.rules)}, {force_text(licence.force)}, "
        f"held by {holders}, owned by {licence.owner}"
    )
    yield ground_line(licence.ground)
