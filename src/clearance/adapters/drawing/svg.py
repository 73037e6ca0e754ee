"""An ownership picture as an SVG element.

1. Owners stand above what they own; the share is written upon the line, by its holder if it can.
2. Shape tells the kind of party and, by a sign in the corner, whether it is restricted (a barred
   disc), reached (a filled triangle), possibly reached (a hollow diamond) or unknown (a question
   mark); colour only repeats it.
3. Dashed lines are indirect, inferred or attributed.
4. Colours are classes: ``style.css`` gives them, in light and dark; alone, the drawing carries it.
5. Nothing in it is markup from outside: every text is escaped and shown by ``visible``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html import escape

from clearance.adapters.drawing.boxes import HIGH, WIDE, box_svg
from clearance.adapters.drawing.labels import Area, Point, Words, placed
from clearance.adapters.drawing.places import centres
from clearance.adapters.drawing.ranks import Bend, Layers, Node, layered
from clearance.adapters.drawing.style import STYLE
from clearance.adapters.foreign_text import visible
from clearance.usecases.picture import Line, Picture

GAP = 26.0
LAYER = 166.0
EDGE = 10.0
CROWD = 3
"""Lines leaving one box whose shares still stand side by side."""

MARGIN = 14.0


def drawing(picture: Picture, name: str, *, alone: bool = False) -> str:
    """The picture as ``<svg>``.

    **Shape**: ``name`` begins every id inside, so that many drawings share a page; ``alone`` adds
    the style sheet and the namespace, for a file of its own.

    **Cost**: some milliseconds for a picture of thirty parties.
    """
    if not all(sign.isalnum() or sign == "-" for sign in name):
        raise ValueError(name)
    layers = layered(
        [box.id for box in reversed(picture.boxes)],
        [(line.holder, line.subject) for line in picture.lines],
    )
    width: dict[Node, float] = {
        node: EDGE if isinstance(node, Bend) else WIDE for layer in layers.layers for node in layer
    }
    x = centres(layers, width, GAP)
    place = _points(layers, x)
    wide = max((x[node] + width[node] / 2 for node in x), default=WIDE) + 2 * MARGIN
    high = LAYER * (len(layers.layers) - 1) + HIGH + 2 * MARGIN
    return "".join(_parts(picture, layers, place, (wide, high), name, alone))


def _parts(
    picture: Picture,
    layers: Layers,
    place: dict[Node, Point],
    size: Point,
    name: str,
    alone: bool,
) -> Iterator[str]:
    space = ' xmlns="http://www.w3.org/2000/svg"' if alone else ""
    yield (
        f'<svg{space} class="drawing" viewBox="0 0 {size[0]:.0f} {size[1]:.0f}" '
        f'width="{size[0]:.0f}" height="{size[1]:.0f}" role="img" '
        f'aria-labelledby="{name}-t {name}-d">'
        f'<title id="{name}-t">{_text(picture.title)}</title>'
        f'<desc id="{name}-d">{_text(_told(picture))}</desc>'
    )
    if alone:
        yield f"<style>{STYLE}</style>"
        yield f'<rect class="sheet" width="{size[0]:.0f}" height="{size[1]:.0f}"/>'
    routes = _routes(layers, place)
    for line, route in zip(picture.lines, routes, strict=True):
        yield _path(line, route)
    for box in picture.boxes:
        yield box_svg(box, *place[box.id])
    for line, point in zip(picture.lines, _worded(picture, routes, place), strict=True):
        yield _label(line, point)
    yield "</svg>"


def _worded(picture: Picture, routes: list[list[Point]], place: dict[Node, Point]) -> list[Point]:
    """Where the words of each line stand."""
    held = Counter(line.holder for line in picture.lines)
    words = [
        Words(visible(line.share), route, held[line.holder] > CROWD)
        for line, route in zip(picture.lines, routes, strict=True)
    ]
    centre = (place[box.id] for box in picture.boxes)
    return placed(
        words, [Area(x - WIDE / 2, y - HIGH / 2, x + WIDE / 2, y + HIGH / 2) for x, y in centre]
    )


def _points(layers: Layers, x: dict[Node, float]) -> dict[Node, Point]:
    """Centre of each node; y grows downwards, the lowest layer stands at the foot."""
    top = len(layers.layers) - 1
    return {
        node: (x[node] + MARGIN, (top - at) * LAYER + HIGH / 2 + MARGIN)
        for at, layer in enumerate(layers.layers)
        for node in layer
    }


def _routes(layers: Layers, place: dict[Node, Point]) -> list[list[Point]]:
    """The points of each line from holder to subject, ports spread along the edges of boxes."""
    out_at: dict[Node, list[tuple[float, int]]] = {}
    in_at: dict[Node, list[tuple[float, int]]] = {}
    for at, chain in enumerate(layers.chains):
        out_at.setdefault(chain[0], []).append((place[chain[1]][0], at))
        in_at.setdefault(chain[-1], []).append((place[chain[-2]][0], at))
    foot = {edge: port for node, ends in out_at.items() for edge, port in _ports(node, ends, place)}
    head = {edge: port for node, ends in in_at.items() for edge, port in _ports(node, ends, place)}
    routes: list[list[Point]] = []
    for at, chain in enumerate(layers.chains):
        start = (foot[at], place[chain[0]][1] + HIGH / 2)
        end = (head[at], place[chain[-1]][1] - HIGH / 2)
        points = [start, *(place[bend] for bend in chain[1:-1]), end]
        routes.append(points[::-1] if at in layers.reversed_edges else points)
    return routes


def _ports(
    node: Node, ends: list[tuple[float, int]], place: dict[Node, Point]
) -> Iterator[tuple[int, float]]:
    step = min(64.0, (WIDE - 24) / max(len(ends), 1))
    left = place[node][0] - step * (len(ends) - 1) / 2
    for rank, (_, edge) in enumerate(sorted(ends)):
        yield edge, left + rank * step


def _path(line: Line, route: list[Point]) -> str:
    """A smooth line with an arrow head at the subject."""
    x, y = route[0]
    parts = [f"M{x:.1f} {y:.1f}"]
    for next_x, next_y in route[1:]:
        middle = (y + next_y) / 2
        parts.append(f"C{x:.1f} {middle:.1f} {next_x:.1f} {middle:.1f} {next_x:.1f} {next_y:.1f}")
        x, y = next_x, next_y
    down = route[-1][1] >= route[-2][1]
    tip = -8 if down else 8
    style = "line dashed" if line.dashed else "line"
    return (
        f'<path class="{style}" d="{"".join(parts)}"/>'
        f'<path class="tip" d="M{x:.1f} {y:.1f}l-4.5 {tip}h9z"/>'
    )


def _label(line: Line, point: Point) -> str:
    note = f"<title>{_text(line.note)}</title>" if line.note else ""
    x, y = point
    return f'<text class="share" x="{x:.1f}" y="{y:.1f}">{_text(line.share)}{note}</text>'


def _told(picture: Picture) -> str:
    """The drawing in words, for those who do not see it."""
    names = {box.id: box.name or box.id for box in picture.boxes}
    return ". ".join(
        f"{names[line.holder]} holds {line.share} of {names[line.subject]}"
        for line in picture.lines
    )


def _text(text: str) -> str:
    return escape(visible(text), quote=True)
