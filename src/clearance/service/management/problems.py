"""What goes wrong as problem documents (RFC 9457), by one table.

| error | status |
|---|---|
| the caller's input | 400 |
| a step that does not fit what stands | 409 |
| a supplier's data | 502 |
| the machine or the database | 503 |
| stored bytes that do not agree | 500 |

Nothing of the inside is shown: an unexpected error says that it happened, and no more.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.openapi.datastructures import ResponseSpec

from clearance.model.errors import (
    ClearanceError,
    InputError,
    IntegrityError,
    SourceError,
    StorageError,
)

MEDIA = "application/problem+json"


class Problem(msgspec.Struct):
    """A problem document; ``type`` is ``about:blank``, so the status says which problem it is."""

    title: str
    status: int
    detail: str


class Conflict(InputError):
    """What was asked does not fit what stands."""


class Missing(InputError):
    """What was asked for is not there."""


STATUS: dict[type[ClearanceError], int] = {
    Conflict: 409,
    Missing: 404,
    InputError: 400,
    SourceError: 502,
    StorageError: 503,
    IntegrityError: 500,
}


def problem(status: int, detail: str, headers: dict[str, str] | None = None) -> Response[Problem]:
    """A problem document as an answer."""
    document = Problem(HTTPStatus(status).phrase, status, detail)
    return Response(document, status_code=status, media_type=MEDIA, headers=headers)


def answered(*statuses: int) -> dict[int, ResponseSpec]:
    """The problems that an endpoint may answer with, for its description."""
    return {
        status: ResponseSpec(
            Problem,
            media_type=MEDIA,
            description=HTTPStatus(status).phrase,
            generate_examples=False,
        )
        for status in statuses
    }


def of_clearance(request: Request[Any, Any, Any], error: ClearanceError) -> Response[Problem]:
    """An error of ours."""
    status = next(code for root, code in STATUS.items() if isinstance(error, root))
    detail = error.message() if status < 500 else error.what
    return problem(status, detail)


def too_deep(request: Request[Any, Any, Any], error: RecursionError) -> Response[Problem]:
    """A body whose values nest deeper than they can be read."""
    return problem(400, "the body's values nest too deep")


def of_http(request: Request[Any, Any, Any], error: HTTPException) -> Response[Problem]:
    """What the framework refuses: no such path, a body that is not as described."""
    headers = {str(name): value for name, value in (error.headers or {}).items()}
    return problem(error.status_code, _detail(error), headers)


def unexpected(request: Request[Any, Any, Any], error: Exception) -> Response[Problem]:
    """Anything else: a defect, told to the operator by its kind and place, to nobody else."""
    where = error.__traceback__
    while where is not None and where.tb_next is not None:
        where = where.tb_next
    place = f"{where.tb_frame.f_code.co_name}:{where.tb_lineno}" if where is not None else ""
    request.app.state.office.tell("failed", {"error": type(error).__name__, "at": place})
    return problem(500, "something went wrong here; the operator's log has it")


def _detail(error: HTTPException) -> str:
    if isinstance(error, ValidationException) and isinstance(error.extra, list):
        told = [
            f"{one.get('key', '')}: {one.get('message', '')}".strip(": ")
            for one in error.extra
            if isinstance(one, dict)
        ]
        return "; ".join(told)[:500] or error.detail
    return error.detail[:500]
