"""Where the words of each line stand: upon the line, beside boxes and other words.

1. A line's words stand where it leaves its holder; halfway where many leave one box.
2. Where they would lie on a box or on words already placed, they go along the line to the first
   place where they lie on nothing; if there is none, to where they lie on least.
3. Lines come in their order, so the same picture always gives the same drawing.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clearance.adapters.foreign_text import columns

Point = tuple[float, float]
Route = Sequence[Point]

LETTER = 8.8
"""Width of a letter in the widest of common typefaces, with some air."""

RISE = 13.0
FALL = 4.0
"""How far words reach above and below their base line."""

STEPS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.88)
"""Parts of the way along a piece of a line at which its words may stand."""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle on the sheet; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def shared(self, other: Area) -> float:
        """The surface of what both cover."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide * high if wide > 0 and high > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Words:
    """What is written on a line; ``crowded`` if many leave the same box."""

    text: str
    route: Route
    crowded: bool = False


def placed(lines: Sequence[Words], boxes: Sequence[Area]) -> list[Point]:
    """The middle of each text on its base line.

    **Cost**: lines times places on a line times boxes and lines.
    """
    taken = list(boxes)
    points: list[Point] = []
    for line in lines:
        point = _free(line, taken)
        taken.append(_area(line.text, point))
        points.append(point)
    return points


def _free(line: Words, taken: Sequence[Area]) -> Point:
    """The first place that lies on nothing, else the one that lies on least."""
    least: tuple[float, Point] | None = None
    for point in _places(line):
        area = _area(line.text, point)
        covered = sum(area.shared(other) for other in taken)
        if not covered:
            return point
        if least is None or covered < least[0]:
            least = covered, point
    return least[1] if least else line.route[0]


def _places(line: Words) -> Iterator[Point]:
    (x, y), (next_x, next_y) = line.route[0], line.route[1]
    if line.crowded:
        yield (x + next_x) / 2, (y + next_y) / 2 + FALL
    else:
        yield x + (next_x - x) * 0.06, y + (19 if next_y >= y else -11)
    for start, end in itertools.pairwise(line.route):
        for part in STEPS:
            yield _along(start, end, part)


def _along(start: Point, end: Point, part: float) -> Point:
    """A point of the curve that leaves and arrives upright, lowered to a base line."""
    eased = part * part * (3 - 2 * part)
    rest = 1 - part
    high = rest**3 + 1.5 * part * rest
    x = start[0] + (end[0] - start[0]) * eased
    return x, start[1] * high + end[1] * (1 - high) + FALL


def _area(text: str, point: Point) -> Area:
    half = LETTER * columns(text) / 2
    return Area(point[0] - half, point[1] - RISE, point[0] + half, point[1] + FALL)
