"""Who asks, and whether that key may: one scope an endpoint.

1. A key stands in ``Authorization: Bearer clk_…``. None, a wrong one or one that is over is 401;
   one without the endpoint's scope is 403.
2. A body is JSON and says so: another content type is 415, an empty body 400.
3. Whether an endpoint names a scope is checked when the API is made: none is open by mistake.
"""

from __future__ import annotations

import asyncio
from hashlib import sha256
from typing import Any, TypedDict

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.datastructures import State
from litestar.exceptions import (
    HTTPException,
    NotAuthorizedException,
    PermissionDeniedException,
)
from litestar.handlers import BaseRouteHandler
from litestar.openapi.datastructures import ResponseSpec

from clearance.adapters.sql.keys import Key
from clearance.service.management.ports import Office
from clearance.service.management.problems import answered
from clearance.usecases.scopes import Scope

Asked = Request[None, Key, State]
"""A request whose key was checked."""

CHALLENGE = {"WWW-Authenticate": 'Bearer realm="clearance"'}
SECURITY = "key"
"""The name of the scheme in the API's description."""


class Asks(TypedDict):
    """What an endpoint's description says of who may ask."""

    opt: dict[str, Any]
    security: list[dict[str, list[str]]]
    responses: dict[int, ResponseSpec]


def asks(scope: Scope, *problems: int) -> Asks:
    """An endpoint for keys with this scope; ``problems`` are statuses besides the usual ones."""
    usual = (400, 401, 403, 413, 415, 503)
    return {
        "opt": {"scope": scope},
        "security": [{SECURITY: []}],
        "responses": answered(*usual, *problems),
    }


def office_of(connection: ASGIConnection[Any, Any, Any, Any]) -> Office:
    """What handlers work with."""
    office: Office = connection.app.state.office
    return office


async def guard(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Lets a request pass if its key holds the endpoint's scope."""
    scope = handler.opt.get("scope")
    if scope is None:
        return
    kind, _, token = connection.headers.get("authorization", "").partition(" ")
    key = None
    if kind.lower() == "bearer":
        key = await asyncio.to_thread(office_of(connection).keys.check, token.strip())
    if key is None:
        raise NotAuthorizedException("a valid key is needed", headers=CHALLENGE)
    if scope not in key.scopes:
        raise PermissionDeniedException(f"the key lacks the scope {scope.value}")
    connection.scope["auth"] = key
    if isinstance(connection, Request):
        if "data" in handler.parsed_fn_signature.parameters:
            await _refuse_no_json(connection)
        connection.state.digest = await _digest(connection)


async def _refuse_no_json(request: Request[Any, Any, Any]) -> None:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise HTTPException("the content type is not application/json", status_code=415)
    body = await request.body()
    if not body.strip():
        raise HTTPException("the body is empty; send JSON", status_code=400)
    try:
        body.decode()
    except UnicodeDecodeError as error:
        detail = f"the body is not UTF-8 at byte {error.start + 1}"
        raise HTTPException(detail, status_code=400) from None


async def _digest(request: Request[Any, Any, Any]) -> str:
    """What tells a request from another that is called by the same name."""
    said = f"{request.method} {request.url.path}?{request.url.query}\n".encode()
    return sha256(said + await request.body()).hexdigest()
