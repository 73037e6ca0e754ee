"""Fetch a large file so that it is either whole or not there.

1. Bytes go to ``NAME.part``; the file takes its name only when length and digests agree.
2. A broken transfer goes on where it stopped (Range, guarded by If-Range with ETag or date);
   a server that starts over is followed.
3. Failures that may pass (no connection, 408, 429, 5xx) are tried again with growing pauses;
   what the server says in Retry-After is heeded. A refusal (other 4xx) ends it at once.
4. A digest that the server states (``Repr-Digest`` sha-256, ``Content-MD5``) is checked.

**Source**: RFC 9110 (ranges), RFC 9530 (digest fields).
"""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import httpx

from clearance.model.errors import IntegrityError, SourceError

PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
BLOCK = 1 << 20
LONGEST_PAUSE = 60.0

Progress = Callable[[int, int], None]
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Downloader:
    """Fetches through one HTTP client; ``pause`` is ``time.sleep`` outside of tests."""

    client: httpx.Client
    attempts: int = 6
    pause: Callable[[float], None] = time.sleep

    def read(self, url: str) -> bytes:
        """A small document, whole.

        Raises:
            SourceError: it cannot be had.
        """
        return self._try(url, lambda: self._read_once(url))

    def fetch(
        self, url: str, target: Path, *, size: int = 0, progress: Progress | None = None
    ) -> str:
        """Fetch ``url`` to ``target`` and return its SHA-256 in hexadecimal.

        Args:
            size: length in bytes if the publisher states it, else 0.
            progress: called with bytes so far and bytes in all (0 if not known).

        Raises:
            SourceError: it cannot be had, or its length is not the published one.
            IntegrityError: its digest is not the published one; the part is removed.
        """
        part = target.with_name(target.name + ".part")
        head = self._try(url, lambda: self._continue(url, part, progress))
        length = part.stat().st_size
        if size and length != size:
            part.unlink()
            raise SourceError(
                f"{length} bytes came, {size} were published",
                file=url,
                remedy="check the address, or try again later",
            )
        digest = _checked(part, head, url)
        part.replace(target)
        part.with_name(part.name + ".validator").unlink(missing_ok=True)
        return digest

    def _read_once(self, url: str) -> bytes:
        response = self.client.get(url, follow_redirects=True)
        response.raise_for_status()
        return response.content

    def _continue(self, url: str, part: Path, progress: Progress | None) -> httpx.Headers:
        mark = part.with_name(part.name + ".validator")
        have = part.stat().st_size if part.exists() else 0
        headers = {"Accept-Encoding": "identity"}
        etag = mark.read_text() if mark.exists() else ""
        if have and etag:
            headers |= {"Range": f"bytes={have}-", "If-Range": etag}
        with self.client.stream("GET", url, headers=headers, follow_redirects=True) as response:
            if response.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
                part.unlink()
                raise httpx.RemoteProtocolError("the part is longer than the file")
            response.raise_for_status()
            resumed = response.status_code == httpx.codes.PARTIAL_CONTENT
            done = have if resumed else 0
            whole = done + int(response.headers.get("Content-Length", 0))
            mark.write_text(_validator(response.headers))
            with part.open("ab" if resumed else "wb") as file:
                for block in response.iter_raw():
                    file.write(block)
                    done += len(block)
                    if progress is not None:
                        progress(done, whole)
            return response.headers

    def _try(self, url: str, once: Callable[[], Answer]) -> Answer:
        for attempt in range(1, self.attempts + 1):
            try:
                return once()
            except httpx.HTTPStatusError as error:
                status = error.response.status_code
                if status not in PASSING or attempt == self.attempts:
                    raise SourceError(
                        f"the server answers {status}",
                        file=url,
                        remedy="check the address, or try again later",
                    ) from None
                self.pause(_pause(attempt, error.response.headers.get("Retry-After", "")))
            except httpx.TransportError as error:
                if attempt == self.attempts:
                    raise SourceError(
                        f"no answer after {attempt} attempts ({error})",
                        file=url,
                        remedy="try again: what came is kept and the transfer goes on from there",
                    ) from None
                self.pause(_pause(attempt, ""))
        raise AssertionError("unreachable: the last attempt returns or raises")


def _validator(headers: httpx.Headers) -> str:
    """What If-Range may carry: a strong ETag, else the date of the last change, else nothing."""
    etag = str(headers.get("ETag", ""))
    return etag if etag and not etag.startswith("W/") else str(headers.get("Last-Modified", ""))


def _pause(attempt: int, asked: str) -> float:
    """Seconds to wait: what the server asked for, else 1, 2, 4 … up to a minute."""
    wanted = float(asked) if asked.isdecimal() else 2.0 ** (attempt - 1)
    return min(wanted, LONGEST_PAUSE)


def _checked(part: Path, head: httpx.Headers, url: str) -> str:
    sha256, md5 = hashlib.sha256(), hashlib.md5(usedforsecurity=False)
    with part.open("rb") as file:
        while block := file.read(BLOCK):
            sha256.update(block)
            md5.update(block)
    stated = {
        "Repr-Digest": f"sha-256=:{base64.b64encode(sha256.digest()).decode()}:",
        "Content-MD5": base64.b64encode(md5.digest()).decode(),
    }
    for name, value in stated.items():
        published = head.get(name, "")
        if published and value not in published.replace(" ", "").split(","):
            part.unlink()
            raise IntegrityError(
                f"{name} says {published}, the bytes say {value}", file=url, remedy="fetch it again"
            )
    return sha256.hexdigest()
