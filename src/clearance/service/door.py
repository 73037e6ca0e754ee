"""Which path is answered by whom, and which error by which status.

| error | status |
|---|---|
| a request that cannot be read | 400, 405, 413, 415 |
| an address or number in it that is none | 400 |
| the log takes no entry | 503: nothing was decided |

Every answer gives ``X-Request-ID`` back.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

import orjson

from clearance.model.errors import InputError, IntegrityError, StorageError
from clearance.service import authzen, forward
from clearance.service.authzen import AuthZen
from clearance.service.desk import Desk
from clearance.service.forward import Forward
from clearance.service.replies import ECHOED, JSON, Reply, echoed, problem
from clearance.service.settings import Settings
from clearance.service.wire import Refusal, Request

Route: TypeAlias = Callable[[Request], Reply | Awaitable[Reply]]

LIVE, READY = "/health/live", "/health/ready"


class Door:
    """Answers every request of the lane."""

    def __init__(self, desk: Desk, settings: Settings) -> None:
        api = AuthZen(desk, settings)
        self._desk = desk
        self._forward = Forward(desk, settings)
        self.stopping = False
        self._routes: Mapping[str, tuple[str, Route]] = {
            authzen.EVALUATION: ("POST", api.evaluation),
            authzen.EVALUATIONS: ("POST", api.evaluations),
            authzen.CONFIGURATION: ("GET", api.configuration),
            LIVE: ("GET", lambda request: Reply(200, JSON, b'{"status":"live"}')),
            READY: ("GET", self._ready),
        }

    def answer(self, request: Request, peer: str) -> Reply | Awaitable[Reply]:
        """The answer to one request of a peer's address."""
        try:
            reply = self._routed(request, peer)
        except (Refusal, InputError, StorageError, IntegrityError) as error:
            reply = self._refused(error)
        if not isinstance(reply, Reply):
            return self._later(request, reply)
        return _with_echo(request, reply) if ECHOED in request.headers else reply

    async def _later(self, request: Request, waiting: Awaitable[Reply]) -> Reply:
        try:
            reply = await waiting
        except (Refusal, InputError, StorageError, IntegrityError) as error:
            reply = self._refused(error)
        return _with_echo(request, reply)

    def _routed(self, request: Request, peer: str) -> Reply | Awaitable[Reply]:
        path = request.path
        found = self._routes.get(path)
        if found is not None:
            method, route = found
            if request.method != method and not (request.method == "HEAD" and method == "GET"):
                return problem(
                    405, f"{path} is asked by {method}", b"allow: %b\r\n" % method.encode()
                )
            return route(request)
        if path == forward.PREFIX or path.startswith(forward.PREFIX + "/"):
            return self._forward.check(request, peer)
        raise Refusal(404, "nothing is asked at this path")

    def _ready(self, request: Request) -> Reply:
        if self.stopping:
            return problem(503, "stopping")
        if self._desk.trouble:
            return problem(503, "the log is in trouble")
        number = self._desk.generation.number
        return Reply(200, JSON, orjson.dumps({"generation": number, "status": "ready"}))

    def _refused(self, error: Refusal | InputError | StorageError | IntegrityError) -> Reply:
        counts = self._desk.counts
        if isinstance(error, Refusal):
            counts.refused += 1
            return problem(error.status, error.detail)
        if isinstance(error, InputError):
            counts.refused += 1
            return problem(400, error.message())
        counts.unlogged += 1
        detail = "the decision could not be recorded, and is not given"
        return problem(503, detail, b"retry-after: 1\r\n")


def _with_echo(request: Request, reply: Reply) -> Reply:
    line = echoed(request)
    return Reply(reply.status, reply.headers + line, reply.body) if line else reply
