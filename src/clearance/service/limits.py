"""How much a client may ask for, and how long it may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What is refused, and when a connection is ended.

    **Shape**: bytes for ``head`` (request line and headers) and ``body``; ``depth`` is how far
    values may nest; ``batch`` the questions of one request; ``connections`` those open at once.
    Seconds: ``request`` from the first byte of a request to its last, ``reply`` until a client has
    read an answer, ``idle`` between requests.
    """

    head: int = 16 * 1024
    body: int = 1024 * 1024
    depth: int = 32
    batch: int = 1000
    connections: int = 1024
    request: float = 10.0
    reply: float = 20.0
    idle: float = 75.0
