"""Taking typed fields out of a located document, with every mistake as a finding.

1. A mistake is noted (``problems``), and a stand-in takes the value's place.
2. A field nobody asked for is a mistake; the nearest known name is offered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from clearance.model.dates import day_of
from clearance.model.errors import InputError
from clearance.model.share import fraction_of_percent
from clearance.model.spelling import meant
from clearance.policy.reading.located import Path
from clearance.policy.reading.problems import Sheet

_T = TypeVar("_T")
_ID = re.compile(r"[a-z0-9][a-z0-9.-]*")

_DIGITS = 40
"""Of the largest amount."""


class Fields:
    """One table of a document: ask for each field by name and type, then call ``done``."""

    __slots__ = ("_asked", "_table", "path", "sheet")

    def __init__(self, sheet: Sheet, table: Mapping[str, object], path: Path) -> None:
        self.sheet = sheet
        self.path = path
        self._table = table
        self._asked: list[str] = []

    @classmethod
    def of(cls, sheet: Sheet) -> Fields:
        """The document's own fields."""
        return cls(sheet, sheet.document.value, ())

    def has(self, name: str) -> bool:
        """Is the field written? Counts as asked for."""
        self._asked.append(name)
        return name in self._table

    def names(self) -> Sequence[str]:
        """The fields that are written, in their order."""
        return tuple(self._table)

    def raw(self, name: str) -> object:
        """The value as it stands, ``None`` where it is not written; counts as asked for."""
        self._asked.append(name)
        return self._table.get(name)

    def note(self, name: str, what: str, remedy: str) -> None:
        """Remember a mistake in the field ``name``."""
        self.sheet.note((*self.path, name), what, remedy)

    def text(self, name: str, default: str | None = None) -> str:
        """A string; required unless a default is given."""
        value = self.raw(name)
        if isinstance(value, str) and (value.strip() or default is not None):
            return value
        self._wrong(name, value, default, "text in quotes")
        return default or ""

    def id(self, name: str = "id") -> str:
        """An identifier: lower-case letters, digits, points and hyphens."""
        value = self.text(name)
        if value and not _ID.fullmatch(value):
            self.note(name, f"{_shown(value)} is no id", "write lower-case words-with-hyphens")
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        """``true`` or ``false``."""
        value = self.raw(name)
        if isinstance(value, bool):
            return value
        self._wrong(name, value, default, "true or false")
        return default

    def amount(self, name: str, default: Decimal | None = None) -> Decimal | None:
        """A number that is not negative, exact."""
        value = self.raw(name)
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            number = Decimal(value)
            if number.is_finite() and number >= 0 and number.adjusted() < _DIGITS:
                return number
            self.note(name, f"{str(value)[:40]} is no amount", "write a number from 0")
            return default
        if value is not None:
            self._wrong(name, value, default, "a number")
        return default

    def count(self, name: str, default: int | None = None, most: int = 100_000) -> int:
        """A whole number from 0 to ``most``."""
        value = self.raw(name)
        if isinstance(value, int) and not isinstance(value, bool):
            if 0 <= value <= most:
                return value
            self.note(name, f"{value} is out of range", f"write a number from 0 to {most}")
        else:
            self._wrong(name, value, default, f"a whole number from 0 to {most}")
        return default or 0

    def percent(self, name: str) -> Fraction:
        """A percentage as a fraction of the whole; a number or a string of one."""
        value = self.raw(name)
        if isinstance(value, int | Decimal | str) and not isinstance(value, bool):
            found = self._tried(name, lambda: fraction_of_percent(str(value)))
            return Fraction(0) if found is None else found
        self._wrong(name, value, None, "a percentage such as 50")
        return Fraction(0)

    def day(self, name: str, default: int | None = None) -> int:
        """A day, as a TOML date or as a string ``YYYY-MM-DD``."""
        value = self.raw(name)
        found: int | None = None
        if isinstance(value, date) and not isinstance(value, datetime):
            found = day_of(value.isoformat())
        elif isinstance(value, str):
            found = self._tried(name, lambda: day_of(value))
        else:
            self._wrong(name, value, default, "a date such as 2025-09-05")
        return found if found is not None else (default or 0)

    def choice(self, name: str, choices: Mapping[str, _T], default: _T | None = None) -> _T:
        """One of the named choices."""
        value = self.raw(name)
        if isinstance(value, str) and value in choices:
            return choices[value]
        fallback = default if default is not None else next(iter(choices.values()))
        if value is None and default is not None:
            return fallback
        self._not_a_choice((*self.path, name), value, choices)
        return fallback

    def choices(self, name: str, choices: Mapping[str, _T]) -> tuple[_T, ...]:
        """A list of named choices, without repetition."""
        found: dict[_T, None] = {}
        for place, word in self.words(name):
            if word in choices:
                found[choices[word]] = None
            else:
                self._not_a_choice(place, word, choices)
        return tuple(found)

    def words(self, name: str) -> Sequence[tuple[Path, str]]:
        """A list of strings, each with its place; not written is empty."""
        value = self.raw(name)
        if value is None:
            return ()
        if not isinstance(value, list):
            self._wrong(name, value, None, 'a list such as ["one", "two"]')
            return ()
        found = []
        for number, item in enumerate(value):
            place = (*self.path, name, number)
            if isinstance(item, str):
                found.append((place, item))
            else:
                self.sheet.note(place, f"{_shown(item)} is no text", "put it in quotes")
        return found

    def table(self, name: str) -> Fields:
        """A table of its own; not written is an empty one."""
        value = self.raw(name)
        if value is not None and not isinstance(value, dict):
            self._wrong(name, value, None, f"a table [{name}]")
        return Fields(self.sheet, value if isinstance(value, dict) else {}, (*self.path, name))

    def tables(self, name: str) -> Sequence[Fields]:
        """A list of tables; not written is none."""
        value = self.raw(name)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self._wrong(name, value, None, f"tables [[{name}]]")
            return ()
        return [
            Fields(self.sheet, item, (*self.path, name, number))
            for number, item in enumerate(value)
        ]

    def done(self) -> None:
        """Note every field that was written and never asked for."""
        for name in self._table:
            if name in self._asked:
                continue
            fields = f"use {_listed(dict.fromkeys(self._asked))}"
            self.note(name, "unknown field", meant(name, self._asked, fields))

    def _wrong(self, name: str, value: object, default: object, wanted: str) -> None:
        if value is None:
            if default is None:
                self.note(name, "missing", f"write {wanted}")
        else:
            self.note(name, f"{_shown(value)} is of the wrong type", f"write {wanted}")

    def _not_a_choice(self, place: Path, value: object, choices: Mapping[str, object]) -> None:
        if value is None:
            self.sheet.note(place, "missing", f"write one of {_listed(choices)}")
            return
        remedy = meant(str(value), choices, f"use one of {_listed(choices)}")
        self.sheet.note(place, f"{_shown(value)} is not known here", remedy)

    def _tried(self, name: str, parse: Callable[[], _T]) -> _T | None:
        try:
            return parse()
        except InputError as error:
            self.note(name, error.what, error.remedy or "correct it")
            return None


def _shown(value: object) -> str:
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
