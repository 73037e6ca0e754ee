"""One message to a receiver: signed (Standard Webhooks), with the headers of a CloudEvent.

1. The body is the event's data; ``webhook-id`` is the event's id, the same in every attempt, so
   that a receiver can tell that it was told before.
2. Whoever holds the secret checks ``webhook-signature``; during a rotation both secrets sign.
3. No redirect is followed, no proxy is taken from the environment, no answer's body is read.
4. An attempt ends after ``PATIENCE``, however little by little a receiver answers.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from http import HTTPStatus

import httpx
from standardwebhooks import Webhook

from clearance.adapters.sql.events import Attempt, Due
from clearance.adapters.webhooks.guard import Network, Resolve, Way, resolved, way
from clearance.model.errors import InputError

PATIENCE = 10.0
"""Seconds for a whole attempt, from the connection to the head of the answer."""

_TYPE = "org.clearance."


class Sender:
    """Sends; one thread at a time."""

    def __init__(
        self,
        source: str = "clearance",
        inside: Sequence[Network] = (),
        resolve: Resolve = resolved,
        patience: float = PATIENCE,
    ) -> None:
        self._source = source
        self._inside = inside
        self._resolve = resolve
        self._patience = patience
        self._loop = asyncio.Runner()
        self._client = httpx.AsyncClient(trust_env=False, follow_redirects=False, timeout=patience)

    def send(self, due: Due, now: int) -> Attempt:
        """Tell a receiver once.

        Args:
            now: microseconds since 1970; it is signed, so that an old message cannot be replayed.
        """
        try:
            found = way(due.url, self._inside, self._resolve)
            headers = headers_of(due, now, self._source)
            status = self._loop.run(self._post(due, found, headers))
        except InputError as error:
            return Attempt(error.what, silent=True)
        except (OSError, ValueError, httpx.HTTPError) as error:
            return Attempt(type(error).__name__, silent=True)
        return Attempt(str(status), done=200 <= status < 300, gone=status == HTTPStatus.GONE)

    def close(self) -> None:
        """Let go of connections."""
        self._loop.run(self._client.aclose())
        self._loop.close()

    async def _post(self, due: Due, way: Way, headers: Mapping[str, str]) -> int:
        url = httpx.URL(due.url).copy_with(host=way.address)
        named = {**headers, "host": httpx.URL(due.url).netloc.decode("ascii")}
        extensions = {"sni_hostname": way.host} if way.secure else {}
        async with (
            asyncio.timeout(self._patience),
            self._client.stream(
                "POST", url, content=due.body, headers=named, extensions=extensions
            ) as answer,
        ):
            return answer.status_code


def headers_of(due: Due, now: int, source: str) -> dict[str, str]:
    """The headers of a message: the signature's and the event's."""
    sent = datetime.fromtimestamp(now // 1_000_000, UTC)
    body = due.body.decode()
    signatures = [Webhook(secret).sign(due.event, sent, body) for secret in due.secrets]
    return {
        "content-type": "application/json",
        "webhook-id": due.event,
        "webhook-timestamp": str(now // 1_000_000),
        "webhook-signature": " ".join(signatures),
        "ce-specversion": "1.0",
        "ce-id": due.event,
        "ce-source": source,
        "ce-type": _TYPE + due.type,
        "ce-subject": _header(due.subject),
        "ce-time": datetime.fromtimestamp(due.at / 1_000_000, UTC).isoformat(),
    }


def _header(text: str) -> str:
    """Text as the CloudEvents HTTP binding writes it in a header: percent-encoded bytes.

    **Source**: CloudEvents HTTP protocol binding 1.0.2, section 3.1.3.2.

    >>> _header('a "b" ü')
    'a%20%22b%22%20%C3%BC'
    """
    plain = (sign if "!" <= sign <= "~" and sign not in '"%' else "" for sign in text)
    return "".join(
        kept or "".join(f"%{byte:02X}" for byte in sign.encode())
        for kept, sign in zip(plain, text, strict=True)
    )
