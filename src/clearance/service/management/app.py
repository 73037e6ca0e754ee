"""The management API as one ASGI application.

1. Every path but ``/health`` and the description asks for a key with a scope of its own.
2. The description is OpenAPI 3.1, at ``/openapi.json``; what goes wrong is a problem document.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.metadata import version
from inspect import cleandoc

from litestar import Litestar
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme
from litestar.types import ControllerRouterHandler

from clearance.model.errors import ClearanceError
from clearance.service.management import problems
from clearance.service.management.accounts import AccountController
from clearance.service.management.asking import SECURITY, guard
from clearance.service.management.customers import CustomerController
from clearance.service.management.decisions import DecisionController
from clearance.service.management.facts import FactController
from clearance.service.management.health import live, metrics, ready
from clearance.service.management.keys import KeyController
from clearance.service.management.ports import Office
from clearance.service.management.releases import ReleaseController
from clearance.service.management.snapshots import SnapshotController
from clearance.service.management.webhooks import WebhookController

LARGEST = 16 * 2**20
"""Bytes of the largest body that is read."""

HANDLERS: Sequence[ControllerRouterHandler] = (
    CustomerController,
    AccountController,
    FactController,
    ReleaseController,
    DecisionController,
    SnapshotController,
    WebhookController,
    KeyController,
    live,
    ready,
    metrics,
)


def create_app(office: Office) -> Litestar:
    """The API over a state."""
    app = Litestar(
        route_handlers=HANDLERS,
        guards=[guard],
        state=State({"office": office}),
        openapi_config=_description(),
        request_max_body_size=LARGEST,
        logging_config=None,
        exception_handlers={
            ClearanceError: problems.of_clearance,
            HTTPException: problems.of_http,
            RecursionError: problems.too_deep,
            Exception: problems.unexpected,
        },
    )
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            handler.description = handler.description or _said_of(handler.fn)
    return app


def _said_of(function: Callable[..., object]) -> str:
    """What a handler says of itself, under whatever calls it in another thread."""
    while (inner := getattr(function, "func", None)) is not None:
        function = inner
    return cleandoc(function.__doc__ or "")


def _description() -> OpenAPIConfig:
    return OpenAPIConfig(
        title="Clearance",
        version=version("clearance"),
        description="Customers, accounts, facts, policies, keys and webhooks.",
        path="/openapi.json",
        render_plugins=[JsonRenderPlugin(path="/")],
        components=Components(
            security_schemes={SECURITY: SecurityScheme(type="http", scheme="bearer")}
        ),
    )
