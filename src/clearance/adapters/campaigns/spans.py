"""Logs that others write, as rows of ours: OpenTelemetry GenAI spans and LiteLLM's spend logs.

1. OpenTelemetry: a span a line, or an OTLP export a line (``resourceSpans``); attributes by the
   GenAI semantic conventions, those of the span's events too. What is no chat or text completion
   is left out: spans of other operations, and spans that say nothing of a model.
2. LiteLLM: ``startTime`` with ``api_key``; an end user comes before the key's user, then the key.
   Embeddings, images and sound are left out; the agent is the longest tag that names one.
3. What a record does not say is missing, never guessed.

**Source**: OpenTelemetry semantic conventions for generative AI (``gen_ai.*``, ``enduser.id``,
``client.address``, ``user_agent.original``); LiteLLM, schema ``LiteLLM_SpendLogs``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

Record = Mapping[str, object]
Flatten = Callable[[Record], Iterator[Record]]

_SPAN = {
    "account": ("enduser.id", "user.id", "enduser.pseudo.id"),
    "organisation": ("enduser.organization", "organization.id"),
    "address": ("client.address", "http.client_ip"),
    "agent": ("user_agent.original",),
    "model": ("gen_ai.request.model", "gen_ai.response.model"),
    "tokens_in": ("gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens"),
    "tokens_out": ("gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens"),
    "prompt": ("gen_ai.input.messages", "gen_ai.prompt"),
    "output": ("gen_ai.output.messages", "gen_ai.completion"),
}
_SPEND = {
    "time": ("startTime",),
    "account": ("end_user", "user", "api_key"),
    "organisation": ("organization_id", "team_id"),
    "address": ("requester_ip_address",),
    "model": ("model",),
    "tokens_in": ("prompt_tokens",),
    "tokens_out": ("completion_tokens",),
    "prompt": ("messages", "proxy_server_request"),
    "output": ("response",),
}
_WORDED = (
    "messages", "input", "output", "choices", "message", "parts", "content", "text",
)  # fmt: skip
_NO_TEXT = re.compile("embedding|moderation|rerank|image|speech|transcription")
_AGENT = "User-Agent: "
_DIGITS = re.compile(r"-?[0-9]{1,19}")
_CHAT = ("chat", "text_completion", "generate_content")


def flattener(first: Record) -> Flatten:
    """How records like this one become rows."""
    if "resourceSpans" in first:
        return _export
    if isinstance(first.get("attributes"), Mapping | list):
        return _span
    if "startTime" in first and "api_key" in first:
        return _spend
    return _plain


def _plain(record: Record) -> Iterator[Record]:
    yield record


def _export(record: Record) -> Iterator[Record]:
    for resource in _maps(record.get("resourceSpans")):
        for scope in _maps(resource.get("scopeSpans")):
            for span in _maps(scope.get("spans")):
                yield from _span(span)


def _span(span: Record) -> Iterator[Record]:
    said = _all_attributes(span)
    if _is_chat(said):
        row = {name: _first(said, keys) for name, keys in _SPAN.items()}
        row["time"] = _time(span)
        yield row | {name: _words(row[name]) for name in ("prompt", "output")}


def _all_attributes(span: Record) -> Record:
    """The attributes of a span, which come before those of its events."""
    events = (_attributes(one.get("attributes")) for one in _maps(span.get("events")))
    known = {key: value for one in events for key, value in one.items()}
    return known | dict(_attributes(span.get("attributes")))


def _is_chat(said: Record) -> bool:
    """Does a span ask a model? One that names no operation must say something of a model."""
    operation = said.get("gen_ai.operation.name")
    if operation is None:
        return any(key.startswith("gen_ai.") for key in said)
    return operation in _CHAT


def _spend(record: Record) -> Iterator[Record]:
    if _NO_TEXT.search(str(record.get("call_type"))):
        return
    row = {name: _first(record, keys) for name, keys in _SPEND.items()}
    row["agent"] = _agent(record.get("request_tags"))
    yield row | {name: _words(row[name]) for name in ("prompt", "output")}


def _agent(tags: object) -> str | None:
    """The agent that tags name; LiteLLM gives its name and then its name with a version."""
    told = [one for one in tags if isinstance(one, str)] if isinstance(tags, list) else []
    named = [one.removeprefix(_AGENT) for one in told if one.startswith(_AGENT)]
    return max(named, key=len, default=None)


def _time(span: Record) -> object:
    nanoseconds = _whole(span.get("startTimeUnixNano"))
    return span.get("start_time") if nanoseconds is None else str(nanoseconds // 1000)


def _whole(said: object) -> int | None:
    """A whole number of at most nineteen digits, however it is written."""
    return int(str(said)) if _DIGITS.fullmatch(str(said)) else None


def _first(said: Record, keys: tuple[str, ...]) -> object:
    return next((said[key] for key in keys if said.get(key) not in (None, "", {}, [])), None)


def _attributes(given: object) -> Record:
    """Attributes as a mapping: OTLP writes them as a list of keys and typed values."""
    if isinstance(given, Mapping):
        return given
    return {str(one.get("key")): _value(one.get("value")) for one in _maps(given)}


def _value(typed: object) -> object:
    """A typed value as a plain one; lists and maps hold typed values themselves."""
    if not isinstance(typed, Mapping) or not typed:
        return typed
    kind, value = next(iter(typed.items()))
    inside = value.get("values") if isinstance(value, Mapping) else None
    if kind == "arrayValue":
        return [_value(one) for one in _maps(inside)]
    if kind == "kvlistValue":
        return _attributes(inside or [])
    return _whole(value) if kind == "intValue" else value


def _maps(given: object) -> Iterator[Record]:
    if isinstance(given, list):
        yield from (one for one in given if isinstance(one, Mapping))


def _words(said: object) -> str | None:
    """The text in messages, whatever holds it: strings under the names of ``_WORDED``."""
    if said is None or isinstance(said, str):
        return _unpacked(said)
    return "\n".join(_texts(said)) or None


def _unpacked(text: str | None) -> str | None:
    """Messages that were written as JSON inside a string."""
    from msgspec import DecodeError
    from msgspec.json import decode

    if not text or text[0] not in "[{":
        return text
    try:
        return "\n".join(_texts(decode(text))) or text
    except (DecodeError, RecursionError):
        return text


def _texts(said: object) -> Iterator[str]:
    if isinstance(said, str):
        yield said
    elif isinstance(said, list):
        for one in said:
            yield from _texts(one)
    elif isinstance(said, Mapping):
        for key in _WORDED:
            if key in said:
                yield from _texts(said[key])
