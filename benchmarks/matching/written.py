"""What was measured, as pages: tables between marks of the docs, and pictures beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.matching.side_by_side import OURS, Result
from clearance.adapters.matching.evaluation import written
from clearance.matching.features import PAIRS, RIVALS
from clearance.usecases.evaluate import Measured

PAGE = Path("docs/matching-evaluation.md")
BESIDE = Path("docs/benchmarks.md")
IMAGES = Path("docs/images")
F1 = ("open set", "OFAC companies", "OFAC persons", "name_bench")
WRONG = ("near duplicates", "persons not listed")


def between(page: Path, mark: str, lines: Sequence[str]) -> None:
    """Put the lines between the two comments of the page that name the mark."""
    begin, end = f"<!-- {mark}: begin -->", f"<!-- {mark}: end -->"
    before, _, rest = page.read_text().partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        raise SystemExit(f"{page} has no marks for {mark}")
    page.write_text("\n".join([before + begin, "", *lines, "", end]) + after)


def side_by_side(results: Sequence[Result]) -> Iterator[str]:
    """A row a tool: best F1 of each set, and how often it calls a stranger a match."""
    yield f"| tool | {' | '.join(F1)} | {' | '.join(WRONG)} called a match | µs a question |"
    yield "|---|" + "---|" * (len(F1) + len(WRONG)) + "---:|"
    for tool in dict.fromkeys(one.tool for one in results):
        of_tool = {one.set: one for one in results if one.tool == tool}
        cells = [written(of_tool[name].f1) if name in of_tool else "–" for name in F1]
        cells += [_percent(of_tool[name].wrong) if name in of_tool else "–" for name in WRONG]
        took = of_tool[F1[0]]
        cells.append(f"{took.seconds / took.questions * 1e6:,.0f}")
        name = f"**{tool}**" if tool == OURS else tool
        yield f"| {name} | {' | '.join(cells)} |"
    yield ""
    told = {one.tool: f"{one.threshold:.2f}" for one in results}
    yield (
        "Thresholds of a match: "
        + ", ".join(f"{tool} {at}" for tool, at in told.items() if tool != OURS)
        + "."
    )
    sizes = {one.set: one.questions for one in results}
    yield "Questions: " + ", ".join(f"{name} {size:,}" for name, size in sizes.items()) + "."


def features() -> Iterator[str]:
    """The table of features."""
    yield "| feature | speaks | source |"
    yield "|---|---:|---|"
    for one in PAIRS:
        yield f"| `{one.id}` | {one.speaks:+d} | {one.source} |"
    for name, speaks in RIVALS.items():
        yield f"| `{name}` | {speaks:+d} | rank and margin among all candidates of a question |"


def _percent(share: Measured) -> str:
    return f"{share.value:.2%} ({share.low:.2%}–{share.high:.2%})"
