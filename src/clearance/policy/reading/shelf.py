"""What a document may refer to, by name; nothing here reads a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from clearance.model.errors import InputError
from clearance.model.rule import Rule
from clearance.policy.clauses.regions import RegionList
from clearance.policy.codes import Codes
from clearance.policy.reading.fields import Fields

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a document may refer to: rules and region lists by name, and the code table."""

    codes: Codes
    rule: Callable[[str], Rule]
    list: Callable[[str], RegionList]


def resolved(table: Fields, name: str, find: Callable[[str], _T]) -> _T | None:
    """What the field ``name`` refers to, ``None`` where there is no such thing."""
    wanted = table.text(name)
    if not wanted:
        return None
    try:
        return find(wanted)
    except InputError as error:
        place = f"{error.file}: " if error.file else ""
        table.note(name, f"{place}{error.what}", error.remedy or "correct it")
        return None
