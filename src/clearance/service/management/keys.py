"""Keys: a token is shown once; a key gives no more than its maker holds."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import Controller, Response, delete, get, post
from litestar.exceptions import PermissionDeniedException
from litestar.params import JSONBody

from clearance.adapters.sql.changing import Change
from clearance.adapters.sql.keys import Key, create_key, revoke_key, rotate_key
from clearance.service.management.asking import Asked, asks, office_of
from clearance.service.management.looking import stored
from clearance.service.management.problems import Missing
from clearance.service.management.words import Name, PathId, moment, stamp
from clearance.service.management.writing import write
from clearance.usecases.scopes import Scope, scopes_of

_YEAR = 366 * 86_400
Seconds = Annotated[int, msgspec.Meta(ge=0, le=10 * _YEAR)]


class NewKey(msgspec.Struct, forbid_unknown_fields=True):
    """A key to be made, for one person or program; ``lasting`` in seconds, null for ever."""

    name: Name
    scopes: Annotated[list[Scope], msgspec.Meta(min_length=1, max_length=50)]
    lasting: Seconds | None = None


class Rotation(msgspec.Struct, forbid_unknown_fields=True):
    """How many seconds the old one works beside the new."""

    overlap: Seconds = 86_400


class KeyRecord(msgspec.Struct):
    """A key without its secret."""

    id: str
    name: str
    scopes: list[str]
    created_at: datetime
    created_by: str
    expires_at: datetime | None
    revoked_at: datetime | None
    successor: str


class MadeKey(msgspec.Struct):
    """A new key with its token, which is never shown again."""

    key: KeyRecord
    token: str


class KeyList(msgspec.Struct):
    """Every key there was."""

    keys: list[KeyRecord]


class KeyController(Controller):
    """``/v1/keys``."""

    path = "/v1/keys"
    tags = ("keys",)

    @get("/", sync_to_thread=True, **asks(Scope.KEYS_READ))
    def all(self, request: Asked) -> KeyList:
        """Every key, also those that are over."""
        return KeyList([_record(key) for key in office_of(request).keys.all()])

    @post("/", sync_to_thread=True, **asks(Scope.KEYS_WRITE, 409, 422))
    def create(self, request: Asked, data: JSONBody[NewKey]) -> Response[MadeKey]:
        """Make a key with scopes that the asking key holds itself."""
        scopes = scopes_of(data.scopes)
        _refuse_more(request, scopes)
        return write(
            request,
            lambda change: _made(create_key(change, data.name, scopes, data.lasting)),
            201,
            secret=True,
        )

    @post("/{id:str}/rotate", sync_to_thread=True, **asks(Scope.KEYS_WRITE, 404, 409, 422))
    def rotate(self, request: Asked, id: PathId, data: JSONBody[Rotation]) -> Response[MadeKey]:
        """Make a successor; the old key works on for the overlap."""
        _refuse_more(request, _known(request, id).scopes)
        return write(
            request, lambda change: _made(rotate_key(change, id, data.overlap)), 201, secret=True
        )

    @delete("/{id:str}", sync_to_thread=True, status_code=200, **asks(Scope.KEYS_WRITE, 404, 409))
    def revoke(self, request: Asked, id: PathId) -> Response[KeyList]:
        """Answer no request with this key any more."""
        _known(request, id)

        def act(change: Change) -> KeyList:
            revoke_key(change, id)
            return KeyList([])

        return write(request, act)


def _refuse_more(request: Asked, scopes: frozenset[Scope]) -> None:
    more = scopes - request.auth.scopes
    if more:
        raise PermissionDeniedException(f"the key lacks the scope {min(more).value} itself")


def _known(request: Asked, id: PathId) -> Key:
    wanted = stored(id)
    found = next((key for key in office_of(request).keys.all() if key.id == wanted), None)
    if found is None:
        raise Missing("no such key")
    return found


def _made(made: tuple[Key, str]) -> MadeKey:
    key, token = made
    return MadeKey(_record(key), token)


def _record(key: Key) -> KeyRecord:
    return KeyRecord(
        key.id,
        key.name,
        sorted(key.scopes),
        stamp(key.recorded_at),
        key.recorded_by,
        moment(key.expires_at),
        moment(key.revoked_at),
        key.successor,
    )
