"""Heads that were read before: what the same bytes say again, without reading them again.

1. What a head says is llhttp's word alone: only what it read is kept, under its very bytes.
2. Kept are heads of requests that came whole, alone and in one piece, with the length of their body
   or without a body, after which the connection goes on. Where these bytes come again between two
   requests, with so many after them, they can mean nothing else.
3. So many are kept; with one more all are read anew.
"""

from __future__ import annotations

from msgspec.structs import replace

from clearance.policy.judging.kept import Kept
from clearance.service.wire import Request

_MOST = 8192
_LONGEST = 1024
_END = b"\r\n\r\n"
_NEVER = (b"transfer-encoding", b"expect", b"upgrade")


class Heads:
    """What heads say, for all connections of a listener."""

    __slots__ = ("_kept",)

    def __init__(self) -> None:
        self._kept = Kept[bytes, tuple[int, Request]](_MOST)

    def request(self, data: bytes) -> Request | None:
        """The request that bytes are, where they are one, under a head that is kept.

        **Cost**: half a microsecond.
        """
        cut = data.find(_END) + len(_END)
        known = self._kept.get(data[:cut])
        if known is None or known[0] != len(data) - cut:
            return None
        size, said = known
        if not size:
            return said
        return Request(said.method, said.path, said.query, said.headers, data[cut:], True)

    def keep(self, data: bytes, request: Request) -> None:
        """Keep the head of a request that was read from these bytes, if it is of those kept."""
        cut = data.find(_END) + len(_END)
        headers = request.headers
        whole = request.body == data[cut:] and request.keep and cut <= _LONGEST
        if not whole or any(name in headers for name in _NEVER):
            return
        size = len(request.body)
        if int(headers.get(b"content-length", b"0")) == size:
            self._kept.put(data[:cut], (size, replace(request, body=b"")))
