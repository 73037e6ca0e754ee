"""Small policies, findings and a shelf for tests of the policy room."""

from __future__ import annotations

from fractions import Fraction

from clearance.adapters.policies.reading import load_rule
from clearance.model.errors import InputError
from clearance.model.interest import Measure
from clearance.model.rule import Level, Rule
from clearance.model.share import Share
from clearance.model.verdict import Finding, Reached
from clearance.policy.clauses.regions import Listing, RegionList
from clearance.policy.codes import Codes
from clearance.policy.document import Policy
from clearance.policy.reading.policies import parse_policy
from clearance.policy.reading.shelf import Shelf
from clearance.policy.reasons.owners import Standing

CODES = Codes({"XA": "First Region"})

POLICY = """\
id = "small"
title = "Small"
effective = 2025-01-01
end = 2027-01-01
verified = "yes"
unidentified = "review"
contradiction = "review"

[[citations]]
text = "Our terms"

[regions]
listing = "unsupported"
codes = ["XA", "XB"]
unlisted = "allow"
unknown = "review"

[[region_rules]]
fact = "headquarters"
outcome = "deny"
unstated = "review"
basis = "contract"
ordered_by = "the board"
applies_to = { service = ["chat", "api"] }
citation = "Our terms, section 1"

[[region_rules]]
fact = "phone"
outcome = "review"
unstated = "skip"
basis = "own-choice"
citation = "Our terms, section 2"

[[ownership]]
rule = "provider-regions"
control = "review"
undeclared = [
  { segment = "small", revenue_below = 1000, outcome = "allow_with_notice" },
  { segment = "school", outcome = "allow" },
]
basis = "law"
citation = "Our terms, section 3"
"""


def shelf(*lists: RegionList) -> Shelf:
    """What test policies may refer to: shipped rules, and these lists."""
    known = {one.id: one for one in lists}

    def find(name: str) -> RegionList:
        if name not in known:
            raise InputError(f"no list {name!r}", remedy="use another")
        return known[name]

    return Shelf(CODES, load_rule, find)


def policy(text: str = POLICY) -> Policy:
    """The policy that ``text`` writes; it must be sound."""
    found, problems = parse_policy(text, "small.toml", shelf())
    assert not problems, [problem.error().message() for problem in problems]
    return found


def region_list(listing: Listing, *codes: str) -> RegionList:
    """A list of regions."""
    return RegionList("listed", "the test's list", listing, tuple(sorted(codes)))


def finding(
    reached: Reached = Reached.NO, level: Level | None = None, undeclared: str = "0"
) -> Finding:
    """A finding as the engine would make it."""
    share = Share(Fraction(1, 4), Fraction(3, 4), exclusive_minimum=True)
    return Finding("P", reached, level, share, Measure.SHARES, {}, Fraction(undeclared))


def standing(
    reached: Reached = Reached.NO,
    level: Level | None = None,
    could: bool = False,
    rule: Rule | None = None,
) -> Standing:
    """The engine's answer under ``provider-regions``."""
    return Standing(
        rule or load_rule("provider-regions"),
        reached,
        level,
        could,
        finding=finding(reached, level, "2/5" if could else "0"),
    )
