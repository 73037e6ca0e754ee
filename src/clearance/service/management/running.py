"""The management API as it runs: a listener in a thread of its own, and the workers behind it.

1. What it does never waits for decisions, nor decisions for it: it has its own thread, loop and
   connections.
2. It listens as the decision point does (:mod:`clearance.service.lane`), with larger bodies, fewer
   connections, and more time for both.
3. A stop answers what has begun, and ends what has not ended after the grace.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from ssl import SSLContext

import uvloop

from clearance.adapters.webhooks.guard import Network
from clearance.adapters.webhooks.sender import Sender
from clearance.model.errors import StorageError
from clearance.service.lane import Lane
from clearance.service.limits import Limits
from clearance.service.management.app import LARGEST, create_app
from clearance.service.management.bridge import answering
from clearance.service.management.deliveries import AT_ONCE
from clearance.service.management.ports import Office
from clearance.service.management.sweeper import Sweeper
from clearance.service.management.workers import Log, Workers

LIMITS = Limits(body=LARGEST, connections=128, request=30.0, reply=30.0)


@dataclass(frozen=True, slots=True)
class Address:
    """Where it listens, and what webhooks are told of whom.

    **Shape**: ``source`` names this decision point in events; webhooks may lead to ``inside``
    networks besides the public one. ``tls`` holds the certificate that is shown; ``grace`` is in
    seconds.
    """

    host: str = "127.0.0.1"
    port: int = 8181
    source: str = "clearance"
    inside: Sequence[Network] = ()
    tls: SSLContext | None = None
    limits: Limits = LIMITS
    grace: float = 10.0


class Management:
    """The API and its workers, started and stopped together."""

    def __init__(
        self, office: Office, address: Address, log: Log | None, sweeper: Sweeper | None = None
    ) -> None:
        self._tell = office.tell
        self._app = create_app(office)
        self._address = address
        senders = [Sender(address.source, address.inside) for _ in range(AT_ONCE)]
        self._workers = Workers(office, senders, log, sweeper)
        self._thread = threading.Thread(target=self._run, name="management", daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ended = asyncio.Event()
        self._begun = threading.Event()
        self._refused = ""

    def start(self) -> None:
        """Listen and work.

        Raises:
            StorageError: nobody may listen there.
        """
        self._thread.start()
        self._begun.wait()
        if self._refused:
            where = f"{self._address.host}:{self._address.port}"
            what = f"cannot be listened on: {self._refused}"
            raise StorageError(what, file=where, remedy="choose another address or port")
        self._workers.start()

    def stop(self) -> None:
        """Answer what has begun, and end."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join()
        self._workers.stop()

    def _run(self) -> None:
        uvloop.run(self._serve())

    async def _serve(self) -> None:
        address = self._address
        answer = answering(self._app, "http" if address.tls is None else "https")
        lane = Lane(answer, address.limits, self._failed)
        async with self._app.lifespan():
            try:
                await lane.listen(address.host, address.port, address.tls)
            except OSError as error:
                self._refused = error.strerror or str(error)
                return
            finally:
                self._loop = asyncio.get_running_loop()
                self._begun.set()
            await self._ended.wait()
            await lane.stop(address.grace)

    def _failed(self, error: Exception) -> None:
        self._tell("failed", {"error": type(error).__name__})
