"""Deciding again: equal bytes, named differences, and what cannot be had."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.service.scene import CUSTOMERS, Scene, asking, scene

from clearance.adapters.decisions import again
from clearance.adapters.decisions.logged import LoggedDecision, logged_decision
from clearance.adapters.ledger.store import Stored
from clearance.cli.render_decision import decision_lines
from clearance.ledger.entry import Kind, entry_bytes
from clearance.model.errors import InputError, IntegrityError
from clearance.usecases.replay import Verdict


def last(here: Scene) -> LoggedDecision:
    id, leaf = next(reversed(here.log.leaves.items()))
    return logged_decision(Stored(0, id, leaf, tuple(here.log.sealed[id])), here.log.kept.get)


QUESTIONS: list[dict[str, str]] = [
    {},
    {"ip": "192.0.2.1"},
    {"ip": "192.0.2.66"},
    {"ip": "198.51.100.1", "phone": "XA"},
    {"phone": "+441632960001"},
    {"end_use": "autonomous-weapons", "service": "chat"},
    {"end_customer": "c-contract", "ip": "192.0.2.66"},
    {"end_customer": "c-nobody"},
    {"time": "2026-03-01T13:00:00+01:00"},
]


@pytest.mark.parametrize("context", QUESTIONS)
@pytest.mark.parametrize("account", [one.id[2:] for one in CUSTOMERS] + ["nobody"])
def test_a_decision_made_again_is_equal_byte_for_byte(
    account: str, context: dict[str, str]
) -> None:
    here = scene()
    here.decide(account, **context)
    found = again.replayed(last(here))
    assert (found.verdict, found.differences, found.missing) == (Verdict.EQUAL, (), ())


@pytest.mark.parametrize("part", ["subject", "action", "resource"])
def test_other_kinds_of_question_are_decided_again_too(part: str) -> None:
    here = scene()
    other = {"type": "identity", "id": "x", "name": "GET"}
    here.ask("/access/v1/evaluation", {**asking("fine"), part: other})
    assert again.replayed(last(here)).verdict is Verdict.EQUAL


def test_a_sign_up_is_decided_again_from_what_it_declared() -> None:
    here = scene()
    for properties in ({"headquarters": "XA"}, {"tax": "XB", "phone": "XC"}, {}):
        subject = {"type": "account", "id": "new", "properties": properties}
        asked = {**asking("new"), "action": {"name": "sign_up"}, "subject": subject}
        here.ask("/access/v1/evaluation", asked)
        assert again.replayed(last(here)).verdict is Verdict.EQUAL


@given(
    st.sampled_from([one.id[2:] for one in CUSTOMERS]),
    st.text(max_size=20),
    st.sampled_from(["", "192.0.2.1", "192.0.2.66", "::1", "2001:db8::1"]),
    st.sampled_from(["", "c-fine", "c-contract", "c-new"]),
)
def test_whatever_is_asked_is_equal_when_it_is_decided_again(
    account: str, end_use: str, ip: str, end_customer: str
) -> None:
    here = SCENES[0]
    here.decide(account, end_use=end_use, ip=ip, end_customer=end_customer)
    assert again.replayed(last(here)).verdict is Verdict.EQUAL


SCENES = [scene()]


@pytest.mark.parametrize("name", ["facts", "origin", "policy", "judgement", "end_customer"])
def test_what_is_not_kept_makes_it_unavailable_never_equal(name: str) -> None:
    here = scene()
    here.decide("resale", ip="192.0.2.66", end_customer="c-fine")
    id, leaf = next(iter(here.log.leaves.items()))
    whole = last(here)
    gone = next(
        digest for digest, kept in here.log.kept.items() if kept == whole.documents[name].encoded
    )
    del here.log.kept[gone]
    found = again.replayed(logged_decision(Stored(0, id, leaf), here.log.kept.get))
    assert found.verdict is Verdict.UNAVAILABLE
    assert found.missing == (f"{name} {gone}: not kept",)


def test_facts_that_are_gone_are_not_called_unknown() -> None:
    here = scene()
    here.decide("law")
    here.log.kept.clear()
    lines = decision_lines(last(here))
    assert not [line for line in lines if "nothing was known" in line]
    assert [line for line in lines if line.startswith("missing") and " facts " in line]


def test_a_document_with_other_bytes_is_damage() -> None:
    here = scene()
    here.decide("law")
    for digest in here.log.kept:
        kept = {**here.log.kept, digest: here.log.kept[digest] + b" "}
        id, leaf = next(iter(here.log.leaves.items()))
        with pytest.raises(IntegrityError):
            logged_decision(Stored(0, id, leaf), kept.get)


def test_an_entry_that_says_something_else_differs_and_is_named() -> None:
    here = scene()
    here.decide("law")
    id, leaf = next(iter(here.log.leaves.items()))
    forged = leaf.replace(b'"outcome":"deny"', b'"outcome":"allow"')
    found = again.replayed(logged_decision(Stored(0, id, forged), here.log.kept.get))
    assert found.verdict is Verdict.DIFFERENT
    assert [(one.path, one.logged, one.now) for one in found.differences] == [
        ("body.outcome", "allow", "deny")
    ]


def test_a_policy_that_this_version_cannot_read_makes_it_unavailable() -> None:
    here = scene()
    here.decide("law")
    whole = last(here)
    says: Any = whole.documents["policy"].says
    unread = {**says, "policy": says["policy"] + "\nsomething = 1\n"}
    documents = {
        **whole.documents,
        "policy": type(whole.documents["policy"])(orjson.dumps(unread), unread),
    }
    logged = LoggedDecision(
        whole.id, whole.at, 0, whole.body, whole.encoded, documents, (), whole.sealed
    )
    found = again.replayed(logged)
    assert found.verdict is Verdict.UNAVAILABLE
    assert "cannot be read by this version" in found.missing[0]


def test_an_entry_of_another_kind_is_no_decision() -> None:
    leaf = entry_bytes(Kind.APPROVAL, "a", "2026-01-01T00:00:00Z", {"by": "x"})
    with pytest.raises(InputError, match="no decision"):
        logged_decision(Stored(0, "a", leaf), lambda digest: None)


def test_an_erased_address_is_told_and_changes_nothing() -> None:
    here = scene()
    here.decide("fine", ip="192.0.2.66")
    id, leaf = next(iter(here.log.leaves.items()))
    erased = logged_decision(Stored(0, id, leaf), here.log.kept.get)
    assert erased.sealed == {"ip": None}
    assert again.replayed(erased).verdict is Verdict.EQUAL


def test_the_policy_is_read_from_the_log_and_from_no_file(tmp_path: Path) -> None:
    here = scene()
    here.decide("law")
    whole = last(here)
    policy: Any = whole.documents["policy"].says
    assert set(policy) == {"lists", "names", "policy", "rules", "v"}
