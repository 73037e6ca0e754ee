"""A team's own conditions: what they read, that they end, and that a failing one is review."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.policy.asking import DAY, EXAMPLE, HERE, PLAIN, ask, origin, strict

from clearance.adapters.policies.reading import codes
from clearance.model.errors import InputError
from clearance.model.outcome import Outcome
from clearance.policy.asked import Action, Asked
from clearance.policy.clauses import conditions
from clearance.policy.clauses.conditions import Compiled, Condition, variables_of
from clearance.policy.clauses.ground import Basis, Ground
from clearance.policy.decision import Decision
from clearance.policy.facts import Channel, Facts, Posted
from clearance.policy.judging.decide import Judge

FACTS = Facts(
    {"headquarters": "XS", "phone": "XT"},
    segment="small",
    revenue=Decimal("1000.50"),
    posted=(Posted("vetted", "yes", "desk", 70, reviewer="r"),),
    channel=Channel.DIRECT,
    customer="C-1",
    account="A-1",
    opened=DAY,
)
ASKED = Asked(
    Action.SIGN_UP,
    service="api",
    model="m-1",
    origin=origin("a:XS+hosting b:XT"),
    phone="XT",
    end_use="translation",
    time="2026-01-20T23:30:00Z",
)


def judged(when: str, asked: Asked | None = ASKED, facts: Facts = FACTS) -> Decision:
    """What the condition alone decides, above a rule that is met."""
    found = Condition(
        "own", Ground(Basis.OWN_CHOICE, "s"), when, variables_of(when), Outcome.LIMIT, "told"
    )
    policy = replace(
        EXAMPLE.policy,
        conditions=(found,),
        network=None,
        network_rules=(),
        ownership=(),
        region_rules=EXAMPLE.policy.region_rules[:1],
    )
    return Judge(policy, codes()).decide(facts, {}, DAY, asked)


@pytest.mark.parametrize(
    "when",
    [
        'customer == "C-1" && account == "A-1"',
        'segment == "small" && revenue > 1000.25',
        'channel == "direct" && identified',
        'opened == "2026-01-20" && opened == day',
        'stated["phone"] == "XT" && !has(stated.billing)',
        'posted.exists(one, one.kind == "vetted" && one.confidence >= 70.0 && one.reviewed)',
        'action == "sign_up" && service == "api" && model.startsWith("m-")',
        'phone == "XT" && end_use.contains("trans") && !end_customer_told',
        'countries == ["XS", "XT"] && "hosting" in networks',
        "timestamp(time).getHours() >= 22",
        'time.matches("^2026-") && size(networks) == 1',
    ],
)
def test_a_condition_reads_what_is_known(when: str) -> None:
    decision = judged(when)
    assert (decision.outcome, strict(decision)) == (Outcome.LIMIT, ["condition_met"])
    assert decision.deciding[0].text == "own: told"
    assert judged(f"!({when})").outcome is Outcome.ALLOW


@pytest.mark.parametrize("function", sorted(conditions.FUNCTIONS))
def test_every_function_that_is_offered_is_there(function: str) -> None:
    at = 'timestamp("2026-01-20T23:30:00Z")'
    calls = {
        "size": 'size("a") == 1',
        "int": 'int("1") == 1',
        "double": 'double("1") == 1.0',
        "string": 'string(1) == "1"',
        "timestamp": f"{at} == {at}",
        "duration": 'duration("1h") == duration("60m")',
    }
    when = calls.get(function) or (
        f"{at}.{function}() >= 0" if function.startswith("get") else f'"a".{function}("a")'
    )
    assert judged(when).outcome is Outcome.LIMIT


@pytest.mark.parametrize(
    ("when", "why"),
    [
        ('stated["shipping"] == "XA"', "shipping"),
        ("1 / int(size(phone) - 2) == 1", "zero"),
        ('segment != "" && segment > 3', "overload"),
        ('segment == "" ? true : revenue', "neither true nor false"),
        ("timestamp(model).getHours() == 1", ""),
        ('int(model) == 1 || segment == "x"', ""),
    ],
)
def test_a_condition_that_fails_is_review_with_its_name(when: str, why: str) -> None:
    decision = judged(when)
    assert (decision.outcome, strict(decision)) == (Outcome.REVIEW, ["condition_failed"])
    assert decision.deciding[0].text.startswith("own: could not be evaluated: ")
    assert why in decision.deciding[0].text.lower()
    assert not decision.cleared


def test_too_many_facts_are_a_failure_and_no_endless_loop() -> None:
    many = tuple(Posted("k", str(number), "s") for number in range(conditions.MOST_POSTED + 1))
    decision = judged("posted.exists(one, one.reviewed)", facts=replace(FACTS, posted=many))
    assert strict(decision) == ["condition_failed"]


@pytest.mark.parametrize(
    ("when", "what"),
    [
        ("nope == 1", "'nope' is no variable here"),
        ("evil(segment)", "'evil' is no function here"),
        ("segment ==", "not CEL"),
        ("", "not CEL"),
        ("(" * 900 + "true" + ")" * 90, "not CEL"),
        (f'segment == "{"x" * 1000}"', "longer than 1000"),
        ("networks.all(a, networks.all(b, networks.all(c, a == b)))", "more than 2 macros"),
        ("networks.exists(// \n segment, true)", "holds a comment"),
        ("a.b.c == 1", "'a' is no variable here"),
        ("revenue", "neither true nor false"),
        ("1 + 2", "neither true nor false"),
        ("day > 5", "mixes types"),
    ],
)
def test_a_mistake_in_a_condition_is_found_when_it_is_read(when: str, what: str) -> None:
    with pytest.raises(InputError) as found:
        variables_of(when)
    assert what in found.value.what


@pytest.mark.parametrize(
    ("when", "of_request"),
    [('segment == "small"', False), ('day > "2026-01-01"', False), ('model == "m-1"', True)],
)
def test_what_needs_no_request_is_judged_without_one(when: str, of_request: bool) -> None:
    assert judged(when).outcome is Outcome.LIMIT
    alone = judged(when, asked=None)
    assert alone.outcome is (Outcome.ALLOW if of_request else Outcome.LIMIT)


def test_a_condition_keeps_to_its_model() -> None:
    machine = Asked(origin=origin("a:XS+hosting b:XS"), model="m-next")
    assert ask(machine).outcome is Outcome.LIMIT
    assert ask(replace(machine, model="m-1")).outcome is Outcome.ALLOW
    assert ask(machine, facts=Facts(HERE, segment="research")).outcome is Outcome.ALLOW
    assert ask(replace(machine, origin=PLAIN)).outcome is Outcome.ALLOW


@pytest.mark.parametrize(
    "when", ['day == "2026-01-20"', 'posted.exists(one, one.value == "today")']
)
def test_what_was_said_one_day_is_asked_again_the_next(when: str) -> None:
    today = Posted("k", "today", "s", since=DAY, until=DAY + 1)
    facts = replace(FACTS, posted=(today,))
    condition = Condition(
        "own", Ground(Basis.OWN_CHOICE, "s"), when, variables_of(when), Outcome.LIMIT, "told"
    )
    compiled = Compiled(condition)
    for day, held in ((DAY, True), (DAY + 1, False), (DAY, True)):
        assert (compiled.ask(facts, None, day) is not None) is held


def test_every_variable_has_one_meaning() -> None:
    assert len(set(conditions.VARIABLES)) == len(conditions.VARIABLES)
