"""What goes back to a client: status, headers and body as bytes.

1. A header's value that came from a client was read by ``wire``: it holds no line end.
2. What goes wrong is a problem document (RFC 9457); its ``type`` is ``about:blank``, so that the
   status says which problem it is.
"""

from __future__ import annotations

from http import HTTPStatus

import orjson
from msgspec import Struct

from clearance.service.wire import Request

STATUS = {status.value: f"{status.value} {status.phrase}".encode() for status in HTTPStatus}
JSON = b"content-type: application/json\r\n"
PROBLEM = b"content-type: application/problem+json\r\n"
ECHOED = b"x-request-id"


class Reply(Struct, frozen=True, gc=False):
    """An answer. **Shape**: ``headers`` are whole lines, each with its end; none is a length."""

    status: int
    headers: bytes
    body: bytes


def problem(status: int, detail: str, headers: bytes = b"") -> Reply:
    """A problem document.

    >>> problem(400, "no subject").body
    b'{"detail":"no subject","status":400,"title":"Bad Request"}'
    """
    title = HTTPStatus(status).phrase
    body = orjson.dumps({"detail": detail, "status": status, "title": title})
    return Reply(status, PROBLEM + headers, body)


def echoed(request: Request) -> bytes:
    """The line that gives a client its own ``X-Request-ID`` back, empty where it sent none."""
    said = request.headers.get(ECHOED)
    return b"x-request-id: %b\r\n" % said if said else b""


def framed(reply: Reply, keep: bool, date: bytes, bodiless: bool = False) -> bytes:
    """The bytes of an answer. ``bodiless`` leaves out the body alone, as HEAD asks."""
    return (
        b"HTTP/1.1 %b\r\n%bcache-control: no-store\r\ndate: %b\r\n%bcontent-length: %d\r\n\r\n%b"
        % (
            STATUS[reply.status],
            reply.headers,
            date,
            b"" if keep else b"connection: close\r\n",
            len(reply.body),
            b"" if bodiless else reply.body,
        )
    )
