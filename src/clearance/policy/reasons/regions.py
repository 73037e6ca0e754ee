"""What one declared fact yields when it is held against a policy's line."""

from __future__ import annotations

from functools import partial

from clearance.model.outcome import Outcome
from clearance.policy.clauses.cases import Yield
from clearance.policy.clauses.regions import Listing, Place, Regions
from clearance.policy.codes import Codes
from clearance.policy.document import RegionRule
from clearance.policy.reasons.reason import Evidence, Reason, grounded


def region_reason(
    rule: RegionRule, used: str, code: str, regions: Regions | None, codes: Codes
) -> Reason:
    """What a stated fact yields: ``used`` is the rule's fact, or the one that stands in for it."""
    place_name = named(code, codes.name(code))
    shown = f"{used} {place_name}" + (f" stands in for {rule.fact}" if used != rule.fact else "")
    said = partial(_region_said, rule, Evidence(used, code, _source(used)))
    if regions is None:
        return said("region_unknown", Outcome.REVIEW, f"{shown}: no list of regions")
    place = regions.place(code, codes)
    listed = regions.list.title
    if place is Place.UNKNOWN:
        return said("region_unknown", regions.unknown, f"{used} {code!r} is no ISO 3166 code")
    if regions.restricts(place):
        side = _side(place, regions.list.listing)
        return said(rule.reason, rule.outcome, f"{shown} {side} the list: {listed}")
    outcome = min(regions.unlisted, rule.outcome)
    if place is Place.UNLISTED and outcome is not Outcome.ALLOW:
        return said("region_unlisted", outcome, f"{shown} is not named by the list: {listed}")
    return said("region_supported", Outcome.ALLOW, f"{shown} is supported")


def unstated_reason(rule: RegionRule, found: Yield) -> Reason:
    """What a fact that nobody stated yields."""
    code = "location_unknown" if rule.stand_in else "region_unstated"
    facts = " nor ".join((rule.fact, *rule.stand_in))
    text = f"neither {facts} stated" if rule.stand_in else f"{rule.fact} not stated"
    return grounded(code, rule.id, found.outcome, rule.ground, text, attestation=found.attestation)


def _source(fact: str) -> str:
    return "register" if fact.startswith("register_") else "declared"


def _side(place: Place, listing: Listing) -> str:
    if place is Place.UNLISTED:
        return "is not on"
    return "is excepted from" if listing is Listing.SUPPORTED else "is on"


def _region_said(
    rule: RegionRule, evidence: Evidence, code: str, outcome: Outcome, text: str
) -> Reason:
    return grounded(code, rule.id, outcome, rule.ground, text, evidence=(evidence,))


def named(code: str, name: str) -> str:
    """A code with its display name, where it has one."""
    return code if name == code else f"{name} ({code})"
