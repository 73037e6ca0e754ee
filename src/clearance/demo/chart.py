"""Before and after as one picture: what each policy does to customers and to revenue.

Bars are to scale. Denied is certain; the hatched part is possible: it waits for a person, or for a
fact. A pattern and a label go with every colour.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape

WIDTH = 860
LEFT = 190
BAR = 26
ROW = 62
TOP = 64


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: the share of the whole (0 to 1) that is certain, possible, and a label for each."""

    title: str
    certain: float
    possible: float
    certain_label: str
    possible_label: str


def draw_bars(title: str, bars: tuple[Bar, ...], scale: float) -> str:
    """The picture as SVG text; ``scale`` is the part of the whole that fills the width."""
    height = TOP + ROW * len(bars) + 34
    rows = "".join(_row(bar, TOP + ROW * number, scale) for number, bar in enumerate(bars))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="{escape(title, {chr(34): "&quot;"})}" '
        'font-family="system-ui, sans-serif" font-size="13">'
        f"{_STYLE}"
        f'<rect width="{WIDTH}" height="{height}" class="paper"/>'
        f'<text x="16" y="28" class="title">{escape(title)}</text>'
        f"{rows}{_axis(height, scale)}</svg>\n"
    )


_STYLE = (
    "<style>.paper{fill:#fff}.title{font-size:16px;font-weight:600}text{fill:#1d2433}"
    ".quiet{fill:#5b6475}.certain{fill:#b3261e}.edge{fill:none;stroke:#c9ced8}"
    "</style>"
    '<defs><pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="7" height="7" fill="#fbe3b5"/>'
    '<line x1="0" y1="0" x2="0" y2="7" stroke="#b26a00" stroke-width="3"/></pattern></defs>'
)


def _row(bar: Bar, y: int, scale: float) -> str:
    certain = _length(bar.certain, scale)
    possible = _length(bar.possible, scale)
    label = f"{bar.certain_label} · {bar.possible_label}"
    return (
        f'<text x="{LEFT - 12}" y="{y + 18}" text-anchor="end">{escape(bar.title)}</text>'
        f'<rect x="{LEFT}" y="{y}" width="{_length(scale, scale):.1f}" height="{BAR}" '
        'class="edge"/>'
        f'<rect x="{LEFT}" y="{y}" width="{certain:.1f}" height="{BAR}" class="certain"/>'
        f'<rect x="{LEFT + certain:.1f}" y="{y}" width="{possible:.1f}" height="{BAR}" '
        'fill="url(#hatch)"/>'
        f'<text x="{LEFT}" y="{y + BAR + 16}" class="quiet">{escape(label)}</text>'
    )


def _axis(height: int, scale: float) -> str:
    right = LEFT + _length(scale, scale)
    return (
        f'<text x="{LEFT}" y="{height - 10}" class="quiet">0 %</text>'
        f'<text x="{right:.1f}" y="{height - 10}" class="quiet" text-anchor="end">'
        f"{scale * 100:g} % of the whole</text>"
    )


def _length(part: float, scale: float) -> float:
    return min(part / scale, 1.0) * (WIDTH - LEFT - 24)
