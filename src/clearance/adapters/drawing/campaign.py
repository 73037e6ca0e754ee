"""Pictures of a campaign as SVG: activity raster, evidence bars, days, and who shares what.

Colours are classes of the page's style sheet; nothing in it is a text from outside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from math import cos, log10, pi, sin

from clearance.adapters.drawing.style import STYLE as COLOURS
from clearance.campaigns.evidence import Evidence
from clearance.campaigns.verdict import counts
from clearance.model.dates import text_of_day
from clearance.usecases.campaign_picture import CampaignPicture

STYLE = """
.picture{display:block;max-width:100%;height:auto;margin:0 0 14px}
.picture .part{fill:var(--link);stroke:none}.picture .weak{fill:var(--rule)}
.picture .marks{stroke:var(--soft);stroke-width:1;fill:none;opacity:.55}
.picture .together{stroke:var(--deny);stroke-width:1.4;opacity:1}
.picture .moved{fill:var(--deny)}
.picture .grid{stroke:var(--rule);fill:none}
.picture text{fill:var(--soft);font:11px system-ui,sans-serif}
.picture .tick{text-anchor:middle}.picture .start{text-anchor:start}
.picture .end{text-anchor:end}.picture .label{text-anchor:end;font-size:12.5px}
.picture .card{stroke:var(--link);fill:none;stroke-width:1.2}
.picture .address{stroke:var(--rule);fill:none;stroke-width:.7}
.picture .dot{fill:var(--ink)}
"""
"""The classes of these pictures; the colours are the page's."""

_ROW, _LEFT = 7, 8
_WIDE = 1440 / 2
_RADIUS = 150
_DAYS = 480.0


def raster(drawn: CampaignPicture, *, alone: bool = False) -> str:
    """The busiest day, a row a member, a mark a minute; strong where many act in one minute.

    **Shape**: ``alone`` adds colours, a sheet and the namespace, for a file of its own.
    """
    high = len(drawn.minutes) * _ROW
    together = _together(drawn)
    marks: dict[bool, list[str]] = {False: [], True: []}
    for at, minutes in enumerate(drawn.minutes):
        for minute in minutes:
            mark = f"M{_LEFT + minute / 2:g} {at * _ROW + 1}v{_ROW - 2}"
            marks[minute in together].append(mark)
    hours = "".join(
        f'<text class="tick" x="{_LEFT + hour * 30}" y="{high + 13}">{hour:02d}</text>'
        f'<path class="grid" d="M{_LEFT + hour * 30} 0V{high}"/>'
        for hour in range(0, 25, 3)
    )
    return _svg(
        _WIDE + 2 * _LEFT,
        high + 18,
        "Requests of members on the busiest day, by minute",
        f'{hours}<path class="marks" d="{"".join(marks[False])}"/>'
        f'<path class="marks together" d="{"".join(marks[True])}"/>',
        alone=alone,
    )


def _together(drawn: CampaignPicture) -> frozenset[int]:
    """The minutes in which an eighth of those drawn act, three at least."""
    count = Counter(minute for minutes in drawn.minutes for minute in minutes)
    least = max(3.0, len(drawn.minutes) / 8)
    return frozenset(minute for minute, members in count.items() if members >= least)


def bars(evidence: Sequence[Evidence]) -> str:
    """How much more was observed than expected, on a logarithmic scale; filled where it counts."""
    rows: list[str] = []
    for at, one in enumerate(evidence):
        y = at * 24
        long = min(420.0, max(2.0, 140 * log10(max(one.lift, 1.0))))
        kind = "part" if counts(one) else "part weak"
        rows.append(
            f'<text class="label" x="88" y="{y + 15}">{one.kind.value}</text>'
            f'<rect class="{kind}" x="96" y="{y + 4}" width="{long:.1f}" height="15"/>'
            f'<text class="tick start" x="{100 + long:.1f}" y="{y + 16}">'
            f"{one.lift:.3g} times</text>"
        )
    return _svg(600, 24 * len(evidence) + 4, "Lift of each kind of evidence", "".join(rows))


def days(timeline: Sequence[tuple[int, int]], moved: Container[int] = ()) -> str:
    """Requests a day; strong on the days of a move to another model."""
    first, last = timeline[0][0], timeline[-1][0]
    most = max(n for _, n in timeline)
    step = min(24.0, _DAYS / (last - first + 1))
    wide = max(_DAYS / 2, step * (last - first + 1))
    parts = "".join(
        f'<rect class="part{" moved" if day in moved else ""}" x="{(day - first) * step:.1f}" '
        f'y="{16 + 56 * (1 - n / most):.1f}" width="{max(1.0, step - 1):.1f}" '
        f'height="{56 * n / most:.1f}"/>'
        for day, n in timeline
    )
    said = (
        f'<text class="start" x="0" y="10">at most {most:,} a day</text>'
        f'<text class="start" x="0" y="86">{text_of_day(first)}</text>'
        f'<text class="end" x="{wide:.0f}" y="86">{text_of_day(last)}</text>'
    )
    return _svg(wide + 2, 90, "Requests a day", parts + said)


def graph(drawn: CampaignPicture) -> str:
    """Members on a circle, joined where they share a card (full) or an address (faint)."""
    count = max(1, len(drawn.minutes))
    middle = _RADIUS + 12
    place = [
        (middle + _RADIUS * cos(2 * pi * at / count), middle + _RADIUS * sin(2 * pi * at / count))
        for at in range(count)
    ]
    lines = "".join(
        f'<path class="{kind}" d="M{place[one][0]:.1f} {place[one][1]:.1f}'
        f'Q{middle} {middle} {place[other][0]:.1f} {place[other][1]:.1f}"/>'
        for kind, one, other in sorted(drawn.lines)
    )
    dots = "".join(f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="4"/>' for x, y in place)
    return _svg(2 * middle, 2 * middle, "Who shares a card or an address with whom", lines + dots)


def _svg(wide: float, high: float, title: str, inside: str, *, alone: bool = False) -> str:
    space = ' xmlns="http://www.w3.org/2000/svg"' if alone else ""
    sheet = f'<style>{COLOURS}{STYLE}</style><rect class="sheet" width="100%" height="100%"/>'
    return (
        f'<svg{space} class="picture{" drawing" if alone else ""}" '
        f'viewBox="0 0 {wide:.0f} {high:.0f}" width="{wide:.0f}" height="{high:.0f}" '
        f'role="img" aria-label="{title}">{sheet if alone else ""}{inside}</svg>'
    )
