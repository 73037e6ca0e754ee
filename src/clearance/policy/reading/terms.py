"""Reading wind-downs and licences, and whether the rules they name are there."""

from __future__ import annotations

from collections.abc import Sequence

from clearance.model.dates import ALWAYS
from clearance.model.outcome import Outcome
from clearance.model.rule import Force
from clearance.model.spelling import meant
from clearance.policy.clauses.licences import Licence
from clearance.policy.clauses.winddown import Term, WindDown
from clearance.policy.reading.fields import Fields
from clearance.policy.reading.parts import OUTCOMES, ground, words

_MONTHS, _DAYS = 120, 3660


def wind_down(table: Fields, rules: Sequence[str]) -> WindDown:
    """``[[wind_downs]]``; ``rules`` are those that it can name."""
    plan = WindDown(
        id=table.id(),
        rule=_named(table, "rule", rules) if table.has("rule") else "",
        classes=words(table, "classes"),
        start=table.day("start") if table.has("start") else None,
        term=_term(table),
        ground=ground(table),
        notice=table.text("notice"),
        notices=_notices(table),
        during=table.choice("during", OUTCOMES, Outcome.ALLOW_WITH_NOTICE),
        new_use=table.choice("new_use", OUTCOMES, Outcome.DENY),
        after=table.choice("after", OUTCOMES, Outcome.DENY),
    )
    if plan.rule and table.has("after"):
        table.note("after", "the rule's own outcome stands then", "leave it out")
    if plan.during is Outcome.ALLOW:
        table.note("during", "nobody would be told", "write allow_with_notice or stricter")
    table.done()
    return plan


def licence(table: Fields, rules: Sequence[str]) -> Licence:
    """``[[licences]]``; ``rules`` are those that it can name."""
    found = Licence(
        id=table.id(),
        rules=tuple(_known(table, rules)),
        owner=table.text("owner"),
        force=Force(table.day("start", ALWAYS), table.day("expires")),
        ground=ground(table),
        customers=words(table, "customers"),
        classes=words(table, "classes"),
        posted=table.flag("posted"),
    )
    if not found.rules:
        table.note("rules", "no rule", "name the rules whose outcome it removes")
    if not (found.customers or found.classes or found.posted):
        table.note("customers", "nobody holds it", "write customers, classes or posted = true")
    if found.force.start >= found.force.end and table.has("expires"):
        table.note("expires", "is not after start", "give the first day it no longer holds")
    table.done()
    return found


def _term(table: Fields) -> Term:
    months, days = table.count("months", 0, _MONTHS), table.count("days", 0, _DAYS)
    if months and days:
        table.note("days", "stands beside months", "keep one of the two")
    if not (table.has("months") or table.has("days")):
        table.note("months", "missing", "write months, or days (0 ends the use at once)")
    return Term(months, days)


def _notices(table: Fields) -> tuple[int, ...]:
    value = table.raw("notices")
    if value is None:
        return ()
    if isinstance(value, list) and all(_is_day(one) for one in value):
        return tuple(sorted({one for one in value if isinstance(one, int)}, reverse=True))
    table.note("notices", "is no list of days", "write for example notices = [90, 30, 7]")
    return ()


def _is_day(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _DAYS


def _named(table: Fields, name: str, rules: Sequence[str]) -> str:
    if rules:
        return table.choice(name, {rule: rule for rule in rules})
    table.note(name, f"{table.text(name)!r} is no rule of this policy", "write the rule first")
    return ""


def _known(table: Fields, rules: Sequence[str]) -> Sequence[str]:
    found = set()
    for place, word in table.words("rules"):
        if word in rules:
            found.add(word)
        else:
            other = f"use one of {', '.join(rules)}" if rules else "write the rule first"
            remedy = meant(word, rules, other)
            table.sheet.note(place, f"{word!r} is no rule of this policy", remedy)
    return sorted(found)
