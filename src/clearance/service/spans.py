"""Where traces are made, if they are: the desk and the answers as they are, or each in a span."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from clearance.bootstrap.serving import Generation
from clearance.model.errors import InputError
from clearance.model.plain import Json
from clearance.service.desk import Desk, Log
from clearance.service.lane import Answer
from clearance.service.settings import Network, Traces


class Spans(Protocol):
    """What makes spans, or none."""

    def desk(self, generation: Generation, log: Log, durable: bool) -> Desk:
        """What decides."""
        ...

    def answering(self, answer: Answer) -> Answer:
        """What answers."""
        ...

    def close(self) -> None:
        """Hand over what waits."""
        ...


class NoSpans:
    """Nothing is traced: what is handed out is what would stand there without traces at all."""

    def desk(self, generation: Generation, log: Log, durable: bool) -> Desk:
        """The desk itself."""
        return Desk(generation, log, durable=durable)

    def answering(self, answer: Answer) -> Answer:
        """The very same."""
        return answer

    def close(self) -> None:
        """Nothing waits."""


def spans(
    traces: Traces | None,
    proxies: Sequence[Network],
    tell: Callable[[str, Mapping[str, Json]], None],
) -> Spans:
    """What makes the spans that are asked for.

    Raises:
        InputError: the program was installed without what makes them.
    """
    if traces is None:
        return NoSpans()
    try:
        from clearance.service.tracing import Tracing  # an extra, loaded only where asked for
    except ImportError:
        remedy = "pip install 'clearance[otel]'"
        raise InputError("traces need an extra", file="--traces", remedy=remedy) from None
    return Tracing.to(traces, proxies, tell)
