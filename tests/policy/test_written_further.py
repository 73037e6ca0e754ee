"""Mistakes in rules on requests and conduct, in wind-downs and licences: one line each."""

from __future__ import annotations

import pytest

from clearance.adapters.policies import reading as policies
from clearance.adapters.policies.loaded import load_policy
from clearance.adapters.policies.reading import codes
from clearance.policy.words.describe import policy_lines
from clearance.usecases.check_policy import check

WHOLE = policies.read_document("example-all-rules", policies.POLICIES)[1]

MISTAKES = (
    # weak evidence leads at most to review
    ('one_source = "review"', 'one_source = "deny"', "network_rules[1].one_source: weak evidence"),
    ('agreed = "review"', 'agreed = "suspend"', "network_rules[1].agreed: weak evidence leads at"),
    ('unreviewed = "review"', 'unreviewed = "suspend"', "campaigns[1].unreviewed: weak evidence"),
    ('outcome = "allow_with_notice"\nagree', 'outcome = "deny"\nagree', "region_rules[5].outcome:"),
    ('fact = "billing"\noutcome = "review"', 'fact = "billing"\noutcome = "deny"', "weak evidence"),
    # unknown is never plain allow
    ('unlisted = "allow_with_notice"', 'unlisted = "allow"', "network.unlisted: unknown is never"),
    ('untold = "review"', 'untold = "allow"', "network.untold: unknown is never plain allow"),
    ('stale = "review"', 'stale = "allow"', "network.stale: unknown is never plain allow"),
    ('doubtful = "review"', 'doubtful = "allow"', "end_uses[1].doubtful: unknown is never"),
    ('undisclosed = "review"', 'undisclosed = "allow"', "end_customers[1].undisclosed: unknown"),
    ('unknown_account = "review"', 'unknown_account = "allow"', "unknown_account: unknown is"),
    ('attested = "allow_with_notice"', 'attested = "allow"', "attested: unknown is never plain"),
    # settings without a default
    ('untold = "review"', "", "network.untold: missing; write one of allow"),
    ("stale_after = 30", "", "network.stale: nothing says when data is stale; write stale_after"),
    ("stale_after = 30", "stale_after = -1", "network.stale_after: -1 is out of range"),
    ("stale_after = 30", "stale_after = true", "network.stale_after: True is of the wrong type"),
    ("confidence = 90", "confidence = 101", "campaigns[1].confidence: 101 is out of range"),
    ("confidence = 90", "confidence = 0.9", "campaigns[1].confidence: 0.9 is of the wrong type"),
    # kinds, uses and channels
    ('"residential_proxy"]', '"residential"]', "network_rules[1].kinds[4]: 'residential' is not"),
    ('["reseller", "platform"]', "[]", "end_customers[1].channels: no channel; write for example"),
    (
        '["reseller", "platform"]',
        '["resellers"]',
        "channels[1]: 'resellers' is not known here; did",
    ),
    ('uses = ["autonomous-weapons"]', "uses = []", "end_uses[1].uses: no end use; write"),
    ('uses = ["autonomous-weapons"]', 'uses = [" "]', "end_uses[1].uses[1]: is empty"),
    (
        'unknown_end_use = "review"',
        'unknown_end_use = "allow"',
        "unknown_end_use: unknown is never",
    ),
    ('"translation"]', '"social-scoring"]', "known_end_uses: 'social-scoring' is barred; keep one"),
    ('"translation"]', '" "]', "known_end_uses[3]: is empty"),
    # conditions
    ('model == "m-next"', "modell == 1", "conditions[1].when: 'modell' is no variable here; use"),
    ('model == "m-next"', "model ==", "conditions[1].when: not CEL: "),
    # wind-downs
    (
        'rule = "provider-regions"\nclasses',
        'rule = "provider"\nclasses',
        "wind_downs[1].rule: 'pro",
    ),
    ('months = 6\nnotice = "Your organisation is', 'notice = "Y', "wind_downs[1].months: missing"),
    ("months = 6", "months = 6\ndays = 1", "wind_downs[1].days: stands beside months; keep one"),
    ("months = 6", 'months = 6\nduring = "allow"', "wind_downs[1].during: nobody would be told"),
    ("months = 6", 'months = 6\nafter = "deny"', "wind_downs[1].after: the rule's own outcome"),
    ("notices = [90, 30, 7]", 'notices = "90"', "wind_downs[1].notices: is no list of days"),
    ("notices = [90, 30, 7]", "notices = [90, true]", "wind_downs[1].notices: is no list of days"),
    # licences
    ('rules = ["us-ofac-50"]', 'rules = ["us-ofac"]', "rules[1]: 'us-ofac' is no rule of this"),
    ('rules = ["us-ofac-50"]', "rules = []", "licences[1].rules: no rule; name the rules"),
    ('customers = ["C-EXAMPLE"]', "", "licences[1].customers: nobody holds it; write customers"),
    ("expires = 2027-03-01", "", "licences[1].expires: missing; write a date"),
    ("expires = 2027-03-01", "expires = 2026-03-01", "licences[1].expires: is not after start"),
    ('owner = "sanctions desk"', "", "licences[1].owner: missing; write text in quotes"),
    # the whole
    ('id = "campaign"', 'id = "anonymised"', "id: 'anonymised' names two things; give each"),
    ("[network]", "[networks]", "network: nothing says what an old, unlisted or missing address"),
    ("applies_to = { model", "applies_to = { modell", "applies_to.modell: unknown field; did you"),
    ("review_allows = false", "review_allows = 0", "review_allows: 0 is of the wrong type"),
)


@pytest.mark.parametrize(("old", "new", "line"), MISTAKES)
def test_a_mistake_is_one_line_with_its_place(old: str, new: str, line: str) -> None:
    text = without_comments(WHOLE)
    assert old in text
    (found,) = check([("x.toml", text.replace(old, new, 1))], policies.shelf_of)
    messages = [problem.error().message() for problem in found.problems]
    assert any(line in message for message in messages), messages
    assert all("\n" not in message and "; " in message for message in messages)


def without_comments(text: str) -> str:
    """The document without what follows a ``#``."""
    return "\n".join(line.partition("#")[0].rstrip() for line in text.splitlines())


def test_showing_a_policy_names_everything_in_it() -> None:
    policy = load_policy("example-all-rules").policy
    shown = "\n".join(policy_lines(policy, codes()))
    plans, licences = [one.id for one in policy.wind_downs], [one.id for one in policy.licences]
    for id in (*policy.rule_ids(), *plans, *licences):
        assert id in shown
    for ground in policy.grounds():
        assert ground.citation in shown


def test_a_policy_of_one_further_rule_is_sound() -> None:
    start, end = WHOLE.index("[[end_uses]]"), WHOLE.index("[[conditions]]")
    head = 'id = "uses"\ntitle = "Uses"\neffective = 2026-01-01\nverified = "yes"\n'
    text = f'{head}[[citations]]\ntext = "Usage policy"\n{WHOLE[start:end]}'
    (found,) = check([("x.toml", text)], policies.shelf_of)
    assert not found.problems
    assert found.kind == "policy"
    assert found.end_uses == (
        "barred autonomous-weapons, mass-surveillance, social-scoring; known none; "
        "any other: review"
    )


def test_a_wind_down_of_a_policy_without_rules_is_told_what_is_missing() -> None:
    plan = WHOLE[WHOLE.index("[[wind_downs]]") :]
    plan = plan[: plan.index("[[wind_downs]]", 1)]
    head = 'id = "none"\ntitle = "None"\neffective = 2026-01-01\nverified = "yes"\n'
    text = f'{head}[[citations]]\ntext = "Terms"\n{plan}'
    (found,) = check([("x.toml", text)], policies.shelf_of)
    told = [problem.error().message() for problem in found.problems]
    what = "wind_downs[1].rule: 'provider-regions' is no rule of this policy; write the rule first"
    assert any(what in one for one in told), told
