"""Questions of the usual form, read in one step.

Whatever is not of that form, such as a field that nobody knows, is read part by part
(:mod:`clearance.service.questions`), which says what is wrong with it: here is nothing refused, and
nothing understood differently.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, TypeAlias

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from clearance.service.questions import LONGEST
from clearance.usecases.decide import NOTHING, Question

_Text: TypeAlias = Annotated[str, Meta(min_length=1, max_length=LONGEST)]
_Said: TypeAlias = Annotated[str, Meta(max_length=LONGEST)]


class _Thing(Struct, gc=False, forbid_unknown_fields=True):
    type: _Text
    id: _Text


class _Act(Struct, gc=False, forbid_unknown_fields=True):
    name: _Text


class _Context(Struct, gc=False, forbid_unknown_fields=True):
    service: _Said | None = None
    ip: _Said | None = None
    phone: _Said | None = None
    end_customer: _Said | None = None
    end_use: _Said | None = None
    time: _Said | None = None


class _One(Struct, gc=False, forbid_unknown_fields=True):
    subject: _Thing
    action: _Act
    resource: _Thing
    context: _Context | None = None


class _Item(Struct, gc=False, forbid_unknown_fields=True):
    subject: _Thing | UnsetType = UNSET
    action: _Act | UnsetType = UNSET
    resource: _Thing | UnsetType = UNSET
    context: _Context | UnsetType | None = UNSET


class _Many(_Item, gc=False, forbid_unknown_fields=True):
    evaluations: list[_Item] | None = None


_UNTOLD = _Context()
_made = tuple.__new__  # the constructor of a named tuple costs three times as much
_one = msgspec.json.Decoder(_One).decode
_many = msgspec.json.Decoder(_Many).decode


def one(body: bytes, day: int) -> Question | None:
    """The question in a body, ``None`` where it is not of the usual form.

    **Cost**: a microsecond.

    >>> one(b'{"subject":{"type":"account","id":"a"},"action":{"name":"use"}}', 0) is None
    True
    """
    if not _is_plain(body):
        return None
    try:
        asked = _one(body)
    except msgspec.MsgspecError:
        return None
    return _question(asked.subject, asked.action, asked.resource, asked.context or _UNTOLD, day)


def many(body: bytes, day: int) -> Sequence[Question] | None:
    """The questions of a batch, ``None`` where one is not of the usual form, or there is none."""
    if not _is_plain(body):
        return None
    try:
        asked = _many(body)
    except msgspec.MsgspecError:
        return None
    found = []
    for item in asked.evaluations or ():
        subject = asked.subject if item.subject is UNSET else item.subject
        action = asked.action if item.action is UNSET else item.action
        resource = asked.resource if item.resource is UNSET else item.resource
        context = asked.context if item.context is UNSET else item.context
        if subject is UNSET or action is UNSET or resource is UNSET:
            return None
        made = _question(subject, action, resource, context or _UNTOLD, day)
        if made is None:
            return None
        found.append(made)
    return found or None


def _question(
    subject: _Thing, action: _Act, resource: _Thing, context: _Context, day: int
) -> Question | None:
    if context.time:
        return None
    return _made(
        Question,
        (
            subject.id,
            day,
            action.name,
            resource.id,
            context.service or "",
            context.ip or "",
            context.phone or "",
            context.end_customer or "",
            context.end_use or "",
            "",
            "" if subject.type == "account" else subject.type,
            "" if resource.type == "model" else resource.type,
            NOTHING,
        ),
    )


def _is_plain(body: bytes) -> bool:
    """May no text in a body mean anything else to another reader of JSON?"""
    return body.isascii() and b"\\" not in body
