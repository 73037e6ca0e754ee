"""Requests out of the bytes of one connection, by llhttp's strict rules.

1. Where a request ends is llhttp's word alone: what two readers could understand differently (two
   lengths, a length beside a coding, a folded or bare line) is an error, and the error ends the
   connection.
2. Every limit is checked while bytes come in, before what it limits is whole; after a refusal
   nothing more is read.
3. HTTP/1.1 and 1.0; an upgrade to anything else is refused, and so is a coding besides chunks.
4. What follows the body of chunks (trailers) says nothing: a proxy looks at heads alone.
5. A head that was read before need not be read again: see :mod:`clearance.service.heads`.

Not here: sockets and clocks; bytes are fed in.

**Source**: RFC 9112, sections 2.2, 3, 6 and 7; RFC 9110, section 6.5.1.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from functools import lru_cache
from typing import Protocol

from httptools import HttpParserError, HttpParserUpgrade, HttpRequestParser
from msgspec import Struct

from clearance.service.limits import Limits

_CHUNKED = b"chunked"
_LONG_HEAD = "the headers are larger than is allowed"


class Refusal(Exception):
    """A request that is not answered: the status and one sentence for the client."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(status, detail)
        self.status = status
        self.detail = detail


class Request(Struct, frozen=True, gc=False):
    """One request.

    **Shape**: ``path`` begins with a slash and holds no query; header names are in lower case, a
    repeated header is joined with commas; ``keep`` says whether the connection goes on.
    """

    method: str
    path: str
    query: str
    headers: Mapping[bytes, bytes]
    body: bytes
    keep: bool

    def header(self, name: bytes) -> str:
        """A header as text, empty where there is none. Bytes beyond ASCII are Latin-1."""
        return self.headers.get(name, b"").decode("latin-1")


class Known(Protocol):
    """What was read before."""

    def request(self, data: bytes) -> Request | None:
        """The request that bytes are, if that is known."""
        ...

    def keep(self, data: bytes, request: Request) -> None:
        """Keep how a request was read that is all of these bytes."""
        ...


class Reader:
    """What one client sends, request by request.

    >>> reader = Reader(Limits())
    >>> reader.feed(b"GET /a?b HTTP/1.1\\r\\nHost: here\\r\\n\\r")
    >>> reader.next() is None, reader.waiting
    (True, True)
    >>> reader.feed(b"\\n")
    >>> reader.next().path
    '/a'
    """

    __slots__ = (
        "_asked",
        "_body",
        "_goes_on",
        "_head",
        "_headers",
        "_in_head",
        "_known",
        "_limits",
        "_parser",
        "_refusal",
        "_silent",
        "_target",
        "_whole",
        "waiting",
    )

    def __init__(self, limits: Limits, known: Known | None = None) -> None:
        self.waiting = False
        self._goes_on = True
        self._known = known
        self._limits = limits
        self._parser = HttpRequestParser(self)
        self._whole: deque[Request] = deque()
        self._refusal: Refusal | None = None
        self._in_head = False
        self._silent = 0
        self._asked = False
        self.on_message_begin()
        self.waiting = False

    def feed(self, data: bytes) -> None:
        """More bytes of the client's; after a refusal they are dropped."""
        if self._refusal is not None:
            return
        between = not self.waiting and self._goes_on
        if between and self._known is not None:
            found = self._known.request(data)
            if found is not None:
                self._whole.append(found)
                return
        self._read(data)
        if between and self._known is not None and len(self._whole) == 1 and not self.waiting:
            self._known.keep(data, self._whole[0])

    def _read(self, data: bytes) -> None:
        head, told = self._headers, self._head
        try:
            self._parser.feed_data(data)
        except HttpParserUpgrade:
            if self._refusal is None:
                self._whole.pop()
            self._refuse(400, "no upgrade is offered here; ask by HTTP/1.1 alone")
        except HttpParserError as error:
            self._refuse(400, f"no HTTP/1.1: {error}")
        if self._in_head and head is self._headers:
            self._silent = self._silent + len(data) if told == self._head else 0
            if self._head + self._silent > self._limits.head:
                self._refuse(431, _LONG_HEAD)

    def next(self) -> Request | None:
        """The next whole request, or ``None`` while it is not whole.

        Raises:
            Refusal: what came cannot be read, or is larger than is allowed.
        """
        if self._whole:
            return self._whole.popleft()
        if self._refusal is not None:
            raise self._refusal
        return None

    def expects(self) -> bool:
        """Does the client wait to be told to send the body? Said once a request."""
        asked, self._asked = self._asked, False
        return asked

    def on_message_begin(self) -> None:
        self.waiting = self._in_head = True
        self._headers: dict[bytes, bytes] = {}
        self._target = b""
        self._body: bytes | bytearray = b""
        self._head = 0
        self._silent = 0

    def on_url(self, part: bytes) -> None:
        self._target += part
        self._grow(len(part))

    def on_header(self, name: bytes, value: bytes) -> None:
        self._grow(len(name) + len(value))
        if not self._in_head:
            return
        name = name.lower()
        headers = self._headers
        if name in headers:
            if name == b"host":
                raise self._refuse(400, "two Host headers")
            value = b"%b, %b" % (headers[name], value)
        headers[name] = value

    def on_headers_complete(self) -> None:
        self._in_head = False
        headers = self._headers
        if int(headers.get(b"content-length", b"0")) > self._limits.body:
            raise self._too_large()
        if headers.get(b"transfer-encoding", _CHUNKED).lower() != _CHUNKED:
            raise self._refuse(501, "of the transfer codings 'chunked' alone is read here")
        self._asked = headers.get(b"expect", b"").lower() == b"100-continue"

    def on_body(self, part: bytes) -> None:
        if not self._body:
            self._body = part
        elif isinstance(self._body, bytearray):
            self._body += part
        else:
            self._body = bytearray(self._body + part)
        if len(self._body) > self._limits.body:
            raise self._too_large()

    def on_message_complete(self) -> None:
        self.waiting = False
        parser = self._parser
        version = parser.get_http_version()
        if version not in ("1.1", "1.0"):
            raise self._refuse(505, "only HTTP/1.1 and HTTP/1.0 are spoken here")
        if version == "1.1" and b"host" not in self._headers:
            raise self._refuse(400, "no Host header")
        path, query = _parts(self._target)
        if not path.startswith("/"):
            raise self._refuse(400, "the target is no path")
        method, keep = parser.get_method().decode(), parser.should_keep_alive()
        self._goes_on = keep
        self._whole.append(Request(method, path, query, self._headers, bytes(self._body), keep))

    def _grow(self, size: int) -> None:
        self._head += size
        if self._head > self._limits.head:
            raise self._refuse(431, _LONG_HEAD)

    def _too_large(self) -> Refusal:
        return self._refuse(413, f"the body is larger than {self._limits.body} bytes")

    def _refuse(self, status: int, detail: str) -> Refusal:
        """What the client is told; raised where llhttp calls, it makes llhttp stop."""
        if self._refusal is None:
            self._refusal = Refusal(status, detail)
        return self._refusal


@lru_cache(256)
def _parts(target: bytes) -> tuple[str, str]:
    """Path and query."""
    path, _, query = _origin(target).decode("latin-1").partition("?")
    return path, query


def _origin(target: bytes) -> bytes:
    """A target without the scheme and host that a proxy may have left on it.

    >>> _origin(b"http://here/a?b"), _origin(b"/a")
    (b'/a?b', b'/a')
    """
    if target.startswith((b"http://", b"https://")):
        return b"/" + target.split(b"/", 3)[3] if target.count(b"/") > 2 else b"/"
    return target
