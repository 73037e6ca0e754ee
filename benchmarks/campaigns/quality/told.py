"""What was measured, as the tables of ``docs/benchmark-campaigns.md``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from benchmarks.campaigns.quality.cases import Case
from benchmarks.campaigns.quality.judged import Judgement


def table(cases: Sequence[Case], done: Mapping[str, Judgement], about: str) -> list[str]:
    """One row a kind of log, with the worst of its seeds."""
    rows = [
        f"Measured on {about}.",
        "",
        "| log | logs | seeds | least precision | least recall | for review | strangers flagged |",
        "|---|---:|---|---:|---:|---:|---|",
    ]
    names = dict.fromkeys((one.kind, one.name) for one in cases)
    for kind, name in names:
        here = [one for one in cases if (one.kind, one.name) == (kind, name) and one.id in done]
        if here:
            seeds = ", ".join(str(one.plan.seed) for one in here)
            said = [done[one.id] for one in here]
            rows.append(f"| {name} | {len(here)} | {seeds} | {_row(said)} |")
    return rows


def silent(done: Iterable[Judgement]) -> str:
    """Which crowds stayed silent, in how many logs."""
    told = list(done)
    crowds = sorted({name for one in told for name in one.silent if "campaign" not in name})
    flagged = {name: sum(name in one.wrong for one in told) for name in crowds}
    heads = "Crowds, flagged in so many logs: "
    return heads + ", ".join(f"{name} {flagged[name]}" for name in crowds) + "."


def _row(said: Sequence[Judgement]) -> str:
    planted = any(one.planted for one in said)
    precise = [one.right / one.linked for one in said if one.linked]
    recall = min(one.right / one.planted for one in said) if planted else None
    strangers: dict[str, int] = {}
    for one in said:
        for name, count in one.wrong.items():
            strangers[name] = strangers.get(name, 0) + count
    cells = (
        f"{min(precise):.4f}" if precise else "nothing flagged",
        "–" if recall is None else f"{recall:.4f}",
        str(sum(one.review for one in said)),
        ", ".join(f"{count} {name}" for name, count in strangers.items()) or "none",
    )
    return " | ".join(cells)
