"""The AuthZEN API: the standard's scenario in our own cases, and an answer to bad input."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema_rs
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.service.scene import asking, scene

from clearance.service.limits import Limits

ONE, MANY = "/access/v1/evaluation", "/access/v1/evaluations"


def without(asked: dict[str, Any], part: str, field: str = "") -> dict[str, Any]:
    if not field:
        return {name: value for name, value in asked.items() if name != part}
    inner = {name: value for name, value in asked[part].items() if name != field}
    return {**asked, part: inner}


def changed(part: str, value: object) -> dict[str, Any]:
    return {**asking("fine"), part: value}


BAD: list[tuple[str, object, str]] = [
    ("no subject", without(asking("fine"), "subject"), "subject is missing"),
    ("no action", without(asking("fine"), "action"), "action is missing"),
    ("no resource", without(asking("fine"), "resource"), "resource is missing"),
    ("no subject type", without(asking("fine"), "subject", "type"), "subject.type is missing"),
    ("no subject id", without(asking("fine"), "subject", "id"), "subject.id is missing"),
    ("no action name", without(asking("fine"), "action", "name"), "action.name is missing"),
    ("no resource type", without(asking("fine"), "resource", "type"), "resource.type is missing"),
    ("no resource id", without(asking("fine"), "resource", "id"), "resource.id is missing"),
    ("subject is text", changed("subject", "fine"), "subject is no object"),
    ("subject is a list", changed("subject", []), "subject is no object"),
    (
        "subject id is a number",
        changed("subject", {"type": "account", "id": 7}),
        "subject.id is no text",
    ),
    (
        "subject id is empty",
        changed("subject", {"type": "account", "id": ""}),
        "subject.id is empty",
    ),
    (
        "subject id is long",
        changed("subject", {"type": "account", "id": "a" * 513}),
        "subject.id is too long",
    ),
    ("action is null", changed("action", None), "action is missing"),
    (
        "properties are a list",
        changed("action", {"name": "use", "properties": []}),
        "action.properties is no object",
    ),
    ("context is a list", changed("context", []), "context is no object"),
    ("ip is a number", changed("context", {"ip": 1}), "context.ip is no text"),
    ("ip is no address", changed("context", {"ip": "192.0.2.256"}), "is no address"),
    ("ip is octal", changed("context", {"ip": "010.0.0.1"}), "is no address"),
    ("phone is no number", changed("context", {"phone": "call me"}), "is no phone number"),
    (
        "time is no time",
        changed("context", {"time": "yesterday"}),
        "context.time is no RFC 3339 time",
    ),
    (
        "time before all time",
        changed("context", {"time": "0001-01-01T00:00:00+14:00"}),
        "context.time is no RFC 3339 time",
    ),
    (
        "time without zone",
        changed("context", {"time": "2026-03-01T12:00:00"}),
        "context.time is no RFC 3339 time",
    ),
    (
        "time far ahead",
        changed("context", {"time": "2027-03-01T12:00:00Z"}),
        "86400 s ahead of the clock",
    ),
    (
        "time long past",
        changed("context", {"time": "2020-03-01T12:00:00Z"}),
        "86400 s behind the clock",
    ),
    ("a list", [asking("fine")], "no JSON object"),
    ("a text", "fine", "no JSON object"),
    ("null", None, "no JSON object"),
]


@pytest.mark.parametrize(("asked", "said"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_what_cannot_be_read_is_400_with_its_reason_and_no_decision(
    asked: object, said: str
) -> None:
    here = scene()
    status, document = here.ask(ONE, asked)
    assert (status, document["status"]) == (400, 400)
    assert said in str(document["detail"])
    assert not here.log.leaves


RAW = [
    ("malformed JSON", b'{"subject":', "application/json", "the body is no JSON"),
    ("empty body", b"", "application/json", "the body is no JSON"),
    ("not UTF-8", b'{"a":"\xff"}', "application/json", "the body is no JSON"),
    ("NaN", b'{"a":NaN}', "application/json", "the body is no JSON"),
    ("lone surrogate", b'{"a":"\\ud800"}', "application/json", "the body is no JSON"),
    (
        "nested deeply",
        b'{"a":' + b"[" * 40 + b"]" * 40 + b"}",
        "application/json",
        "nest deeper than 32",
    ),
    ("nested beyond reading", b"[" * 5000, "application/json", "the body is no JSON"),
    ("a form", b"a=b", "application/x-www-form-urlencoded", "content type"),
    ("text", orjson.dumps(asking("fine")), "text/plain", "content type"),
    ("no type", orjson.dumps(asking("fine")), "", "content type"),
]


@pytest.mark.parametrize(
    ("body", "kind", "said"), [row[1:] for row in RAW], ids=[row[0] for row in RAW]
)
def test_bytes_that_are_no_question_are_400(body: bytes, kind: str, said: str) -> None:
    reply = scene().reply("POST", ONE, body, content_type=kind)
    assert reply.status == 400
    assert said in orjson.loads(reply.body)["detail"]


def test_a_media_type_may_carry_parameters_and_unknown_fields_are_ignored() -> None:
    asked = {**asking("fine"), "unheard": {"of": [1]}, "context": {"unheard": 7}}
    kind = "Application/JSON; charset=utf-8"
    reply = scene().reply("POST", ONE, orjson.dumps(asked), content_type=kind)
    assert (reply.status, orjson.loads(reply.body)["decision"]) == (200, True)


@pytest.mark.parametrize(
    ("account", "context", "allowed", "outcome", "code"),
    [
        ("fine", {"ip": "192.0.2.1"}, True, "allow", ""),
        ("fine", {}, True, "allow_with_notice", "network_untold"),
        ("contract", {}, False, "deny", "region_unsupported"),
        ("law", {}, False, "deny", "region_unsupported"),
        ("leaving", {}, True, "allow_with_notice", "region_unsupported"),
        ("fine", {"ip": "192.0.2.66"}, False, "review", "network_suspected"),
        ("fine", {"ip": "198.51.100.1"}, True, "allow_with_notice", "network_unlisted"),
        ("fine", {"phone": "XA"}, False, "review", "region_unsupported"),
        ("fine", {"end_use": "autonomous-weapons"}, False, "deny", "end_use_declared"),
        ("resale", {}, False, "review", "end_customer_undisclosed"),
        ("resale", {"end_customer": "c-contract"}, False, "deny", "region_unsupported"),
        ("resale", {"end_customer": "c-fine"}, True, "allow_with_notice", "network_untold"),
        ("resale", {"end_customer": "c-nobody"}, False, "review", "end_customer_undisclosed"),
        ("nobody", {}, False, "review", "account_unknown"),
    ],
)
def test_a_question_gets_its_decision_outcome_and_reason(
    account: str, context: dict[str, str], allowed: bool, outcome: str, code: str
) -> None:
    answer = scene().decide(account, **context)
    told: Any = answer["context"]
    assert (answer["decision"], told["outcome"]) == (allowed, outcome)
    assert code in [*(reason["code"] for reason in told["reasons"]), ""]


@pytest.mark.parametrize("part", ["subject", "action", "resource"])
def test_other_kinds_of_question_are_well_formed_and_go_to_people(part: str) -> None:
    other = {"type": "identity", "id": "x", "name": "GET"}
    status, answer = scene().ask(ONE, {**asking("fine"), part: other})
    told: Any = answer["context"]
    assert (status, answer["decision"], told["outcome"]) == (200, False, "review")
    assert [reason["code"] for reason in told["reasons"]] == ["question_unknown"]


def test_a_denial_says_little_to_the_user_and_all_to_the_administrator() -> None:
    told: Any = scene().decide("law")["context"]
    assert told["reason_user"]["en"] == (
        "This service is not available to your account. A legal requirement asks for this."
    )
    assert "XA" in told["reason_admin"]["en"]
    assert told["basis"] == "law"
    assert told["appeal"] == f"https://provider.example/appeal/{told['id']}"
    assert len(told["receipt"]["leaf"]) == 64


def test_a_wind_down_is_told_with_its_days() -> None:
    told: Any = scene().decide("leaving")["context"]
    assert told["wind_down"]["exit"] == "2026-07-16"
    assert told["wind_down"]["phase"] == "running"


def test_who_signs_up_is_judged_on_what_it_declares() -> None:
    here = scene()
    asked = {**asking("new"), "action": {"name": "sign_up"}}
    for code, outcome in (("XC", "allow_with_notice"), ("XA", "deny")):
        asked["subject"] = {"type": "account", "id": "new", "properties": {"headquarters": code}}
        _, answer = here.ask(ONE, asked)
        told: Any = answer["context"]
        assert told["outcome"] == outcome
    asked["subject"] = {"type": "account", "id": "new", "properties": {"headquarters": 7}}
    assert here.ask(ONE, asked)[0] == 400


def test_the_time_of_a_request_decides_the_day() -> None:
    here = scene()
    here.decide("fine", time="2026-02-28T23:00:00Z")
    here.decide("fine", time="2026-03-01T23:30:00-02:00")
    bodies: list[Any] = [entry.body for entry in here.log.entries()]
    assert [body["day"] for body in bodies] == ["2026-02-28", "2026-03-02"]


def test_a_request_id_comes_back() -> None:
    body = orjson.dumps(asking("fine"))
    reply = scene().reply("POST", ONE, body, content_type="application/json", x_request_id="r-1")
    assert b"x-request-id: r-1\r\n" in reply.headers
    refused = scene().reply("POST", ONE, b"{", content_type="application/json", x_request_id="r-2")
    assert b"x-request-id: r-2\r\n" in refused.headers


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", ONE, 405),
        ("PUT", MANY, 405),
        ("POST", "/.well-known/authzen-configuration", 405),
        ("POST", "/access/v1/nothing", 404),
        ("GET", "/", 404),
    ],
)
def test_other_paths_and_methods_are_refused(method: str, path: str, status: int) -> None:
    assert scene().reply(method, path).status == status


def test_the_configuration_says_where_to_ask() -> None:
    reply = scene().reply("GET", "/.well-known/authzen-configuration", host="pdp.example")
    assert orjson.loads(reply.body) == {
        "policy_decision_point": "http://pdp.example",
        "access_evaluation_endpoint": f"http://pdp.example{ONE}",
        "access_evaluations_endpoint": f"http://pdp.example{MANY}",
    }


def batch(*accounts: str, semantic: str = "execute_all") -> dict[str, Any]:
    outer = without(asking(""), "subject")
    items = [{"subject": {"type": "account", "id": account}} for account in accounts]
    return {**outer, "evaluations": items, "options": {"evaluations_semantic": semantic}}


@pytest.mark.parametrize(
    ("semantic", "accounts", "decisions"),
    [
        ("execute_all", ["fine", "law", "fine"], [True, False, True]),
        ("deny_on_first_deny", ["fine", "law", "fine"], [True, False]),
        ("permit_on_first_permit", ["law", "fine", "law"], [False, True]),
        ("deny_on_first_deny", ["fine", "fine"], [True, True]),
        ("permit_on_first_permit", ["law", "law"], [False, False]),
    ],
)
def test_a_batch_ends_as_its_semantic_says(
    semantic: str, accounts: list[str], decisions: list[bool]
) -> None:
    here = scene()
    _, answer = here.ask(MANY, batch(*accounts, semantic=semantic))
    answers: Any = answer["evaluations"]
    assert [one["decision"] for one in answers] == decisions
    assert len(here.log.leaves) == len(decisions)


def test_outer_fields_stand_in_whole_for_those_an_item_leaves_out() -> None:
    here = scene()
    asked = batch("fine", "fine")
    asked["context"] = {"end_use": "autonomous-weapons"}
    asked["evaluations"][1]["context"] = {"ip": "192.0.2.1"}
    _, answer = here.ask(MANY, asked)
    answers: Any = answer["evaluations"]
    assert [one["decision"] for one in answers] == [False, True]


def test_an_item_that_cannot_be_read_is_told_and_its_neighbours_are_answered() -> None:
    asked = batch("fine", "fine", "fine")
    asked["evaluations"][0] = 7
    asked["evaluations"][1]["context"] = {"ip": "nowhere"}
    _, answer = scene().ask(MANY, asked)
    answers: Any = answer["evaluations"]
    assert [one["decision"] for one in answers] == [False, False, True]
    assert [one["context"].get("error", {}).get("status") for one in answers] == [400, 400, None]


@pytest.mark.parametrize("evaluations", [[], None])
def test_a_batch_without_items_is_a_single_question(evaluations: object) -> None:
    _, answer = scene().ask(MANY, {**asking("fine"), "evaluations": evaluations})
    assert answer["decision"] is True


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({**asking("fine"), "evaluations": {}}, "evaluations is no list"),
        ({**asking("fine"), "evaluations": [{}], "options": []}, "options is no object"),
        (batch("fine", semantic="first"), "evaluations_semantic is none of"),
        (batch(*["fine"] * (Limits().batch + 1)), "more than 1000 evaluations"),
    ],
)
def test_a_batch_that_cannot_be_read_is_400(asked: object, said: str) -> None:
    status, document = scene().ask(MANY, asked)
    assert status == 400
    assert said in str(document["detail"])


@pytest.mark.real_data
def test_answers_fit_the_published_schemas(real_data: Callable[[str], Path]) -> None:
    folder = real_data("standards/authzen")
    request = json.loads((folder / "evaluation-request.schema.json").read_text())
    response = json.loads((folder / "evaluation-response.schema.json").read_text())
    here = scene()
    for account in ("fine", "law", "leaving", "nobody"):
        assert jsonschema_rs.is_valid(request, asking(account))
        assert jsonschema_rs.is_valid(response, here.decide(account))
    for _, asked, _ in BAD:
        if not jsonschema_rs.is_valid(request, asked):
            assert here.ask(ONE, asked)[0] == 400


@pytest.mark.real_data
def test_the_published_gateway_questions_are_well_formed(real_data: Callable[[str], Path]) -> None:
    """Their subjects are no accounts: nobody is let through, and every one has an answer."""
    file = real_data("standards/authzen/interop-gateway-decisions.json")
    here = scene()
    for row in json.loads(file.read_text())["evaluation"]:
        status, answer = here.ask(ONE, row["request"])
        assert (status, answer["decision"]) == (200, False)
    assert here.log.leaves


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "subject",
                    "action",
                    "resource",
                    "context",
                    "type",
                    "id",
                    "name",
                    "ip",
                    "phone",
                    "time",
                    "end_use",
                    "end_customer",
                    "evaluations",
                    "options",
                    "properties",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(values, st.sampled_from([ONE, MANY]))
def test_no_json_crashes_the_door(asked: object, path: str) -> None:
    here = scene_once()
    reply = here.reply("POST", path, orjson.dumps(asked), content_type="application/json")
    assert reply.status in (200, 400)
    orjson.loads(reply.body)


@given(
    st.dictionaries(
        st.sampled_from(["ip", "phone", "time", "end_use", "end_customer", "service"]),
        st.text(max_size=30),
    )
)
def test_no_context_crashes_the_door(context: dict[str, str]) -> None:
    status, _ = scene_once().ask(ONE, {**asking("fine"), "context": context})
    assert status in (200, 400)


@given(st.binary(max_size=120))
def test_no_bytes_crash_the_door(body: bytes) -> None:
    reply = scene_once().reply("POST", ONE, body, content_type="application/json")
    assert reply.status in (200, 400)


SCENES = [scene()]


def scene_once() -> Any:
    """One scene for all examples: what it keeps between them must not matter."""
    return SCENES[0]
