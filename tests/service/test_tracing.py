"""Traces: what spans say, whom they never name, and nothing at all where none are asked for."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import orjson
import pytest

pytest.importorskip("opentelemetry.sdk", reason="the extra 'otel' is not installed")

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest as Exported,
)
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode
from tests.service.running import prepared, served
from tests.service.scene import NOON, PROXY, MemoryLog, Scene, asking, generation, settings

from clearance.adapters.ledger.store import Logged
from clearance.service.door import Door
from clearance.service.replies import Reply
from clearance.service.spans import NoSpans
from clearance.service.tracing import Tracing
from clearance.service.wire import Request
from clearance.usecases.decide import Question

PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
NAMED = ("fine", "192.0.2.1", "+441632960001", "c-contract", "weapons", "surname")
"""What requests tell, and no span may."""


class Traced:
    """A door whose answers are traced, and the spans that ended."""

    def __init__(self, *, durable: bool = False, share: float = 1.0) -> None:
        self._kept = InMemorySpanExporter()
        self._tracing = Tracing(self._kept, settings().proxies, share)
        self.log = MemoryLog(by_hand=durable)
        self.desk = self._tracing.desk(generation(), self.log, durable)
        self.desk._clock = lambda: NOON
        self._answer = self._tracing.answering(Door(self.desk, settings()).answer)

    def ask(self, path: str, asked: object, peer: str = "198.51.100.7", **headers: str) -> object:
        lines = {b"content-type": b"application/json"}
        lines |= {name.replace("_", "-").encode(): text.encode() for name, text in headers.items()}
        return self._answer(Request("POST", path, "", lines, orjson.dumps(asked), True), peer)

    def spans(self) -> Sequence[ReadableSpan]:
        self._tracing._provider.force_flush()
        return self._kept.get_finished_spans()


EVALUATION = "/access/v1/evaluation"


def named(spans: Sequence[ReadableSpan]) -> list[str]:
    return [span.name for span in spans]


def test_a_request_holds_its_decision_and_the_log() -> None:
    here = Traced()
    here.ask(EVALUATION, asking("contract", ip="192.0.2.1"))
    decide, log, request = here.spans()
    assert named((request, decide, log)) == [f"POST {EVALUATION}", "decide", "log"]
    assert request.kind is SpanKind.SERVER
    assert request.parent is None
    for inner in (decide, log):
        assert inner.parent is not None
        assert inner.parent.span_id == request.context.span_id
    assert dict(request.attributes or {}) == {
        "http.request.method": "POST",
        "http.route": EVALUATION,
        "http.response.status_code": 200,
    }
    assert dict(decide.attributes or {}) == {
        "clearance.outcome": "deny",
        "clearance.allowed": False,
        "clearance.cleared": False,
        "clearance.policy": "tests",
        "clearance.reasons": ("region_unsupported",),
    }
    assert dict(log.attributes or {}) == {"clearance.entries": 1, "clearance.durable": False}


def test_a_batch_has_a_span_for_each_decision_and_one_for_the_log() -> None:
    here = Traced()
    here.ask("/access/v1/evaluations", {**asking("fine"), "evaluations": [{}, {}, {}]})
    assert named(here.spans()) == ["decide"] * 3 + ["log", "POST /access/v1/evaluations"]


def test_where_the_log_is_waited_for_its_span_ends_with_the_receipt() -> None:
    here = Traced(durable=True)
    question = Question("fine", here.desk.day())
    here.desk.decide(question)
    assert named(here.spans()) == ["decide"]
    here.log.waiting[0].set_result(Logged(0, bytes(32), b"receipt"))
    assert named(here.spans()) == ["decide", "log"]
    here.desk.decide(question)
    here.log.waiting[1].set_exception(OSError("disk of account fine"))
    last = here.spans()[-1]
    assert (last.status.status_code, last.status.description) == (StatusCode.ERROR, None)


def test_no_span_says_about_whom() -> None:
    here = Traced()
    here.ask(
        EVALUATION,
        asking("fine", ip="192.0.2.1", phone="+441632960001", end_customer="c-contract",
               end_use="autonomous-weapons"),
    )  # fmt: skip
    here.ask(EVALUATION, asking("fine", ip="surname of somebody"))
    here.ask("/check/surname/of/somebody", {}, PROXY, x_account="fine")
    here.ask("/surname", {})
    here.log.refuses = True
    here.ask(EVALUATION, asking("fine"))
    told = "".join(span.to_json() for span in here.spans())
    assert len(here.spans()) >= 10
    assert not [word for word in NAMED if word in told], told


def test_what_fails_is_marked_by_its_kind_alone() -> None:
    here = Traced()
    here.log.refuses = True
    reply = here.ask(EVALUATION, asking("fine"))
    assert isinstance(reply, Reply)
    assert reply.status == 503
    _, log, request = here.spans()
    assert (log.attributes or {})["error.type"] == "StorageError"
    for span in (log, request):
        assert (span.status.status_code, span.status.description) == (StatusCode.ERROR, None)
        assert not span.events


@pytest.mark.parametrize(
    ("peer", "parent", "believed"),
    [
        (PROXY, PARENT, True),
        ("10.1.2.3", PARENT, True),
        ("198.51.100.7", PARENT, False),
        (PROXY, PARENT[:-1], False),
        (PROXY, "nonsense", False),
        (PROXY, "00-" + "0" * 32 + "-00f067aa0ba902b7-01", False),
        ("", PARENT, False),
    ],
)
def test_only_a_proxy_says_what_a_request_is_part_of(
    peer: str, parent: str, believed: bool
) -> None:
    here = Traced()
    here.ask(EVALUATION, asking("fine"), peer, traceparent=parent, tracestate="a=1")
    request = here.spans()[-1]
    assert (request.parent is not None) is believed
    assert (f"{request.context.trace_id:032x}" in PARENT) is believed


def test_a_share_of_none_keeps_what_a_proxy_samples_and_nothing_else() -> None:
    here = Traced(share=0.0)
    here.ask(EVALUATION, asking("fine"))
    assert not here.spans()
    here.ask(EVALUATION, asking("fine"), PROXY, traceparent=PARENT)
    assert len(here.spans()) == 3
    here.ask(EVALUATION, asking("fine"), PROXY, traceparent=PARENT[:-1] + "0")
    assert len(here.spans()) == 3


def test_without_traces_the_answers_and_the_desk_are_the_very_same() -> None:
    scene = Scene(MemoryLog(), NoSpans().desk(generation(), MemoryLog(), False), None)  # type: ignore[arg-type]
    door = Door(scene.desk, settings())
    answer = door.answer
    assert NoSpans().answering(answer) is answer
    assert type(scene.desk).__name__ == "Desk"


def test_without_traces_nothing_of_it_is_loaded() -> None:
    said = "import sys, clearance.service.serve; print([m for m in sys.modules if 'opentel' in m])"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.fixture
def collector() -> Iterator[tuple[str, list[bytes]]]:
    """A collector on loopback: its URL, and what it was sent."""
    bodies: list[bytes] = []

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            bodies.append(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *words: object) -> None:
            """Nothing."""

    server = HTTPServer(("127.0.0.1", 0), Taking)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1/traces", bodies
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_collector_gets_the_spans_of_a_served_decision(
    tmp_path: Path, collector: tuple[str, list[bytes]]
) -> None:
    url, bodies = collector
    with served(prepared(tmp_path), "--traces", url) as here:
        here.ask(asking("fine", ip="192.0.2.1"))
        last: Mapping[str, object] = here.stop()
    assert (last["event"], last["log_size"]) == ("stopped", 1)
    spans = [
        span
        for body in bodies
        for resource in Exported.FromString(body).resource_spans
        for scope in resource.scope_spans
        for span in scope.spans
    ]
    assert sorted(span.name for span in spans) == [f"POST {EVALUATION}", "decide", "log"]
    assert len({span.trace_id for span in spans}) == 1
    assert not [word for word in NAMED for body in bodies if word.encode() in body]


def test_a_collector_that_is_gone_stops_nobody(tmp_path: Path) -> None:
    with served(prepared(tmp_path), "--traces", "http://127.0.0.1:9/v1/traces") as here:
        assert here.ask(asking("fine", ip="192.0.2.1"))["decision"] is True
        last = here.stop()
    assert last["event"] == "stopped"
    assert here.process.returncode == 0
    assert "traces_failed" in [one["event"] for one in here.told]
