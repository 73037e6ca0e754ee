"""Traces: a span for a request, in it one for each decision, in that one for the log.

1. Off unless ``--traces`` names a collector; then nothing of this is loaded or in the path.
2. A span says what was decided and by which policy, never about whom: no account, no address, no
   number, no end use, no text of a request, no id that leads to them.
3. A client's ``traceparent`` is believed where a configured proxy hands it on, and nowhere else:
   who asks cannot choose what is sampled, nor hang its spans under another's.
4. Where the collector is slow or gone spans are dropped; no answer waits for them.

**Source**: W3C Trace Context; OpenTelemetry semantic conventions for HTTP servers.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from importlib.metadata import version

from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter
from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased
from opentelemetry.trace import Span, SpanKind, StatusCode, Tracer, use_span
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from opentelemetry.util.types import AttributeValue

from clearance.adapters.ledger.store import Logged
from clearance.bootstrap.serving import Generation
from clearance.model.plain import Json
from clearance.service.authzen import CONFIGURATION, EVALUATION, EVALUATIONS
from clearance.service.desk import Answer as Decided
from clearance.service.desk import Desk, Log
from clearance.service.door import LIVE, READY
from clearance.service.forward import PREFIX
from clearance.service.lane import Answer
from clearance.service.replies import Reply
from clearance.service.settings import Network, Traces, among
from clearance.service.wire import Request
from clearance.usecases.decide import Question

PATIENCE = 2.0
"""Seconds that a collector may take over a batch of spans."""

_ROUTES = frozenset({EVALUATION, EVALUATIONS, CONFIGURATION, LIVE, READY})
_W3C = ("traceparent", "tracestate")
_NOTHING = Context()


class Tracing:
    """Makes spans and hands them to a collector.

    **Cost**: 140 µs a request that is sampled, and as much again where its spans are packed and
    sent; 30 to 40 µs one that is not.
    """

    def __init__(
        self, exporter: SpanExporter, proxies: Sequence[Network] = (), share: float = 1.0
    ) -> None:
        self._provider = TracerProvider(
            sampler=ParentBased(TraceIdRatioBased(share)),
            resource=Resource.create(
                {"service.name": "clearance", "service.version": version("clearance")}
            ),
            shutdown_on_exit=False,
        )
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self.tracer = self._provider.get_tracer("clearance", version("clearance"))
        self._proxies = proxies
        self._w3c = TraceContextTextMapPropagator()

    @classmethod
    def to(
        cls,
        traces: Traces,
        proxies: Sequence[Network],
        tell: Callable[[str, Mapping[str, Json]], None],
    ) -> Tracing:
        """Spans for a collector; what goes wrong with it is told."""
        told = logging.getLogger("opentelemetry")
        told.addHandler(_Telling(tell))
        told.propagate = False
        return cls(OTLPSpanExporter(traces.url, timeout=PATIENCE), proxies, traces.share)

    def desk(self, generation: Generation, log: Log, durable: bool) -> Desk:
        """A desk whose decisions, and what the log does with them, are spans."""
        return _Desk(generation, log, self.tracer, durable)

    def answering(self, answer: Answer) -> Answer:
        """The same answers, each in a span."""

        def traced(request: Request, peer: str) -> Reply | Awaitable[Reply]:
            span = self._begun(request, peer)
            with _current(span, ends=False):
                reply = answer(request, peer)
            if isinstance(reply, Reply):
                return _answered(span, reply)
            return _later(span, reply)

        return traced

    def close(self) -> None:
        """Hand over what waits, for as long as the collector may take."""
        self._provider.shutdown()

    def _begun(self, request: Request, peer: str) -> Span:
        path = request.path
        route = path if path in _ROUTES else PREFIX if path.startswith(PREFIX) else "other"
        return self.tracer.start_span(
            f"{request.method} {route}",
            self._parent(request, peer),
            SpanKind.SERVER,
            {"http.request.method": request.method, "http.route": route},
        )

    def _parent(self, request: Request, peer: str) -> Context:
        """What a proxy says that the request is part of; nothing for anybody else."""
        if b"traceparent" not in request.headers or not among(peer, self._proxies):
            return _NOTHING
        told = {name: request.header(name.encode()) for name in _W3C}
        return self._w3c.extract(told, _NOTHING)


class _Desk(Desk):
    """A desk that says in a span what it decided."""

    def __init__(self, generation: Generation, log: Log, tracer: Tracer, durable: bool) -> None:
        super().__init__(generation, log, durable=durable)
        self._tracer = tracer

    def consider(self, question: Question) -> Decided:
        """As every desk, in a span."""
        with _current(self._tracer.start_span("decide")) as span:
            answer = super().consider(question)
            if span.is_recording():
                span.set_attributes(_said(answer))
        return answer

    def log(self, answers: Sequence[Decided]) -> None:
        """As every desk, in a span; where answers are waited for, until the last is stored."""
        told = {"clearance.entries": len(answers), "clearance.durable": self.durable}
        span = self._tracer.start_span("log", attributes=told)
        with _current(span, ends=False):
            super().log(answers)
        waiting = [one.stored for one in answers if one.stored is not None]
        if waiting:
            waiting[-1].add_done_callback(lambda done: _stored(span, done))
        else:
            span.end()


def _said(answer: Decided) -> Mapping[str, AttributeValue]:
    decision = answer.decided.decision
    return {
        "clearance.outcome": decision.outcome.word,
        "clearance.allowed": decision.allowed,
        "clearance.cleared": decision.cleared,
        "clearance.policy": answer.decided.policy.id,
        "clearance.reasons": sorted({one.code for one in decision.deciding}),
    }


@contextmanager
def _current(span: Span, *, ends: bool = True) -> Iterator[Span]:
    """A span in which the block runs; it ends with the block, or where that fails."""
    try:
        with use_span(span, record_exception=False, set_status_on_exception=False):
            yield span
    except BaseException as error:
        # The error's text could hold what a request said; its kind does not.
        span.set_attribute("error.type", type(error).__name__)
        span.set_status(StatusCode.ERROR)
        span.end()
        raise
    if ends:
        span.end()


class _Telling(logging.Handler):
    """Tells the operator of trouble with the collector, in the service's own lines."""

    def __init__(self, tell: Callable[[str, Mapping[str, Json]], None]) -> None:
        super().__init__(logging.WARNING)
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        self._tell("traces_failed", {"error": record.getMessage()[:200]})


async def _later(span: Span, waiting: Awaitable[Reply]) -> Reply:
    with _current(span, ends=False):
        reply = await waiting
    return _answered(span, reply)


def _answered(span: Span, reply: Reply) -> Reply:
    span.set_attribute("http.response.status_code", reply.status)
    if reply.status >= 500:
        span.set_status(StatusCode.ERROR)
    span.end()
    return reply


def _stored(span: Span, done: Future[Logged]) -> None:
    if done.cancelled() or done.exception() is not None:
        span.set_status(StatusCode.ERROR)
    span.end()
