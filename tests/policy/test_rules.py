"""Every shipped rule says what its row of the table says, and no more."""

from __future__ import annotations

from fractions import Fraction

import pytest

from clearance.adapters.policies.reading import codes, load_rule, rule_ids
from clearance.model.dates import day_of
from clearance.model.errors import InputError
from clearance.model.party import PartyKind
from clearance.model.rule import Level, SeedFact
from clearance.policy.reading.rules import needs_regions, parse_rule, with_regions

TODAY = "2026-06-01"
ROWS = (
    # id, day, tests, aggregation, readings, control
    ("provider-regions", TODAY, "shares > 50", "pooled", "cascade product", "review"),
    ("provider-regions-50-or-more", TODAY, "shares >= 50", "pooled", "cascade product", "review"),
    ("provider-regions-any-owner", TODAY, "shares > 50", "pooled", "cascade product", "review"),
    (
        "provider-regions-controlled",
        TODAY,
        "votes > 50, board > 50",
        "pooled",
        "cascade product",
        "bars",
    ),
    ("us-ofac-50", TODAY, "shares >= 50", "pooled", "cascade", "flag"),
    ("us-bis-affiliates", "2025-10-01", "shares >= 50", "pooled", "cascade", "flag"),
    ("us-bis-affiliates", "2026-11-10", "shares >= 50", "pooled", "cascade", "flag"),
    ("eu-asset-freeze", "2024-07-02", "shares > 50", "pooled", "cascade", "presumed"),
    ("eu-asset-freeze", "2024-07-03", "shares >= 50", "pooled", "cascade", "presumed"),
    (
        "uk-ofsi",
        TODAY,
        "shares > 50, votes > 50, board > 50",
        "per-party",
        "majority-chain",
        "review",
    ),
    ("ch-seco", TODAY, "shares > 50", "pooled", "cascade", "review"),
    ("ca-sema", TODAY, "shares >= 50, votes >= 50", "per-party", "cascade", "review"),
    (
        "us-outbound-850",
        TODAY,
        "votes >= 50, board >= 50, shares >= 50",
        "pooled",
        "cascade",
        "flag",
    ),
    ("us-doj-bulk-data", TODAY, "shares >= 50", "pooled", "cascade", None),
    ("us-tier-850-206", TODAY, "votes > 50, board > 50", "pooled", "hybrid", None),
    ("us-itar", TODAY, "votes > 50", "pooled", "cascade", "presumed"),
    ("us-chips-feoc", TODAY, "votes >= 25, board >= 25, shares >= 25", "pooled", "cascade", None),
    ("us-fincen-ubo", TODAY, "shares >= 25", "per-party", "product", "flag"),
    ("eu-amlr-ubo", "2027-07-10", "shares >= 25", "per-party", "product", "flag"),
    ("uk-psc", TODAY, "shares > 25, votes > 25", "per-party", "majority-chain", "flag"),
    ("product", "1990-01-01", "shares > 50", "pooled", "product", None),
    ("cascade-50", "1990-01-01", "shares > 50", "pooled", "cascade", None),
)


@pytest.mark.parametrize(("id", "day", "tests", "aggregation", "readings", "control"), ROWS)
def test_a_shipped_rule_holds_its_row(
    id: str, day: str, tests: str, aggregation: str, readings: str, control: str | None
) -> None:
    rule = load_rule(id)
    version = rule.version_on(day_of(day))
    assert version is not None
    found = [f"{t.measure.value} {t.operator.value} {t.threshold * 100}" for t in version.tests]
    assert ", ".join(found) == tests
    assert rule.aggregation.value == aggregation
    assert " ".join(reading.value for reading in rule.readings) == readings
    assert rule.control.level == (Level(control) if control else None)
    assert rule.id == id


def test_every_shipped_rule_has_a_row() -> None:
    assert {row[0] for row in ROWS} == set(rule_ids())


@pytest.mark.parametrize(
    ("id", "day"),
    [
        ("provider-regions", "2025-09-04"),
        ("us-ofac-50", "2014-08-12"),
        ("us-bis-affiliates", "2025-09-28"),
        ("us-bis-affiliates", "2025-11-10"),
        ("us-bis-affiliates", "2026-11-09"),
        ("ca-sema", "2023-06-21"),
        ("us-outbound-850", "2025-01-01"),
        ("us-doj-bulk-data", "2025-04-07"),
        ("eu-amlr-ubo", "2027-07-09"),
        ("uk-psc", "2016-04-05"),
    ],
)
def test_outside_its_periods_a_rule_has_no_version(id: str, day: str) -> None:
    assert load_rule(id).version_on(day_of(day)) is None


def test_four_regime_rows_find_owners() -> None:
    owners = {id for id in rule_ids() if load_rule(id).owners}
    assert owners == {"us-chips-feoc", "us-fincen-ubo", "eu-amlr-ubo", "uk-psc"}


def test_a_rule_read_second_hand_says_so() -> None:
    for id in ("ch-seco", "ca-sema", "eu-amlr-ubo"):
        rule = load_rule(id)
        assert not rule.citations[0].primary
        assert rule.verified.startswith("not verified")


def test_the_published_text_counts_companies_by_headquarters_alone() -> None:
    rule = load_rule("provider-regions")
    assert rule.seeds.kinds == (PartyKind.ENTITY,)
    assert rule.seeds.facts == (SeedFact.HEADQUARTERED,)
    assert rule.control.exact_half
    assert rule.control.other_kinds_of_region


def test_regions_come_from_the_policy_but_for_the_domestic_list() -> None:
    with_own = {id for id in rule_ids() if load_rule(id).seeds.regions}
    assert with_own == {"us-itar"}
    assert load_rule("us-itar").seeds.outside
    rule = load_rule("provider-regions")
    assert needs_regions(rule)
    assert with_regions(rule, ["XB", "XA", "XB"]).seeds.regions == ("XA", "XB")
    assert not needs_regions(load_rule("us-ofac-50"))
    assert not needs_regions(load_rule("uk-psc"))


def test_domestic_offset_lifts_the_presumption_at_a_quarter() -> None:
    control = load_rule("us-itar").control
    assert control.offset
    assert control.presumption is not None
    assert control.presumption.threshold == Fraction(1, 4)


GOOD = """\
id = "own"
title = "Our own"
aggregation = "pooled"
readings = ["cascade"]
verified = "yes"
[[versions]]
start = 2020-01-01
tests = [{ measure = "shares", operator = ">", threshold = 50 }]
[seeds]
kinds = ["entity"]
facts = ["headquartered"]
regions = ["XA", "XB-01"]
[control]
level = "none"
[[citations]]
text = "Our terms, section 4"
"""


def test_a_good_record_has_no_findings() -> None:
    rule, problems = parse_rule(GOOD, "own.toml", codes())
    assert problems == ()
    assert rule.seeds.regions == ("XA", "XB-01")


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('"cascade"', '"cascades"', "own.toml:4: readings[1]: 'cascades' is not known here; did"),
        ('"pooled"', '"together"', "own.toml:3: aggregation: 'together' is not known here; use"),
        ("threshold = 50", "threshold = 101", "own.toml:8: versions[1].tests[1].threshold: '101'"),
        ("threshold = 50", 'threshold = "50%"', "own.toml:8: versions[1].tests[1].threshold:"),
        (
            '">", threshold = 50',
            '">=", threshold = 0',
            "threshold: everybody has at least 0 %; wri",
        ),
        (
            '">", threshold = 50',
            '">", threshold = 100',
            "threshold: nobody has more than 100 %; wr",
        ),
        ("threshold = 50", "treshold = 50", "treshold: unknown field; did you mean 'threshold'?"),
        ("2020-01-01", '"2020-02-30"', "own.toml:7: versions[1].start: '2020-02-30' is no date"),
        ("2020-01-01", "2020-02-30", "own.toml:7: not TOML: "),
        ('"XB-01"', '"Elsewhere"', "own.toml:12: seeds.regions[2]: 'Elsewhere' is no region code"),
        ("regions = [", "#", "own.toml:9: seeds.regions: missing; list codes"),
        ('verified = "yes"', "verified = yes", "own.toml:5: not TOML: "),
        ('verified = "yes"', "verified = 1", "own.toml:5: verified: 1 is of the wrong type"),
        ("[[citations]]", "[[sources]]", "own.toml:15: sources: unknown field"),
        (
            "[seeds]",
            "[[versions]]\ntests = [{ measure = 'votes', operator = '>=', threshold = 5 }]\n"
            "[seeds]",
            "own.toml:9: versions[2].start: overlaps an earlier version",
        ),
    ],
)
def test_a_mistake_is_one_line_with_its_place(old: str, new: str, line: str) -> None:
    assert GOOD.count(old) == 1
    try:
        _, problems = parse_rule(GOOD.replace(old, new), "own.toml", codes())
        messages = [problem.error().message() for problem in problems]
    except InputError as error:
        messages = [error.message()]
    assert any(line in message for message in messages), messages
    assert all("\n" not in message for message in messages)


def test_an_unknown_rule_gets_a_proposal() -> None:
    with pytest.raises(InputError, match="did you mean 'us-ofac-50"):
        load_rule("us-ofac50")
