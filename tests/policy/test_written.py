"""A policy's mistakes: each one line, with its place and what to do."""

from __future__ import annotations

import pytest
from tests.policy.examples import CODES, POLICY, policy, region_list, shelf

from clearance.model.errors import InputError
from clearance.model.outcome import Outcome
from clearance.policy.clauses.ground import Basis
from clearance.policy.clauses.regions import Listing
from clearance.policy.reading.policies import parse_policy
from clearance.policy.reading.region_lists import parse_region_list

MISTAKES = (
    ('"provider-regions"', '"provider-region"', "small.toml:35: ownership[1].rule: no rule"),
    ('"provider-regions"', '"provider-region"', "did you mean 'provider-regions"),
    ('"provider-regions"', '"uk-psc"', "'uk-psc' finds owners and bars nobody"),
    ('codes = ["XA", "XB"]', 'codes = ["XA", "Q"]', "small.toml:14: regions.codes[2]: 'Q' is no"),
    ('codes = ["XA", "XB"]', "codes = []", "small.toml:14: regions.codes: no region"),
    ('codes = ["XA", "XB"]', 'codes = "XA"', "regions.codes: 'XA' is of the wrong type"),
    ('codes = ["XA", "XB"]', 'list = "none"', "small.toml:14: regions.list: no list 'none'"),
    ('listing = "unsupported"', 'listing = "unsuported"', "did you mean 'unsupported'?"),
    ('unknown = "review"', 'unknown = "allow"', "small.toml:16: regions.unknown: unknown is never"),
    ('unknown = "review"', "", "small.toml:12: regions.unknown: missing; write one of allow"),
    ('unidentified = "review"', 'unidentified = "allow"', "small.toml:6: unidentified: unknown is"),
    ('unstated = "review"', 'unstated = "allow"', "region_rules[1].unstated: unknown is never"),
    ('fact = "phone"', 'fact = "phones"', "region_rules[2].fact: 'phones' is not known here; did"),
    ('basis = "law"', 'basis = "laws"', "ownership[1].basis: 'laws' is not known here; did you"),
    ('basis = "law"\n', "", "small.toml:34: ownership[1].basis: missing; write one of law"),
    ('control = "review"', 'controll = "review"', "ownership[1].controll: unknown field; did you"),
    ("effective = 2025-01-01", "effective = 2025-02-30", "small.toml:3: not TOML"),
    ("effective = 2025-01-01", 'effective = "2025-02-30"', "small.toml:3: effective: '2025-02-30'"),
    ("effective = 2025-01-01", "", "small.toml:1: effective: missing; write a date"),
    ("effective = 2025-01-01", "effective = 2028-01-01", "small.toml:4: end: is not after"),
    ("revenue_below = 1000", "revenue_below = -1", "ownership[1].undeclared[1].revenue_below: -1"),
    ("revenue_below = 1000", "revenue_below = nan", "revenue_below: NaN is no amount"),
    ('outcome = "deny"', 'outcome = "block"', "region_rules[1].outcome: 'block' is not known"),
    (
        'applies_to = { service = ["chat", "api"] }',
        "applies_to = { service = [1] }",
        "applies_to.service[1]: 1 is no text",
    ),
    (
        'applies_to = { service = ["chat", "api"] }',
        'applies_to = ["api"]',
        "applies_to: ['api'] is of the wrong type",
    ),
    ('[[citations]]\ntext = "Our terms"', "", "citations: no citation"),
    ('[[citations]]\ntext = "Our terms"', "[citations]", "citations: {} is of the wrong type"),
    ('verified = "yes"', 'verified = ""', "verified: '' is of the wrong type"),
)


@pytest.mark.parametrize(("old", "new", "line"), MISTAKES)
def test_a_mistake_is_one_line_with_its_place(old: str, new: str, line: str) -> None:
    assert old in POLICY
    try:
        _, problems = parse_policy(POLICY.replace(old, new, 1), "small.toml", shelf())
        messages = [problem.error().message() for problem in problems]
    except InputError as error:
        messages = [error.message()]
    assert any(line in message for message in messages), messages
    assert all("\n" not in message and "; " in message for message in messages)


def test_every_mistake_is_told_at_once() -> None:
    text = POLICY.replace('basis = "law"', 'basis = "laws"').replace('"phone"', '"phones"')
    _, problems = parse_policy(text, "small.toml", shelf())
    assert [problem.line for problem in problems] == sorted(problem.line for problem in problems)
    assert len(problems) == 2


def test_a_policy_without_rules_is_a_mistake() -> None:
    text = POLICY[: POLICY.index("[regions]")]
    _, problems = parse_policy(text, "small.toml", shelf())
    assert [problem.what for problem in problems] == ["no rule"]


def test_a_rule_on_regions_needs_regions() -> None:
    start = POLICY.index("[regions]")
    text = POLICY[:start] + POLICY[POLICY.index("[[ownership]]") :]
    _, problems = parse_policy(text, "small.toml", shelf())
    assert "no [regions] say what counts" in problems[0].what


def test_a_rule_named_twice_is_a_mistake() -> None:
    twice = POLICY + POLICY[POLICY.index("[[ownership]]") :]
    _, problems = parse_policy(twice, "small.toml", shelf())
    assert [problem.field for problem in problems] == ["ownership[2].rule"]


def test_a_list_on_the_other_side_is_a_mistake() -> None:
    text = POLICY.replace('codes = ["XA", "XB"]', 'list = "listed"')
    lists = shelf(region_list(Listing.SUPPORTED, "XS"))
    _, problems = parse_policy(text, "small.toml", lists)
    assert problems[0].remedy == 'write listing = "supported"'


def test_basis_order_and_scope_are_read() -> None:
    ground = policy().region_rules[0].ground
    assert ground.basis is Basis.CONTRACT
    assert ground.ordered_by == "the board"
    assert ground.applies_to == ("service:api", "service:chat")


def test_a_short_undeclared_key_is_for_everybody() -> None:
    start, end = POLICY.index("undeclared = ["), POLICY.index('basis = "law"')
    text = POLICY[:start] + 'undeclared = "allow_with_notice"\n' + POLICY[end:]
    owned = policy(text).ownership[0]
    assert owned.undeclared[0].outcome is Outcome.ALLOW_WITH_NOTICE


LIST = """\
id = "listed"
title = "Listed"
listing = "supported"
source = "a page"
retrieved = 2026-01-01
verified = "yes"
codes = ["XS", "XA"]
except = ["XS-01"]
[follows]
XT = "XS"
"""


def test_a_region_list_is_read() -> None:
    found, problems = parse_region_list(LIST, "listed.toml", CODES)
    assert problems == ()
    assert found.codes == ("XA", "XS")
    assert found.follows == {"XT": "XS"}


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('"XA"]', '"XA", "England"]', "listed.toml:7: codes[3]: 'England' is no region code"),
        ('XT = "XS"', 'XT = "Elsewhere"', "listed.toml:10: follows.XT: 'Elsewhere' is no region"),
        ('["XS", "XA"]', "[]", "listed.toml:7: codes: no region; list at least one"),
        ('["XS-01"]', '["XA"]', "listed.toml:8: except: 'XA' is listed as well; keep one"),
        ("retrieved = 2026-01-01", "", "listed.toml:1: retrieved: missing; write a date"),
    ],
)
def test_a_mistake_in_a_list_is_told(old: str, new: str, line: str) -> None:
    _, problems = parse_region_list(LIST.replace(old, new), "listed.toml", CODES)
    assert line in problems[0].error().message()
