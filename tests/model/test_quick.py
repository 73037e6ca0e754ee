"""Values that are made quickly are the values that they were."""

from __future__ import annotations

import pickle
from copy import copy
from dataclasses import FrozenInstanceError, dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearance.model.quick import quick


@dataclass(frozen=True, slots=True)
class Slow:
    """A value as Python makes it."""

    first: int
    second: str = "two"
    third: dict[str, int] = field(default_factory=dict)
    fourth: tuple[int, ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class Quick:
    """The same, made quickly."""

    first: int
    second: str = "two"
    third: dict[str, int] = field(default_factory=dict)
    fourth: tuple[int, ...] = ()


@given(
    st.integers(), st.dictionaries(st.sampled_from(["second", "third", "fourth"]), st.integers())
)
def test_every_field_holds_what_it_was_given_or_its_default(
    first: int, others: dict[str, int]
) -> None:
    slow, made = Slow(first, **others), Quick(first, **others)  # type: ignore[arg-type]
    assert repr(made) == repr(slow).replace("Slow", "Quick")
    assert type(made) is Quick
    assert made == Quick(first=first, **others)  # type: ignore[arg-type]


def test_fields_may_be_given_by_place() -> None:
    assert Quick(1, "b", {"c": 2}, (3,)) == Quick(first=1, second="b", third={"c": 2}, fourth=(3,))


def test_what_a_default_makes_is_not_shared() -> None:
    assert Quick(1).third is not Quick(1).third


def test_a_value_stays_as_it_was_made() -> None:
    made = Quick(1)
    with pytest.raises(FrozenInstanceError):
        made.first = 2  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del made.first
    with pytest.raises((AttributeError, TypeError)):
        made.fifth = 5  # type: ignore[attr-defined]
    assert made == Quick(1)


@pytest.mark.parametrize("given", [(), (1, 2, 3, 4, 5)])
def test_too_few_or_too_many_values_are_refused(given: tuple[int, ...]) -> None:
    with pytest.raises(TypeError, match="__init__"):
        Quick(*given)  # type: ignore[arg-type]


def test_it_can_be_sent_copied_and_changed_into_another() -> None:
    made = Quick(1, fourth=(2,))
    assert pickle.loads(pickle.dumps(made)) == copy(made) == made
    assert replace(made, second="b") == Quick(1, "b", fourth=(2,))


def test_values_of_the_same_fields_are_equal_and_hash_alike() -> None:
    @quick
    @dataclass(frozen=True, slots=True)
    class Pair:
        left: int
        right: int = 0

    assert len({Pair(1), Pair(1, 0), Pair(1, 1)}) == 2


def test_nobody_inherits_from_such_a_class() -> None:
    with pytest.raises(TypeError, match="Heir inherits"):
        type("Heir", (Quick,), {})


def test_a_class_that_does_more_when_a_value_is_made_is_refused() -> None:
    @dataclass(frozen=True, slots=True)
    class Checked:
        first: int

        def __post_init__(self) -> None:
            assert self.first

    with pytest.raises(TypeError, match="a way of its own"):
        quick(Checked)
