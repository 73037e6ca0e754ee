"""Who may ask at all: TLS, keys, and no listening beyond loopback without them.

1. Beyond loopback a listener speaks TLS, and whoever asks shows a key; else it does not begin,
   unless the operator says that something outside keeps others out.
2. A key holds the scope ``decisions:ask``. It stands in ``Authorization: Bearer clk_…``, or in
   ``X-Clearance-Key`` where a proxy's ``Authorization`` is its client's. Health needs none.
3. A key that was found good is believed for ``BELIEVED`` seconds: one that was revoked works no
   longer than that, and nobody else waits while one is looked up.
"""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from pathlib import Path

from clearance.adapters.sql.keys import Key
from clearance.model.errors import InputError, StorageError
from clearance.service.door import LIVE, READY
from clearance.service.lane import Answer
from clearance.service.replies import Reply, echoed, problem
from clearance.service.wire import Request
from clearance.usecases.scopes import Scope

BELIEVED = 5.0
"""Seconds in which a key is not looked up again."""

_KEPT = 1024
_CHALLENGE = b'www-authenticate: Bearer realm="clearance"\r\n'
_OPEN = frozenset({LIVE, READY})


class Tls:
    """A certificate (with its chain) and its private key, as PEM files.

    ``context`` is what every listener speaks with: TLS 1.2 and newer.
    """

    def __init__(self, certificate: Path, key: Path) -> None:
        self.certificate, self.key = certificate, key
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.minimum_version = ssl.TLSVersion.TLSv1_2

    def read(self) -> None:
        """Read them, or again: connections that begin from now on are shown what was read.

        Raises:
            InputError: they cannot be read, or do not belong together; the former ones stay.
        """
        try:
            self.context.load_cert_chain(self.certificate, self.key, password=_no_password)
        except OSError as error:
            named = error.filename or str(self.certificate)
            remedy = "name a certificate and its key, both in PEM, the key without a password"
            raise InputError(
                f"no certificate and key: {error.strerror or error}", file=named, remedy=remedy
            ) from None


def _no_password() -> str:
    """Nobody is asked at the terminal."""
    return ""


def refuse_open(place: tuple[str, int], option: str, *, tls: bool, keys: bool) -> None:
    """Nothing, where a listener may begin there.

    Raises:
        InputError: it would listen beyond loopback without what guards it.
    """
    if _loopback(place[0]) or (tls and keys):
        return
    missing = "keys are" if tls else "TLS is" if keys else "TLS and keys are"
    raise InputError(
        f"{place[0]} is not loopback: {missing} missing",
        file=option,
        remedy="give --tls-cert and --tls-key, and --keys for decisions; or --unguarded where a "
        "network of its own keeps others out",
    )


def _loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


class Gate:
    """Lets requests pass that show a key."""

    def __init__(
        self,
        answer: Answer,
        check: Callable[[str], Key | None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._answer = answer
        self._check = check
        self._clock = clock
        self._believed: dict[str, float] = {}

    def answer(self, request: Request, peer: str) -> Reply | Awaitable[Reply]:
        """The answer to a request of a peer's address, if its key is good."""
        token = _token(request)
        if request.path in _OPEN or self._believed.get(token, 0.0) > self._clock():
            return self._answer(request, peer)
        return self._looked_up(token, request, peer)

    async def _looked_up(self, token: str, request: Request, peer: str) -> Reply:
        refused = await self._refused(token)
        if refused is not None:
            echo = echoed(request)
            return Reply(refused.status, refused.headers + echo, refused.body)
        reply = self._answer(request, peer)
        return reply if isinstance(reply, Reply) else await reply

    async def _refused(self, token: str) -> Reply | None:
        """What is wrong with a key; a good one is remembered."""
        try:
            key = await asyncio.to_thread(self._check, token) if token else None
        except StorageError:
            return problem(503, "keys cannot be looked up", b"retry-after: 1\r\n")
        if key is None:
            self._believed.pop(token, None)
            return problem(401, "a valid key is needed", _CHALLENGE)
        if Scope.DECISIONS_ASK not in key.scopes:
            return problem(403, f"the key lacks the scope {Scope.DECISIONS_ASK.value}")
        if len(self._believed) >= _KEPT:
            self._believed.clear()
        self._believed[token] = self._clock() + BELIEVED
        return None


def _token(request: Request) -> str:
    shown = request.header(b"x-clearance-key")
    if shown:
        return shown
    kind, _, token = request.header(b"authorization").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""
