"""Connections: order, limits, slow clients, and a stop that answers what has begun."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
import uvloop

from clearance.service.lane import Answer, Lane
from clearance.service.limits import Limits
from clearance.service.replies import Reply
from clearance.service.wire import Request

GET = b"GET /%b HTTP/1.1\r\nHost: here\r\n\r\n"
USUAL = Limits()
QUICK = Limits(request=0.2, reply=0.2, idle=0.4)
Client = tuple[asyncio.StreamReader, asyncio.StreamWriter]


def echo(request: Request, peer: str) -> Reply:
    return Reply(200, b"", request.path.encode() + request.body)


async def later(request: Request, peer: str) -> Reply:
    await asyncio.sleep(0.05 if request.path == "/slow" else 0)
    return echo(request, peer)


def on_lane(
    answer: Answer, talk: Callable[[Lane, int], Awaitable[None]], limits: Limits = USUAL
) -> list[str]:
    """Talk to a lane; the names of the errors that it told."""
    failed: list[str] = []

    async def run() -> None:
        lane = Lane(answer, limits, lambda error: failed.append(type(error).__name__))
        port = await lane.listen("127.0.0.1", 0)
        try:
            await asyncio.wait_for(talk(lane, port), 10)
        finally:
            for writer in CLIENTS:
                writer.close()
            CLIENTS.clear()
            await lane.stop(0.2)

    uvloop.run(run())
    return failed


CLIENTS: list[asyncio.StreamWriter] = []


async def connect(port: int) -> Client:
    client = await asyncio.open_connection("127.0.0.1", port)
    CLIENTS.append(client[1])
    return client


async def body(reader: asyncio.StreamReader) -> bytes:
    """The body of the next answer."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    return await reader.readexactly(length)


@pytest.mark.parametrize("answer", [echo, later])
def test_requests_sent_at_once_are_answered_in_their_order(answer: Answer) -> None:
    async def talk(lane: Lane, port: int) -> None:
        reader, writer = await connect(port)
        writer.write(b"".join(GET % name for name in (b"slow", b"b", b"slow", b"d")))
        assert [await body(reader) for _ in range(4)] == [b"/slow", b"/b", b"/slow", b"/d"]
        writer.write(GET % b"again")
        assert await body(reader) == b"/again"

    assert on_lane(answer, talk) == []


def test_a_request_in_pieces_is_answered_when_it_is_whole() -> None:
    async def talk(lane: Lane, port: int) -> None:
        reader, writer = await connect(port)
        for byte in b"POST /a HTTP/1.1\r\nHost: here\r\nContent-Length: 3\r\n\r\nxyz":
            writer.write(bytes([byte]))
            await writer.drain()
        assert await body(reader) == b"/axyz"

    on_lane(echo, talk)


def test_a_client_that_waits_to_send_its_body_is_told_to() -> None:
    async def talk(lane: Lane, port: int) -> None:
        reader, writer = await connect(port)
        writer.write(
            b"POST /a HTTP/1.1\r\nHost: here\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n"
        )
        assert await reader.readuntil(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
        writer.write(b"x")
        assert await body(reader) == b"/ax"

    on_lane(echo, talk)


def test_head_has_the_length_and_no_body() -> None:
    async def talk(lane: Lane, port: int) -> None:
        reader, writer = await connect(port)
        writer.write(b"HEAD /abc HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")
        answer = await reader.read()
        assert b"content-length: 4\r\n" in answer
        assert answer.endswith(b"\r\n\r\n")

    on_lane(echo, talk)


def test_a_request_that_cannot_be_read_ends_its_connection_after_what_came_before() -> None:
    async def talk(lane: Lane, port: int) -> None:
        reader, writer = await connect(port)
        writer.write(GET % b"good" + b"nonsense\r\n\r\n" + GET % b"after")
        answer = await reader.read()
        assert answer.count(b"HTTP/1.1 ") == 2
        assert b"/good" in answer
        assert b"400 Bad Request" in answer
        assert b"/after" not in answer

    on_lane(echo, talk)


def test_an_answer_that_fails_is_500_without_a_word_of_why() -> None:
    def broken(request: Request, peer: str) -> Reply:
        raise KeyError("secret")

    async def broken_later(request: Request, peer: str) -> Reply:
        raise KeyError("secret")

    async def talk(lane: Lane, port: int) -> None:
        reader, writer = await connect(port)
        writer.write(GET % b"a" + GET % b"b")
        for _ in range(2):
            assert b"secret" not in await body(reader)

    assert on_lane(broken, talk) == ["KeyError", "KeyError"]
    assert on_lane(broken_later, talk) == ["KeyError", "KeyError"]


@pytest.mark.parametrize(
    "sent",
    [b"GET / HTTP", b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\n{"],
    ids=["a head", "a body"],
)
def test_a_client_too_slow_to_send_is_told_408_and_others_do_not_wait(sent: bytes) -> None:
    async def talk(lane: Lane, port: int) -> None:
        slow = [await connect(port) for _ in range(20)]
        for _, writer in slow:
            writer.write(sent)
        reader, writer = await connect(port)
        writer.write(GET % b"quick")
        assert await asyncio.wait_for(body(reader), 0.15) == b"/quick"
        answers = [await reader.read() for reader, _ in slow]
        assert all(answer.startswith(b"HTTP/1.1 408 ") for answer in answers)
        assert len(lane.open) <= 1

    on_lane(echo, talk, QUICK)


def test_a_client_that_does_not_read_is_ended() -> None:
    def much(request: Request, peer: str) -> Reply:
        return Reply(200, b"", b"x" * 4_000_000)

    async def talk(lane: Lane, port: int) -> None:
        _reader, writer = await connect(port)
        writer.write((GET % b"a") * 8)
        while not lane.open:
            await asyncio.sleep(0.01)
        while lane.open:
            await asyncio.sleep(0.05)

    on_lane(much, talk, QUICK)


def test_of_a_client_that_does_not_read_nothing_more_is_read_either() -> None:
    answered: list[str] = []

    def much(request: Request, peer: str) -> Reply:
        answered.append(request.path)
        return Reply(200, b"", b"x" * 4_000_000)

    async def talk(lane: Lane, port: int) -> None:
        _reader, writer = await connect(port)
        writer.write((GET % (b"a" * 200)) * 150_000)
        while not answered:
            await asyncio.sleep(0.01)
        left = 0
        while lane.open:
            left = writer.transport.get_write_buffer_size()
            await asyncio.sleep(0.02)
        assert left > 10_000_000, "it was read to the end"

    on_lane(much, talk, QUICK)
    assert len(answered) < 20


def test_whoever_asks_for_much_at_once_lets_others_ask_in_between() -> None:
    order: list[str] = []

    def much(request: Request, peer: str) -> Reply:
        order.append(request.path)
        return Reply(200, b"", b"x" * 50_000)

    async def talk(lane: Lane, port: int) -> None:
        clients = [await connect(port) for _ in range(2)]
        for name, (_, writer) in zip((b"a", b"b"), clients, strict=True):
            writer.write((GET % name) * 40)
        for name, (reader, _) in zip((b"a", b"b"), clients, strict=True):
            assert [len(await body(reader)) for _ in range(40)] == [50_000] * 40, name

    on_lane(much, talk)
    assert order.index("/b") < 39, "all of the first came first"


def test_an_idle_connection_is_closed() -> None:
    async def talk(lane: Lane, port: int) -> None:
        reader, _ = await connect(port)
        assert await reader.read() == b""

    on_lane(echo, talk, QUICK)


def test_a_connection_too_many_is_told_so() -> None:
    async def talk(lane: Lane, port: int) -> None:
        first, second = await connect(port), await connect(port)
        first[1].write(GET % b"a")
        second[1].write(GET % b"a")
        assert [await body(reader) for reader, _ in (first, second)] == [b"/a", b"/a"]
        third, _ = await connect(port)
        assert (await third.read()).startswith(b"HTTP/1.1 503 ")
        first[1].write(GET % b"b")
        assert await body(first[0]) == b"/b"

    on_lane(echo, talk, replace(USUAL, connections=2))


def test_a_stop_answers_what_has_begun_and_says_that_it_closes() -> None:
    async def talk(lane: Lane, port: int) -> None:
        idle, busy = await connect(port), await connect(port)
        busy[1].write(GET % b"slow")
        await asyncio.sleep(0.02)
        left = await lane.stop(1.0)
        assert left == 0
        answer = await busy[0].read()
        assert answer.endswith(b"/slow")
        assert b"connection: close\r\n" in answer
        assert await idle[0].read() == b""
        with pytest.raises(ConnectionRefusedError):
            await connect(port)

    on_lane(later, talk)


def test_a_stop_ends_who_never_finishes_and_counts_them() -> None:
    async def never(request: Request, peer: str) -> Reply:
        await asyncio.sleep(30)
        return echo(request, peer)

    async def talk(lane: Lane, port: int) -> None:
        _, writer = await connect(port)
        writer.write(GET % b"a")
        await asyncio.sleep(0.02)
        assert await lane.stop(0.1) == 1

    on_lane(never, talk)
