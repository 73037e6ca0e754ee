"""Wind-downs: two clocks, one from which nothing new begins and one at which use ends.

1. The first clock starts on the wind-down's day: nothing new may begin, what runs may go on.
2. The second ends the use. A term of calendar months ends with the same day of the last month, or
   with that month's last day; a term of days does not count the first; an immediate one is over
   at once.
3. A wind-down replaces the outcome of the rule it names while it runs, where that outcome would
   end the use; a review stays a review. After the exit the rule's own outcome stands again.
4. One that names no rule stands for itself: somebody ordered it, the customer perhaps.
5. Whoever came on the day or later winds nothing down; an order without a day starts nothing.

**Source**: docs/adr/0027-a-decision-has-one-order.md; Regulation 1182/71 article 3.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clearance.model.dates import months_later
from clearance.model.outcome import Outcome
from clearance.policy.clauses.ground import Ground
from clearance.policy.decision import Phase, Winding
from clearance.policy.facts import WIND_DOWN, Facts


@dataclass(frozen=True, slots=True)
class Term:
    """How long use may go on after the first day: months, or days, or not at all."""

    months: int = 0
    days: int = 0

    def exit(self, start: int) -> int:
        """The first day without any use.

        >>> from clearance.model.dates import day_of, text_of_day
        >>> text_of_day(Term(months=6).exit(day_of("2025-08-31")))
        '2026-03-01'
        >>> Term(days=30).exit(0), Term().exit(0)
        (31, 0)
        """
        if self.months:
            return months_later(start, self.months) + 1
        return start + self.days + 1 if self.days else start


@dataclass(frozen=True, slots=True)
class WindDown:
    """How some customers leave.

    **Shape**: ``rule`` names the rule it softens, empty where it stands for itself; ``classes``
    sorted, empty is any; ``start`` is its day, ``None`` where a posted fact of kind ``wind_down``
    starts it for one customer; ``notices`` days before the exit, most first. ``after`` counts only
    where no rule is named.
    """

    id: str
    rule: str
    classes: tuple[str, ...]
    start: int | None
    term: Term
    ground: Ground
    notice: str
    notices: tuple[int, ...] = ()
    during: Outcome = Outcome.ALLOW_WITH_NOTICE
    new_use: Outcome = Outcome.DENY
    after: Outcome = Outcome.DENY


@dataclass(frozen=True, slots=True)
class Begun:
    """A wind-down that concerns a customer, from its day on."""

    wind_down: WindDown
    start: int
    ordered_by: str

    def on(self, day: int) -> Winding:
        """Where it stands on a day."""
        plan = self.wind_down
        exit = plan.term.exit(self.start)
        phase = Phase.BEFORE if day < self.start else Phase.RUNNING if day < exit else Phase.OVER
        notices = sorted({max(self.start, exit - before) for before in plan.notices})
        return Winding(
            plan.id,
            plan.rule,
            phase,
            no_new_use=self.start,
            exit=exit,
            notice=plan.notice,
            notices=tuple(notices),
            ordered_by=self.ordered_by,
            basis=plan.ground.basis.value,
            citation=plan.ground.citation,
        )


def begun(plans: Sequence[WindDown], facts: Facts, day: int) -> Iterator[Begun]:
    """The wind-downs that concern a customer: for each rule the first that fits."""
    rules: set[str] = set()
    for plan in plans:
        if plan.rule in rules or (plan.classes and facts.segment not in plan.classes):
            continue
        found = _start(plan, facts, day)
        if found is not None and facts.opened < found.start:
            if plan.rule:
                rules.add(plan.rule)
            yield found


def _start(plan: WindDown, facts: Facts, day: int) -> Begun | None:
    if plan.start is not None:
        return Begun(plan, plan.start, plan.ground.ordered_by)
    orders = facts.claimed(WIND_DOWN, plan.id, day)
    first = min(orders, key=lambda one: (one.since, one.source), default=None)
    return None if first is None else Begun(plan, first.since, first.source)
