"""The order of a decision, held against a slow one; and that what is kept changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from decimal import Decimal
from typing import TypeAlias, cast

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.policy.asking import EXAMPLE, origin
from tests.reference.decision import Told, outcome

from clearance.adapters.policies.reading import codes
from clearance.model.dates import ALWAYS, NEVER, day_of
from clearance.model.outcome import Outcome
from clearance.model.rule import Force, Level
from clearance.model.verdict import Reached
from clearance.network.origin import Origin
from clearance.policy.asked import NOWHERE, Action, Asked
from clearance.policy.clauses.ground import Basis, Ground, fits
from clearance.policy.clauses.licences import Licence
from clearance.policy.clauses.winddown import Term, WindDown, begun
from clearance.policy.decision import Decision
from clearance.policy.facts import Channel, Facts, Manner, Posted
from clearance.policy.judging.compose import settled, strictest
from clearance.policy.judging.decide import Judge
from clearance.policy.judging.prepared import Core
from clearance.policy.reasons.owners import Standing
from clearance.policy.reasons.reason import Reason

RULES = ("r1", "r2", "r3")
START = day_of("2026-02-01")
SCOPES = ((), ("service:api",), ("model:m-1",), ("model:m-2", "service:api"), ("channel:platform",))
WIDE = Ground(Basis.OWN_CHOICE, "s")

outcomes = st.sampled_from(Outcome)
rules = st.sampled_from(RULES)
days = st.integers(START - 10, START + 60)
classes = st.sampled_from(((), ("a",), ("b",)))
grounds = st.builds(
    Ground, st.sampled_from(Basis), st.just("s"), applies_to=st.sampled_from(SCOPES)
)
reasons = st.builds(
    Reason,
    st.sampled_from(("region_unsupported", "ownership_certain", "ownership_possible")),
    rules,
    outcomes,
    st.sampled_from(("law", "own-choice", "")),
    st.just("s"),
    st.just("told"),
    applies_to=st.sampled_from(SCOPES),
)
plans = st.builds(
    WindDown,
    st.just("w"),
    st.sampled_from((*RULES, "")),
    classes,
    st.none() | days,
    st.builds(Term, days=st.integers(0, 40)),
    grounds,
    st.just("told"),
    during=outcomes,
    new_use=outcomes,
    after=outcomes,
).map(lambda plan: plan if plan.rule else replace(plan, start=None, ground=WIDE))
licences = st.builds(
    Licence,
    st.just("l"),
    st.lists(rules, min_size=1, max_size=2).map(tuple),
    st.just("o"),
    st.builds(lambda start, length: Force(start, start + length), days, st.integers(1, 60)),
    grounds,
    customers=st.sampled_from(((), ("C",))),
    classes=classes,
    posted=st.booleans(),
)
posted = st.builds(
    Posted,
    st.sampled_from(("wind_down", "licence", "campaign", "end_use", "attestation")),
    st.sampled_from(("w", "l", "licence-2026-1", "ordered-by-customer", "mass-surveillance", "")),
    st.sampled_from(("desk", "detect")),
    st.integers(0, 100),
    days,
    st.just(NEVER) | days,
    st.sampled_from(Manner),
    st.sampled_from(("", "r")),
)


@given(
    st.lists(reasons, max_size=5),
    st.lists(plans, max_size=3),
    st.lists(licences, max_size=2),
    st.lists(posted, max_size=2),
    st.tuples(st.sampled_from(("", "api", "chat")), st.sampled_from(("", "m-1", "m-3"))),
    st.tuples(st.sampled_from(("a", "c")), days, st.booleans(), st.sampled_from((ALWAYS, START))),
)
@settings(max_examples=250)
def test_the_order_is_that_of_the_slow_one(
    said: list[Reason],
    wind_downs: list[WindDown],
    held: list[Licence],
    facts_posted: list[Posted],
    scope: tuple[str, str],
    who: tuple[str, int, bool, int],
) -> None:
    segment, day, sign_up, opened = who
    facts = Facts({}, segment=segment, posted=tuple(facts_posted), customer="C", opened=opened)
    policy = replace(EXAMPLE.policy, wind_downs=_one_alone(wind_downs), licences=tuple(held))
    told = Told(*scope, sign_up=sign_up)
    core = Core(
        tuple(said),
        begun=tuple(begun(policy.wind_downs, facts, day)),
        licences=tuple(one for one in policy.licences if one.held_by(facts, day)),
    )
    request: Mapping[str, str] = {"service": scope[0], "model": scope[1], "channel": "direct"}
    action = Action.SIGN_UP if sign_up else Action.USE
    left = settled(said, core, lambda words: fits(words, request), action, day)
    found = strictest([left], review_allows=False)
    assert found.outcome is outcome(policy, facts, said, told, day)


def _one_alone(plans: Sequence[WindDown]) -> tuple[WindDown, ...]:
    """At most one wind-down that stands for itself: each has its own id in a sound policy."""
    alone = [plan for plan in plans if not plan.rule]
    return tuple(plan for plan in plans if plan.rule or plan is alone[0])


regions = st.sampled_from(("XA", "XB", "XS", "XA-01", "?"))
facts_strategy = st.builds(
    Facts,
    st.dictionaries(
        st.sampled_from(("headquarters", "incorporation", "billing", "phone")), regions, max_size=3
    ),
    st.sampled_from(("", "no such name")),
    st.sampled_from(("", "enterprise", "small-business")),
    st.sampled_from((Decimal(1), Decimal(20_000))),
    posted=st.lists(posted, max_size=3).map(tuple),
    channel=st.sampled_from(Channel),
    customer=st.sampled_from(("C-EXAMPLE", "C")),
    opened=st.sampled_from((ALWAYS, START)),
)
standing = st.tuples(st.sampled_from(Reached), st.sampled_from((None, Level.BARS)), st.booleans())
ORIGINS = (
    None,
    NOWHERE,
    origin("a:XS b:XS", START),
    origin("a:XA b:XA", START),
    origin("a:XA+vpn b:XS+vpn", START),
    origin("a:XS+hosting", START),
)
questions = st.tuples(
    facts_strategy,
    standing,
    days,
    st.sampled_from(ORIGINS),
    st.sampled_from(("", "XA", "XS")),
    st.none() | facts_strategy,
    st.sampled_from(("", "mass-surveillance", "translation")),
    st.sampled_from(("", "m-next", "m-1")),
    st.sampled_from(Action),
)
Question: TypeAlias = tuple[
    Facts,
    tuple[Reached, Level | None, bool],
    int,
    Origin | None,
    str,
    Facts | None,
    str,
    str,
    Action,
]
SHARED = Judge(EXAMPLE.policy, codes())


@given(questions, questions)
@settings(max_examples=40)
def test_a_judge_that_remembers_answers_as_a_fresh_one(one: Question, other: Question) -> None:
    """Questions that differ in one thing alone are kept apart."""
    for question in (*_between(one, other), one):
        decision = _answer(SHARED, question)
        assert decision == _answer(Judge(EXAMPLE.policy, codes()), question)
        assert decision.outcome is max(reason.outcome for reason in decision.reasons)


def _between(one: Question, other: Question) -> Iterator[Question]:
    """The first question with each single thing taken from the other."""
    for place, value in enumerate(other):
        yield cast(Question, (*one[:place], value, *one[place + 1 :]))
    for field in fields(Facts):
        yield (replace(one[0], **{field.name: getattr(other[0], field.name)}), *one[1:])


def _answer(judge: Judge, question: Question) -> Decision:
    facts, (reached, level, could), day, seen, phone, end, use, model, action = question
    found = {id: Standing(rule, reached, level, could) for id, rule in EXAMPLE.rules.items()}
    served = None if end is None else judge.account(end, found, day)
    asked = Asked(action, model=model, origin=seen, phone=phone, end_customer=served, end_use=use)
    return judge.decide(facts, found, day, asked)
