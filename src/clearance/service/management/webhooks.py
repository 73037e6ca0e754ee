"""Webhooks: who is told of what. A secret is shown when it is made and never again."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import Controller, Response, delete, get, post
from litestar.params import JSONBody

from clearance.adapters.sql.changing import Change
from clearance.adapters.sql.hooks import (
    Hook,
    add_hook,
    deliveries,
    hooks,
    remove_hook,
    rotate_secret,
)
from clearance.service.management.asking import Asked, asks, office_of
from clearance.service.management.keys import Rotation
from clearance.service.management.looking import stored
from clearance.service.management.paging import Limit
from clearance.service.management.problems import Missing
from clearance.service.management.words import PathId, stamp
from clearance.service.management.writing import write
from clearance.usecases.scopes import Scope


class NewHook(msgspec.Struct, forbid_unknown_fields=True):
    """A receiver: its address, and types of events such as ``release.*``, or ``*`` for all."""

    url: Annotated[str, msgspec.Meta(max_length=2000, pattern="^https?://[!-~]+$")]
    events: Annotated[
        list[Annotated[str, msgspec.Meta(max_length=100, pattern=r"^(\*|[a-z_.]+(\.\*)?)$")]],
        msgspec.Meta(min_length=1, max_length=50),
    ]


class HookRecord(msgspec.Struct):
    """A webhook; ``disabled`` says why it is told nothing, empty where it is told."""

    id: str
    url: str
    events: list[str]
    disabled: str
    created_at: datetime
    created_by: str


class MadeHook(msgspec.Struct):
    """A webhook with the secret that signs what it is sent."""

    webhook: HookRecord
    secret: str


class HookList(msgspec.Struct):
    """Every webhook."""

    webhooks: list[HookRecord]


class DeliveryRecord(msgspec.Struct):
    """How one delivery stands, and what was answered."""

    event: str
    state: str
    attempts: int
    answer: str
    due_at: datetime


class DeliveryList(msgspec.Struct):
    """The latest deliveries to a webhook, newest first."""

    deliveries: list[DeliveryRecord]


class WebhookController(Controller):
    """``/v1/webhooks``."""

    path = "/v1/webhooks"
    tags = ("webhooks",)

    @get("/", sync_to_thread=True, **asks(Scope.WEBHOOKS_READ))
    def all(self, request: Asked) -> HookList:
        """Every webhook, without secrets."""
        with office_of(request).database.reading() as connection:
            return HookList([_record(one) for one in hooks(connection)])

    @post("/", sync_to_thread=True, **asks(Scope.WEBHOOKS_WRITE, 409, 422))
    def add(self, request: Asked, data: JSONBody[NewHook]) -> Response[MadeHook]:
        """Tell a receiver of events from now on."""
        return write(
            request, lambda change: _made(add_hook(change, data.url, data.events)), 201, secret=True
        )

    @post("/{id:str}/rotate", sync_to_thread=True, **asks(Scope.WEBHOOKS_WRITE, 404, 409, 422))
    def rotate(self, request: Asked, id: PathId, data: JSONBody[Rotation]) -> Response[MadeHook]:
        """Make a new secret; the old one signs beside it for the overlap."""
        _refuse_unknown(request, id)
        return write(
            request,
            lambda change: _made(rotate_secret(change, id, data.overlap)),
            201,
            secret=True,
        )

    @delete(
        "/{id:str}", sync_to_thread=True, status_code=200, **asks(Scope.WEBHOOKS_WRITE, 404, 422)
    )
    def remove(self, request: Asked, id: PathId) -> Response[HookList]:
        """Tell it nothing more."""
        _refuse_unknown(request, id)

        def act(change: Change) -> HookList:
            remove_hook(change, id)
            return HookList([_record(one) for one in hooks(change.connection)])

        return write(request, act)

    @get("/{id:str}/deliveries", sync_to_thread=True, **asks(Scope.WEBHOOKS_READ, 404))
    def told(self, request: Asked, id: PathId, limit: Limit = 100) -> DeliveryList:
        """How the latest deliveries to it went."""
        _refuse_unknown(request, id)
        with office_of(request).database.reading() as connection:
            found = deliveries(connection, id, limit)
        return DeliveryList(
            [
                DeliveryRecord(
                    one.event, one.state.value, one.attempts, one.answer, stamp(one.due_at)
                )
                for one in found
            ]
        )


def _refuse_unknown(request: Asked, id: PathId) -> None:
    with office_of(request).database.reading() as connection:
        if not any(one.id == stored(id) for one in hooks(connection)):
            raise Missing("no such webhook")


def _made(hook: Hook) -> MadeHook:
    return MadeHook(_record(hook), hook.secret)


def _record(hook: Hook) -> HookRecord:
    return HookRecord(
        hook.id,
        hook.url,
        list(hook.events),
        hook.disabled,
        stamp(hook.recorded_at),
        hook.recorded_by,
    )
