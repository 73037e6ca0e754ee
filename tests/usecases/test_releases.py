"""A policy's way into effect: which steps may follow which, by whom, and from what day."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearance.model.errors import InputError
from clearance.usecases.releases import (
    NEXT,
    Act,
    Release,
    State,
    Step,
    drafted,
    entry_of,
    in_effect,
    state_on,
    step_of,
)

DOCUMENTS, REPORT = "d" * 64, "e" * 64
EVIDENCE = {Act.VALIDATE: DOCUMENTS, Act.IMPACT: REPORT, Act.APPROVE: REPORT, Act.WITHDRAW: ""}
BY = {Act.VALIDATE: "Ada", Act.IMPACT: "Ada", Act.APPROVE: "Ben", Act.WITHDRAW: "Ada"}


def draft(number: int = 1, start: int = 100, end: int = 1000) -> Release:
    return drafted("s", number, f"p{number}", (start, end), Step(Act.DRAFT, "Ada", 0, DOCUMENTS))


def step(act: Act, day: int = 1, by: str = "", evidence: str | None = None) -> Step:
    return Step(act, by or BY[act], day, EVIDENCE[act] if evidence is None else evidence)


def after(release: Release, *acts: Act, day: int = 1) -> Release:
    for act in acts:
        release = release.after(step(act, day))
    return release


WAY = (Act.VALIDATE, Act.IMPACT, Act.APPROVE)
AT = {
    State.DRAFT: draft(),
    State.VALIDATED: after(draft(), *WAY[:1]),
    State.IMPACT_RUN: after(draft(), *WAY[:2]),
    State.APPROVED: after(draft(), *WAY),
    State.WITHDRAWN: after(draft(), Act.WITHDRAW),
}


@pytest.mark.parametrize(
    ("state", "act"), list(product(AT, (Act.VALIDATE, Act.IMPACT, Act.APPROVE, Act.WITHDRAW)))
)
def test_a_step_leads_where_the_table_says_and_nowhere_else(state: State, act: Act) -> None:
    assert AT[state].state is state
    if (state, act) in NEXT:
        assert AT[state].after(step(act)).state is NEXT[state, act]
    else:
        with pytest.raises(InputError, match=f"release s/1 is {state.value}: no {act.value} now"):
            AT[state].after(step(act))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (step(Act.APPROVE, by="Ada"), "Ada drafted release s/1 and cannot approve it"),
        (step(Act.APPROVE, by="  aDA "), "cannot approve it"),
        (step(Act.APPROVE, by=" "), "nobody is named for approve"),
        (step(Act.APPROVE, evidence="another"), "approve rests on another, not on eeeeeeeeeeee"),
        (step(Act.APPROVE, evidence=""), "approve rests on nothing"),
        (step(Act.IMPACT, evidence=""), "impact rests on nothing"),
        (step(Act.APPROVE, day=0), "approve on 1970-01-01 comes before the last step"),
    ],
)
def test_a_step_by_the_wrong_person_or_on_the_wrong_thing_is_refused(
    wrong: Step, told: str
) -> None:
    with pytest.raises(InputError, match=told):
        AT[State.IMPACT_RUN].after(wrong)


def test_a_validation_of_other_documents_is_refused() -> None:
    with pytest.raises(InputError, match="validate rests on other, not on dddddddddddd"):
        draft().after(step(Act.VALIDATE, evidence="other"))


def test_a_draft_has_an_author_and_is_a_draft() -> None:
    with pytest.raises(InputError, match="nobody is named"):
        drafted("s", 1, "p", (0, 1), Step(Act.DRAFT, "", 0, DOCUMENTS))
    with pytest.raises(InputError, match="begins with a draft"):
        drafted("s", 1, "p", (0, 1), step(Act.VALIDATE))


def test_an_approval_sees_the_latest_impact_run() -> None:
    again = AT[State.IMPACT_RUN].after(step(Act.IMPACT, evidence="newer"))
    with pytest.raises(InputError, match="not on newer"):
        again.after(step(Act.APPROVE))
    assert again.after(step(Act.APPROVE, evidence="newer")).state is State.APPROVED


@pytest.mark.parametrize(
    ("approved", "day", "state"),
    [
        (1, 99, State.APPROVED),
        (1, 100, State.EFFECTIVE),
        (1, 999, State.EFFECTIVE),
        (1, 1000, State.ENDED),
        (150, 149, State.APPROVED),
        (150, 150, State.EFFECTIVE),
    ],
)
def test_a_release_is_in_effect_on_its_days_and_never_before_its_approval(
    approved: int, day: int, state: State
) -> None:
    release = after(draft(), *WAY, day=approved)
    assert state_on(release, [release], day) is state
    assert (in_effect([release], day) is release) is (state is State.EFFECTIVE)


def test_two_versions_stand_side_by_side_and_the_day_decides() -> None:
    first, second = after(draft(1, 100), *WAY), after(draft(2, 200), *WAY)
    both = [second, first, draft(3, 150)]
    assert [state_on(first, both, day) for day in (150, 199, 200)] == [
        State.EFFECTIVE,
        State.EFFECTIVE,
        State.SUPERSEDED,
    ]
    assert [in_effect(both, day) for day in (99, 100, 199, 200)] == [None, first, first, second]


def test_of_two_that_start_on_one_day_the_later_number_is_in_effect() -> None:
    first, second = after(draft(1), *WAY), after(draft(2), *WAY)
    assert in_effect([second, first], 100) is second
    assert state_on(first, [first, second], 100) is State.SUPERSEDED


def test_what_was_in_effect_once_is_never_withdrawn() -> None:
    release = AT[State.APPROVED]
    assert release.after(step(Act.WITHDRAW, day=99)).state is State.WITHDRAWN
    with pytest.raises(InputError, match="has been in effect since 1970-04-11"):
        release.after(step(Act.WITHDRAW, day=100))


@given(st.lists(st.sampled_from([Act.VALIDATE, Act.IMPACT, Act.APPROVE, Act.WITHDRAW]), max_size=9))
def test_nothing_takes_effect_without_validation_impact_run_and_a_second_person(
    acts: list[Act],
) -> None:
    release = draft()
    for act in acts:
        try:
            release = release.after(step(act))
        except InputError:
            continue
    done = [one.act for one in release.steps]
    if in_effect([release], 500):
        approval = release.last(Act.APPROVE)
        assert done[:2] == [Act.DRAFT, Act.VALIDATE]
        assert done[2] is Act.IMPACT
        assert approval is not None
        assert approval.by != release.author
    assert release.digest == DOCUMENTS


def test_an_entry_tells_the_whole_step() -> None:
    release = AT[State.APPROVED]
    entries = [entry_of(release, one) for one in release.steps]
    assert [entry["kind"] for entry in entries] == ["policy_release"] * 3 + ["approval"]
    assert tuple(map(step_of, entries)) == release.steps
    assert entries[3] == {
        "kind": "approval",
        "series": "s",
        "number": 1,
        "policy": "p1",
        "effective": "1970-04-11",
        "digest": DOCUMENTS,
        "act": "approve",
        "by": "Ben",
        "day": "1970-01-02",
        "evidence": REPORT,
        "note": "",
    }


@pytest.mark.parametrize("wrong", [{"act": "burn"}, {"day": "soon"}])
def test_an_entry_that_is_none_is_refused(wrong: dict[str, str]) -> None:
    entry = entry_of(AT[State.DRAFT], AT[State.DRAFT].steps[0])
    with pytest.raises(InputError):
        step_of({**entry, **wrong})
    with pytest.raises(InputError):
        step_of({key: value for key, value in entry.items() if key != "by"})
