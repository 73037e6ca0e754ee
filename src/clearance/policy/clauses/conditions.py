"""Conditions that a team writes itself, in CEL.

1. A condition reads the variables of the table below and nothing else; an unknown variable or
   function is found when the policy is read.
2. It ends: CEL has no loops but ``all``, ``exists``, ``exists_one``, ``map`` and ``filter``, of
   which one condition may use two; its text is short, and so are the lists it is given.
3. A condition that cannot be evaluated, or says neither true nor false, is review with its name.
4. One that reads facts of the account alone is asked once an account, any other once a request.

**Source**: the CEL language definition, https://github.com/cel-expr/cel-spec.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from clearance.model.dates import ALWAYS, text_of_day
from clearance.model.errors import InputError
from clearance.model.outcome import Outcome
from clearance.network.origin import Origin, Vote
from clearance.policy.asked import Asked
from clearance.policy.clauses.ground import Ground
from clearance.policy.facts import Facts
from clearance.policy.judging.kept import Kept
from clearance.policy.reasons.reason import Reason, grounded

Value: TypeAlias = "str | float | bool | list[Value] | dict[str, Value]"
"""What a variable may hold."""

OF_ACCOUNT: Mapping[str, Callable[[Facts], Value]] = {
    "customer": lambda facts: facts.customer,
    "account": lambda facts: facts.account,
    "segment": lambda facts: facts.segment,
    "revenue": lambda facts: float(facts.revenue),
    "channel": lambda facts: facts.channel.value,
    "identified": lambda facts: not facts.unidentified,
    "opened": lambda facts: "" if facts.opened == ALWAYS else text_of_day(facts.opened),
    "stated": lambda facts: dict(facts.stated),
}
"""Variables that the account alone decides, besides ``posted`` and ``day``."""

OF_REQUEST: Mapping[str, Callable[[Asked], Value]] = {
    "action": lambda asked: asked.action.value,
    "service": lambda asked: asked.service,
    "model": lambda asked: asked.model,
    "phone": lambda asked: asked.phone,
    "end_use": lambda asked: asked.end_use,
    "time": lambda asked: asked.time,
    "end_customer_told": lambda asked: asked.end_customer is not None,
    "countries": lambda asked: _said(asked.origin, lambda vote: (vote.country,)),
    "networks": lambda asked: _said(asked.origin, lambda vote: vote.kinds),
}
"""Variables of a request."""

VARIABLES = ("day", "posted", *OF_ACCOUNT, *OF_REQUEST)
"""Everything that a condition can read."""

_OF_TEXT = ("size", "contains", "startsWith", "endsWith", "matches", "int", "double", "string")
_OF_DAYS = ("getFullYear", "getMonth", "getDate", "getDayOfWeek", "getDayOfYear")
_OF_TIME = ("timestamp", "duration", "getHours", "getMinutes")
FUNCTIONS = frozenset((*_OF_TEXT, *_OF_DAYS, *_OF_TIME))
"""The functions that a condition can use, besides operators and macros."""

LONGEST = 1000
MOST_MACROS = 2
MOST_POSTED = 64
_MOST = 1 << 12

_MACRO = re.compile(r"\.\s*(?:all|exists|exists_one|map|filter)\s*\(\s*([A-Za-z_]\w*)\s*,")
_LOOP = re.compile(r"\b(?:all|exists|exists_one|map|filter)\s*\(")
_NAME = re.compile(r"[A-Za-z]\w*")
_SYNTAX = re.compile(r"Syntax error: (.{1,80})")
_FAULTS = (ArithmeticError, InputError, LookupError, RuntimeError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition and what it yields.

    **Shape**: ``when`` is a CEL expression of type bool; ``variables`` those it reads, sorted;
    ``says`` is one sentence for the answer.
    """

    id: str
    ground: Ground
    when: str
    variables: tuple[str, ...]
    outcome: Outcome
    says: str

    @property
    def of_request(self) -> bool:
        """Does it need a request?"""
        return any(name in OF_REQUEST for name in self.variables)


def variables_of(when: str) -> tuple[str, ...]:
    """The variables that an expression reads, sorted.

    Raises:
        InputError: no expression, or one that reads or does what no condition may.

    >>> variables_of('segment == "small" && networks.exists(kind, kind == "vpn")')
    ('networks', 'segment')
    """
    if len(when) > LONGEST:
        raise InputError(f"longer than {LONGEST} characters", remedy="split the condition")
    if "//" in when and "\n" in when:
        raise InputError("holds a comment", remedy="write comments beside the condition")
    if len(_LOOP.findall(when)) > MOST_MACROS:
        raise InputError(f"more than {MOST_MACROS} macros", remedy="split the condition")
    program = _compiled(when)
    named = {name for name in program.functions() if _NAME.fullmatch(name)}
    for function in sorted(named - FUNCTIONS):
        raise InputError(
            f"{function!r} is no function here", remedy=f"use one of {', '.join(sorted(FUNCTIONS))}"
        )
    read = set(program.variables()) - set(_MACRO.findall(when))
    for name in sorted(read - set(VARIABLES)):
        raise InputError(
            f"{name!r} is no variable here", remedy=f"use one of {', '.join(VARIABLES)}"
        )
    _try(program)
    return tuple(sorted(read))


def _try(program: _Program) -> None:
    """Refuse what is of a wrong type even where every variable is empty."""
    facts, asked = Facts({}), Asked()
    empty: dict[str, Value] = {"day": text_of_day(0), "posted": []}
    empty |= {name: read(facts) for name, read in OF_ACCOUNT.items()}
    empty |= {name: read(asked) for name, read in OF_REQUEST.items()}
    try:
        held = program.execute(empty)
    except TypeError:
        raise InputError("mixes types", remedy="compare text with text, 1.0 with 2.0") from None
    except _FAULTS:
        return
    if not isinstance(held, bool):
        raise InputError("is neither true nor false", remedy="write a comparison")


class Compiled:
    """A condition made ready to be asked; an answer is kept for equal values.

    **Cost**: under 1 µs for values that were asked about before, else about 5.
    """

    __slots__ = ("_key", "_known", "_met", "_program", "condition")

    def __init__(self, condition: Condition) -> None:
        self.condition = condition
        self._program = _compiled(condition.when)
        self._met = self._said("condition_met", condition.outcome, condition.says)
        self._key = _key_of(condition.variables)
        self._known = Kept[object, tuple[Reason | None, Origin | None]](_MOST)

    def ask(self, facts: Facts, asked: Asked | None, day: int) -> Reason | None:
        """What it yields, ``None`` where it does not hold."""
        key = self._key(facts, asked, day)
        known = self._known.get(key)
        if known is None:
            # The origin is kept beside, so that no other object takes its identity.
            origin = asked.origin if asked is not None else None
            known = self._known.put(key, (self._asked(facts, asked, day), origin))
        return known[0]

    def _asked(self, facts: Facts, asked: Asked | None, day: int) -> Reason | None:
        try:
            held = self._program.execute(dict(self._values(facts, asked, day)))
        except _FAULTS as error:
            return self._failed(" ".join(str(error).split())[:200])
        if held is True:
            return self._met
        return None if held is False else self._failed("it is neither true nor false")

    def _values(self, facts: Facts, asked: Asked | None, day: int) -> Iterator[tuple[str, Value]]:
        for name in self.condition.variables:
            if name in OF_ACCOUNT:
                yield name, OF_ACCOUNT[name](facts)
            elif name == "day":
                yield name, text_of_day(day)
            elif name == "posted":
                yield name, _posted(facts, day)
            elif asked is not None:
                yield name, OF_REQUEST[name](asked)

    def _failed(self, why: str) -> Reason:
        return self._said("condition_failed", Outcome.REVIEW, f"could not be evaluated: {why}")

    def _said(self, code: str, outcome: Outcome, text: str) -> Reason:
        one = self.condition
        return grounded(code, one.id, outcome, one.ground, f"{one.id}: {text}")


def _key_of(variables: Sequence[str]) -> Callable[[Facts, Asked | None, int], object]:
    """What distinguishes two questions to a condition that reads these variables."""
    of_account = [_ACCOUNT_KEYS[name] for name in variables if name in _ACCOUNT_KEYS]
    of_request = [_REQUEST_KEYS[name] for name in variables if name in _REQUEST_KEYS]
    daily = "day" in variables or "posted" in variables

    def key(facts: Facts, asked: Asked | None, day: int) -> object:
        known = tuple([read(facts) for read in of_account])
        told = None if asked is None else tuple([read(asked) for read in of_request])
        return known, told, day if daily else None

    return key


_ACCOUNT_KEYS: Mapping[str, Callable[[Facts], object]] = {
    **OF_ACCOUNT,
    "stated": lambda facts: tuple(facts.stated.items()),
    "posted": lambda facts: facts.posted,
}
_REQUEST_KEYS: Mapping[str, Callable[[Asked], object]] = {
    **OF_REQUEST,
    "countries": lambda asked: id(asked.origin),
    "networks": lambda asked: id(asked.origin),
}


def _posted(facts: Facts, day: int) -> Value:
    held = [one for one in facts.posted if one.held(day)]
    if len(held) > MOST_POSTED:
        raise InputError(f"more than {MOST_POSTED} posted facts")
    return [
        {
            "kind": one.kind,
            "value": one.value,
            "source": one.source,
            "confidence": float(one.confidence),
            "manner": one.manner.value,
            "reviewed": bool(one.reviewer),
        }
        for one in held
    ]


def _said(origin: Origin | None, what: Callable[[Vote], Sequence[str]]) -> Value:
    """What the sources name, each once, in the order of the votes."""
    votes = origin.votes if origin is not None else ()
    return list(dict.fromkeys(str(one) for vote in votes for one in what(vote) if one))


class _Program(Protocol):
    """What is used of a compiled CEL expression."""

    def variables(self) -> list[str]: ...

    def functions(self) -> list[str]: ...

    def execute(self, context: dict[str, Value]) -> object: ...


def _compiled(when: str) -> _Program:
    import cel  # half a second to load, and most policies have no condition

    try:
        program: _Program = cel.compile(when)
    except ValueError as error:
        found = _SYNTAX.search(str(error))
        what = found[1] if found else "no expression"
        raise InputError(f"not CEL: {what}", remedy="mend the expression") from None
    return program
