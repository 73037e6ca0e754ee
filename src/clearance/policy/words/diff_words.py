"""What a difference between two policies is called: one table of phrases, and values in words.

1. Every field of every part of a document has a phrase; a test holds the table against the parts.
2. Days, shares and outcomes are written as people write them; what is not set is ``nothing``.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum, IntEnum
from fractions import Fraction

from clearance.model.dates import ALWAYS, NEVER, text_of_day
from clearance.model.outcome import Outcome
from clearance.model.party import PartyKind
from clearance.model.rule import Citation, Force, Test
from clearance.model.share import rounded_percent
from clearance.policy.clauses.cases import Case
from clearance.policy.reading.rules import force_text
from clearance.policy.words.describe_further import cases_text
from clearance.policy.words.say import threshold_text

PARTS: Mapping[str, str] = {
    "region_rules": "region rule",
    "ownership": "ownership rule",
    "network_rules": "network rule",
    "campaigns": "campaign rule",
    "end_uses": "end-use rule",
    "end_customers": "end-customer rule",
    "conditions": "condition",
    "wind_downs": "wind-down",
    "licences": "licence",
    "citations": "citation",
    "versions": "version",
}
"""What one of several parts is called, by the field that holds them."""

PHRASES: Mapping[str, str] = {
    # of a policy
    "Policy.id": "its id",
    "Policy.title": "its title",
    "Policy.force": "the period in which it is in effect",
    "Policy.verified": "what is verified of it",
    "Policy.unidentified": "what a customer like nobody yields",
    "Policy.contradiction": "what headquarters that the register contradicts yield",
    "Policy.unknown_account": "what an account of which nothing is known yields",
    "Policy.known_end_uses": "the end uses that are known and not barred",
    "Policy.unknown_end_use": "what an end use that is neither barred nor known yields",
    "Policy.review_allows": "whether a request goes on while somebody reviews",
    "Policy.appeal": "the address for appeals",
    "Policy.blocked_by": "the address of whoever blocks",
    "Policy.regions": "the line between regions",
    "Policy.network": "what is done about a network that says little",
    # of its line between regions
    "Regions.list": "the list",
    "Regions.unlisted": "what a region that the list does not name yields",
    "Regions.unknown": "what is no region code yields",
    "Regions.as_country": "whether a subdivision goes with its country",
    "RegionList.id": "the list's id",
    "RegionList.title": "the list's title",
    "RegionList.listing": "whether the list names supported or unsupported regions",
    "RegionList.codes": "the regions that the list names",
    "RegionList.excepted": "the regions that the list excepts",
    "RegionList.follows": "the codes that go with another",
    "RegionList.source": "where the list was read",
    "RegionList.retrieved": "the day the list was read",
    "RegionList.verified": "what is verified of the list",
    # of what a rule stands on
    "Ground.basis": "its basis",
    "Ground.citation": "where it stands written",
    "Ground.ordered_by": "who ordered it",
    "Ground.applies_to": "what it applies to",
    # of rules
    "RegionRule.fact": "the fact that it judges",
    "RegionRule.outcome": "what an unsupported region yields",
    "RegionRule.unstated": "what a missing fact yields",
    "RegionRule.stand_in": "the facts that take its place",
    "RegionRule.reason": "the reason it gives",
    "RegionRule.agreeing": "what it yields where other weak evidence agrees",
    "RegionRule.named": "the name of the rule",
    "OwnershipRule.rule": "the regime record",
    "OwnershipRule.certain": "what being reached for certain yields",
    "OwnershipRule.presumed": "what presumed control yields",
    "OwnershipRule.possible": "what being possibly reached yields",
    "OwnershipRule.control": "what control without ownership yields",
    "OwnershipRule.undeclared": "what an undeclared rest that could pass yields",
    "NetworkTerms.stale_after": "the days after which a source is old",
    "NetworkTerms.stale": "what an old source yields",
    "NetworkTerms.unlisted": "what an address that no source knows yields",
    "NetworkTerms.untold": "what a request without an address yields",
    "NetworkRule.kinds": "the kinds of network",
    "NetworkRule.one_source": "what one source yields",
    "NetworkRule.agreed": "what agreeing sources yield",
    "NetworkRule.with_fact": "what agreeing sources beside a fact about the organisation yield",
    "CampaignRule.member": "what confirmed membership yields",
    "CampaignRule.unreviewed": "what a finding that nobody reviewed yields",
    "CampaignRule.confidence": "the confidence asked for, in percent",
    "EndUseRule.uses": "the barred uses",
    "EndUseRule.declared": "what a declared use yields",
    "EndUseRule.observed": "what an observed use yields",
    "EndUseRule.doubtful": "what a doubtful observation yields",
    "EndUseRule.confidence": "the confidence asked for, in percent",
    "EndCustomerRule.channels": "the channels that serve others",
    "EndCustomerRule.undisclosed": "what an undisclosed end customer yields",
    "EndCustomerRule.holder_too": "whether the account's holder is judged as well",
    "Condition.when": "the condition",
    "Condition.variables": "the variables it reads",
    "Condition.outcome": "what it yields",
    "Condition.says": "what it says",
    "WindDown.rule": "the rule it softens",
    "WindDown.classes": "the classes it is for",
    "WindDown.start": "the day it starts",
    "WindDown.notice": "the notice given",
    "WindDown.notices": "the days of notice before the exit",
    "WindDown.during": "what it yields while it runs",
    "WindDown.new_use": "what new use yields while it runs",
    "WindDown.after": "what it yields afterwards",
    "Term.months": "the months it runs",
    "Term.days": "the days it runs",
    "Licence.rules": "the rules it removes",
    "Licence.owner": "who answers for it",
    "Licence.force": "the period in which it holds",
    "Licence.customers": "the customers who hold it",
    "Licence.classes": "the classes that hold it",
    "Licence.posted": "whether a posted fact gives it",
    # of regime records
    "Rule.title": "its title",
    "Rule.aggregation": "whose holdings are added",
    "Rule.readings": "the readings of “indirectly”",
    "Rule.owners": "whether it finds owners and bars nobody",
    "Rule.consolidation": "whether accounting consolidation counts as a majority",
    "Rule.options": "whether options count as exercised",
    "Rule.trusts": "the roles whose the holding of a trust is",
    "Rule.verified": "what is verified of it",
    "Version.tests": "the tests",
    "Seeds.kinds": "the kinds of party that are restricted",
    "Seeds.lists": "the lists that restrict",
    "Seeds.facts": "the facts that put a party in a region",
    "Seeds.regions": "the regions",
    "Seeds.outside": "whether being outside the regions restricts",
    "Seeds.everyone": "whether everybody is restricted",
    "Control.level": "what control does",
    "Control.types": "the interests that are control",
    "Control.exact_half": "whether exactly half is control",
    "Control.other_kinds_of_region": "whether a majority of the region's other parties is control",
    "Control.presumption": "the test that presumes control",
    "Control.offset": "whether one domestic holder lifts the presumption",
    "Control.whole_in_hybrid": "whether a controlled link counts whole",
}
"""A phrase for each field, by class and name; identities, and parts with fields of their own, have
none."""

_DAYS = frozenset({"RegionList.retrieved", "WindDown.start"})


def phrase(place: str) -> str:
    """What a field is called; its own name where the table has none."""
    return PHRASES.get(place, place.partition(".")[2].replace("_", " "))


def value_text(value: object, place: str = "") -> str:
    """A value in words.

    >>> value_text(Outcome.DENY), value_text(("b", "a")), value_text(Fraction(1, 2))
    ('deny', 'b, a', '50 %')
    """
    if value is None or value == "" or value == ():
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Fraction):
        return f"{rounded_percent(value)} %"
    if isinstance(value, int) and not isinstance(value, IntEnum):
        return _day(value) if place in _DAYS else str(value)
    if isinstance(value, tuple):
        cases = tuple(one for one in value if isinstance(one, Case))
        return cases_text(cases) if cases else ", ".join(map(value_text, value))
    if isinstance(value, Mapping):
        return ", ".join(f"{key} with {other}" for key, other in value.items())
    return _part(value)


def _part(value: object) -> str:
    match value:
        case Outcome() | PartyKind():
            return value.word
        case Enum():
            return value.name if isinstance(value, IntEnum) else str(value.value)
        case Force():
            return force_text(value)
        case Test():
            return threshold_text(value)
        case Citation():
            return f"{value.text} {value.url}".strip()
        case Decimal() | str():
            return str(value)
    return type(value).__name__


def _day(day: int) -> str:
    return "no day" if day in (ALWAYS, NEVER) else text_of_day(day)
