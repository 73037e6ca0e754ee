"""A finding on its way: facts.csv, a reviewer's word, the state, the decision point."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from tests.functional.test_campaigns import run
from tests.service.running import Served, prepared, served
from tests.service.scene import POLICY

from clearance.model.customer import Customer

RULE = """
[[campaigns]]
id = "one-network"
confidence = 90
unreviewed = "review"
member = "suspend"
basis = "own-choice"
ordered_by = "the provider"
citation = "Security policy, section 3"
"""
HEAD = "account,campaign,verdict,confidence,since,expires,evidence,new_evidence,decision,reviewer\n"
WEEK_1 = "{account},campaign-1,linked,99,2026-02-20,2026-05-21,template payment,"
WEEK_2 = "{account},campaign-1,linked,99,2026-02-27,2026-05-28,"
AGAIN = f"{WEEK_2}template payment,,,"

CASES = {
    "nobody looked at it": ([f"{WEEK_1},,"], (False, ["campaign_suspected"])),
    "a reviewer confirmed it": (
        [f"{WEEK_1},confirmed,r.one"],
        (False, ["campaign_member", "campaign_suspected"]),
    ),
    "confirmed, and found again": (
        [f"{WEEK_1},confirmed,r.one", AGAIN],
        (False, ["campaign_member", "campaign_suspected"]),
    ),
    "a reviewer cleared it": ([f"{WEEK_1},cleared,r.one"], (True, [])),
    "cleared, and found again": (
        [f"{WEEK_1},cleared,r.one", AGAIN],
        (True, []),
    ),
    "cleared, then found by evidence of another kind": (
        [f"{WEEK_1},cleared,r.one", f"{WEEK_2}template payment echo,echo,,"],
        (False, ["campaign_suspected"]),
    ),
    "less sure than the policy asks": (
        [f"{WEEK_1.replace('linked,99', 'review,50')},,"],
        (True, ["campaign_weak"]),
    ),
    "expired": ([f"{WEEK_1.replace('2026-05-21', '2026-02-28')},,"], (True, [])),
    "never found": ([], (True, [])),
}
ACCOUNTS = {title: f"a{number}" for number, title in enumerate(CASES)}
Answers = Mapping[str, tuple[bool, list[str]]]


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Answers:
    """What is answered of each case's account, by one decision point."""
    folder = tmp_path_factory.mktemp("facts")
    prepared(folder, [Customer(f"c-{account}", headquarters="XC") for account in ACCOUNTS.values()])
    for week in range(2):
        rows = [
            weeks[week].format(account=ACCOUNTS[title])
            for title, (weeks, _) in CASES.items()
            if week < len(weeks)
        ]
        (folder / "facts.csv").write_text(HEAD + "\n".join(rows) + "\n", "utf-8")
        run("state", "import-campaigns", folder / "state.db", folder / "facts.csv", "--by", "t")
    policy = folder / "policy.toml"
    policy.write_text(POLICY.read_text("utf-8") + RULE, "utf-8")
    with served(folder, "--time-tolerance", "any", policy=policy) as here:
        return {title: told(here, account) for title, account in ACCOUNTS.items()}


def told(here: Served, account: str) -> tuple[bool, list[str]]:
    """Is the account served, and which reasons about campaigns are given?"""
    asked = {
        "subject": {"type": "account", "id": account},
        "action": {"name": "use"},
        "resource": {"type": "model", "id": "m"},
        "context": {"time": "2026-03-01T12:00:00Z"},
    }
    answer: Mapping[str, Any] = here.ask(asked)
    codes = [one["code"] for one in answer["context"]["reasons"]]
    return answer["decision"], sorted(code for code in codes if code.startswith("campaign"))


@pytest.mark.parametrize("title", CASES)
def test_a_finding_decides_as_far_as_the_policy_and_a_reviewer_say(
    title: str, answers: Answers
) -> None:
    assert answers[title] == CASES[title][1]
