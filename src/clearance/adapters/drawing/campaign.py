"""Pictures of a campaign as SVG: activity raster, evidence bars, days, and who shares what.

Colours are classes of the page's style sheet; nothing in it is a text from outside.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, log10, pi, sin

from clearance.campaigns.evidence import Evidence
from clearance.campaigns.verdict import counts
from clearance.usecases.campaign_picture import CampaignPicture

_ROW, _LEFT = 7, 8
_WIDE = 1440 / 2
_RADIUS = 150


def raster(drawn: CampaignPicture) -> str:
    """The busiest day, a row a member, a mark a minute."""
    high = len(drawn.minutes) * _ROW
    marks = "".join(
        f"M{_LEFT + minute / 2:g} {at * _ROW + 1}v{_ROW - 2}"
        for at, minutes in enumerate(drawn.minutes)
        for minute in minutes
    )
    hours = "".join(
        f'<text class="tick" x="{_LEFT + hour * 30}" y="{high + 13}">{hour:02d}</text>'
        f'<path class="grid" d="M{_LEFT + hour * 30} 0V{high}"/>'
        for hour in range(0, 24, 3)
    )
    return _svg(
        _WIDE + 2 * _LEFT,
        high + 18,
        "Requests of members on the busiest day, by minute",
        f'{hours}<path class="marks" d="{marks}"/>',
    )


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


def days(timeline: Sequence[tuple[int, int]]) -> str:
    """Requests a day."""
    first, last = timeline[0][0], timeline[-1][0]
    most = max(n for _, n in timeline)
    wide = min(24.0, 720.0 / (last - first + 1))
    parts = "".join(
        f'<rect class="part" x="{(day - first) * wide:.1f}" y="{60 - 56 * n / most:.1f}" '
        f'width="{max(1.0, wide - 1):.1f}" height="{56 * n / most:.1f}"/>'
        for day, n in timeline
    )
    return _svg((last - first + 1) * wide + 2, 62, "Requests a day", parts)


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


def _svg(wide: float, high: float, title: str, inside: str) -> str:
    return (
        f'<svg class="picture" viewBox="0 0 {wide:.0f} {high:.0f}" width="{wide:.0f}" '
        f'height="{high:.0f}" role="img" aria-label="{title}">{inside}</svg>'
    )
