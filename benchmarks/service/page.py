"""The figures as the table of docs/benchmark-service.md, beside what was asked for."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "benchmark-service.md"
BEGIN, END = "<!-- figures -->\n", "<!-- end of figures -->\n"

Figures = Mapping[str, Mapping[str, float]]


def write(figures: Figures) -> None:
    """Put the table of a whole run into the page."""
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    load = os.getloadavg()[2]
    said = f"Of one run; the machine's load over its last fifteen minutes was {load:.1f}.\n"
    table = "\n".join(["| what | target | measured |", "|---|---|---|", *rows(figures)])
    PAGE.write_text(f"{before}{BEGIN}\n{said}\n{table}\n\n{END}{after}", encoding="utf-8")


def rows(figures: Figures) -> Iterator[str]:
    """A line of the table for each thing that was measured."""
    inside, start = figures.get("inside"), figures.get("start")
    if inside:
        rate, cpu = inside["decisions"], inside["decision_us"]
        yield _row(
            "in process, log on, accounts asked before",
            "100,000 a second and core",
            f"{rate:,.0f} a second by the clock; {cpu:.1f} µs of processor time each, "
            f"{1e6 / cpu:,.0f} a core; the log's process {inside['log_us']:.1f} µs",
        )
        yield _row(
            "the same from JSON to JSON",
            "",
            f"{inside['answers_with_json']:,.0f} a second; {inside['answer_us']:.1f} µs each",
        )
        yield _row(
            "an account's first question of the day",
            "",
            f"{inside['first_of_the_day']:,.0f} a second",
        )
    for name, what, target in WIRED:
        if name in figures:
            yield _row(what, target, _rate(figures[name]))
    if "buffered" in figures and "fastapi" in figures:
        rates = [figures[one]["requests_per_second"] for one in ("buffered", "fastapi")]
        yield _row("ours beside it", "", f"{rates[0] / rates[1]:.1f} times as many")
    if start:
        yield _row("ready", "5 s", f"{start['ready_seconds']:.1f} s")
        most = figures["while a generation is made"]["resident_mb"]
        held = f"{start['resident_mb']:.0f} MB; {most:.0f} MB; the log's process "
        held += f"{start['log_resident_mb']:.0f} MB"
        yield _row("resident: ready; at most, two generations at once", "600 MB", held)
    if "after" in figures:
        after = figures["after"]
        yield _row(f"entries lost, of {after['log_size']:,.0f}", "0", f"{after['lost']:.0f}")
    if "postgresql" in figures:
        log = figures["postgresql"]
        stored = f"{log['entries_per_second']:,.0f} a second"
        yield _row("the log in PostgreSQL, full sync, entries stored and signed", "", stored)
        late = f"p99 {log['durable_p99_ms']:.1f} ms"
        yield _row("the same, sixteen who wait for theirs", "p99 25 ms", late)


WIRED = (
    ("buffered", "HTTP, buffered log", "25,000 a second, p50 1 ms, p99 10 ms"),
    ("while a generation is made", "the same while generations are made", "none dropped"),
    ("batch", "batches of 50", "60,000 items a second"),
    ("durable", "HTTP, durable log", "p99 25 ms"),
    ("envoy", "through Envoy", "10,000 a second"),
    ("envoy alone", "Envoy, and nginx that answers its every question with yes", ""),
    ("fastapi", "uvicorn and FastAPI, a constant", ""),
)


def _rate(found: Mapping[str, float]) -> str:
    rate = f"{found['requests_per_second']:,.0f} a second"
    if "items_per_second" in found:
        rate = f"{found['items_per_second']:,.0f} items a second"
    said = f"{rate}, p50 {found['p50_ms']:.2f} ms, p99 {found['p99_ms']:.1f} ms"
    refused = found["refused"]
    return said if not refused else f"{said}, {refused:,.0f} not with 2xx"


def _row(what: str, target: str, measured: str) -> str:
    return f"| {what} | {target} | {measured} |"
