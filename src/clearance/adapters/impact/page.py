"""``impact.html``: what a change of policy would do, self-contained, with pictures.

The rules of the page of a screening hold: nothing is fetched, nothing from outside is markup, the
same run gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from clearance.adapters.impact.flow import flow
from clearance.adapters.report.head import cited
from clearance.adapters.report.numbers import settling
from clearance.adapters.report.page import asset, policy_for, render, safe
from clearance.adapters.report.words import number, outcome_word, part
from clearance.model.dates import text_of_day
from clearance.model.rule import Citation
from clearance.usecases.impacted import Impact, Labelled, Move, Open, Part, Reading, Row, Stake
from clearance.usecases.screened import Count

NAME = "impact.html"
MOST = 40
"""Rows of a table; the others stand in impact.json."""

WORDS: Mapping[Move, tuple[str, str, str]] = {
    Move.DENIED: ("Newly denied", "⊖", "deny"),
    Move.REVIEW: ("Newly in review", "◇", "review"),
    Move.STRICTER: ("Otherwise stricter", "↑", "limit"),
    Move.FREED: ("Freed", "✓", "allow"),
    Move.MILDER: ("Otherwise milder", "↓", "allow_with_notice"),
    Move.SAME: ("As before", "=", "allow_with_notice"),
}
"""How a move is shown: label, a sign that needs no colour, and the colours of an outcome."""


def page(impact: Impact, citations: Iterable[Citation], listed: int) -> str:
    """The page as HTML; ``listed`` customers stand in the list beside it."""
    style = asset("report.css") + asset("impact.css")
    return render(
        "impact.html.j2",
        {
            "csp": policy_for(style),
            "style": safe(style),
            "title": f"Impact of {impact.after}, {text_of_day(impact.on)}",
            "lead": lead(impact),
            "facts": _facts(impact),
            "notices": impact.notices,
            "tiles": [_tile(move, impact.whole) for move in Move],
            "flow": safe(flow(impact.whole.matrix)),
            "stakes": stakes(impact),
            "open_reasons": [
                {"code": code, **_figures(count)} for code, count in impact.whole.stake.open
            ],
            "tables": [
                _table("By rule", "Rule, or what is not known", impact.rules),
                _table("By segment", "Segment", impact.segments),
                _table("By country of the customer", "Country stated", impact.countries),
                _table("By region of the owners", "Region of restricted owners", impact.regions),
            ],
            "left_told": left_told(impact),
            "counted": counted_told(impact),
            "kinds": settling(impact.kinds),
            "single": settling(impact.facts),
            "open": [_open(one) for one in impact.open],
            "readings": [_reading(one) for one in readings(impact)],
            "labelled": [_labelled(one) for one in impact.labelled],
            "listed": number(listed),
            "citations": list(dict.fromkeys(map(cited, citations))),
        },
    )


def lead(impact: Impact) -> str:
    """The change in one sentence."""
    whole = impact.whole
    denied, review, freed = (
        number(whole.moves.get(move, Count()).customers)
        for move in (Move.DENIED, Move.REVIEW, Move.FREED)
    )
    total = number(whole.total.customers)
    return f"Of {total} customers, {denied} newly denied, {review} newly in review, {freed} freed."


def stakes(impact: Impact) -> list[dict[str, str]]:
    """Who would newly be denied, with bounds: everybody, and those from the line on."""
    parts = [("All customers", impact.whole)]
    if impact.large is not None and impact.line is not None:
        parts.append((f"Revenue from {number(impact.line)} a year", impact.large))
    return [row for name, some in parts for row in _stake(name, some)]


def left_told(impact: Impact) -> str:
    """How much is left to people, before and after."""
    whole, total = impact.whole, impact.whole.total.customers
    before, after = whole.left_before.customers, whole.left_after.customers
    return (
        f"Left to people: {number(after)} of {number(total)} customers ({part(after, total)}); "
        f"before {number(before)} ({part(before, total)})."
    )


def counted_told(impact: Impact) -> str:
    """Over whom the facts are counted."""
    left = impact.whole.left_after.customers
    if impact.asked >= left:
        return "Counted over all of them."
    return f"Counted over the {number(impact.asked)} with the largest revenue."


def revenue_told(impact: Impact) -> str:
    """What the revenue is, in words."""
    return impact.revenue_basis or "as the portfolio has it; its basis and date are not stated"


def readings(impact: Impact) -> list[Reading]:
    """The later policy and every reading, side by side."""
    own = Reading(impact.after, impact.titles[1], impact.whole, Count())
    return [own, *impact.readings] if impact.readings else []


def _facts(impact: Impact) -> list[tuple[str, str]]:
    return [
        ("Policy", f"{impact.titles[1]} ({impact.after})"),
        ("Against", f"{impact.titles[0]} ({impact.before})"),
        ("On", text_of_day(impact.on)),
        ("Revenue a year", revenue_told(impact)),
        ("Reference", f"snapshot {impact.snapshot[:12] or 'in memory'}"),
    ]


def _tile(move: Move, whole: Part) -> dict[str, str]:
    label, sign, tone = WORDS[move]
    count = whole.moves.get(move, Count())
    return {
        "label": label,
        "sign": sign,
        "tone": tone,
        "share": part(count.customers, whole.total.customers),
        "revenue_share": part(count.revenue, whole.total.revenue),
        **_figures(count),
    }


def _figures(count: Count) -> dict[str, str]:
    return {"customers": number(count.customers), "revenue": number(count.revenue)}


def _stake(name: str, some: Part) -> list[dict[str, str]]:
    rows = []
    for what, of in (("customers", "customers"), ("revenue a year", "revenue")):
        certain, decided, possible = (getattr(count, of) for count in _bounds(some.stake))
        whole = getattr(some.total, of) or 1
        rows.append(
            {
                "name": f"{name}, {what}",
                "certain": number(certain),
                "decided": number(decided),
                "possible": number(possible),
                "share": part(possible, getattr(some.total, of)),
                "certain_width": f"{float(certain * 1000 / whole):.2f}",
                "possible_width": f"{float(possible * 1000 / whole):.2f}",
                "decided_at": f"{float(decided * 1000 / whole):.2f}",
            }
        )
    return rows


def _bounds(stake: Stake) -> tuple[Count, Count, Count]:
    return stake.certain, stake.decided, stake.possible


def _table(title: str, first: str, rows: Sequence[Row]) -> dict[str, object]:
    moves = [move for move in Move if any(move in row.moves for row in rows)]
    most = max((row.moved for row in rows), default=1)
    return {
        "title": title,
        "first": first,
        "heads": [WORDS[move][0] for move in moves],
        "left_out": max(0, len(rows) - MOST),
        "rows": [
            {
                "name": row.name or "not known",
                "cells": [_figures(row.moves.get(move, Count())) for move in moves],
                "bars": _bars(row, moves, most),
            }
            for row in rows[:MOST]
        ],
    }


def _bars(row: Row, moves: Sequence[Move], most: int) -> list[dict[str, str]]:
    bars, start = [], 0.0
    for move in moves:
        width = row.moves.get(move, Count()).customers * 100 / most
        bars.append({"tone": WORDS[move][2], "x": f"{start:.2f}", "width": f"{width:.2f}"})
        start += width
    return bars


def _open(one: Open) -> dict[str, object]:
    word = outcome_word(one.before)
    return {
        "name": one.customer.name or one.customer.id,
        "id": one.customer.id,
        "revenue": number(one.customer.revenue),
        "label": word.label,
        "sign": word.sign,
        "word": word.word,
        "codes": list(dict.fromkeys(reason.code for reason in one.reasons)),
        "missing": [
            {"subject": name or told.subject, "what": told.what}
            for told, name in zip(one.missing, one.names, strict=True)
        ],
    }


def _reading(one: Reading) -> dict[str, str]:
    moves, stake = one.part.moves, one.part.stake
    return {
        "policy": one.policy,
        "title": one.title,
        "denied": number(moves.get(Move.DENIED, Count()).customers),
        "revenue": number(moves.get(Move.DENIED, Count()).revenue),
        "review": number(moves.get(Move.REVIEW, Count()).customers),
        "freed": number(moves.get(Move.FREED, Count()).customers),
        "bounds": f"{number(stake.certain.customers)} to {number(stake.possible.customers)}",
        "left": part(one.part.left_after.customers, one.part.total.customers),
        "differs": number(one.differs.customers),
    }


def _labelled(one: Labelled) -> dict[str, str]:
    rightly, unsure, missed = (number(count.customers) for count in one.barred)
    wrongly, asked, free = (number(count.customers) for count in one.free)
    return {
        "policy": one.policy,
        "rightly": rightly,
        "unsure": unsure,
        "missed": missed,
        "wrongly": wrongly,
        "asked": asked,
        "free": free,
    }
