"""The facts that reviews wait for, and how many each of them would settle.

1. A fact settles a customer that waits for nothing else; it is counted with its subject, and by
   kind alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from heapq import nlargest, nsmallest

from clearance.model.verdict import Missing
from clearance.usecases.screened import Fact
from clearance.usecases.sums import Sums

MOST = 5
_Key = tuple[str, str]


class Waiting:
    """Counts customers by the facts that they wait for.

    >>> waiting = Waiting()
    >>> waiting.add([Missing("p", "who owns it", "")], Decimal(7))
    >>> waiting.kinds()[0].settled
    Count(customers=1, revenue=Decimal('7'))
    """

    def __init__(self) -> None:
        self._waiting = Sums[_Key]()
        self._settled = Sums[_Key]()

    def add(self, missing: Iterable[Missing], revenue: Decimal) -> None:
        """Count one customer."""
        facts = {(one.subject, one.what) for one in missing}
        kinds = {("", what) for _, what in facts}
        for fact in facts | kinds:
            self._waiting.add(fact, revenue)
        for some in (facts, kinds):
            if len(some) == 1:
                self._settled.add(next(iter(some)), revenue)

    def join(self, other: Waiting) -> None:
        """Count the customers that another one counted."""
        self._waiting.join(other._waiting)
        self._settled.join(other._settled)

    def kinds(self) -> tuple[Fact, ...]:
        """The kinds of fact that would settle most."""
        return self._most(lambda subject: "", kinds=True)

    def facts(self, name_of: Callable[[str], str]) -> tuple[Fact, ...]:
        """The single facts that would settle most; ``name_of`` names parties by id."""
        return self._most(name_of, kinds=False)

    def _settling(self, facts: Sequence[_Key]) -> Sequence[_Key]:
        """Those that settle as many as the first few at the least: only they need ordering."""
        settled = [self._settled.pair(fact)[0] for fact in facts]
        least = min(nlargest(MOST, settled), default=0)
        return [fact for fact, count in zip(facts, settled, strict=True) if count >= least]

    def _most(self, name_of: Callable[[str], str], *, kinds: bool) -> tuple[Fact, ...]:
        asked = self._settling([fact for fact in self._waiting if (not fact[0]) is kinds])

        def size(fact: _Key) -> tuple[int, Decimal, int, _Key]:
            (settled, revenue), (waiting, _) = self._settled.pair(fact), self._waiting.pair(fact)
            return (-settled, -revenue, -waiting, fact)

        return tuple(
            Fact(
                subject,
                name_of(subject) if subject else "",
                what,
                self._settled.of((subject, what)),
                self._waiting.of((subject, what)),
            )
            for subject, what in nsmallest(MOST, asked, key=size)
        )
