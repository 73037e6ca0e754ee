"""The API as it runs: over a socket, beside its workers, until it is stopped."""

from __future__ import annotations

import socket
import time
from dataclasses import replace

import httpx
import pytest
from tests.service.management.conftest import MakeKey

from clearance.adapters.sql.engine import Database
from clearance.adapters.sql.keys import Keys
from clearance.model.errors import StorageError
from clearance.service.management.ports import Figures, Office, Source
from clearance.service.management.running import LIMITS, Address, Management
from clearance.usecases.scopes import Scope

DAY = 86_400_000_000


class Point:
    """A decision point that has decided five times, and may be in trouble."""

    def __init__(self, trouble: str = "") -> None:
        self._trouble = trouble

    def figures(self) -> Figures:
        outcomes = {("allow", "p"): 4, ("deny", "p"): 1}
        return Figures(outcomes, [(0.001, 3), (0.01, 5)], 0.02, queue=7, lost=0, generation=9)

    def sources(self) -> list[Source]:
        return [Source("register", 100)]

    def trouble(self) -> str:
        return self._trouble


def free_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return int(bound.getsockname()[1])


def ask(url: str, **more: dict[str, str]) -> httpx.Response:
    """An answer, once somebody listens."""
    for _ in range(200):
        try:
            return httpx.get(url, headers=more.get("headers"), trust_env=False)
        except httpx.ConnectError:
            time.sleep(0.02)
    raise AssertionError("nobody listens")


def test_it_answers_over_a_socket_until_it_is_stopped(database: Database, key: MakeKey) -> None:
    port = free_port()
    office = Office(database, Keys(database), Point(), clock=lambda: 103 * DAY)
    management = Management(office, Address(port=port), None)
    headers = key(Scope.METRICS_READ)
    management.start()
    assert ask(f"http://127.0.0.1:{port}/health/ready").json() == {"status": "ok"}
    figures = ask(f"http://127.0.0.1:{port}/metrics", headers=headers).text.splitlines()
    management.stop()
    assert [line for line in figures if not line.startswith("#")] == [
        'decisions_total{outcome="allow",policy="p"} 4.0',
        'decisions_total{outcome="deny",policy="p"} 1.0',
        'decision_seconds_bucket{le="0.001"} 3.0',
        'decision_seconds_bucket{le="0.01"} 5.0',
        'decision_seconds_bucket{le="+Inf"} 5.0',
        "decision_seconds_count 5.0",
        "decision_seconds_sum 0.02",
        "audit_queue_depth 7.0",
        "audit_lost_total 0.0",
        "state_generation 9.0",
        'source_age_seconds{source="register"} 259200.0',
    ]
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://127.0.0.1:{port}/health/live", trust_env=False)


HEAD = b"PUT /v1/customers HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
CODED = b"Transfer-Encoding: chunked\r\n\r\n"
HOSTILE = (
    ("a body that does not come", HEAD + b"Content-Length: 9\r\n\r\n{", 408),
    ("a head that does not end", HEAD, 408),
    ("a chunk without a size", HEAD + CODED + b"zz\r\n{}\r\n0\r\n\r\n", 400),
    ("a length beside a coding", HEAD + b"Content-Length: 2\r\n" + CODED + b"0\r\n\r\n", 400),
    ("a bare line feed", b"GET /health/live HTTP/1.1\nHost: h\n\n", 400),
    ("no host", b"GET /health/live HTTP/1.1\r\n\r\n", 400),
    ("too large a body", HEAD + b"Content-Length: 99999999\r\n\r\n", 413),
    ("no path", b"OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n", 400),
)


def test_hostile_clients_are_told_so_and_closed_and_keep_no_stop_waiting(
    database: Database,
) -> None:
    port = free_port()
    limits = replace(LIMITS, request=0.5)
    address = Address(port=port, limits=limits, grace=0.2)
    management = Management(Office(database, Keys(database)), address, None)
    management.start()
    links = [socket.create_connection(("127.0.0.1", port)) for _ in HOSTILE]
    for link, (_, sent, _) in zip(links, HOSTILE, strict=True):
        link.sendall(sent)
    for link, (name, _, status) in zip(links, HOSTILE, strict=True):
        with link, link.makefile("rb") as answer:
            assert answer.read().startswith(b"HTTP/1.1 %d " % status), name
    with socket.create_connection(("127.0.0.1", port)) as unread:
        unread.sendall(b"GET /openapi.json HTTP/1.1\r\nHost: h\r\n\r\n" * 500)
        assert ask(f"http://127.0.0.1:{port}/health/live").status_code == 200
        management.stop()


def test_what_stands_escaped_in_a_path_is_read_as_it_is_meant(
    database: Database, key: MakeKey
) -> None:
    port = free_port()
    management = Management(Office(database, Keys(database)), Address(port=port), None)
    management.start()
    asked = f"http://127.0.0.1:{port}/v1/customers/%00%C3%A9%2F?as_of=2026-01-05"
    answer = ask(asked, headers=key(Scope.CUSTOMERS_READ))
    management.stop()
    assert answer.status_code in (400, 404)
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_place_that_is_taken_is_told_at_once(database: Database) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = Address(port=int(taken.getsockname()[1]))
        management = Management(Office(database, Keys(database)), address, None)
        with pytest.raises(StorageError, match="cannot be listened on"):
            management.start()


def test_it_is_not_ready_where_the_decision_point_is_not(database: Database) -> None:
    from litestar.testing import TestClient

    from clearance.service.management.app import create_app

    app = create_app(Office(database, Keys(database), Point("the log is full")))
    with TestClient(app) as client:
        answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["detail"]) == (503, "the log is full")
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_state_that_is_gone_is_told_as_503_and_never_in_detail(database: Database) -> None:
    from litestar.testing import TestClient

    from clearance.service.management.app import create_app

    app = create_app(Office(database, Keys(database)))
    with database.writing() as connection:
        connection.exec_driver_sql("DROP TABLE state")
    with TestClient(app, raise_server_exceptions=False) as client:
        answer = client.get("/health/ready")
    assert (answer.status_code, "DROP" in answer.text, "/" in answer.json()["detail"]) == (
        503,
        False,
        False,
    )
