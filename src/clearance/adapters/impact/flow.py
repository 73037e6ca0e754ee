"""The picture of a change: outcomes before at the left, after at the right, bands between.

1. A column holds the whole portfolio, strictest at the top; heights are customers.
2. A band that is there is seen: it is drawn at least a pixel high.
3. Bands are told in their own titles, so that nobody has to measure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from clearance.adapters.report.words import number, outcome_word
from clearance.model.outcome import Outcome
from clearance.usecases.screened import Count

WIDTH, HEIGHT, COLUMN, GAP = 1000, 240, 18, 14
LEFT, RIGHT = 220, WIDTH - 220
Matrix = Mapping[tuple[Outcome, Outcome], Count]


@dataclass(frozen=True, slots=True)
class _Box:
    """An outcome in a column: from where down, how high, how many customers."""

    top: float
    high: float
    customers: int


def flow(matrix: Matrix) -> str:
    """The drawing as SVG.

    >>> flow({(Outcome.ALLOW, Outcome.DENY): Count(3)}).count("<path")
    1
    """
    total = sum(count.customers for count in matrix.values()) or 1
    columns = [_column(matrix, side, total) for side in (0, 1)]
    high = 26 + max(sum(box.high + GAP for box in column.values()) for column in columns)
    return (
        f'<svg class="flow" viewBox="0 0 {WIDTH} {high:.0f}" role="img" '
        'aria-label="Outcomes before and after">'
        f'<text x="{LEFT}" y="14" class="end">before</text><text x="{RIGHT}" y="14">after</text>'
        + "".join(_bands(matrix, columns, total))
        + "".join(_boxes(columns[0], LEFT - COLUMN, LEFT - COLUMN - 8, ' class="end"'))
        + "".join(_boxes(columns[1], RIGHT, RIGHT + COLUMN + 8, ""))
        + "</svg>"
    )


def _high(customers: int, total: int) -> float:
    return max(1.0, customers * HEIGHT / total)


def _column(matrix: Matrix, side: int, total: int) -> dict[Outcome, _Box]:
    """The outcomes of a column, from top to bottom."""
    found: dict[Outcome, _Box] = {}
    top = 26.0
    for outcome in sorted(Outcome, reverse=True):
        some = [count.customers for key, count in matrix.items() if key[side] is outcome]
        if some:
            found[outcome] = _Box(top, sum(_high(one, total) for one in some), sum(some))
            top += found[outcome].high + GAP
    return found


def _bands(matrix: Matrix, columns: list[dict[Outcome, _Box]], total: int) -> Iterator[str]:
    from_y, to_y = ({word: box.top for word, box in column.items()} for column in columns)
    for (before, after), count in sorted(matrix.items(), reverse=True):
        high = _high(count.customers, total)
        yield _band((before, after), count, (from_y[before], to_y[after]), high)
        from_y[before] += high
        to_y[after] += high


def _band(way: tuple[Outcome, Outcome], count: Count, y: tuple[float, float], high: float) -> str:
    before, after = map(outcome_word, way)
    (start, end), middle = y, (LEFT + RIGHT) // 2
    told = (
        f"{before.label} to {after.label}: {number(count.customers)} customers, "
        f"revenue {number(count.revenue)}"
    )
    kept = " same" if before == after else ""
    upper = f"C{middle} {start:.1f} {middle} {end:.1f} {RIGHT} {end:.1f}"
    lower = f"C{middle} {end + high:.1f} {middle} {start + high:.1f} {LEFT} {start + high:.1f}"
    return (
        f'<path class="band {after.word}{kept}" d="M{LEFT} {start:.1f}{upper}'
        f'V{end + high:.1f}{lower}Z"><title>{told}</title></path>'
    )


def _boxes(column: dict[Outcome, _Box], x: int, text: int, anchor: str) -> Iterator[str]:
    for outcome, box in column.items():
        word = outcome_word(outcome)
        yield (
            f'<rect class="part {word.word}" x="{x}" y="{box.top:.1f}" width="{COLUMN}" '
            f'height="{box.high:.1f}"></rect><text x="{text}" y="{box.top + box.high / 2 + 5:.1f}"'
            f"{anchor}>{word.sign} {word.label} {number(box.customers)}</text>"
        )
