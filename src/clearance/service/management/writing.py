"""A change that somebody asks for: made once, under the name of the key, and told as JSON.

1. The ``Idempotency-Key`` header names a request. Sent again it is answered as it was, and nothing
   is done twice; another request under its name is 422.
2. An answer with a secret in it is not kept: sent again, it says that it was given.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TypeVar, cast

import msgspec
from litestar import MediaType, Response
from litestar.exceptions import HTTPException

from clearance.adapters.sql import answered
from clearance.adapters.sql.changing import Change, changing
from clearance.adapters.sql.events import emit
from clearance.model.errors import InputError
from clearance.service.management.asking import Asked, office_of
from clearance.service.management.problems import Conflict
from clearance.service.management.words import Changed

HEADER = "idempotency-key"
_LONGEST = 200
_GIVEN = b""

T = TypeVar("T", bound=msgspec.Struct)

_encode = msgspec.json.Encoder().encode


def write(
    request: Asked,
    act: Callable[[Change], T],
    status: int = 200,
    *,
    secret: bool = False,
) -> Response[T]:
    """Make a change and say what came of it.

    Args:
        act: makes the change; what it returns is the answer.
        secret: the answer holds what nobody may read twice.

    Raises:
        InputError: what was asked cannot be done.
    """
    named = _named(request)
    with changes(request) as change:
        if named is not None and (before := answered.earlier(change, named)) is not None:
            return _as_described(*_again(named, before))
        body = _encode(act(change))
        if named is not None:
            answered.keep(change, named, status, _GIVEN if secret else body)
    return _as_described(body, status)


def write_many(
    request: Asked, keep: Callable[[Change], int], event: str, source: str
) -> Response[Changed]:
    """Keep many records at once, and have it told where any of them changed something.

    Args:
        keep: writes them; how many rows changed.
    """

    def act(change: Change) -> Changed:
        changed = keep(change)
        if changed:
            emit(change, event, source, {"changed": changed})
        return Changed(changed)

    return write(request, act)


def changes(request: Asked) -> AbstractContextManager[Change]:
    """A change in the name of the request's key."""
    office = office_of(request)
    return changing(office.database, request.auth.name, office.clock)


def _named(request: Asked) -> answered.Request | None:
    name = request.headers.get(HEADER)
    if name is None:
        return None
    if not 0 < len(name) <= _LONGEST or not name.isascii() or not name.isprintable():
        raise InputError(
            "is no name for a request", field="Idempotency-Key", remedy="send a UUID, say"
        )
    return answered.Request(request.auth.id, name, request.state.digest)


def _again(named: answered.Request, before: answered.Answer) -> tuple[bytes, int]:
    if before.digest != named.digest:
        raise HTTPException("another request was sent under this Idempotency-Key", status_code=422)
    if before.body == _GIVEN:
        raise Conflict("was done, and its secret was shown then", remedy="rotate it to get another")
    return before.body, before.status


def _as_described(body: bytes, status: int) -> Response[T]:
    """An answer whose bytes are made already, of the type that the endpoint describes."""
    made: Response[bytes] = Response(body, status_code=status, media_type=MediaType.JSON)
    return cast("Response[T]", made)
