"""Records of other programs become rows: what they say is taken, nothing else is guessed."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from clearance.adapters.campaigns.spans import flattener

Record = Mapping[str, object]
WORDS = "write a poem about the sea"
ANSWER = "the sea is wide"


def typed(value: object) -> Record:
    """A value as OTLP writes it."""
    if isinstance(value, Mapping):
        return {"kvlistValue": {"values": listed(value)}}
    if isinstance(value, list):
        return {"arrayValue": {"values": [typed(one) for one in value]}}
    return {"intValue": str(value)} if isinstance(value, int) else {"stringValue": value}


def listed(attributes: Mapping[str, object]) -> list[Record]:
    return [{"key": key, "value": typed(value)} for key, value in attributes.items()]


def export(*spans: Mapping[str, object]) -> Record:
    """Spans as an OTLP exporter writes them, a line."""
    written = [
        {
            name: listed(value) if isinstance(value, Mapping) else value
            for name, value in one.items()
        }
        for one in spans
    ]
    return {"resourceSpans": [{"resource": {}, "scopeSpans": [{"spans": written}]}]}


def said(role: str, text: str) -> list[Record]:
    return [{"role": role, "parts": [{"type": "text", "content": text}]}]


CHAT: dict[str, object] = {
    "gen_ai.operation.name": "chat",
    "gen_ai.request.model": "m-1",
    "gen_ai.usage.input_tokens": 120,
    "gen_ai.usage.output_tokens": 380,
    "enduser.id": "a1",
    "client.address": "192.0.2.7",
    "gen_ai.input.messages": said("user", WORDS),
    "gen_ai.output.messages": json.dumps(said("assistant", ANSWER)),
}
SPAN = {"startTimeUnixNano": "1767607200123456789", "attributes": CHAT}
HTTP = {"startTimeUnixNano": "1", "attributes": {"http.route": "/v1/chat", "enduser.id": "a1"}}
OLDER = {
    "start_time": "2026-01-05T10:00:00Z",
    "attributes": {"gen_ai.system": "one", "user.id": "a2"},
    "events": [{"name": "gen_ai.content.prompt", "attributes": {"gen_ai.prompt": WORDS}}],
}
SPEND: dict[str, object] = {
    "call_type": "acompletion",
    "api_key": "hashed",
    "startTime": "2026-01-05T10:00:00.123",
    "model": "m-1",
    "prompt_tokens": 120,
    "completion_tokens": 380,
    "user": "default_user_id",
    "end_user": "a1",
    "requester_ip_address": "192.0.2.7",
    "request_tags": ["User-Agent: tool", "User-Agent: tool/2.1", "night"],
    "messages": [{"role": "user", "content": [{"type": "text", "text": WORDS}]}],
    "response": {"choices": [{"message": {"role": "assistant", "content": ANSWER}}]},
}
ROW = {
    "account": "a1", "address": "192.0.2.7", "model": "m-1", "tokens_in": 120, "tokens_out": 380,
    "prompt": WORDS, "output": ANSWER,
}  # fmt: skip
AT = {"time": "1767607200123456"}
NOT_STORED: dict[str, object] = {"messages": {}, "response": {}}

CASES: dict[str, tuple[Record, list[Record]]] = {
    "a span with plain attributes": (SPAN, [ROW | AT]),
    "an export with typed lists and maps": (export(SPAN), [ROW | AT]),
    "the server's span around it says nothing of a model": (export(HTTP, SPAN), [ROW | AT]),
    "a prompt in an event of the span": (
        OLDER, [{"account": "a2", "prompt": WORDS, "time": "2026-01-05T10:00:00Z"}],
    ),
    "another operation": (
        SPAN | {"attributes": CHAT | {"gen_ai.operation.name": "embeddings"}}, [],
    ),
    "a number of tokens that is none": (
        SPAN | {"attributes": [{"key": "gen_ai.usage.input_tokens", "value": {"intValue": "²"}}]},
        [AT],
    ),
    "a time of five thousand digits": (
        {"startTimeUnixNano": "9" * 5_000, "attributes": {"gen_ai.system": "one"}}, [{}],
    ),
    "a spend log": (SPEND, [ROW | {"time": SPEND["startTime"], "agent": "tool/2.1"}]),
    "a spend log that keeps the request alone": (
        SPEND | NOT_STORED | {"proxy_server_request": json.dumps({"messages": SPEND["messages"]})},
        [ROW | {"time": SPEND["startTime"], "agent": "tool/2.1", "output": None}],
    ),
    "a spend log without texts": (
        SPEND | NOT_STORED,
        [ROW | {"time": SPEND["startTime"], "agent": "tool/2.1", "prompt": None, "output": None}],
    ),
    "the response of another interface": (
        {"startTime": "t", "api_key": "k", "response": {"output": [{"content": ANSWER}]}},
        [{"time": "t", "account": "k", "output": ANSWER}],
    ),
    "a spend log of embeddings": (SPEND | {"call_type": "aembedding"}, []),
}  # fmt: skip


@pytest.mark.parametrize(("record", "expected"), CASES.values(), ids=CASES)
def test_a_record_gives_the_rows_that_it_tells_of(record: Record, expected: list[Record]) -> None:
    rows = list(flattener(record)(record))
    told = [{name: value for name, value in row.items() if value is not None} for row in rows]
    assert told == [
        {name: value for name, value in row.items() if value is not None} for row in expected
    ]
