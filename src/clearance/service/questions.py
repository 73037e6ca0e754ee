"""Questions out of AuthZEN's JSON: subject, action, resource, context.

1. What the standard requires is required, of its type; fields nobody knows are ignored.
2. A subject that is no account, and other kinds of action and resource are well formed: they are
   put to the policy, which does not know them.
3. A request's own time must lie near the clock: the day decides which policy speaks.

**Source**: OpenID AuthZEN Authorization API 1.0, sections 5 and 6.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TypeAlias

from clearance.model.customer import DECLARED
from clearance.model.plain import Json
from clearance.policy.asked import Action
from clearance.service.desk import day_of_ms
from clearance.service.wire import Refusal
from clearance.usecases.decide import NOTHING, Question

LONGEST = 512
"""So many characters an id or another text may have."""

Object: TypeAlias = Mapping[str, Json]

_DECLARED = ("headquarters", "incorporation", *DECLARED)


def question(asked: Json, now: int, tolerance: float | None) -> Question:
    """One question; ``now`` in milliseconds, ``tolerance`` in seconds.

    Raises:
        Refusal: something required is missing, or not of its type.
    """
    if not isinstance(asked, dict):
        raise Refusal(400, "the request is no JSON object")
    subject, action, resource = (_part(asked, name) for name in ("subject", "action", "resource"))
    subject_type, account = _text(subject, "subject", "type"), _text(subject, "subject", "id")
    resource_type, model = _text(resource, "resource", "type"), _text(resource, "resource", "id")
    name = _text(action, "action", "name")
    declared = _declared(subject) if name == Action.SIGN_UP else NOTHING
    context = _object(asked, "context", "context")
    time = _said(context, "time")
    return Question(
        account,
        day_of_ms(_moment(time, now, tolerance) if time else now),
        name,
        model,
        _said(context, "service"),
        _said(context, "ip"),
        _said(context, "phone"),
        _said(context, "end_customer"),
        _said(context, "end_use"),
        time,
        "" if subject_type == "account" else subject_type,
        "" if resource_type == "model" else resource_type,
        declared,
    )


def _part(asked: Object, name: str) -> Object:
    part = asked.get(name)
    if not isinstance(part, dict):
        raise Refusal(400, f"{name} {'is missing' if part is None else 'is no object'}")
    if "properties" in part and not isinstance(part["properties"], dict):
        raise Refusal(400, f"{name}.properties is no object")
    return part


def _object(asked: Object, name: str, path: str) -> Object:
    value = asked.get(name)
    if value is None:
        return NOTHING
    if not isinstance(value, dict):
        raise Refusal(400, f"{path} is no object")
    return value


def _text(part: Object, path: str, name: str) -> str:
    value = part.get(name)
    if not isinstance(value, str):
        raise Refusal(400, f"{path}.{name} {'is missing' if value is None else 'is no text'}")
    if not 0 < len(value) <= LONGEST:
        raise Refusal(400, f"{path}.{name} {'is too long' if value else 'is empty'}")
    return value


def _said(context: Object, name: str) -> str:
    value = context.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Refusal(400, f"context.{name} is no text")
    if len(value) > LONGEST:
        raise Refusal(400, f"context.{name} is too long")
    return value


def _declared(subject: Object) -> Mapping[str, str]:
    """The regions that whoever signs up declares, by fact."""
    properties = _object(subject, "properties", "subject.properties")
    told = {fact: properties[fact] for fact in _DECLARED if properties.get(fact) is not None}
    for fact, code in told.items():
        if not isinstance(code, str) or not 0 < len(code) <= LONGEST:
            raise Refusal(400, f"subject.properties.{fact} is no region code")
    return {fact: str(code) for fact, code in told.items()}


def _moment(text: str, now: int, tolerance: float | None) -> int:
    """A time in milliseconds since 1970."""
    try:
        moment = datetime.fromisoformat(text)
        told = int(moment.astimezone(UTC).timestamp() * 1000)
    except (OverflowError, ValueError):
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Refusal(400, "context.time is no RFC 3339 time, such as 2026-01-05T09:00:00Z")
    if tolerance is not None and abs(told - now) > tolerance * 1000:
        where = "ahead of" if told > now else "behind"
        raise Refusal(400, f"context.time is more than {tolerance:g} s {where} the clock")
    return told
