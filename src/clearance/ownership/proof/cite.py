"""Which stated rows a step cites, and dropping those it can do without."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from clearance.model.interest import CAPITAL_RIGHTS, MISSING_TYPES, Interest, InterestType, Measure
from clearance.model.proof import EVERYTHING, NOTHING, Because, End, Side, Step
from clearance.ownership.checker.book import is_arrangement
from clearance.ownership.checker.cited import BRANCH, CitedRows
from clearance.ownership.checker.control import Control
from clearance.ownership.checker.ends import at_most
from clearance.ownership.checker.equations import Equations
from clearance.ownership.checker.total import Weight

_OPTION = InterestType.conditionalRightsGrantedByContract
_SHARES = (InterestType.shareholding, *CAPITAL_RIGHTS, _OPTION, *MISSING_TYPES)
_FEEDS = {
    Measure.SHARES: _SHARES,
    Measure.VOTES: (InterestType.votingRights, *_SHARES),
    Measure.BOARD: (InterestType.appointmentOfBoard, *MISSING_TYPES),
}
_NAMED = (InterestType.nominee, InterestType.nominator)
_MANY = 24


def holdings_step(equations: Equations, party: str, measure: Measure, weight: Weight) -> Step:
    """The step that shows the party's total, as few rows as may be."""
    total = equations.total(party, measure, weight)
    head = head_of(equations, party)
    step = Step(party, Because.HOLDINGS, total, measure, BRANCH + head if head else "")
    if head:
        return step
    if is_special(equations, party, measure):
        return citing(equations, step, _around(equations, party))
    rows = [row for row in live_rows(equations, party) if _feeds(row, measure)]
    if any(row.type is InterestType.shareholding for row in rows):
        rows = [row for row in rows if row.type not in CAPITAL_RIGHTS]
    if equations.side is Side.MAY:
        return replace(step, interests=tuple(rows))
    counting = [row for row in rows if weight(row.interested_party) != NOTHING]
    return replace(step, interests=tuple(counting))


def head_of(equations: Equations, party: str) -> str:
    """Whose branch the party is, empty where it is none."""
    record = equations.rows.party(party)
    return record.branch_of if record is not None else ""


def control_step(equations: Equations, party: str, control: Control) -> Step:
    """The step that shows a control finding: the interest itself, or every live row counted."""
    rows = tuple(
        row
        for row in equations.control_rows(party)
        if control.measure is None and row.type.name == control.fact
    )
    step = Step(party, Because.CONTROL, EVERYTHING, control.measure, control.fact)
    return citing(equations, step, rows or _around(equations, party))


def citing(equations: Equations, step: Step, rows: Iterable[Interest]) -> Step:
    """The step citing these rows, and whether roles and nominations are in arrangements."""
    found = tuple(rows)
    roles = (*_NAMED, *equations.run.rule.trusts)
    named = {row.subject for row in found if row.type in roles}
    told = tuple(name for name in sorted(named) if is_arrangement(equations.rows, name))
    return replace(step, interests=found, arrangements=told)


def link_step(equations: Equations, party: str) -> Step:
    """The step that passes on, whole, what the party's controllers are restricted by."""
    rows = tuple(equations.control_rows(party))
    return Step(
        party, Because.CONTROL, EVERYTHING, equations.measure, rows[0].type.name, interests=rows
    )


def smaller_step(equations: Equations, step: Step, weight: Weight, enough: End) -> Step:
    """The same step without holders that it does not need to make ``enough``."""
    measure = step.measure
    if measure is None or equations.side is Side.MAY or not step.interests:
        return step
    if is_special(equations, step.party, measure):
        return step
    kept = step
    for holder in _by_size(step.interests)[:_MANY]:
        rows = tuple(row for row in kept.interests if row.interested_party != holder)
        fewer = replace(kept, interests=rows)
        cited = replace(equations, rows=CitedRows((fewer,), equations.rows), books=None)
        total = cited.total(step.party, measure, weight)
        if rows and at_most(enough, total, equations.side):
            kept = replace(fewer, total=total)
    return kept


def _by_size(rows: Sequence[Interest]) -> list[str]:
    """Holders, those with the smallest stated minimum first."""
    least: dict[str, tuple[float, str]] = {}
    for row in rows:
        low = float(getattr(row.share, "minimum", 0))
        name = row.interested_party
        least[name] = max(least.get(name, (0.0, name)), (low, name))
    return [name for _, name in sorted(least.values())]


def live_rows(equations: Equations, subject: str) -> list[Interest]:
    """Rows about a subject that may be live on the day."""
    day = equations.run.as_of
    return [row for row in equations.rows.interests_in(subject) if row.period.live(day)[1]]


def _feeds(row: Interest, measure: Measure) -> bool:
    return row.type in _FEEDS[measure] or (row.consolidation and measure is not Measure.BOARD)


def is_special(equations: Equations, party: str, measure: Measure) -> bool:
    """Does the total rest on more than plain holdings of plain holders?"""
    found = equations.book(party, measure)
    rows = equations.rows.interests_in(party)
    return (
        found.own is not None
        or any(held.joint or held.components for held in found.held)
        or any(row.type in _NAMED for row in rows)
        or any(row.type in equations.run.rule.trusts for row in rows)
    )


def _around(equations: Equations, party: str) -> Iterable[Interest]:
    """Every live row about the party, its components, and its nominees."""
    rows = live_rows(equations, party)
    places = {name for row in rows for name in row.components}
    nominees = {row.interested_party for row in rows if row.type is InterestType.nominee}
    found = list(rows)
    for place in sorted((places | nominees) - {party}):
        found += live_rows(equations, place)
    for nominee in sorted(nominees):
        for row in equations.rows.interests_of(nominee):
            nominates = row.type is InterestType.nominee
            nominates = nominates and is_arrangement(equations.rows, row.subject)
            if nominates and row not in found:
                found += [row, *live_rows(equations, row.subject)]
    return dict.fromkeys(found)
