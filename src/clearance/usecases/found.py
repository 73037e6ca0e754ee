"""What a screening found of a customer, as the decision point keeps it between screenings.

1. Every rule that the screening asked has a standing here; one that it did not ask has none, and
   is then a rule that was not evaluated.
2. A finding stands from the day it was made for, until a later screening says otherwise.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass

from clearance.model.plain import canonical
from clearance.model.rule import Rule
from clearance.policy.clauses.regions import Regions
from clearance.policy.document import Policy
from clearance.policy.reading.rules import needs_regions
from clearance.policy.reasons.owners import Standing


@dataclass(frozen=True, slots=True)
class Run:
    """A screening: under what, on what day and data, and what it ``asked``: a digest by rule."""

    id: str
    policy: str
    as_of: int
    snapshot: str
    asked: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """Who a customer was found to be, and how it stands.

    **Shape**: ``party`` is the reference's id, empty where the customer is not identified;
    ``doubt`` and ``unidentified`` are then the code and the words of that reason; the register's
    places are codes, empty where not known; ``standings`` by rule id; ``proof`` is an address.
    """

    customer: str
    run: Run
    party: str = ""
    doubt: str = ""
    unidentified: str = ""
    register_headquarters: str = ""
    register_incorporation: str = ""
    standings: Mapping[str, Standing] = field(default_factory=dict)
    proof: str = ""


def asked(policy: Policy, rules: Mapping[str, Rule]) -> Mapping[str, str]:
    """What a policy asks about owners: a digest by rule id, of the rule and the regions it gets.

    Two policies that ask the same have the same digests, whatever else they say; fields at their
    defaults do not count, so that a later version of the program asks what this one asked.
    """
    return {
        owned.rule: _digest(rules[owned.rule], policy.regions)
        for owned in policy.ownership
        if owned.rule in rules
    }


def _digest(rule: Rule, regions: Regions | None) -> str:
    bound = regions if needs_regions(rule) else None
    text = canonical([_plain(rule), _plain(bound)])
    return hashlib.sha256(text.encode()).hexdigest()


_WORDS = ("title", "source", "retrieved", "verified", "citations")
"""Fields that say where something stands written, and change no answer."""


def _plain(value: object) -> object:
    """Anything that rules are made of as JSON; defaults and words about it left out."""
    if is_dataclass(value):
        said = {one.name: getattr(value, one.name) for one in fields(value)}
        return {
            one.name: _plain(said[one.name])
            for one in fields(value)
            if one.name not in _WORDS and said[one.name] != one.default
        }
    if isinstance(value, Mapping):
        return {str(key): _plain(value[key]) for key in value}
    if isinstance(value, (tuple, list)):
        return [_plain(one) for one in value]
    return value if value is None or isinstance(value, (bool, int, str)) else str(value)
