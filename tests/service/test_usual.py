"""Reading a question in one step says what reading it part by part says, or leaves it to that."""

from __future__ import annotations

import json
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.service.scene import asking

from clearance.service import usual
from clearance.service.questions import question
from clearance.service.wire import Refusal
from clearance.usecases.decide import Question

DAY = 20_513
NOW = DAY * 86_400_000


def by_parts(value: Any) -> Question | None:
    try:
        return question(value, NOW, None)
    except Refusal:
        return None


def of_body(body: bytes) -> Question | None:
    try:
        return by_parts(orjson.loads(body))
    except orjson.JSONDecodeError:
        return None


USUAL = {
    "all told": asking("a", ip="192.0.2.1", phone="XA", end_customer="c", end_use="x", service="s"),
    "nothing told": asking("a"),
    "no context": {name: part for name, part in asking("a").items() if name != "context"},
    "null context": {**asking("a"), "context": None},
    "nulls": asking("a", **dict.fromkeys(("ip", "phone"), None)),  # type: ignore[arg-type]
    "other kinds": {
        **asking("a"), "subject": {"type": "user", "id": "u"}, "resource": {"type": "d", "id": "1"}
    },
    "another action": {**asking("a"), "action": {"name": "delete"}},
}  # fmt: skip


@pytest.mark.parametrize("asked", USUAL.values(), ids=USUAL)
def test_a_usual_question_is_read_in_one_step(asked: object) -> None:
    found = usual.one(orjson.dumps(asked), DAY)
    assert found is not None
    assert found == by_parts(asked)


LEFT = {
    "escapes": orjson.dumps(asking("a")).replace(b'"a"', b'"\\u0061"'),
    "beyond ASCII": orjson.dumps(asking("ä")),
    "its own time": orjson.dumps(asking("a", time="2026-03-01T12:00:00Z")),
    "properties": orjson.dumps({**asking("a"), "action": {"name": "use", "properties": {}}}),
    "deep": orjson.dumps({**asking("a"), "x": json.loads("[" * 40 + "]" * 40)}),
    "very deep": b'{"x":' + b"[" * 100_000,
    "no subject": orjson.dumps({"action": {"name": "use"}}),
    "an empty id": orjson.dumps(asking("")),
    "a long id": orjson.dumps(asking("a" * 513)),
    "a long text": orjson.dumps(asking("a", ip="1" * 513)),
    "a number": orjson.dumps(asking("a", ip=1)),  # type: ignore[arg-type]
    "a field that nobody knows": orjson.dumps({**asking("a"), "more": 1}),
    "a list": b"[]",
    "no JSON": b"{",
    "more than JSON": orjson.dumps(asking("a")) + b"x",
    "nothing": b"",
}  # fmt: skip


@pytest.mark.parametrize("body", LEFT.values(), ids=LEFT)
def test_all_else_is_left_to_who_reads_part_by_part(body: bytes) -> None:
    assert usual.one(body, DAY) is None
    assert usual.many(b'{"evaluations":[' + body + b"]}", DAY) is None


TEXTS = st.sampled_from([asking("a", ip="192.0.2.1"), *USUAL.values()]).map(orjson.dumps)
PIECES = st.sampled_from(
    [b"{", b"}", b"[", b"]", b",", b":",
     b'"', b"\x00", b"\x1f", b"\n", b"1", b"-", b"01", b"1e9991",
     b"null", b"NaN", b"tru", b"\xff", b'"ip":', b'"time":"x",', b'"subject":null,', b" ", b"/**/"]
)  # fmt: skip


@given(TEXTS, st.lists(st.tuples(st.integers(0, 300), st.integers(0, 3), PIECES), max_size=3))
def test_whatever_is_changed_in_a_body_is_never_understood_differently(
    body: bytes, changes: list[tuple[int, int, bytes]]
) -> None:
    for at, cut, piece in changes:
        at %= len(body) + 1
        body = body[:at] + piece + body[at + cut :]
    found = usual.one(body, DAY)
    assert found is None or found == of_body(body)


PARTS = st.fixed_dictionaries(
    {},
    optional={
        "subject": st.sampled_from(
            [{"type": "account", "id": "x"}, {"type": "t", "id": "y"}, None, {}]
        ),
        "action": st.sampled_from([{"name": "use"}, {"name": "sign_up"}, {"name": ""}]),
        "resource": st.sampled_from([{"type": "model", "id": "m"}, {"type": "x", "id": "z"}]),
        "context": st.sampled_from([None, {}, {"ip": "192.0.2.1"}, {"time": ""}, {"time": "x"}]),
    },
)  # fmt: skip


@given(PARTS, st.lists(PARTS, max_size=4))
def test_a_batch_is_read_as_its_items_are(
    outer: dict[str, Any], items: list[dict[str, Any]]
) -> None:
    found = usual.many(orjson.dumps({**outer, "evaluations": items}), DAY)
    assert found is None or found == [by_parts({**outer, **item}) for item in items]
