"""Plain JSON values: one canonical form, and strict reading with every mistake named by its path.

1. ``Json`` is what a JSON document may hold.
2. ``Fields`` is one object of it; asking for a field of the wrong shape is the writer's fault.
3. ``done`` refuses fields that nobody asked for, so a changed name never goes unseen.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias, TypeVar

from clearance.model.errors import InputError, shown

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
E = TypeVar("E", bound=StrEnum)
_REMEDY = "write the document as its format describes"


def canonical(value: object) -> str:
    """The one form of a JSON value that digests are made of: keys sorted, no spaces, no escapes
    beyond need.

    >>> canonical({"b": [1, "é"], "a": None})
    '{"a":null,"b":[1,"é"]}'
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


class Fields:
    """One JSON object, at a path.

    Raises:
        InputError: from every method, where the document is not as asked.

    >>> Fields({"a": 1}, "proof").text("a")
    Traceback (most recent call last):
    clearance.model.errors.InputError: proof.a: is not text; write the document as its format ...
    """

    __slots__ = ("_asked", "_values", "path")

    def __init__(self, value: Json, path: str) -> None:
        if not isinstance(value, Mapping):
            raise InputError("is not an object", field=path, remedy=_REMEDY)
        self.path = path
        self._values = value
        self._asked: set[str] = set()

    def fault(self, name: str, what: str) -> InputError:
        """The error to raise about one field."""
        return InputError(what, field=f"{self.path}.{name}", remedy=_REMEDY)

    def has(self, name: str) -> bool:
        """Is the field there, and not null?"""
        return self.raw(name) is not None

    def raw(self, name: str) -> Json:
        """The field as it stands."""
        self._asked.add(name)
        return self._values.get(name)

    def text(self, name: str, default: str | None = None) -> str:
        """Text; without a default the field is required."""
        value = self.raw(name)
        if value is None and default is not None:
            return default
        if not isinstance(value, str):
            raise self.fault(name, "is not text" if value is not None else "is missing")
        return value

    def flag(self, name: str) -> bool:
        """True or false; absent is false."""
        value = self.raw(name)
        if value is None:
            return False
        if not isinstance(value, bool):
            raise self.fault(name, "is neither true nor false")
        return value

    def number(self, name: str, default: int = 0) -> int:
        """A whole number."""
        value = self.raw(name)
        if value is None:
            return default
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.fault(name, "is not a whole number")
        return value

    def word(self, name: str, words: type[E]) -> E:
        """One word of a fixed vocabulary."""
        return self.one_of(self.text(name), words, name)

    def one_of(self, text: str, words: type[E], name: str) -> E:
        """``text`` as a word of the vocabulary."""
        try:
            return words(text)
        except ValueError:
            raise self.fault(name, f"{text!r} is none of {', '.join(words)}") from None

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; absent is empty."""
        values = self.items(name)
        texts = tuple(value for value in values if isinstance(value, str))
        if len(texts) != len(values):
            raise self.fault(name, "is not a list of texts")
        return texts

    def items(self, name: str) -> Sequence[Json]:
        """A list; absent is empty."""
        value = self.raw(name)
        if value is None:
            return ()
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise self.fault(name, "is not a list")
        return value

    def objects(self, name: str) -> list[Fields]:
        """A list of objects; absent is empty."""
        path = f"{self.path}.{name}"
        return [Fields(item, f"{path}[{place}]") for place, item in enumerate(self.items(name))]

    def object(self, name: str) -> Fields:
        """An object, required."""
        return Fields(self.raw(name), f"{self.path}.{name}")

    def pairs(self, name: str) -> dict[str, str]:
        """An object of texts; absent is empty."""
        value = self.raw(name)
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            raise self.fault(name, "is not an object")
        pairs = {key: text for key, text in value.items() if isinstance(text, str)}
        if len(pairs) != len(value):
            raise self.fault(name, "holds something that is not text")
        return pairs

    def done(self) -> None:
        """Refuse fields that were not asked for."""
        unknown = sorted(set(self._values) - self._asked)
        if unknown:
            raise self.fault(unknown[0], "is no field of the format")


_UNITS = 10**12


def percent_text(value: Fraction) -> str:
    """A fraction of the whole as exact percent: a decimal where one exists, else ``p/q``.

    >>> percent_text(Fraction(1, 8)), percent_text(Fraction(1, 3))
    ('12.5', '100/3')
    """
    units, rest = divmod(value.numerator * _UNITS, value.denominator)
    if not rest and units >= 0:  # the common case, at a fifth of the cost
        return f"{units // 10**10}.{units % 10**10:010d}".rstrip("0").rstrip(".")
    scaled = value * 100
    rest, places = scaled.denominator, 0
    for prime in (2, 5):
        power = 0
        while rest % prime == 0:
            rest, power = rest // prime, power + 1
        places = max(places, power)
    if rest != 1 or places > 24:
        return str(scaled)
    digits = str(abs(scaled.numerator) * 10**places // scaled.denominator).rjust(places + 1, "0")
    sign = "-" if scaled < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def fraction_text(text: str) -> Fraction:
    """The fraction of the whole that exact percent stands for.

    Raises:
        InputError: no percentage between 0 and 100 written as a decimal or as ``p/q``.

    >>> fraction_text("100/3")
    Fraction(1, 3)
    """
    try:
        if len(text) > 4000 or not set(text) <= set("0123456789./"):
            raise ValueError
        value = Fraction(text) / 100
        if not 0 <= value <= 1:
            raise ValueError
    except (ValueError, ZeroDivisionError):
        raise InputError(f"{shown(text)} is no percentage", remedy="write 50.5 or 100/3") from None
    return value
