"""Building a snapshot: when something is written, and how rejects are counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from clearance.adapters.formats.batch import Reject
from clearance.model.errors import StorageError
from clearance.usecases.build_reference import Tally, build_reference, tallies


@dataclass
class FakeWorkshop:
    """A workshop that notes what it is asked."""

    rejects: list[Reject] = field(default_factory=list)
    taken: bool = False
    asked: list[str] = field(default_factory=list)
    figures: Mapping[str, int] = field(default_factory=dict)
    not_sources: list[str] = field(default_factory=list)

    def refuse_if_taken(self) -> None:
        self.asked.append("place")
        if self.taken:
            raise StorageError("is there already")

    def compile(self) -> FakeWorkshop:
        self.asked.append("compile")
        return self

    def write(self) -> str:
        self.asked.append("write")
        return "digest"


ONE = Reject("s", 1, "share", "'101' is outside 0 to 100")


@pytest.mark.parametrize(
    ("rejects", "strict", "digest"),
    [([], False, "digest"), ([], True, "digest"), ([ONE], False, "digest"), ([ONE], True, "")],
)
def test_only_strict_with_rejects_writes_nothing(
    rejects: list[Reject], strict: bool, digest: str
) -> None:
    workshop = FakeWorkshop(rejects)
    assert build_reference(workshop, strict=strict).digest == digest
    assert workshop.asked == ["place", "compile", *(["write"] if digest else [])]


def test_a_taken_place_is_refused_before_anything_is_read() -> None:
    workshop = FakeWorkshop(taken=True)
    with pytest.raises(StorageError):
        build_reference(workshop)
    assert workshop.asked == ["place"]


def test_rejects_alike_are_counted_together_in_order() -> None:
    twice = "the party {} stands on line {} with another name; keep one of lines {} and {}"
    rejects = [
        Reject("b", 9, "id", twice.format("'A'", 2, 2, 9)),
        Reject("b", 11, "id", twice.format("'B'", 3, 3, 11)),
        Reject("a", 3, "", "2 fields where the header has 3"),
        Reject("a", 4, "", "4 fields where the header has 3"),
        Reject("a", 5, "share", "'50%' is no percentage"),
    ]
    assert tallies(rejects) == (
        Tally("a", "", "… fields where the header has 3", 2),
        Tally("a", "share", "… is no percentage", 1),
        Tally("b", "id", "the party … stands on … with another name; keep one of …", 2),
    )
