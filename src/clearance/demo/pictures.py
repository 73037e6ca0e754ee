"""The demo's pictures, drawn from the run: policies, a path across borders, a campaign's day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from clearance.adapters.drawing.campaign import raster
from clearance.adapters.drawing.svg import drawing
from clearance.bootstrap import explaining
from clearance.demo.answers import Row, revenue_of
from clearance.demo.chart import Bar, draw_bars
from clearance.demo.stage import AFTER, DAY, REGIONS, Stage, money
from clearance.usecases.campaign_picture import CampaignPicture
from clearance.usecases.tree_picture import tree_picture

BANDS = "before-after.svg"
PATH = "path.svg"
RASTER = "as-one.svg"


def draw_path(stage: Stage, party: str) -> Path:
    """Who owns a party, with the sum at each step."""
    explanation = explaining.explain(
        stage.snapshot, party, AFTER, as_of=DAY, regions=str(stage.folder / REGIONS)
    )
    file = stage.folder / PATH
    file.write_text(drawing(tree_picture(explanation), "path", alone=True), encoding="utf-8")
    return file


def draw_raster(stage: Stage, campaign: CampaignPicture) -> Path:
    """The busiest day of a campaign, minute by minute."""
    file = stage.folder / RASTER
    file.write_text(raster(campaign, alone=True), encoding="utf-8")
    return file


def draw_bands(stage: Stage) -> Path:
    """Customers and revenue that each policy denies for certain, and that may still be denied."""
    bars = []
    for name, title in (("before", "location only"), ("after", "and ownership")):
        rows = stage.answers(name)
        denied = [row for row in rows.values() if row.outcome == "deny"]
        open_ = [row for row in rows.values() if row.outcome == "review"]
        bars.append(_customers(title, rows, denied, open_))
        bars.append(_revenue(title, rows, denied, open_))
    bars.sort(key=lambda bar: not bar.title.startswith("customers"))
    file = stage.folder / BANDS
    title = "Before and after: denied for certain, and possibly (left to people)"
    file.write_text(draw_bars(title, tuple(bars), 0.30), encoding="utf-8")
    return file


def _customers(
    title: str, rows: Mapping[str, Row], denied: Sequence[Row], open_: Sequence[Row]
) -> Bar:
    total = len(rows)
    return Bar(
        f"customers, {title}",
        len(denied) / total,
        len(open_) / total,
        f"denied {len(denied):,} ({len(denied) / total:.1%})",
        f"left to people {len(open_):,} ({len(open_) / total:.1%})",
    )


def _revenue(
    title: str, rows: Mapping[str, Row], denied: Sequence[Row], open_: Sequence[Row]
) -> Bar:
    total = revenue_of(list(rows.values()))
    return Bar(
        f"revenue, {title}",
        revenue_of(denied) / total,
        revenue_of(open_) / total,
        f"denied {money(revenue_of(denied))} a year",
        f"left to people {money(revenue_of(open_))}",
    )
