"""One party of a drawing: an outline that tells its kind, and a sign that tells its role."""

from __future__ import annotations

from html import escape

from clearance.adapters.foreign_text import columns, shortened, visible
from clearance.model.party import PartyKind
from clearance.usecases.picture import Box, Role

WIDE = 208.0
HIGH = 96.0
LETTERS = 23
"""Columns of a name that fit on one of its two lines."""


def box_svg(box: Box, x: float, y: float) -> str:
    """The box centred at (x, y), as a group."""
    left, top = x - WIDE / 2, y - HIGH / 2
    asked = " asked" if box.asked else ""
    spoken = escape(visible(box.name or box.id), quote=True)
    return (
        f'<g class="box {box.role.value}{asked}" transform="translate({left:.1f} {top:.1f})">'
        f"<title>{spoken} ({box.kind.word}, {box.role.value})</title>"
        f"{_outline(box)}{_sign(box.role)}{_name(box)}{_region(box)}{_sum(box)}</g>"
    )


def _outline(box: Box) -> str:
    """Entity: rectangle; person: round ends; state: cut corners; arrangement: slanted."""
    match box.kind:
        case PartyKind.PERSON:
            shape = f'<rect class="frame" width="{WIDE:.0f}" height="{HIGH:.0f}" rx="34"/>'
        case PartyKind.STATE:
            shape = (
                f'<path class="frame" d="M14 0H{WIDE - 14:.0f}l14 14V{HIGH - 14:.0f}l-14 14H14'
                f'l-14 -14V14z"/>'
            )
        case PartyKind.ARRANGEMENT:
            shape = f'<path class="frame" d="M12 0H{WIDE:.0f}L{WIDE - 12:.0f} {HIGH:.0f}H0z"/>'
        case _:
            shape = f'<rect class="frame" width="{WIDE:.0f}" height="{HIGH:.0f}" rx="7"/>'
    if box.role is Role.RESTRICTED and box.kind in (PartyKind.ENTITY, PartyKind.UNKNOWN):
        inner = f'width="{WIDE - 8:.0f}" height="{HIGH - 8:.0f}" rx="4"'
        shape += f'<rect class="inner" x="4" y="4" {inner}/>'
    return shape


def _sign(role: Role) -> str:
    match role:
        case Role.RESTRICTED:
            return '<g class="sign"><circle cx="22" cy="22" r="9"/><path d="M16.5 22h11"/></g>'
        case Role.REACHED:
            return '<g class="sign"><path d="M22 13l9.5 17h-19z"/></g>'
        case Role.POSSIBLE:
            return '<g class="sign hollow"><path d="M22 12.5l9.5 9.5l-9.5 9.5l-9.5 -9.5z"/></g>'
        case Role.UNKNOWN:
            return '<text class="mark" x="22" y="29">?</text>'
        case _:
            return ""


def _name(box: Box) -> str:
    lines = _wrapped(visible(box.name or box.id))
    start = (45.0 if len(lines) > 1 else 53.0) + (0 if box.sum else 4)
    return "".join(
        f'<text class="name" x="{WIDE / 2:.0f}" y="{start + 16 * at:.0f}">{escape(line)}</text>'
        for at, line in enumerate(lines)
    )


def _wrapped(name: str) -> list[str]:
    """At most two lines, broken between words where that helps."""
    room = LETTERS
    if columns(name) <= room:
        return [name]
    cut = shortened(name, room).removesuffix("…")
    space = cut.rfind(" ")
    first = cut[:space] if space > room // 3 else cut
    rest = name[len(first) :].strip()
    return [first, shortened(rest, room)]


def _region(box: Box) -> str:
    """The code where it is run from; in brackets where that is inferred."""
    code = f"({box.region})" if box.inferred and box.region else box.region
    if not code and box.kind in (PartyKind.ENTITY, PartyKind.ARRANGEMENT):
        code = "" if box.role in (Role.MORE, Role.UNKNOWN) else "?"
    if not code:
        return ""
    other = box.incorporated if box.incorporated not in ("", box.region) else ""
    text = visible(f"{code} · inc. {other}" if other else code)
    wide = 7.6 * len(text) + 12
    left = WIDE - wide - (18 if box.kind in (PartyKind.PERSON, PartyKind.STATE) else 9)
    return (
        f'<g class="region"><rect x="{left:.0f}" y="9" width="{wide:.0f}" height="18" rx="4"/>'
        f'<text x="{left + wide / 2:.0f}" y="22">{escape(text)}</text></g>'
    )


def _sum(box: Box) -> str:
    if not box.sum:
        return ""
    shown = escape(shortened(visible(box.sum), 31))
    whole = escape(visible(box.sum))
    return (
        f'<text class="sum" x="{WIDE / 2:.0f}" y="{HIGH - 13:.0f}">{shown}<title>{whole}</title>'
        "</text>"
    )
