"""``impact.json``: the counts of an impact run as plain JSON values.

1. Keys have one order; what is not known is ``null`` or an empty list, never left out.
2. The same run has the same bytes: a release keeps their digest.
"""

from __future__ import annotations

from collections.abc import Mapping

from clearance.adapters.screening.result_json import amount, missing_json
from clearance.model.dates import text_of_day
from clearance.model.plain import Json
from clearance.usecases.impacted import Impact, Labelled, Move, Open, Part, Reading, Row, Stake
from clearance.usecases.screened import Count, Fact


def impact_json(impact: Impact) -> dict[str, Json]:
    """The whole of it."""
    return {
        "before": _policy(impact.before, impact.titles[0], impact.digests[0]),
        "after": _policy(impact.after, impact.titles[1], impact.digests[1]),
        "on": text_of_day(impact.on),
        "snapshot": impact.snapshot or None,
        "revenue_basis": impact.revenue_basis or None,
        "notices": list(impact.notices),
        "whole": _part(impact.whole),
        "line": None if impact.line is None else amount(impact.line),
        "from_the_line_on": None if impact.large is None else _part(impact.large),
        "rules": [_row(one) for one in impact.rules],
        "segments": [_row(one) for one in impact.segments],
        "countries": [_row(one) for one in impact.countries],
        "owners_regions": [_row(one) for one in impact.regions],
        "settling_counted_over": impact.asked,
        "settling_kinds": [_fact(one) for one in impact.kinds],
        "settling_facts": [_fact(one) for one in impact.facts],
        "largest_open": [_open(one) for one in impact.open],
        "readings": [_reading(one) for one in impact.readings],
        "labelled": [_labelled(one) for one in impact.labelled],
    }


def count_json(count: Count) -> dict[str, Json]:
    """Customers and their revenue."""
    return {"customers": count.customers, "annual_revenue": amount(count.revenue)}


def _policy(id: str, title: str, digest: str) -> dict[str, Json]:
    return {"policy": id, "title": title, "digest": digest or None}


def _part(part: Part) -> dict[str, Json]:
    return {
        **count_json(part.total),
        "moves": _moves(part.moves),
        "outcomes": [
            {"before": was.word, "after": now.word, **count_json(count)}
            for (was, now), count in part.matrix.items()
        ],
        "at_stake": _stake(part.stake),
        "left_to_people": {
            "before": count_json(part.left_before),
            "after": count_json(part.left_after),
        },
    }


def _moves(moves: Mapping[Move, Count]) -> dict[str, Json]:
    return {move.value: count_json(moves.get(move, Count())) for move in Move}


def _stake(stake: Stake) -> dict[str, Json]:
    return {
        "certain": count_json(stake.certain),
        "decided": count_json(stake.decided),
        "possible": count_json(stake.possible),
        "open": [{"reason": code, **count_json(count)} for code, count in stake.open],
    }


def _row(row: Row) -> dict[str, Json]:
    moves: dict[str, Json] = {move.value: count_json(count) for move, count in row.moves.items()}
    return {"name": row.name, **count_json(row.total), "moves": moves}


def _fact(fact: Fact) -> dict[str, Json]:
    return {
        "subject": fact.subject or None,
        "name": fact.name or None,
        "what": fact.what,
        "settled": count_json(fact.settled),
        "waiting": count_json(fact.waiting),
    }


def _open(open: Open) -> dict[str, Json]:
    return {
        "customer": open.customer.id,
        "name": open.customer.name,
        "annual_revenue": amount(open.customer.revenue),
        "before": open.before.word,
        "reasons": list(dict.fromkeys(reason.code for reason in open.reasons)),
        "missing": [missing_json(one) for one in open.missing],
    }


def _reading(reading: Reading) -> dict[str, Json]:
    return {
        "policy": reading.policy,
        "title": reading.title,
        **_part(reading.part),
        "differs": count_json(reading.differs),
    }


def _labelled(labelled: Labelled) -> dict[str, Json]:
    words = ("denied", "left_to_people", "open")
    return {
        "policy": labelled.policy,
        "should_be_denied": dict(zip(words, map(count_json, labelled.barred), strict=True)),
        "should_not": dict(zip(words, map(count_json, labelled.free), strict=True)),
    }
