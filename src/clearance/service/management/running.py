"""The management API as it runs: a listener in a thread of its own, and the workers behind it.

What it does never waits for decisions, nor decisions for it: it has its own thread, loop and
connections. A stop answers what has begun.
"""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from granian.constants import Interfaces, SSLProtocols
from granian.http import HTTP1Settings
from granian.server.embed import Server

from clearance.adapters.webhooks.guard import Network
from clearance.adapters.webhooks.sender import Sender
from clearance.model.errors import StorageError
from clearance.service.management.app import create_app
from clearance.service.management.ports import Office
from clearance.service.management.sweeper import Sweeper
from clearance.service.management.workers import Log, Workers

PATIENCE_MS = 10_000
"""How long a client may take over the head of a request."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where it listens, and what webhooks are told of whom.

    **Shape**: ``source`` names this decision point in events; webhooks may lead to ``inside``
    networks besides the public one. ``tls`` are the files of a certificate and its key.
    """

    host: str = "127.0.0.1"
    port: int = 8181
    source: str = "clearance"
    inside: Sequence[Network] = ()
    tls: tuple[Path, Path] | None = None


class Management:
    """The API and its workers, started and stopped together."""

    def __init__(
        self, office: Office, address: Address, log: Log | None, sweeper: Sweeper | None = None
    ) -> None:
        self._office = office
        self._address = address
        self._workers = Workers(office, Sender(address.source, address.inside), log, sweeper)
        self._thread = threading.Thread(target=self._run, name="management", daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._server: Server | None = None
        self._begun = threading.Event()

    def start(self) -> None:
        """Listen and work.

        Raises:
            StorageError: nobody may listen there.
        """
        _refuse_taken(self._address)
        self._thread.start()
        self._begun.wait()
        self._workers.start()

    def stop(self) -> None:
        """Answer what has begun, and end."""
        if self._loop is not None and self._server is not None:
            self._loop.call_soon_threadsafe(self._server.stop)
        self._thread.join()
        self._workers.stop()

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        certificate, key = self._address.tls or (None, None)
        self._server = Server(
            create_app(self._office),
            self._address.host,
            self._address.port,
            interface=Interfaces.ASGI,
            websockets=False,
            log_enabled=False,
            http1_settings=HTTP1Settings(header_read_timeout=PATIENCE_MS),
            ssl_cert=certificate,
            ssl_key=key,
            ssl_protocol_min=SSLProtocols.tls12,
        )
        self._begun.set()
        await self._server.serve()


def _refuse_taken(address: Address) -> None:
    where = f"{address.host}:{address.port}"
    try:
        family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
        with socket.socket(family) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((address.host, address.port))
    except OSError as error:
        raise StorageError(
            f"cannot be listened on: {error.strerror or error}",
            file=where,
            remedy="choose another address or port",
        ) from None
