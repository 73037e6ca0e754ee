"""``docs/reference/api.md`` is the management API's own list; ``UPDATE_DOCS=1`` writes it anew."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from litestar.handlers import HTTPRouteHandler

from clearance.adapters.sql.engine import Database
from clearance.adapters.sql.keys import Keys
from clearance.service.management.app import create_app
from clearance.service.management.ports import Office
from clearance.usecases.scopes import Scope

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "api.md"
HEAD = """\
# Management API

`clearance serve --manage HOST:PORT` answers it beside decisions. This page is the program's own
list; a test compares them. The whole description, with every field, is OpenAPI 3.1 at
`/openapi.json`.

A key made by `clearance key create` stands in `Authorization: Bearer …`; every endpoint asks for
one scope. What goes wrong is a problem document (RFC 9457). What changes something may carry an
`Idempotency-Key`: sent again within a day it is answered as it was, and nothing is done twice.
Lists come in pages: `next` of one is `after` of the following. `on` looks at a day, `known_at` at
what was known at a moment ([the two times](../formats/state.md#two-times)).

| request | scope | what it does |
|---|---|---|
"""


def test_the_page_of_the_api_is_the_programs_list() -> None:
    text = HEAD + "".join(sorted(_lines()))
    if os.environ.get("UPDATE_DOCS"):
        PAGE.write_text(text, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == text


def _lines() -> Iterator[str]:
    database = Database(":memory:")
    for route in create_app(Office(database, Keys(database))).routes:
        for handler in getattr(route, "route_handlers", ()):
            if isinstance(handler, HTTPRouteHandler) and not route.path.startswith("/openapi"):
                yield from _of(handler, route.path)


def _of(handler: HTTPRouteHandler, path: str) -> Iterator[str]:
    scope = handler.opt.get("scope")
    shown = f"`{scope.value}`" if isinstance(scope, Scope) else "none"
    said = (handler.description or "").splitlines()[0]
    plain = path.replace(":str}", "}").replace(":int}", "}")
    for method in sorted(handler.http_methods - {"OPTIONS"}):
        yield f"| `{method} {plain}` | {shown} | {said} |\n"
