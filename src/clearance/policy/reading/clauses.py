"""Reading the rules of a policy, one kind a function.

1. A rule that finds owners bars nobody and cannot stand in a policy.
2. What rests on weak evidence yields at most review, and on a suspicion as well.
"""

from __future__ import annotations

from clearance.model.customer import DECLARED
from clearance.model.errors import InputError
from clearance.model.outcome import Outcome
from clearance.network.origin import Kind
from clearance.policy.clauses.conditions import Condition, variables_of
from clearance.policy.clauses.conduct import CampaignRule, EndUseRule
from clearance.policy.clauses.network_rules import NetworkRule, NetworkTerms
from clearance.policy.clauses.resale import EndCustomerRule
from clearance.policy.document import OwnershipRule, RegionRule
from clearance.policy.judging.networks import NETWORK
from clearance.policy.judging.together import STRONG
from clearance.policy.reading.fields import Fields
from clearance.policy.reading.parts import (
    CHANNELS,
    OUTCOMES,
    cases,
    ground,
    guarded,
    mild,
    or_skip,
    words,
)
from clearance.policy.reading.rules import needs_regions
from clearance.policy.reading.shelf import Shelf, resolved
from clearance.policy.reasons.kinds import REASONS

FACTS = ("headquarters", "incorporation", *DECLARED, *STRONG[2:], NETWORK)
"""Facts a region rule can judge; ``declared_ANYTHING`` judges a further declared column."""

_ALONE = ("billing", "phone", NETWORK)
"""Facts that alone lead at most to review."""

_STAND_INS = {"headquarters": ("incorporation",)}
_CODES = {reason.code: reason.code for reason in REASONS if reason.function == "region"}
_KINDS = {kind.value: kind for kind in Kind if kind is not Kind.RESERVED}
_CERTAIN = 100


def region_rule(table: Fields) -> RegionRule:
    """``[[region_rules]]``."""
    facts = {fact: fact for fact in FACTS}
    written = table.raw("fact")
    if isinstance(written, str) and written.startswith("declared_"):
        facts[written] = written
    fact = table.choice("fact", facts)
    weak = fact not in STRONG
    rule = RegionRule(
        fact=fact,
        outcome=mild(table, "outcome") if fact in _ALONE else table.choice("outcome", OUTCOMES),
        ground=ground(table),
        unstated=None if _skipped(table, fact) else cases(table, "unstated"),
        stand_in=_STAND_INS.get(fact, ()),
        reason=table.choice("reason", _CODES, "region_unsupported"),
        agreeing=table.choice("agreeing", OUTCOMES) if weak and table.has("agreeing") else None,
        named=table.id() if table.has("id") else "",
    )
    table.done()
    return rule


def _skipped(table: Fields, fact: str) -> bool:
    if fact == NETWORK:
        return True
    return table.raw("unstated") == "skip"


def ownership(table: Fields, shelf: Shelf, drawn: bool) -> OwnershipRule:
    """``[[ownership]]``; ``drawn`` says whether the policy has regions."""
    rule = resolved(table, "rule", shelf.rule)
    if rule is not None and rule.owners:
        table.note("rule", f"{rule.id!r} finds owners and bars nobody", "use explain --owners")
    if rule is not None and needs_regions(rule) and not drawn:
        what = f"{rule.id!r} asks where a party is, and no [regions] say what counts"
        table.note("rule", what, "write [regions]")
    found = OwnershipRule(
        rule=rule.id if rule is not None else "",
        ground=ground(table),
        certain=table.choice("certain", OUTCOMES, Outcome.DENY),
        presumed=table.choice("presumed", OUTCOMES, Outcome.REVIEW),
        possible=cases(table, "possible"),
        control=table.choice("control", OUTCOMES, Outcome.REVIEW),
        undeclared=cases(table, "undeclared", known=True),
    )
    table.done()
    return found


def network_terms(table: Fields) -> NetworkTerms:
    """``[network]``."""
    stale_after = table.count("stale_after") if table.has("stale_after") else None
    if stale_after is None and table.has("stale"):
        table.note("stale", "nothing says when data is stale", "write stale_after, in days")
    terms = NetworkTerms(
        ground=ground(table),
        stale_after=stale_after,
        stale=None if stale_after is None else or_skip(table, "stale"),
        unlisted=or_skip(table, "unlisted"),
        untold=or_skip(table, "untold"),
    )
    table.done()
    return terms


def network_rule(table: Fields) -> NetworkRule:
    """``[[network_rules]]``."""
    rule = NetworkRule(
        id=table.id(),
        ground=ground(table),
        kinds=tuple(sorted(table.choices("kinds", _KINDS))),
        one_source=mild(table, "one_source"),
        agreed=mild(table, "agreed"),
        with_fact=table.choice("with_fact", OUTCOMES),
    )
    if not rule.kinds:
        table.note("kinds", "no kind of network", 'write for example kinds = ["vpn", "tor"]')
    table.done()
    return rule


def campaign(table: Fields) -> CampaignRule:
    """``[[campaigns]]``."""
    rule = CampaignRule(
        id=table.id(),
        ground=ground(table),
        member=table.choice("member", OUTCOMES),
        unreviewed=mild(table, "unreviewed"),
        confidence=table.count("confidence", most=_CERTAIN),
    )
    table.done()
    return rule


def end_use(table: Fields) -> EndUseRule:
    """``[[end_uses]]``."""
    rule = EndUseRule(
        id=table.id(),
        ground=ground(table),
        uses=words(table, "uses"),
        declared=table.choice("declared", OUTCOMES),
        observed=table.choice("observed", OUTCOMES),
        doubtful=guarded(table, "doubtful", None),
        confidence=table.count("confidence", most=_CERTAIN),
    )
    if not rule.uses:
        table.note("uses", "no end use", 'write for example uses = ["mass-surveillance"]')
    table.done()
    return rule


def end_customer(table: Fields) -> EndCustomerRule:
    """``[[end_customers]]``."""
    rule = EndCustomerRule(
        id=table.id(),
        ground=ground(table),
        channels=table.choices("channels", CHANNELS),
        undisclosed=guarded(table, "undisclosed", None),
        holder_too=table.flag("holder_too"),
    )
    if not rule.channels:
        table.note("channels", "no channel", 'write for example channels = ["reseller"]')
    table.done()
    return rule


def condition(table: Fields) -> Condition:
    """``[[conditions]]``."""
    when = table.text("when")
    found = Condition(
        id=table.id(),
        ground=ground(table),
        when=when,
        variables=_read(table, when) if when else (),
        outcome=table.choice("outcome", OUTCOMES),
        says=table.text("says"),
    )
    table.done()
    return found


def _read(table: Fields, when: str) -> tuple[str, ...]:
    try:
        return variables_of(when)
    except InputError as error:
        table.note("when", error.what, error.remedy or "mend the expression")
        return ()
