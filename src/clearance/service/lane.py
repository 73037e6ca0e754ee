"""The listener that decisions come in by: one loop, no thread between a request and its answer.

1. A connection's requests are answered in their order; while an answer is awaited, or is not read,
   nothing more of that connection is read.
2. Whoever is slow is ended, in sending as in reading; nobody else waits for them.
3. Whoever asks for much at once waits for others after each ``_TURN`` bytes of answers: of those
   who wait so, one at a time goes on between what others ask.
4. A stop answers what has begun, says ``Connection: close``, and takes nothing new.
5. An answer that fails is a 500 without a word of why; the reason is told to ``failed``.

Not here: what is asked and answered.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from email.utils import formatdate
from functools import partial
from ssl import SSLContext
from typing import TypeAlias, cast

from clearance.service.heads import Heads
from clearance.service.limits import Limits
from clearance.service.replies import Reply, framed, problem
from clearance.service.wire import Reader, Refusal, Request

Answer: TypeAlias = Callable[[Request, str], Reply | Awaitable[Reply]]
"""What answers a request of a peer's address: at once, or later."""

_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
_TURN = 65_536


class Lane:
    """The open connections of a listener, and the clock that ends the slow ones."""

    def __init__(self, answer: Answer, limits: Limits, failed: Callable[[Exception], None]) -> None:
        self.answer = answer
        self.limits = limits
        self.failed = failed
        self.open: set[Connection] = set()
        self.heads = Heads()
        self.stopping = False
        self.now = 0.0
        self.date = formatdate(usegmt=True).encode()
        self._server: asyncio.Server | None = None
        self._clock: asyncio.Task[None] | None = None
        self._waiting: deque[Connection] = deque()

    async def listen(self, host: str, port: int, tls: SSLContext | None = None) -> int:
        """Take connections; the port that is listened on.

        Raises:
            OSError: nobody may listen there, or somebody does.
        """
        loop = asyncio.get_running_loop()
        self.now = loop.time()
        patience = None if tls is None else self.limits.request
        self._server = await loop.create_server(
            lambda: Connection(self),
            host,
            port,
            backlog=512,
            ssl=tls,
            ssl_handshake_timeout=patience,
        )
        self._clock = loop.create_task(self._tick())
        return int(self._server.sockets[0].getsockname()[1])

    async def stop(self, grace: float) -> int:
        """Answer what has begun and close; how many were ended unanswered after ``grace`` seconds.

        Idle connections are kept for a tenth of the grace, so that what a client is sending at
        this moment is still answered.
        """
        loop = asyncio.get_running_loop()
        self.stopping = True
        if self._server is not None:
            self._server.close()
        end = loop.time() + grace
        await asyncio.sleep(grace / 10)
        while self.open and loop.time() < end:
            for connection in [one for one in self.open if one.idle]:
                connection.close()
            await asyncio.sleep(0.01)
        left = tuple(self.open)
        for connection in left:
            connection.abort()
        if self._clock is not None:
            self._clock.cancel()
        return len(left)

    def later(self, connection: Connection) -> None:
        """Have a connection go on when others had their turn."""
        if not self._waiting:
            asyncio.get_running_loop().call_soon(self._next)
        self._waiting.append(connection)

    def _next(self) -> None:
        connection = self._waiting.popleft()
        if self._waiting:
            asyncio.get_running_loop().call_soon(self._next)
        connection.go_on()

    async def _tick(self) -> None:
        loop = asyncio.get_running_loop()
        least = min(self.limits.request, self.limits.reply, self.limits.idle)
        while True:
            await asyncio.sleep(min(1.0, least / 4))
            self.now = loop.time()
            self.date = formatdate(usegmt=True).encode()
            for connection in tuple(self.open):
                connection.look(self.now)


class Connection(asyncio.Protocol):
    """One client."""

    __slots__ = (
        "_awaited",
        "_blocked",
        "_lane",
        "_last",
        "_peer",
        "_reader",
        "_since",
        "_transport",
    )

    def __init__(self, lane: Lane) -> None:
        self._lane = lane
        self._reader = Reader(lane.limits, lane.heads)
        self._awaited: asyncio.Future[Reply] | None = None
        self._blocked = False
        self._last = False
        self._since = lane.now
        self._peer = ""

    @property
    def idle(self) -> bool:
        """Is nothing begun and nothing to be sent?"""
        busy = self._awaited is not None or self._reader.waiting
        return not busy and not self._transport.get_write_buffer_size()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        lane = self._lane
        peer = transport.get_extra_info("peername")
        self._peer = peer[0] if isinstance(peer, tuple) else ""
        if lane.stopping:
            self._refuse(Refusal(503, "stopping; ask another"))
        elif len(lane.open) >= lane.limits.connections:
            self._refuse(Refusal(503, "too many connections; come back later"))
        else:
            lane.open.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._lane.open.discard(self)
        self._last = True

    def data_received(self, data: bytes) -> None:
        if self._last:
            return
        if not self._reader.waiting:
            self._since = self._lane.now
        self._reader.feed(data)
        self._work()

    def eof_received(self) -> bool:
        self._last = True
        return self._awaited is not None

    def pause_writing(self) -> None:
        self._blocked = True
        self._transport.pause_reading()

    def resume_writing(self) -> None:
        self._blocked = False
        self.go_on()

    def look(self, now: float) -> None:
        """End the connection if its client has taken too long."""
        limits, since = self._lane.limits, now - self._since
        if self._transport.get_write_buffer_size():
            if since > limits.reply:
                self.abort()
        elif self._awaited is not None:
            self._since = now
        elif self._reader.waiting:
            if since > limits.request:
                self._refuse(Refusal(408, f"the request was not whole in {limits.request:g} s"))
        elif since > limits.idle:
            self.close()

    def go_on(self) -> None:
        """Read and answer further, unless something is waited for."""
        if self._awaited is None and not self._blocked and not self._transport.is_closing():
            self._transport.resume_reading()
            self._work()

    def close(self) -> None:
        """End it when all is sent."""
        self._last = True
        self._transport.close()

    def abort(self) -> None:
        """End it now."""
        self._last = True
        self._transport.abort()

    def _work(self) -> None:
        """Answer what is whole."""
        lane, turn = self._lane, 0
        while self._awaited is None and not self._blocked and not self._transport.is_closing():
            try:
                request = self._reader.next()
            except Refusal as refusal:
                return self._refuse(refusal)
            if request is None:
                if self._reader.expects():
                    self._transport.write(_CONTINUE)
                return None
            self._since = lane.now
            try:
                reply = lane.answer(request, self._peer)
            except Exception as error:
                lane.failed(error)
                reply = problem(500, "the answer failed; nothing was decided")
            if isinstance(reply, Reply):
                self._write(request, reply)
                turn += len(reply.body)
                if turn > _TURN:
                    self._transport.pause_reading()
                    return lane.later(self)
            else:
                self._transport.pause_reading()
                self._awaited = asyncio.ensure_future(reply)
                self._awaited.add_done_callback(partial(self._arrived, request))
        return None

    def _arrived(self, request: Request, done: asyncio.Future[Reply]) -> None:
        self._awaited = None
        try:
            reply = done.result()
        except Exception as error:
            self._lane.failed(error)
            reply = problem(500, "the answer failed; nothing was decided")
        self._write(request, reply)
        self.go_on()

    def _write(self, request: Request, reply: Reply) -> None:
        if self._transport.is_closing():
            return
        keep = request.keep and not self._last and not self._lane.stopping
        self._transport.write(framed(reply, keep, self._lane.date, request.method == "HEAD"))
        if not keep:
            self.close()

    def _refuse(self, refusal: Refusal) -> None:
        reply = problem(refusal.status, refusal.detail)
        self._transport.write(framed(reply, False, self._lane.date))
        self.close()
