"""What is read as a request, what is refused, and that no cut of the bytes changes either."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearance.service.limits import Limits
from clearance.service.wire import Reader, Refusal, Request

HOST = b"Host: here\r\n"
LIMITS = Limits(head=512, body=64)

REFUSED = [
    ("folded header", b"GET / HTTP/1.1\r\n" + HOST + b"A: b\r\n c\r\n\r\n", 400),
    (
        "length beside a coding",
        b"POST / HTTP/1.1\r\n"
        + HOST
        + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        400,
    ),
    (
        "coding beside a length",
        b"POST / HTTP/1.1\r\n"
        + HOST
        + b"Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
        400,
    ),
    (
        "two lengths",
        b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
        400,
    ),
    (
        "space before the colon",
        b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length : 3\r\n\r\nabc",
        400,
    ),
    ("bare line feeds", b"GET / HTTP/1.1\nHost: here\n\n", 400),
    ("signed length", b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: +3\r\n\r\nabc", 400),
    ("unknown coding", b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: xchunked\r\n\r\n", 501),
    (
        "coding before chunked",
        b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        501,
    ),
    (
        "coding after chunked",
        b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked, x\r\n\r\n",
        400,
    ),
    (
        "bare feed in a chunk",
        b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n3\nX\r\n",
        400,
    ),
    ("control character", b"GET / HTTP/1.1\r\n" + HOST + b"A: b\x00c\r\n\r\n", 400),
    ("bare return in a value", b"GET / HTTP/1.1\r\n" + HOST + b"A: b\rX: c\r\n\r\n", 400),
    ("odd header name", b"GET / HTTP/1.1\r\n" + HOST + b"A(: b\r\n\r\n", 400),
    ("two hosts", b"GET / HTTP/1.1\r\n" + HOST + HOST + b"\r\n", 400),
    ("no host", b"GET / HTTP/1.1\r\n\r\n", 400),
    ("no method of HTTP", b"FROB / HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    ("a tunnel", b"CONNECT a:1 HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    (
        "an upgrade",
        b"GET / HTTP/1.1\r\n" + HOST + b"Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
        400,
    ),
    ("no path", b"OPTIONS * HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    ("HTTP/0.9", b"GET /\r\n\r\n", 505),
    ("HTTP/2", b"GET / HTTP/2.0\r\n" + HOST + b"\r\n", 505),
    ("long header", b"GET / HTTP/1.1\r\n" + HOST + b"A: " + b"b" * 600 + b"\r\n\r\n", 431),
    ("long target", b"GET /" + b"a" * 600 + b" HTTP/1.1\r\n" + HOST + b"\r\n", 431),
    ("long body", b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 65\r\n\r\n", 413),
    (
        "long chunked body",
        b"POST / HTTP/1.1\r\n"
        + HOST
        + b"Transfer-Encoding: chunked\r\n\r\n41\r\n"
        + b"a" * 65
        + b"\r\n",
        413,
    ),
]


def read(parts: list[bytes], limits: Limits = LIMITS) -> tuple[list[Request], int]:
    """The requests in some bytes, and the status of the refusal after them, 0 without one."""
    reader = Reader(limits)
    found: list[Request] = []
    try:
        for part in parts:
            reader.feed(part)
            while (request := reader.next()) is not None:
                found.append(request)
    except Refusal as refusal:
        return found, refusal.status
    return found, 0


@pytest.mark.parametrize(
    ("raw", "status"), [row[1:] for row in REFUSED], ids=[r[0] for r in REFUSED]
)
def test_what_two_readers_could_understand_differently_is_refused(raw: bytes, status: int) -> None:
    assert read([raw]) == ([], status)


@pytest.mark.parametrize("raw", [row[1] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_nothing_after_a_refused_request_is_read(raw: bytes) -> None:
    after = b"POST /smuggled HTTP/1.1\r\n" + HOST + b"\r\n"
    found, status = read([raw + after, after])
    assert status
    assert not found


def test_a_header_without_end_is_refused_however_slowly_it_comes() -> None:
    found, status = read([b"GET / HTTP/1.1\r\nA: ", *[b"b" * 50] * 30])
    assert (found, status) == ([], 431)


def test_bodies_come_with_a_length_or_in_chunks() -> None:
    told = b"POST /a?b=c HTTP/1.1\r\n" + HOST + b"Content-Length: 3\r\n\r\nabc"
    coded = (
        b"POST /a HTTP/1.1\r\n"
        + HOST
        + b"Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n"
    )
    found, status = read([told + coded])
    assert status == 0
    assert [(one.path, one.query, one.body) for one in found] == [
        ("/a", "b=c", b"abc"),
        ("/a", "", b"abc"),
    ]


CHUNKS = b"POST /a HTTP/1.1\r\n" + HOST + b"A: 1\r\nTransfer-Encoding: chunked\r\n\r\n"


def test_a_body_may_come_byte_by_byte_and_no_larger_than_any_other() -> None:
    (request,), status = read([CHUNKS + b"1\r\nx\r\n" * 64 + b"0\r\n\r\n"])
    assert (request.body, status) == (b"x" * 64, 0)
    assert read([CHUNKS + b"1\r\nx\r\n" * 65]) == ([], 413)


def test_what_follows_a_body_is_no_header() -> None:
    (request,), status = read([CHUNKS + b"1\r\nx\r\n0\r\nA: 2\r\nB: 3\r\n\r\n"])
    assert (request.header(b"a"), request.header(b"b"), status) == ("1", "", 0)
    assert read([CHUNKS + b"0\r\n" + b"A: 2\r\n" * 600]) == ([], 431)


@pytest.mark.parametrize("size", [1, 7, 100, 450])
def test_a_head_within_the_limit_is_read_in_pieces_of_any_size(size: int) -> None:
    whole = b"GET / HTTP/1.1\r\n" + HOST + b"A: " + b"b" * 440 + b"\r\n\r\n"
    parts = [whole[at : at + size] for at in range(0, len(whole), size)]
    found, status = read(parts)
    assert (len(found), status) == (1, 0)


def test_many_requests_in_one_piece_are_no_long_head() -> None:
    cut = b"GET / HTTP/1.1\r\n" + HOST
    found, status = read([cut, b"\r\n" + (cut + b"\r\n") * 50 + cut, b"\r\n"])
    assert (len(found), status) == (52, 0)


def test_a_connection_goes_on_as_its_version_and_header_say() -> None:
    cases = [
        (b"GET / HTTP/1.1\r\n" + HOST + b"\r\n", True),
        (b"GET / HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n", False),
        (b"GET / HTTP/1.0\r\n\r\n", False),
        (b"GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", True),
    ]
    assert [read([raw])[0][0].keep for raw, _ in cases] == [keep for _, keep in cases]


def test_a_repeated_header_is_joined_and_names_are_in_lower_case() -> None:
    (request,), _ = read([b"GET / HTTP/1.1\r\n" + HOST + b"X-A: 1\r\nx-a: 2\r\n\r\n"])
    assert request.header(b"x-a") == "1, 2"
    assert request.header(b"missing") == ""


def test_a_target_with_its_host_is_a_path() -> None:
    (request,), _ = read([b"GET http://here:1/a?b HTTP/1.1\r\n" + HOST + b"\r\n"])
    assert (request.path, request.query) == ("/a", "b")


def test_whoever_waits_to_be_asked_for_the_body_is_told_once() -> None:
    reader = Reader(LIMITS)
    reader.feed(
        b"POST / HTTP/1.1\r\n" + HOST + b"Expect: 100-continue\r\nContent-Length: 2\r\n\r\n"
    )
    assert reader.next() is None
    assert (reader.expects(), reader.expects()) == (True, False)


WHOLE = (
    b"POST /a HTTP/1.1\r\n" + HOST + b"Content-Length: 3\r\n\r\nabc"
    b"GET /b?c HTTP/1.1\r\n" + HOST + b"X: y\r\n\r\n"
    b"POST /d HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
)


@given(st.lists(st.integers(0, len(WHOLE)), max_size=8))
def test_no_cut_of_the_bytes_changes_what_is_read(cuts: list[int]) -> None:
    places = [0, *sorted(cuts), len(WHOLE)]
    parts = [WHOLE[one:two] for one, two in itertools.pairwise(places) if one < two]
    assert read(parts) == read([WHOLE])


@given(st.lists(st.binary(max_size=80) | st.sampled_from([row[1] for row in REFUSED] + [WHOLE])))
def test_no_bytes_crash_the_reader(parts: list[bytes]) -> None:
    _, status = read(parts)
    assert status in (0, 400, 413, 431, 501, 505)
