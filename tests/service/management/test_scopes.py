"""Every endpoint asks for one scope, and no other opens it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.testing import TestClient
from tests.service.management.conftest import MakeKey

from clearance.adapters.sql.engine import Database
from clearance.adapters.sql.keys import Keys
from clearance.service.management.app import create_app
from clearance.service.management.ports import Office
from clearance.usecases.scopes import Scope

OPEN = {"/health/live", "/health/ready", "/openapi.json"}
"""With whatever is below them."""


def endpoints() -> Iterator[tuple[str, str, Scope | None]]:
    """Method, path and scope of everything that the API offers."""
    database = Database(":memory:")
    for route in create_app(Office(database, Keys(database))).routes:
        for handler in getattr(route, "route_handlers", ()):
            if isinstance(handler, HTTPRouteHandler):
                for method in sorted(handler.http_methods - {"OPTIONS"}):
                    yield method, route.path, handler.opt.get("scope")


ENDPOINTS = sorted(endpoints(), key=str)
GUARDED = [one for one in ENDPOINTS if one[2] is not None]


def address(path: str) -> str:
    return re.sub(r"\{\w+:int\}", "1", re.sub(r"\{\w+:str\}", "x", path))


def test_only_health_and_the_description_are_open() -> None:
    found = {path for _, path, scope in ENDPOINTS if scope is None}
    assert {path for path in found if not path.startswith("/openapi.json/")} == OPEN


def test_every_scope_but_the_decision_points_opens_something() -> None:
    assert {scope for _, _, scope in GUARDED} == set(Scope) - {Scope.DECISIONS_ASK}


@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer clk_nothing", "Basic YTpi", "Bearer \t"])
def test_without_a_key_nothing_is_answered(client: TestClient[Litestar], header: str) -> None:
    for method, path, _ in GUARDED:
        given = {"Authorization": header} if header else {}
        answer = client.request(method, address(path), headers=given)
        assert answer.status_code == 401, (method, path)
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert answer.headers["content-type"] == "application/problem+json"


def test_each_wrong_scope_is_refused_at_each_endpoint(
    client: TestClient[Litestar], key: MakeKey
) -> None:
    headers = {scope: key(scope) for scope in Scope}
    for method, path, right in GUARDED:
        for scope in Scope:
            answer = client.request(method, address(path), headers=headers[scope])
            assert (answer.status_code == 403) is (scope is not right), (method, path, scope)
            assert answer.status_code != 500, answer.text
