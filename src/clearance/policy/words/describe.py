"""Rules, policies and region lists in plain lines, with their citations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clearance.model.dates import text_of_day
from clearance.model.interest import CONTROL_TYPES
from clearance.model.rule import Citation, Control, Rule, Seeds
from clearance.policy.clauses.regions import RegionList
from clearance.policy.codes import Codes
from clearance.policy.document import OwnershipRule, Policy, RegionRule
from clearance.policy.reading.rules import force_text, needs_regions
from clearance.policy.words.describe_further import cases_text, further_lines, ground_line
from clearance.policy.words.say import threshold_text

_MOST = 8
"""Codes shown by name, or at all, before a list is cut."""


def rule_lines(rule: Rule) -> Iterator[str]:
    """A rule record, one parameter a line."""
    yield f"rule {rule.id}: {rule.title}"
    for version in rule.versions:
        tests = " or ".join(threshold_text(test) for test in version.tests)
        yield f"  in force     {force_text(version.force)}: {tests}"
    yield f"  holdings     {rule.aggregation.value}"
    yield f"  readings     {', '.join(reading.value for reading in rule.readings)}"
    yield f"  restricted   {_seeds(rule)}"
    yield f"  control      {_control(rule.control)}"
    if rule.owners:
        yield "  purpose      finds owners, bars nobody"
    yield f"  verified     {rule.verified}"
    yield from _cited(rule.citations)


def policy_lines(policy: Policy, codes: Codes) -> Iterator[str]:
    """A policy, one rule a paragraph."""
    yield f"policy {policy.id}: {policy.title}"
    yield f"  in effect    {force_text(policy.force)}"
    if policy.regions is not None:
        regions = policy.regions
        yield f"  regions      {regions.list.listing.value}: {regions.list.title}"
        yield f"               {_codes(regions.list.codes, codes)}"
        if regions.list.excepted:
            yield f"  except       {_codes(regions.list.excepted, codes)}"
        yield f"  unlisted     {regions.unlisted.word}; no such code: {regions.unknown.word}"
        way = "go with their country" if regions.as_country else "stand alone"
        yield f"  subdivisions {way}"
    for rule in policy.region_rules:
        yield from _region_rule(rule)
    for owned in policy.ownership:
        yield from _ownership(owned)
    yield from further_lines(policy)
    if policy.ownership:
        yield f"  unidentified {cases_text(policy.unidentified)}"
    yield f"  contradicted {policy.contradiction.word} (declared headquarters, by the register)"
    waits = "goes on" if policy.review_allows else "waits"
    yield f"  requests     in review: {waits}; of unknown accounts: {policy.unknown_account.word}"
    yield f"  verified     {policy.verified}"
    yield from _cited(policy.citations)


def list_lines(list: RegionList, codes: Codes) -> Iterator[str]:
    """A region list with its source."""
    yield f"region list {list.id}: {list.title}"
    yield f"  {list.listing.value:12} {_codes(list.codes, codes)}"
    if list.excepted:
        yield f"  except       {_codes(list.excepted, codes)}"
    follows = list.follows or {}
    if follows:
        yield "  together     " + ", ".join(f"{code} as {other}" for code, other in follows.items())
    yield f"  source       {list.source}, retrieved {text_of_day(list.retrieved)}"
    yield f"  verified     {list.verified}"


def _region_rule(rule: RegionRule) -> Iterator[str]:
    missing = "" if rule.unstated is None else f"; not stated: {cases_text(rule.unstated)}"
    stand_in = f", else {', '.join(rule.stand_in)}" if rule.stand_in else ""
    agreeing = "" if rule.agreeing is None else f"; with other evidence: {rule.agreeing.word}"
    named = f" ({rule.named})" if rule.named else ""
    yield (f"  {rule.fact}{stand_in}{named}: {rule.outcome.word}{agreeing}{missing}")
    yield ground_line(rule.ground)


def _ownership(owned: OwnershipRule) -> Iterator[str]:
    yield (
        f"  owned under {owned.rule}: certain {owned.certain.word}, presumed "
        f"{owned.presumed.word}, possible {cases_text(owned.possible)}, control "
        f"{owned.control.word}"
    )
    yield f"    undeclared rest that could pass: {cases_text(owned.undeclared)}"
    yield ground_line(owned.ground)


def _seeds(rule: Rule) -> str:
    seeds = rule.seeds
    kinds = ", ".join(kind.word for kind in seeds.kinds)
    if seeds.everyone:
        return f"every {kinds}"
    ways = []
    if seeds.lists:
        ways.append(f"on {', '.join(seeds.lists)}")
    if seeds.facts:
        ways.append(f"{' or '.join(fact.value for fact in seeds.facts)} {_where(rule, seeds)}")
    return f"{kinds}: {'; or '.join(ways)}"


def _where(rule: Rule, seeds: Seeds) -> str:
    if needs_regions(rule):
        return "in the policy's regions"
    side = "outside" if seeds.outside else "in"
    shown = ", ".join(seeds.regions[:8])
    return (
        f"{side} {shown}{f' and {len(seeds.regions) - 8} more' if len(seeds.regions) > 8 else ''}"
    )


def _control(control: Control) -> str:
    parts = [control.level.value if control.level else "none"]
    if control.types:
        standard = control.types == CONTROL_TYPES
        parts.append("standard list" if standard else ", ".join(t.name for t in control.types))
    if control.exact_half:
        parts.append("exactly half counts")
    if control.other_kinds_of_region:
        parts.append("a majority of the region's other parties counts")
    if control.presumption:
        lifted = ", unless one domestic holder has as much" if control.offset else ""
        parts.append(f"presumed at {threshold_text(control.presumption)}{lifted}")
    if control.whole_in_hybrid:
        parts.append("a controlled link counts whole")
    return "; ".join(parts)


def _cited(citations: Sequence[Citation]) -> Iterator[str]:
    for citation in citations:
        second = "" if citation.primary else " (secondary)"
        yield f"  source       {citation.text}{second}{f' {citation.url}' if citation.url else ''}"


def _codes(found: Sequence[str], codes: Codes) -> str:
    if len(found) > 8:
        return ", ".join(found)
    return ", ".join(
        code if codes.name(code) == code else f"{codes.name(code)} ({code})" for code in found
    )
