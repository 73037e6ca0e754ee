"""A head that was read before: nothing is understood otherwise than without that memory."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.service.test_wire import HOST, LIMITS, REFUSED, WHOLE

from clearance.service.heads import Heads
from clearance.service.wire import Reader, Refusal, Request

POST = b"POST /a HTTP/1.1\r\n" + HOST
THREE = POST + b"Content-Length: 3\r\n\r\n"
GET = b"GET /b?c HTTP/1.1\r\n" + HOST + b"X: y\r\n\r\n"

PARTS = [
    THREE + b"abc",
    THREE + b"{}\n",
    THREE + b"a",
    b"bc",
    THREE,
    b"abc" + THREE,
    THREE + b"abcd",
    THREE + b"abc" + THREE + b"def",
    POST + b"Content-Length: 4\r\n\r\n\r\n\r\n",
    GET,
    GET + b"\r\n",
    b"\r\n" + GET,
    GET[:20],
    GET[20:],
    b"GET / HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n",
    b"GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
    POST + b"Expect: 100-continue\r\nContent-Length: 3\r\n\r\nabc",
    POST + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
    WHOLE,
    *[row[1] for row in REFUSED],
]


def read(reader: Reader, parts: list[bytes]) -> list[Request | int | bool]:
    """Every request in some bytes, the status of a refusal, and what is left open after each."""
    found: list[Request | int | bool] = []
    for part in parts:
        reader.feed(part)
        try:
            while (request := reader.next()) is not None:
                found.append(request)
        except Refusal as refusal:
            return [*found, refusal.status]
        found += [reader.waiting, reader.expects()]
    return found


connections = st.lists(st.lists(st.sampled_from(PARTS), max_size=6), min_size=1, max_size=6)


@given(connections)
def test_connections_that_share_what_they_read_are_read_as_if_each_were_alone(
    connections: list[list[bytes]],
) -> None:
    heads = Heads()
    for parts in [*connections, *connections]:
        assert read(Reader(LIMITS, heads), parts) == read(Reader(LIMITS), parts)


@pytest.mark.parametrize("raw", [THREE + b"abc", GET, POST + b"Content-Length: 0\r\n\r\n"])
def test_a_whole_request_that_came_alone_is_known_when_it_comes_again(raw: bytes) -> None:
    heads = Heads()
    assert heads.request(raw) is None
    first = read(Reader(LIMITS, heads), [raw])
    assert heads.request(raw) == first[0]


@pytest.mark.parametrize(
    "parts",
    [
        [THREE, b"abc"],
        [THREE + b"abc" + GET],
        [b"GET / HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n"],
        [POST + b"Expect: 100-continue\r\nContent-Length: 3\r\n\r\nabc"],
        [POST + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"],
        [b"GET / HTTP/1.1\r\n" + HOST + b"X: " + b"y" * 2000 + b"\r\n\r\n"],
    ],
    ids=["in pieces", "not alone", "the last", "asks first", "in chunks", "long"],
)
def test_no_other_head_is_kept(parts: list[bytes]) -> None:
    heads = Heads()
    read(Reader(LIMITS, heads), parts)
    assert [heads.request(part) for part in [*parts, b"".join(parts)]] == [None] * (len(parts) + 1)


def test_the_body_is_that_of_the_second_request_and_the_memory_is_bounded() -> None:
    heads, reader = Heads(), Reader(LIMITS)
    known = Reader(LIMITS, heads)
    known.feed(THREE + b"abc")
    known.next()
    for number in range(9000):
        raw = b"GET /%d HTTP/1.1\r\n" % number + HOST + b"\r\n"
        known.feed(raw)
        reader.feed(raw)
        assert known.next() == reader.next()
    again = [THREE + b"one", THREE + b"two"]
    for raw in again:
        known.feed(raw)
    assert [known.next().body, known.next().body] == [b"one", b"two"]  # type: ignore[union-attr]
