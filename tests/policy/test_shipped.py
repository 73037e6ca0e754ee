"""What is shipped is whole: sound, cited, dated, and found by its id."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from clearance.adapters.policies import reading as policies
from clearance.adapters.policies.loaded import load_policy
from clearance.adapters.policies.reading import load_list, load_rule
from clearance.model.customer import Customer
from clearance.model.dates import day_of, text_of_day
from clearance.model.outcome import Outcome
from clearance.policy.clauses.regions import Listing
from clearance.policy.facts import facts_of
from clearance.policy.judging.decide import Judge
from clearance.policy.reasons.kinds import REASONS, reference_page

ROOT = Path(__file__).parents[2]
MISSION = "provider-regions-2025-09-05"
PRESS = {
    "press-50-or-more": "provider-regions-50-or-more",
    "press-any-owner": "provider-regions-any-owner",
    "press-controlled": "provider-regions-controlled",
}


@pytest.mark.parametrize("id", policies.policy_ids())
def test_a_shipped_policy_is_sound_and_cited(id: str) -> None:
    loaded = load_policy(id)
    assert loaded.policy.id == id
    assert loaded.policy.citations
    assert set(loaded.rules) == {owned.rule for owned in loaded.policy.ownership}
    assert all(rule.ground.citation for rule in loaded.policy.region_rules)


@pytest.mark.parametrize("id", policies.list_ids())
def test_a_shipped_region_list_is_cited_and_says_what_is_not_verified(id: str) -> None:
    found = load_list(id)
    assert found.id == id
    assert found.source.startswith("https://")
    assert found.verified.startswith("not verified: ")


def test_every_restricting_regime_record_has_its_policy() -> None:
    bare = {"product", "cascade-50"}
    restricting = {id for id in policies.rule_ids() if not load_rule(id).owners} - bare
    held = {rule for id in policies.policy_ids() for rule in load_policy(id).rules}
    assert held == restricting


def test_the_mission_policy_is_the_published_text() -> None:
    policy = load_policy(MISSION).policy
    (owned,) = policy.ownership
    assert text_of_day(policy.force.start) == "2025-09-05"
    assert owned.rule == "provider-regions"
    assert (owned.certain, owned.control) == (Outcome.DENY, Outcome.REVIEW)
    assert policy.regions is not None
    assert policy.regions.list.listing is Listing.SUPPORTED


def test_the_location_policy_asks_nobody_for_owners() -> None:
    before, after = load_policy("provider-location-only").policy, load_policy(MISSION).policy
    assert not before.ownership
    assert before.region_rules == after.region_rules


@pytest.mark.parametrize(("id", "rule"), PRESS.items())
def test_a_press_reading_differs_from_the_published_text_by_its_rule_alone(
    id: str, rule: str
) -> None:
    press, published = load_policy(id).policy, load_policy(MISSION).policy
    assert [owned.rule for owned in press.ownership] == [rule]
    assert press.region_rules == published.region_rules
    assert press.regions == published.regions


def test_a_policy_can_be_drawn_on_another_list(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(
        'id = "mine"\ntitle = "mine"\nlisting = "unsupported"\nsource = "assumed"\n'
        'retrieved = 2026-01-01\nverified = "yes"\ncodes = ["XA"]\n'
    )
    judge = Judge(load_policy("provider-location-only", str(mine)).policy, policies.codes())
    day = day_of("2026-01-01")
    for country, outcome in (("XA", Outcome.DENY), ("XS", Outcome.ALLOW)):
        assert judge.decide(facts_of(Customer("c", country=country), None), {}, day).outcome is (
            outcome
        )


def test_a_policy_file_refers_to_files_beside_it(tmp_path: Path) -> None:
    text = policies.read_document("regime-us-doj-bulk-data", policies.POLICIES)[1]
    listed = policies.read_document("us-doj-countries", policies.LISTS)[1]
    rule = policies.read_document("us-doj-bulk-data", policies.RULES)[1]
    (tmp_path / "list.toml").write_text(listed)
    (tmp_path / "rule.toml").write_text(rule.replace('"us-doj-bulk-data"', '"own"', 1))
    text = text.replace('list = "us-doj-countries"', 'list = "list.toml"')
    text = text.replace('rule = "us-doj-bulk-data"', 'rule = "rule.toml"')
    (tmp_path / "policy.toml").write_text(text)
    loaded = load_policy(str(tmp_path / "policy.toml"))
    assert list(loaded.rules) == ["own"]
    assert loaded.policy.ownership[0].rule == "own"


def test_the_folder_at_the_top_holds_the_shipped_policies() -> None:
    assert {path.stem for path in (ROOT / "policies").glob("*.toml")} == set(policies.policy_ids())


def test_the_page_on_reasons_is_the_table() -> None:
    page = (ROOT / "docs" / "reference" / "reasons.md").read_text("utf-8")
    assert page == "\n".join(reference_page()) + "\n"


def test_reason_codes_are_unique() -> None:
    assert len({reason.code for reason in REASONS}) == len(REASONS)


def test_every_code_that_the_source_gives_is_in_the_table() -> None:
    source = ROOT / "src" / "clearance"
    everywhere, in_policy = r"(?:Reason|grounded)", r"(?:Reason|grounded|_owner_said|_?said|_told)"
    found: set[str] = set()
    for path in source.rglob("*.py"):
        makers = in_policy if source / "policy" in path.parents else everywhere
        found.update(re.findall(makers + r'\(\s*"([a-z_]+)"', path.read_text("utf-8")))
    assert len(found) > 15
    assert found <= {reason.code for reason in REASONS}
