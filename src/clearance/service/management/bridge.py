"""The management API's application behind a lane: one listener's rules for both.

1. A request is handed over when it is whole, so that nobody slow reaches the application, and its
   answer is taken whole, so that it says its length.
2. Lengths, dates and what may be kept are the lane's word; whatever else the application says goes
   out as it said it.

**Source**: ASGI 3.0, HTTP connection scope.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypeAlias
from urllib.parse import unquote

from clearance.service.lane import Answer
from clearance.service.replies import Reply
from clearance.service.wire import Request

Message: TypeAlias = MutableMapping[str, Any]
Application: TypeAlias = Callable[
    [Any, Callable[[], Awaitable[Any]], Callable[[Any], Awaitable[None]]], Awaitable[None]
]
"""An ASGI application, of whatever library."""

_LANES = frozenset({b"content-length", b"date", b"connection", b"cache-control"})


def answering(app: Application, scheme: str) -> Answer:
    """The application's answers to requests by ``http`` or ``https``."""

    async def answer(request: Request, peer: str) -> Reply:
        given = _Given(request.body)
        await app(_scope(request, peer, scheme), given.receive, given.send)
        return Reply(given.status, bytes(given.headers), bytes(given.body))

    return answer


class _Given:
    """What the application is given to read, and what it gives back."""

    def __init__(self, asked: bytes) -> None:
        self._asked: bytes | None = asked
        self.status = 500
        self.headers = bytearray()
        self.body = bytearray()

    async def receive(self) -> Message:
        asked, self._asked = self._asked, None
        if asked is None:
            await asyncio.get_running_loop().create_future()  # it does not go away
        return {"type": "http.request", "body": asked, "more_body": False}

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            for name, value in message["headers"]:
                if name.lower() not in _LANES:
                    self.headers += _line(name, value)
        else:
            self.body += message.get("body", b"")


def _line(name: bytes, value: bytes) -> bytes:
    if b"\n" in value or b"\r" in value:
        raise ValueError("a header holds the end of a line")
    return b"%b: %b\r\n" % (name, value)


def _scope(request: Request, peer: str, scheme: str) -> Message:
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": scheme,
        "path": unquote(request.path),
        "raw_path": request.path.encode("latin-1"),
        "query_string": request.query.encode("latin-1"),
        "root_path": "",
        "headers": list(request.headers.items()),
        "client": (peer, 0),
        "server": None,
        "extensions": {},
    }
