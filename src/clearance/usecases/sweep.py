"""How accounts stand by themselves: what the policy of a day says of each, without a request.

Use this when somebody is to be told of an account whose outcome has become another one.

1. Every rule applies, and what only a request can tell is not judged.
2. An account stands otherwise where its outcome is another one; other reasons for the same outcome
   are the same standing.
3. Of an account that is seen for the first time nothing changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from clearance.model.outcome import Outcome
from clearance.usecases.decide import Knowledge, Ready


@dataclass(frozen=True, slots=True)
class Stands:
    """How an account stands on a day.

    **Shape**: ``customer`` is an id, empty where the account is not known on that day; ``why`` are
    the codes of the deciding reasons; ``policy`` is an id, ``digest`` that of all it refers to.
    """

    account: str
    customer: str
    outcome: Outcome
    why: tuple[str, ...]
    policy: str
    digest: str
    day: int


def standings(book: Knowledge, accounts: Iterable[str], day: int) -> Iterator[Stands]:
    """How each account stands, in the order given.

    **Cost**: some 10 µs an account.
    """
    ready = book.policy(day)
    for id in accounts:
        yield _stands(book, ready, id, day)


def otherwise(
    before: Mapping[str, Stands], now: Iterable[Stands]
) -> Iterator[tuple[Stands | None, Stands]]:
    """The accounts that stand otherwise than before, or were not seen before.

    An account that was looked at on a later day already is left as it is.

    >>> one = Stands("a1", "c1", Outcome.ALLOW, (), "p", "", day=10)
    >>> list(otherwise({"a1": one}, [one])), len(list(otherwise({}, [one])))
    ([], 1)
    """
    for stands in now:
        earlier = before.get(stands.account)
        if earlier is None or (earlier.outcome != stands.outcome and earlier.day <= stands.day):
            yield earlier, stands


def _stands(book: Knowledge, ready: Ready, id: str, day: int) -> Stands:
    known = book.account(id, day)
    if known is None:
        prepared, customer = ready.judge.unknown_account(day), ""
    else:
        prepared = ready.judge.account(known.facts, known.standings, day)
        customer = known.facts.customer
    decision = ready.judge.request(prepared)
    why = tuple(dict.fromkeys(reason.code for reason in decision.deciding))
    return Stands(id, customer, decision.outcome, why, ready.id, ready.digest, day)
