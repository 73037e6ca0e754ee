"""Reading a policy document: TOML in, dataclasses and findings out.

1. References are resolved by functions passed in, so that nothing here reads a file.
2. Unknown never yields plain ``allow``: where a policy says so, it is a finding.
3. A rule that finds owners bars nobody and cannot stand in a policy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from clearance.model.customer import DECLARED
from clearance.model.dates import NEVER
from clearance.model.errors import InputError
from clearance.model.outcome import Outcome
from clearance.model.rule import Force, Rule
from clearance.policy.codes import Codes
from clearance.policy.document import (
    OwnershipRule,
    Policy,
    RegionRule,
    UndeclaredCase,
)
from clearance.policy.fields import Fields
from clearance.policy.ground import Basis, Ground
from clearance.policy.located import locate
from clearance.policy.problems import Problem, Sheet
from clearance.policy.reasons import REASONS
from clearance.policy.region_lists import LISTINGS, distinct
from clearance.policy.regions import RegionList, Regions
from clearance.policy.rules import citations, needs_regions, region_codes

_T = TypeVar("_T")

FACTS = (
    "headquarters",
    "incorporation",
    *DECLARED,
    "register_headquarters",
    "register_incorporation",
)
"""Facts a region rule can judge; ``declared_ANYTHING`` judges a further declared column."""

_OUTCOMES = {outcome.word: outcome for outcome in Outcome}
_BASES = {basis.value: basis for basis in Basis}
_WAYS = {"alone": False, "as-country": True}
_UNSTATED: Mapping[str, Outcome | None] = {"skip": None, **_OUTCOMES}
_STAND_INS = {"headquarters": ("incorporation",)}


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a document may refer to: rules and region lists by name, and the code table."""

    codes: Codes
    rule: Callable[[str], Rule]
    list: Callable[[str], RegionList]


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
        region_rules=tuple(_region_rule(table) for table in root.tables("region_rules")),
        ownership=_ownerships(root, shelf),
        unidentified=_guarded(root, "unidentified", Outcome.REVIEW),
        contradiction=_guarded(root, "contradiction", Outcome.REVIEW),
        verified=root.text("verified"),
    )
    _whole(root, policy)
    root.done()
    return policy, tuple(sorted(sheet.problems))


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
        unlisted=table.choice("unlisted", _OUTCOMES),
        unknown=_guarded(table, "unknown", None),
        as_country=table.choice("subdivisions", _WAYS, False),
    )
    table.done()
    return regions


def _listed(table: Fields, shelf: Shelf, written: RegionList) -> RegionList:
    for name in ("codes", "except"):
        if table.has(name):
            table.note(name, "stands beside list", "keep one of the two")
    found = _resolved(table, "list", shelf.list)
    if found is None:
        return written
    if found.listing is not written.listing:
        table.note(
            "listing",
            f"the list {found.id!r} names {found.listing.value} regions",
            f'write listing = "{found.listing.value}"',
        )
    return found


def _region_rule(table: Fields) -> RegionRule:
    facts = {fact: fact for fact in FACTS}
    written = table.raw("fact")
    if isinstance(written, str) and written.startswith("declared_"):
        facts[written] = written
    fact = table.choice("fact", facts)
    reasons = {reason.code: reason.code for reason in REASONS if reason.function == "region"}
    rule = RegionRule(
        fact=fact,
        outcome=table.choice("outcome", _OUTCOMES),
        ground=_ground(table),
        unstated=table.choice("unstated", _UNSTATED, Outcome.REVIEW),
        stand_in=_STAND_INS.get(fact, ()),
        reason=table.choice("reason", reasons, "region_unsupported"),
    )
    if rule.unstated is Outcome.ALLOW:
        table.note("unstated", "unknown is never plain allow", 'write "skip" or a stricter outcome')
    table.done()
    return rule


def _ownerships(root: Fields, shelf: Shelf) -> tuple[OwnershipRule, ...]:
    found: list[OwnershipRule] = []
    for table in root.tables("ownership"):
        owned = _ownership(table, shelf, root.has("regions"))
        if owned.rule and owned.rule in [earlier.rule for earlier in found]:
            table.note("rule", f"{owned.rule!r} is named twice", "keep one of the two")
        found.append(owned)
    return tuple(found)


def _ownership(table: Fields, shelf: Shelf, drawn: bool) -> OwnershipRule:
    rule = _resolved(table, "rule", shelf.rule)
    if rule is not None and rule.owners:
        table.note("rule", f"{rule.id!r} finds owners and bars nobody", "use explain --owners")
    if rule is not None and needs_regions(rule) and not drawn:
        what = f"{rule.id!r} asks where a party is, and no [regions] say what counts"
        table.note("rule", what, "write [regions]")
    found = OwnershipRule(
        rule=rule.id if rule is not None else "",
        ground=_ground(table),
        certain=table.choice("certain", _OUTCOMES, Outcome.DENY),
        presumed=table.choice("presumed", _OUTCOMES, Outcome.REVIEW),
        possible=_guarded(table, "possible", Outcome.REVIEW),
        control=table.choice("control", _OUTCOMES, Outcome.REVIEW),
        undeclared=_undeclared(table),
    )
    table.done()
    return found


def _undeclared(table: Fields) -> tuple[UndeclaredCase, ...]:
    if not isinstance(table.raw("undeclared"), list):
        return (UndeclaredCase(table.choice("undeclared", _OUTCOMES, Outcome.REVIEW)),)
    cases = []
    for case in table.tables("undeclared"):
        cases.append(
            UndeclaredCase(
                outcome=case.choice("outcome", _OUTCOMES),
                segment=case.text("segment", ""),
                revenue_below=case.amount("revenue_below"),
            )
        )
        case.done()
    return tuple(cases)


def _ground(table: Fields) -> Ground:
    return Ground(
        basis=table.choice("basis", _BASES),
        citation=table.text("citation"),
        ordered_by=table.text("ordered_by", ""),
        applies_to=_scope(table.table("applies_to")),
    )


def _scope(table: Fields) -> tuple[str, ...]:
    kinds = ("service", "model", "channel")
    named = {f"{kind}:{word}" for kind in kinds for _, word in table.words(kind)}
    table.done()
    return tuple(sorted(named))


def _guarded(table: Fields, name: str, default: Outcome | None) -> Outcome:
    outcome = table.choice(name, _OUTCOMES, default)
    if outcome is Outcome.ALLOW and table.has(name) and table.raw(name) == "allow":
        table.note(name, "unknown is never plain allow", "write allow_with_notice or review")
    return outcome


def _whole(root: Fields, policy: Policy) -> None:
    if not (policy.region_rules or policy.ownership):
        root.note("ownership", "no rule", "write [[region_rules]] or [[ownership]]")
    if policy.region_rules and policy.regions is None:
        root.note("region_rules", "no [regions] to hold them against", "write [regions]")


def _resolved(table: Fields, name: str, find: Callable[[str], _T]) -> _T | None:
    wanted = table.text(name)
    if not wanted:
        return None
    try:
        return find(wanted)
    except InputError as error:
        place = f"{error.file}: " if error.file else ""
        table.note(name, f"{place}{error.what}", error.remedy or "correct it")
        return None
