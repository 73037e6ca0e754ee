"""Reading a policy document: TOML in, dataclasses and findings out.

1. References are resolved by functions passed in, so that nothing here reads a file.
2. Every id stands once; wind-downs and licences name rules of the same document.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from clearance.model.dates import NEVER
from clearance.model.outcome import Outcome
from clearance.model.rule import Force
from clearance.policy.clauses.regions import RegionList, Regions
from clearance.policy.document import OwnershipRule, Policy
from clearance.policy.judging.networks import NETWORK
from clearance.policy.reading.clauses import (
    campaign,
    condition,
    end_customer,
    end_use,
    network_rule,
    network_terms,
    ownership,
    region_rule,
)
from clearance.policy.reading.fields import Fields
from clearance.policy.reading.located import locate
from clearance.policy.reading.parts import OUTCOMES, cases, guarded, words
from clearance.policy.reading.problems import Problem, Sheet
from clearance.policy.reading.region_lists import LISTINGS, distinct
from clearance.policy.reading.rules import citations, region_codes
from clearance.policy.reading.shelf import Shelf, resolved
from clearance.policy.reading.terms import licence, wind_down

_T = TypeVar("_T")
_WAYS = {"alone": False, "as-country": True}


def parse_policy(text: str, file: str, shelf: Shelf) -> tuple[Policy, Sequence[Problem]]:
    """A policy, and what is wrong with it; do not use the policy unless nothing is.

    Raises:
        InputError: the text is no TOML.
    """
    sheet = Sheet(file, locate(text, file))
    root = Fields.of(sheet)
    policy = Policy(
        id=root.id(),
        title=root.text("title"),
        force=_force(root),
        citations=citations(root),
        regions=_regions(root.table("regions"), shelf) if root.has("regions") else None,
        region_rules=_each(root, "region_rules", region_rule),
        ownership=_ownerships(root, shelf),
        unidentified=cases(root, "unidentified"),
        contradiction=guarded(root, "contradiction", Outcome.REVIEW),
        verified=root.text("verified"),
        network=network_terms(root.table(NETWORK)) if root.has(NETWORK) else None,
        network_rules=_each(root, "network_rules", network_rule),
        campaigns=_each(root, "campaigns", campaign),
        end_uses=_each(root, "end_uses", end_use),
        end_customers=_each(root, "end_customers", end_customer),
        conditions=_each(root, "conditions", condition),
        unknown_account=guarded(root, "unknown_account", Outcome.REVIEW),
        known_end_uses=words(root, "known_end_uses"),
        unknown_end_use=guarded(root, "unknown_end_use", Outcome.REVIEW),
        review_allows=root.flag("review_allows"),
        appeal=root.text("appeal", ""),
        blocked_by=root.text("blocked_by", ""),
    )
    policy = _with_terms(root, policy)
    _whole(root, policy)
    root.done()
    return policy, tuple(sorted(sheet.problems))


def _with_terms(root: Fields, policy: Policy) -> Policy:
    rules = policy.rule_ids()
    return replace(
        policy,
        wind_downs=_each(root, "wind_downs", lambda table: wind_down(table, rules)),
        licences=_each(root, "licences", lambda table: licence(table, rules)),
    )


def _each(root: Fields, name: str, read: Callable[[Fields], _T]) -> tuple[_T, ...]:
    return tuple(read(table) for table in root.tables(name))


def _force(root: Fields) -> Force:
    force = Force(root.day("effective"), root.day("end", NEVER))
    if force.start >= force.end:
        root.note("end", "is not after effective", "give the first day it no longer applies")
    return force


def _regions(table: Fields, shelf: Shelf) -> Regions:
    listing = table.choice("listing", LISTINGS)
    written = RegionList(
        id="",
        title="the policy's own list",
        listing=listing,
        codes=region_codes(table, "codes", shelf.codes),
        excepted=region_codes(table, "except", shelf.codes),
    )
    chosen = _listed(table, shelf, written) if table.has("list") else written
    if not table.has("list"):
        distinct(table, written)
        if not written.codes:
            table.note("codes", "no region", 'list codes, or refer to a list with list = "…"')
    regions = Regions(
        list=chosen,
        unlisted=table.choice("unlisted", OUTCOMES),
        unknown=guarded(table, "unknown", None),
        as_country=table.choice("subdivisions", _WAYS, False),
    )
    table.done()
    return regions


def _listed(table: Fields, shelf: Shelf, written: RegionList) -> RegionList:
    for name in ("codes", "except"):
        if table.has(name):
            table.note(name, "stands beside list", "keep one of the two")
    found = resolved(table, "list", shelf.list)
    if found is None:
        return written
    if found.listing is not written.listing:
        table.note(
            "listing",
            f"the list {found.id!r} names {found.listing.value} regions",
            f'write listing = "{found.listing.value}"',
        )
    return found


def _ownerships(root: Fields, shelf: Shelf) -> tuple[OwnershipRule, ...]:
    found: list[OwnershipRule] = []
    for table in root.tables("ownership"):
        owned = ownership(table, shelf, root.has("regions"))
        if owned.rule and owned.rule in [earlier.rule for earlier in found]:
            table.note("rule", f"{owned.rule!r} is named twice", "keep one of the two")
        found.append(owned)
    return tuple(found)


def _whole(root: Fields, policy: Policy) -> None:
    if not policy.rule_ids():
        root.note("ownership", "no rule", "write [[region_rules]], [[ownership]] or another rule")
    if policy.region_rules and policy.regions is None:
        root.note("region_rules", "no [regions] to hold them against", "write [regions]")
    judged = policy.network_rules or any(rule.fact == NETWORK for rule in policy.region_rules)
    if judged and policy.network is None:
        what = "nothing says what an old, unlisted or missing address yields"
        root.note(NETWORK, what, "write [network]")
    _uses(root, policy)
    _once(root, policy)


def _uses(root: Fields, policy: Policy) -> None:
    """Note what known end uses would not change."""
    barred = policy.barred_uses()
    for use in policy.known_end_uses:
        if use in barred:
            root.note("known_end_uses", f"{use!r} is barred", "keep one of the two")
    if root.has("unknown_end_use") and not (barred or policy.known_end_uses):
        what = "no end use is named, so none is unknown"
        root.note("unknown_end_use", what, "write known_end_uses or [[end_uses]]")


def _once(root: Fields, policy: Policy) -> None:
    """Note every id that two parts of the policy share."""
    seen = {rule.id for rule in policy.region_rules} | {owned.rule for owned in policy.ownership}
    for one in (*policy.further(), *policy.wind_downs, *policy.licences):
        if one.id in seen:
            root.note("id", f"{one.id!r} names two things", "give each an id of its own")
        seen.add(one.id)
