"""Fetch a large file so that it is either whole or not there.

1. Bytes go to ``NAME.part``; the file takes its name only when length and digests agree.
2. A broken transfer goes on where it stopped (Range, guarded by If-Range with ETag or date);
   a server that starts over is followed. What goes on elsewhere, or in another version, is
   dropped, and the transfer begins anew.
3. Failures that may pass (no connection, 408, 429, 5xx) are tried again with growing pauses;
   what the server says in Retry-After is heeded, up to a minute. A refusal (other 4xx, redirects
   in a circle, bytes packed though that was not asked for) ends it at once.
4. A digest that the server states (``Repr-Digest`` sha-256, ``Content-MD5``) is checked.

**Source**: RFC 9110 (ranges, Retry-After), RFC 9530 (digest fields).
"""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
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
            _drop(part)
            raise SourceError(
                f"{length} bytes came, {size} were published",
                file=url,
                remedy="check the address, or try again later",
            )
        digest = _checked(part, head, url)
        part.replace(target)
        _drop(part)
        return digest

    def _read_once(self, url: str) -> bytes:
        response = self.client.get(url, follow_redirects=True)
        response.raise_for_status()
        return response.content

    def _continue(self, url: str, part: Path, progress: Progress | None) -> httpx.Headers:
        mark = _mark(part)
        have = part.stat().st_size if part.exists() else 0
        headers = {"Accept-Encoding": "identity"}
        etag = mark.read_text() if mark.exists() else ""
        if have and etag:
            headers |= {"Range": f"bytes={have}-", "If-Range": etag}
        with self.client.stream("GET", url, headers=headers, follow_redirects=True) as response:
            if response.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
                _drop(part)
                raise httpx.RemoteProtocolError("the part is longer than the file")
            response.raise_for_status()
            _check_coding(response.headers, url)
            resumed = response.status_code == httpx.codes.PARTIAL_CONTENT
            if resumed and not _goes_on(response.headers, have, etag):
                _drop(part)
                raise httpx.RemoteProtocolError("the server goes on with other bytes")
            done = have if resumed else 0
            whole = done + int(response.headers.get("Content-Length", 0))
            if not resumed:
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
            except (httpx.TimeoutException, httpx.NetworkError, httpx.RemoteProtocolError) as error:
                if attempt == self.attempts:
                    raise SourceError(
                        f"no answer after {attempt} attempts ({error})",
                        file=url,
                        remedy="try again: what came is kept and the transfer goes on from there",
                    ) from None
                self.pause(_pause(attempt, ""))
            except (httpx.RequestError, httpx.InvalidURL) as error:
                raise SourceError(
                    f"cannot be asked for ({error})", file=url, remedy="check the address"
                ) from None
        raise AssertionError("unreachable: the last attempt returns or raises")


def _validator(headers: httpx.Headers) -> str:
    """What If-Range may carry: a strong ETag, else the date of the last change, else nothing."""
    etag = str(headers.get("ETag", ""))
    return etag if etag and not etag.startswith("W/") else str(headers.get("Last-Modified", ""))


def _pause(attempt: int, asked: str) -> float:
    """Seconds to wait: what the server asked for, else 1, 2, 4 … up to a minute."""
    wanted = _seconds(asked)
    return min(2.0 ** (attempt - 1) if wanted is None else wanted, LONGEST_PAUSE)


def _seconds(asked: str) -> float | None:
    """Retry-After, a number of seconds or a date, as seconds from now."""
    if asked.isdecimal():
        return float(asked)
    try:
        return max(0.0, parsedate_to_datetime(asked).timestamp() - time.time())
    except (OverflowError, ValueError):
        return None


def _check_coding(headers: httpx.Headers, url: str) -> None:
    coding = headers.get("Content-Encoding", "identity")
    if coding != "identity":
        raise SourceError(
            f"the server sends the file packed as {coding}, which was not asked for",
            file=url,
            remedy="name another address with --base",
        )


def _goes_on(headers: httpx.Headers, have: int, etag: str) -> bool:
    """Is what comes the rest of the part: from its end, and of the same version?"""
    place = str(headers.get("Content-Range", ""))
    version = str(headers.get("ETag" if etag.startswith('"') else "Last-Modified", etag))
    return place.startswith(f"bytes {have}-") and version == etag


def _mark(part: Path) -> Path:
    """Where the version of a part stands."""
    return part.with_name(part.name + ".validator")


def _drop(part: Path) -> None:
    part.unlink(missing_ok=True)
    _mark(part).unlink(missing_ok=True)


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
            _drop(part)
            raise IntegrityError(
                f"{name} says {published}, the bytes say {value}", file=url, remedy="fetch it again"
            )
    return sha256.hexdigest()
