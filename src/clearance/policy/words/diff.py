"""What differs between two policies, in words: every field, and nothing twice.

1. Parts that stand for themselves (a rule, a wind-down, a licence) are held against the part of the
   same id; what is only in one policy is told whole.
2. Lists of words are told by what they gain and lose; where only the order differs, that is told.
3. A regime record that both policies name is compared, too: the same id may hold another record.

Not here: what a difference means for customers. That is ``impact``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass

from clearance.model.rule import Citation, Force, Rule, Test
from clearance.policy.clauses.cases import Case
from clearance.policy.document import Policy
from clearance.policy.words.diff_words import PARTS, phrase, value_text

_ATOMS = (Case, Citation, Force, Test)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs.

    **Shape**: ``where`` is a path of fields and ids; ``before`` and ``after`` are words, ``None``
    where the part is not there; ``text`` is one sentence.
    """

    where: str
    before: str | None
    after: str | None
    text: str


def differences(
    before: Policy, after: Policy, rules: tuple[Mapping[str, Rule], Mapping[str, Rule]]
) -> Iterator[Difference]:
    """Everything in which two policies differ, in the order of the document.

    Args:
        rules: the regime records of either policy, by id.
    """
    yield from _fields(before, after, "", "the policy")
    for id in sorted(rules[0].keys() & rules[1].keys()):
        yield from _fields(rules[0][id], rules[1][id], f"rule.{id}", f"regime record {id}")


def _fields(before: object, after: object, where: str, who: str) -> Iterator[Difference]:
    """What differs between two parts of one class, field by field."""
    for name in _names(before):
        was, now = getattr(before, name), getattr(after, name)
        if was == now:
            continue
        at = f"{where}.{name}".lstrip(".")
        if name in PARTS:
            yield from _parts(was, now, at, PARTS[name])
        else:
            yield from _value((was, now), at, who, f"{type(before).__name__}.{name}")


def _names(part: object) -> list[str]:
    """The fields of a part."""
    return [each.name for each in fields(part)] if is_dataclass(part) else []


def _value(pair: tuple[object, object], where: str, who: str, place: str) -> Iterator[Difference]:
    was, now = pair
    if _is_part(was) and type(was) is type(now):
        yield from _fields(was, now, where, who)
        return
    if isinstance(was, tuple) and isinstance(now, tuple) and not _are_cases(was + now):
        yield _words(was, now, where, (who, place))
        return
    old, new = _told(was, place), _told(now, place)
    yield Difference(where, old, new, f"{who}: {phrase(place)} was {old}; now it is {new}")


def _words(
    was: tuple[object, ...], now: tuple[object, ...], where: str, about: tuple[str, str]
) -> Difference:
    """What a list of words gains and loses."""
    gained = tuple(one for one in now if one not in was)
    lost = tuple(one for one in was if one not in now)
    told = [
        f"{verb} {value_text(some)}" for verb, some in (("gain", gained), ("lose", lost)) if some
    ]
    old, new = value_text(was), value_text(now)
    change = " and ".join(told) or f"are in another order: {old}; now {new}"
    return Difference(where, old, new, f"{about[0]}: {phrase(about[1])} {change}")


def _parts(
    before: Sequence[object], after: Sequence[object], where: str, kind: str
) -> Iterator[Difference]:
    """What differs between parts that are known by their ids."""
    was, now = _by_id(before), _by_id(after)
    for id, part in was.items():
        here, who = f"{where}.{id}", f"{kind} {id}"
        if id not in now:
            text = _whole(part)
            yield Difference(here, text, None, f"{who} is gone{_said(id, text)}")
        elif part != now[id]:
            yield from _fields(part, now[id], here, who)
    for id, part in now.items():
        if id not in was:
            text = _whole(part)
            yield Difference(f"{where}.{id}", None, text, f"{kind} {id} is new{_said(id, text)}")
    kept = [[id for id in some if id in was and id in now] for some in (was, now)]
    if kept[0] != kept[1]:
        old, new = (", ".join(some) for some in kept)
        yield Difference(where, old, new, f"{kind}s are in another order: {old}; now {new}")


def _said(id: str, text: str) -> str:
    """What a part says, unless its id says all of it."""
    return "" if text == id else f": {text}"


def _by_id(parts: Sequence[object]) -> dict[str, object]:
    """Parts by what they are known by; a second one of that id is numbered."""
    found: dict[str, object] = {}
    for part in parts:
        id = _id(part)
        twins = sum(1 for known in found if known == id or known.startswith(f"{id} ("))
        found[f"{id} ({twins + 1})" if twins else id] = part
    return found


def _id(part: object) -> str:
    for name in ("id", "rule"):
        known = getattr(part, name, "")
        if known:
            return str(known)
    return value_text(getattr(part, "force", part))


def _whole(part: object) -> str:
    """Everything that a part says."""
    return "; ".join(_sayings(part))


def _sayings(part: object) -> Iterator[str]:
    if not _is_part(part):
        yield value_text(part)
        return
    for name in _names(part):
        value, place = getattr(part, name), f"{type(part).__name__}.{name}"
        if _is_part(value):
            yield from _sayings(value)
        elif name not in ("id", "named") and value not in (None, "", ()):
            yield f"{phrase(place)}: {value_text(value, place)}"


def _told(value: object, place: str) -> str:
    return _whole(value) if _is_part(value) else value_text(value, place)


def _is_part(value: object) -> bool:
    """Has it fields of its own that are compared one by one?"""
    return is_dataclass(value) and not isinstance(value, _ATOMS)


def _are_cases(some: tuple[object, ...]) -> bool:
    return any(isinstance(one, Case) for one in some)
