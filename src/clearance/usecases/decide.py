"""Answer one question of the gateway: may this account do this, today?

1. Facts and policies come from a book, which never changes; a newer book is another one.
2. What hangs on the account alone is made once a day and kept; a request adds its own signals.
3. Of an account that nobody knows the policy says what happens. One that signs up is judged on
   what it declares.
4. An end customer who is named is judged as a customer; one whom nobody knows is unidentified.

Not here: the clock, the log, and what an address or a number looks like to a client.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple, Protocol

from clearance.model.dates import ALWAYS
from clearance.model.outcome import Outcome
from clearance.network.origin import Origin
from clearance.policy.asked import NOWHERE, Action, Asked
from clearance.policy.decision import Decision
from clearance.policy.facts import Facts
from clearance.policy.judging.decide import Judge, View
from clearance.policy.judging.kept import Kept
from clearance.policy.judging.prepared import Prepared
from clearance.policy.reasons.owners import Standing
from clearance.policy.reasons.reason import Reason

KEPT = 400_000
"""So many prepared accounts are kept a day; one more, and all are made anew as they ask."""

ALIKE = 65_536
"""So many kinds of requests, and addresses, are kept before they are made anew."""

_made = tuple.__new__  # the constructor of a named tuple costs three times as much

DAYS = 4
"""So many days are kept; one more, and the earliest is made anew."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an account or a customer. **Shape**: standings by rule."""

    facts: Facts
    standings: Mapping[str, Standing]


@dataclass(frozen=True, slots=True)
class Ready:
    """A policy at work.

    **Shape**: ``digest`` is that of the policy and all it refers to; ``first`` the day from which
    it decides; ``appeal`` and ``blocked_by`` are the policy's addresses for answers.
    """

    id: str
    digest: str
    judge: Judge
    first: int = ALWAYS
    appeal: str = ""
    blocked_by: str = ""


class Knowledge(Protocol):
    """What there is to know, at one moment; see ``book``."""

    def account(self, id: str, day: int) -> Known | None:
        """What is known of an account and its customer on a day."""
        ...

    def customer(self, id: str, day: int) -> Known | None:
        """What is known of a customer on a day."""
        ...

    def policy(self, day: int) -> Ready:
        """The policy that decides on a day."""
        ...


@dataclass(slots=True, eq=False)
class Holder(Prepared):
    """An account or customer made ready for the requests of a day.

    **Shape**: ``named`` is what a record calls what is known of it, once that is on record. All of
    it stands in one place: of many accounts that ask in turn each place more is one more to be
    fetched from memory.
    """

    standings: Mapping[str, Standing]
    named: bytes = b""


NOTHING: Mapping[str, str] = MappingProxyType({})
"""What an account declares that only asks to go on."""


class Question(NamedTuple):
    """What the gateway asks.

    **Shape**: ``account`` is an id, ``subject`` the type of whoever asks where it is no account,
    ``resource`` the type of what is asked for where it is no model. ``address`` and ``phone`` as
    they were given; ``end_customer`` an id. ``declared`` maps facts to region codes, as an account
    that signs up states them. ``time`` is an RFC 3339 text, or empty.
    """

    account: str
    day: int
    action: str = Action.USE.value
    model: str = ""
    service: str = ""
    address: str = ""
    phone: str = ""
    end_customer: str = ""
    end_use: str = ""
    time: str = ""
    subject: str = ""
    resource: str = ""
    declared: Mapping[str, str] = NOTHING


@dataclass(slots=True, eq=False)
class Alike:
    """Requests of a day that say the same.

    **Shape**: ``said`` is how a record says it, once all that it names is on record.
    """

    asked: Asked
    view: View
    said: bytes = b""


class Decided(NamedTuple):
    """An answer, with all that it was made from.

    **Shape**: ``account`` is ``None`` where nobody knows it, and where the question could not be
    put to the policy; ``origin`` where no address was told; ``alike`` where a request says what few
    others do.
    """

    question: Question
    policy: Ready
    decision: Decision
    account: Holder | None = None
    origin: Origin | None = None
    phone: str = ""
    end_customer: Holder | None = None
    alike: Alike | None = None


class _Day:
    """What one day's policy says of accounts."""

    __slots__ = ("alike", "day", "prepared", "ready", "unknown", "viewed")

    def __init__(self, ready: Ready, day: int) -> None:
        # Each request keeps its origin's identity.
        self.alike = Kept[tuple[object, ...], Alike](ALIKE)
        self.viewed = ready.judge.viewed
        self.day = day
        self.ready = ready
        self.prepared: dict[str, Holder] = {}
        self.unknown = _holder(ready.judge.unknown_account(day), {})

    def of(self, known: Known) -> Holder:
        made = self.ready.judge.account(known.facts, known.standings, self.day)
        return _holder(made, known.standings)

    def seen(self, asked: Asked) -> Alike:
        return Alike(asked, self.ready.judge.view(asked, self.day))


class Decider:
    """Answers questions out of one book.

    **Cost**: some microseconds an answer, and as many again for an account's first of the day.
    """

    __slots__ = ("_book", "_days", "_origin", "_origins", "_phone")

    def __init__(
        self,
        book: Knowledge,
        origin: Callable[[str], Origin | None],
        phone: Callable[[str], str],
    ) -> None:
        """``origin`` looks an address up, ``phone`` gives the region code of a number."""
        self._book = book
        self._origin = origin
        self._phone = phone
        self._days: dict[int, _Day] = {}
        self._origins = Kept[str, Origin](ALIKE)

    def decide(self, question: Question) -> Decided:
        """The answer to one question.

        Raises:
            InputError: the address or the number is none.
        """
        id_, day, action, model, service, address, number, served, end_use, time, who, what, _ = (
            question
        )
        today = self._days.get(day) or self._begin(day)
        if who or what or action not in _ACTIONS:
            strange = _odd(question)
            return Decided(question, today.ready, Decision(strange.outcome, (strange,)))
        account = today.prepared.get(id_) or self._account(question, today)
        known = None if account is today.unknown else account
        origin = (self._origins.get(address) or self._looked_up(address)) if address else None
        phone = self._phone(number) if number else ""
        if served or time:
            end = self._end_customer(served, today) if served else None
            asked = _asked(question, origin, phone, end)
            decision = today.ready.judge.request(account, asked)
            return Decided(question, today.ready, decision, known, origin, phone, end)
        key = action, service, model, id(origin), phone, end_use
        alike = today.alike.get(key) or today.alike.put(
            key, today.seen(_asked(question, origin, phone, None))
        )
        decision = today.viewed(account, alike.asked, alike.view)
        return _made(Decided, (question, today.ready, decision, known, origin, phone, None, alike))

    def _looked_up(self, address: str) -> Origin:
        return self._origins.put(address, self._origin(address) or NOWHERE)

    def _begin(self, day: int) -> _Day:
        if len(self._days) >= DAYS:
            del self._days[min(self._days)]
        self._days[day] = _Day(self._book.policy(day), day)
        return self._days[day]

    def _account(self, question: Question, today: _Day) -> Holder:
        """An account that asks for the first time on that day."""
        known = self._book.account(question.account, today.day)
        if known is None:
            return _newcomer(question, today)
        if len(today.prepared) >= KEPT:
            today.prepared.clear()
        found = today.prepared[question.account] = today.of(known)
        return found

    def _end_customer(self, id: str, today: _Day) -> Holder | None:
        """Who is served; an id that no customer has discloses nobody."""
        known = self._book.customer(id, today.day)
        return today.of(known) if known is not None else None


def _holder(made: Prepared, standings: Mapping[str, Standing]) -> Holder:
    return Holder(made.facts, made.day, made.core, standings)


def _newcomer(question: Question, today: _Day) -> Holder:
    """Nobody who is stored: whoever signs up is judged on what it declares."""
    if question.action != Action.SIGN_UP or not question.declared:
        return today.unknown
    text = "the account is new; nobody has looked for its owners"
    return today.of(Known(Facts(question.declared, text, account=question.account), {}))


def _asked(question: Question, origin: Origin | None, phone: str, end: Prepared | None) -> Asked:
    return Asked(
        _ACTIONS[question.action],
        question.service,
        question.model,
        origin,
        phone,
        end,
        question.end_use,
        question.time,
    )


_ACTIONS = {action.value: action for action in Action}


def _odd(question: Question) -> Reason:
    """Why the question is none that a policy answers."""
    odd = f"action {question.action!r}"
    if question.subject:
        odd = f"subject type {question.subject!r}"
    elif question.resource:
        odd = f"resource type {question.resource!r}"
    text = f"no policy speaks of the {odd}"
    return Reason("question_unknown", "", Outcome.REVIEW, "", "", text)
