"""Decide a past question again, from what its entry names, and compare byte for byte.

1. The entry names facts, votes about an address, judgement and policy by digest; they are taken
   from where the log keeps them, and nothing else is.
2. ``equal`` says that the same bytes came out. What differs is named by its path.
3. What cannot be had any more, or not be read by this version, makes the answer ``unavailable``,
   never ``equal``.
4. What a network database said of an address is taken as it was kept: the address is not looked up
   again, and may have been erased.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from clearance.model.plain import Json


class Verdict(StrEnum):
    """What deciding again has shown."""

    EQUAL = "equal"
    DIFFERENT = "different"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it was logged. **Shape**: ``None`` where it is not there."""

    path: str
    logged: Json
    now: Json


@dataclass(frozen=True, slots=True)
class Replay:
    """What deciding again has shown. **Shape**: ``missing`` says what cannot be had, and why."""

    id: str
    verdict: Verdict
    differences: tuple[Difference, ...] = ()
    missing: tuple[str, ...] = ()


def unavailable(id: str, missing: Sequence[str]) -> Replay:
    """A replay that cannot be made."""
    return Replay(id, Verdict.UNAVAILABLE, missing=tuple(missing))


def compared(id: str, same: bool, logged: Json, now: Json) -> Replay:
    """A replay that was made.

    Args:
        same: are the bytes of the body equal?
        logged: the documents as they are kept.
        now: the documents as they came out.

    >>> compared("d", False, {"outcome": "deny"}, {"outcome": "review"}).differences
    (Difference(path='outcome', logged='deny', now='review'),)
    """
    if same:
        return Replay(id, Verdict.EQUAL)
    found = tuple(_differences("", logged, now))
    return Replay(id, Verdict.DIFFERENT, found or (Difference("bytes", None, None),))


def _differences(path: str, logged: Json, now: Json) -> Iterator[Difference]:
    match logged, now:
        case dict(), dict():
            for name in sorted({*logged, *now}):
                inner = f"{path}.{name}" if path else name
                yield from _differences(inner, logged.get(name), now.get(name))
        case list(), list() if len(logged) == len(now):
            for place, (one, other) in enumerate(zip(logged, now, strict=True)):
                yield from _differences(f"{path}[{place}]", one, other)
        case _ if logged != now:
            yield Difference(path, logged, now)
