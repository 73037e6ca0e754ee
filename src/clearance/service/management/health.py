"""Is it alive, can it answer, and in what numbers."""

from __future__ import annotations

from typing import Any, Literal

import msgspec
from litestar import Request, Response, get

from clearance.model.errors import ClearanceError
from clearance.service.management.asking import Asked, asks, office_of
from clearance.service.management.metrics import exposition
from clearance.service.management.problems import answered, problem
from clearance.usecases.scopes import Scope


class Health(msgspec.Struct):
    """The one good answer."""

    status: Literal["ok"] = "ok"


@get("/health/live", tags=("health",))
async def live() -> Health:
    """The process answers."""
    return Health()


@get("/health/ready", tags=("health",), sync_to_thread=True, responses=answered(503))
def ready(request: Request[Any, Any, Any]) -> Response[Any]:
    """The state can be read and the decision point can answer."""
    office = office_of(request)
    try:
        with office.database.reading() as connection:
            connection.exec_driver_sql("SELECT generation FROM state").one()
        trouble = office.point.trouble()
    except ClearanceError as error:
        trouble = error.what
    return problem(503, trouble) if trouble else Response(Health())


@get(
    "/metrics",
    tags=("health",),
    sync_to_thread=True,
    media_type="text/plain",
    **asks(Scope.METRICS_READ),
)
def metrics(request: Asked) -> Response[str]:
    """Figures in the text format of Prometheus."""
    body, kind = exposition(office_of(request))
    return Response(body, media_type=kind)
