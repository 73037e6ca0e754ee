"""What one declared fact yields when it is held against a policy's line."""

from __future__ import annotations

from clearance.model.outcome import Outcome
from clearance.policy.codes import Codes
from clearance.policy.document import RegionRule
from clearance.policy.reasons import Reason, grounded
from clearance.policy.regions import Listing, Place, Regions


def region_reason(
    rule: RegionRule, used: str, code: str, regions: Regions | None, codes: Codes
) -> Reason:
    """What one fact yields: ``used`` is the fact that was stated, empty where none was."""
    if not used:
        unknown = "location_unknown" if rule.stand_in else "region_unstated"
        facts = " nor ".join((rule.fact, *rule.stand_in))
        text = f"neither {facts} stated" if rule.stand_in else f"{rule.fact} not stated"
        outcome = Outcome.REVIEW if rule.unstated is None else rule.unstated
        return _region_said(unknown, rule, outcome, text)
    place_name = named(code, codes.name(code))
    shown = f"{used} {place_name}" + (f" stands in for {rule.fact}" if used != rule.fact else "")
    if regions is None:
        return _region_said("region_unknown", rule, Outcome.REVIEW, f"{shown}: no list of regions")
    place = regions.place(code, codes)
    listed = regions.list.title
    if place is Place.UNKNOWN:
        text = f"{used} {code!r} is no ISO 3166 code"
        return _region_said("region_unknown", rule, regions.unknown, text)
    if regions.restricts(place):
        side = _side(place, regions.list.listing)
        return _region_said(rule.reason, rule, rule.outcome, f"{shown} {side} the list: {listed}")
    outcome = min(regions.unlisted, rule.outcome)
    if place is Place.UNLISTED and outcome is not Outcome.ALLOW:
        text = f"{shown} is not named by the list: {listed}"
        return _region_said("region_unlisted", rule, outcome, text)
    return _region_said("region_supported", rule, Outcome.ALLOW, f"{shown} is supported")


def _side(place: Place, listing: Listing) -> str:
    if place is Place.UNLISTED:
        return "is not on"
    return "is excepted from" if listing is Listing.SUPPORTED else "is on"


def _region_said(code: str, rule: RegionRule, outcome: Outcome, text: str) -> Reason:
    return grounded(code, rule.fact, outcome, rule.ground, text)


def named(code: str, name: str) -> str:
    """A code with its display name, where it has one."""
    return code if name == code else f"{name} ({code})"
