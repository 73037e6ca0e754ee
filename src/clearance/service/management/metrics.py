"""The decision point in figures, as Prometheus takes them; read when asked, never counted twice.

| metric | meaning |
|---|---|
| ``decision_seconds`` | how long decisions took |
| ``decisions_total{outcome,policy}`` | decisions |
| ``audit_queue_depth`` | entries that wait for the log |
| ``audit_lost_total`` | entries that were lost |
| ``source_age_seconds{source}`` | how old a source is |
| ``state_generation`` | the generation that is answered from |
"""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector, CollectorRegistry

from clearance.service.management.ports import Figures, Office

_DAY = 86_400


def exposition(office: Office) -> tuple[str, str]:
    """All figures as text, and what kind of text it is."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Collector(office))
    return generate_latest(registry).decode(), CONTENT_TYPE_LATEST


class _Collector(Collector):
    def __init__(self, office: Office) -> None:
        self._office = office

    def collect(self) -> Iterator[Metric]:
        """The figures of this moment."""
        figures = self._office.point.figures()
        yield _outcomes(figures)
        yield _seconds(figures)
        yield GaugeMetricFamily(
            "audit_queue_depth", "Entries that wait for the log.", value=figures.queue
        )
        yield CounterMetricFamily("audit_lost", "Entries that were lost.", value=figures.lost)
        yield GaugeMetricFamily(
            "state_generation", "The generation answered from.", value=figures.generation
        )
        yield self._ages()

    def _ages(self) -> Metric:
        ages = GaugeMetricFamily("source_age_seconds", "How old a source is.", labels=["source"])
        seconds = self._office.clock() // 1_000_000
        for source in self._office.point.sources():
            ages.add_metric([source.id], max(0, seconds - source.as_of * _DAY))
        return ages


def _outcomes(figures: Figures) -> Metric:
    counted = CounterMetricFamily("decisions", "Decisions.", labels=["outcome", "policy"])
    for (outcome, policy), count in sorted(figures.outcomes.items()):
        counted.add_metric([outcome, policy], count)
    return counted


def _seconds(figures: Figures) -> Metric:
    buckets = [(str(bound), count) for bound, count in figures.seconds]
    every = sum(figures.outcomes.values())
    taken = HistogramMetricFamily("decision_seconds", "How long decisions took.")
    taken.add_metric([], [*buckets, ("+Inf", every)], figures.total)
    return taken
