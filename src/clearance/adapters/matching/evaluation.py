"""A report of how good matching was: figures by slice as Markdown, calibration as a picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from clearance.usecases.evaluate import LARGE, Measured, Slice, Step

FILES = ("report.md", "calibration.svg")
SIZE, EDGE = 360, 44
_STYLE = "font-family:sans-serif;font-size:12px"


def report(title: str, slices: Iterable[Slice], steps: Sequence[Step]) -> str:
    """The report in Markdown; a picture beside it is named ``calibration.svg``."""
    return "\n".join([f"# {title}", "", *table(slices), "", *_said(steps), ""])


def table(slices: Iterable[Slice]) -> Iterator[str]:
    """A row a slice; each figure with the interval that 95 % of resampled lists give."""
    yield (
        "| slice | questions | best F1 | recall at 95 % | recall at 99 % | calibration error "
        "| by chance |"
    )
    yield "|---|---:|---|---|---|---|---:|"
    for one in slices:
        figures = (one.f1, one.recall_95, one.recall_99, one.calibration_error)
        small = "" if one.questions >= LARGE else " (small)"
        cells = " | ".join(map(written, figures))
        chance = f"{one.by_chance:.3f}".removeprefix("0")
        yield f"| {one.name}{small} | {one.questions:,} | {cells} | {chance} |"


def written(figure: Measured) -> str:
    """A figure and its interval.

    >>> written(Measured(0.9123, 0.9, 0.92))
    '.912 (.900–.920)'
    """
    value, low, high = (f"{one:.3f}".removeprefix("0") for one in _of(figure))
    return f"{value} ({low}–{high})"


def _of(figure: Measured) -> tuple[float, float, float]:
    return figure.value, figure.low, figure.high


def _said(steps: Sequence[Step]) -> Iterator[str]:
    yield "![What was said and what was seen](calibration.svg)"
    yield ""
    yield "| said | seen | questions |"
    yield "|---:|---:|---:|"
    for step in steps:
        yield f"| {step.said:.1%} | {step.seen:.1%} | {step.questions:,} |"


def calibration_picture(steps: Sequence[Step], title: str) -> str:
    """What was said against what was seen, as SVG; on the line they are the same."""
    points = " ".join(f"{_x(step.said):.1f},{_y(step.seen):.1f}" for step in steps)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" role="img">',
            f"<title>{title}</title>",
            f'<rect width="{SIZE}" height="{SIZE}" fill="#fff"/>',
            *_axes(),
            f'<polyline points="{points}" fill="none" stroke="#1f5f8b" stroke-width="2"/>',
            *(_dot(step) for step in steps),
            "</svg>",
            "",
        ]
    )


def _axes() -> Iterator[str]:
    left, right, low, high = _x(0), _x(1), _y(0), _y(1)
    yield f'<path d="M{left} {high}V{low}H{right}" fill="none" stroke="#555"/>'
    dashes = 'stroke="#999" stroke-dasharray="4 4"'
    yield f'<line x1="{left}" y1="{low}" x2="{right}" y2="{high}" {dashes}/>'
    for tick in (0, 25, 50, 75, 100):
        across, up = _x(tick / 100), _y(tick / 100)
        yield _text(across, low + 16, "middle", str(tick))
        yield _text(left - 6, up + 4, "end", str(tick))
    yield _text((left + right) / 2, SIZE - 8, "middle", "said, %")
    yield _text(8, high - 14, "start", "seen, %")


def _text(x: float, y: float, anchor: str, text: str) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" style="{_STYLE}">{text}</text>'


def _dot(step: Step) -> str:
    told = f"said {step.said:.1%}, seen {step.seen:.1%}, {step.questions:,} questions"
    place = f'cx="{_x(step.said):.1f}" cy="{_y(step.seen):.1f}"'
    return f'<circle {place} r="4" fill="#1f5f8b"><title>{told}</title></circle>'


def _x(share: float) -> float:
    return EDGE + share * (SIZE - 2 * EDGE)


def _y(share: float) -> float:
    return SIZE - EDGE - share * (SIZE - 2 * EDGE)
