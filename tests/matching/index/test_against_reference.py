"""The compiled search against plain likeness, over small indexes of made-up names."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reference import likeness as plain

from clearance.matching.index.build import Rows, build_index
from clearance.matching.index.layout import Index, Ints, restored, stored
from clearance.matching.index.pack import ask, pack
from clearance.matching.index.scratch import scratch_for
from clearance.matching.index.search import AT_HOME, FORM, search_all
from clearance.matching.text.form import name_form
from clearance.model.party import PartyKind

LIMIT = 20
_TEXT = (
    "aurora borealis boreal shipping ships shippin marine maritime mar m bank banko alpha alfa "
    "gamma delta deltas omega omegas kappa k2 17 71 trading trade tradnig"
)
WORDS = st.sampled_from(_TEXT.split())
NAMES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)


def indexed(names: Sequence[str], countries: Sequence[int] = (), *, persons: bool = False) -> Index:
    """An index in which each name is a party of its own."""
    packed = pack([name_form(name, PartyKind.PERSON) for name in names])
    size = len(names)
    stated = np.array(countries or [0] * size, np.uint16)
    rows = Rows(
        np.arange(size), np.arange(size, dtype=np.int32), np.zeros(size, np.uint16), stated,
        np.full(size, persons),
    )  # fmt: skip
    return restored(dict(stored(build_index(packed, rows))))


def searched(index: Index, names: Sequence[str], where: Sequence[Sequence[int]] = ()) -> list[Ints]:
    """The best rows for each name: party, row and likeness."""
    asked = ask([name_form(name, PartyKind.PERSON) for name in names], where or [()] * len(names))
    found = np.zeros((len(names), LIMIT, 3), np.int32)
    counts = np.zeros((len(names), 2), np.int32)
    search_all(index, asked, (0, len(names)), scratch_for(index), found, counts)
    return [table[:count] for table, count in zip(found, counts[:, 0].tolist(), strict=True)]


@given(st.lists(NAMES, min_size=1, max_size=30), NAMES)
def test_likeness_is_what_the_reference_says(names: list[str], question: str) -> None:
    rarity = plain.Rarity(names)
    (found,) = searched(indexed(names), [question])
    for party, _, score in found.tolist():
        assert score - FORM == plain.likeness(question, names[party], rarity)


@given(st.lists(NAMES, min_size=1, max_size=30), NAMES)
def test_candidates_come_once_each_the_most_alike_first_equals_by_party(
    names: list[str], question: str
) -> None:
    (found,) = searched(indexed(names), [question])
    keys = [(-score, party) for party, _, score in found.tolist()]
    assert keys == sorted(keys)
    assert len({party for _, party in keys}) == len(keys)


@given(st.lists(NAMES, min_size=1, max_size=30), NAMES)
def test_whoever_is_most_alike_is_first_unless_little_alike(
    names: list[str], question: str
) -> None:
    rarity = plain.Rarity(names)
    score, party = max(
        (plain.likeness(question, name, rarity), -at) for at, name in enumerate(names)
    )
    (found,) = searched(indexed(names), [question])
    if score >= 8_600:
        assert found[0].tolist() == [-party, -party, score + FORM]


def test_every_name_is_found_with_a_letter_wrong() -> None:
    source = random.Random(5)
    letters = "abcdefghijklmnopqrstuvwxyz"
    names = sorted(
        {" ".join("".join(source.choices(letters, k=8)) for _ in range(2)) for _ in range(400)}
    )
    wrong = [name[:3] + source.choice(letters) + name[4:] for name in names]
    found = searched(indexed(names), wrong)
    assert [table[0, 0] for table in found] == list(range(len(names)))


@pytest.mark.parametrize("question", ["J. R. Roe", "Roe J.R.", "Roe, J. R."])
def test_a_person_is_found_by_initials_among_many_of_the_same_family(question: str) -> None:
    names = ["Jane Rebecca Roe", "Roe John Rufus"]
    others = [f"{first}{second} Roe" for first in "abcdefghi" for second in "abcdefghijklmnop"]
    (found,) = searched(indexed([*names, *others], persons=True), [question])
    (unread,) = searched(indexed([*names, *others]), [question])
    assert {0, 1} <= set(found[:, 0].tolist())
    assert not {0, 1} <= set(unread[:, 0].tolist())


@pytest.mark.parametrize("question", ["J. Roe", "Roe J.", "Roe, J."])
def test_a_person_of_three_names_is_found_by_the_initial_of_the_first(question: str) -> None:
    names = ["Jane Rebecca Roe", "Roe John Rufus"]
    others = [f"{first}{second} Roe" for first in "abcdefghi" for second in "abcdefghijklmnop"]
    (found,) = searched(indexed([*names, *others], persons=True), [question])
    assert {0, 1} <= set(found[:, 0].tolist())


@pytest.mark.parametrize("question", ["R. Roe", "J. R. Noe", "Jane X."])
def test_initials_begin_with_the_first_name_and_leave_one_word_whole(question: str) -> None:
    names = ["Jane Rebecca Roe", *(f"{letter}{letter} Roe" for letter in "abcdefghiklmnopqstuvw")]
    (with_keys,) = searched(indexed(names, persons=True), [question])
    (without,) = searched(indexed(names), [question])
    assert with_keys.tolist() == without.tolist()


def test_the_country_asked_for_comes_first_and_another_is_still_found() -> None:
    index = indexed(["aurora shipping", "aurora shipping", "borealis bank"], [1, 2, 2])
    here, there, elsewhere = searched(
        index, ["aurora shipping", "aurora shipping", "borealis bank"], [[0], [1], [0]]
    )
    assert [here[0, 0], there[0, 0], elsewhere[0, 0]] == [0, 1, 2]
    assert here[0, 2] - AT_HOME - FORM == 10_000


def test_an_exact_name_of_one_party_in_its_country_ends_the_search() -> None:
    index = indexed(["aurora shipping", "aurora shippin"], [1, 1])
    (found,) = searched(index, ["aurora shipping"], [[0]])
    assert found[:, 0].tolist() == [0]


@pytest.mark.parametrize("many", [1, 7, 200])
def test_questions_do_not_disturb_each_other(many: int) -> None:
    source = random.Random(many)
    words = _TEXT.split()
    names = [" ".join(source.choices(words, k=3)) for _ in range(50)]
    index = indexed(names)
    alone = [searched(index, [name])[0].tolist() for name in names[:many]]
    assert [table.tolist() for table in searched(index, names[:many])] == alone


@given(st.randoms(use_true_random=False))
def test_the_index_does_not_depend_on_the_order_of_names(source: random.Random) -> None:
    names = ["aurora shipping", "borealis bank", "明光商事", "alpha", "aurora", "boreal banks"]
    order = list(range(len(names)))
    source.shuffle(order)
    packed = pack([name_form(names[at], PartyKind.PERSON) for at in order])
    party = np.array(order, np.int32)[packed.of]
    size = len(party)
    zero = np.zeros(size, np.uint16)
    rows = Rows(np.arange(size), party, zero, zero, zero.astype(np.bool_))
    ours = dict(stored(build_index(packed, rows)))
    assert {name: array.tobytes() for name, array in ours.items()} == _expected(tuple(names))


def _expected(names: tuple[str, ...]) -> dict[str, bytes]:
    packed = pack([name_form(name, PartyKind.PERSON) for name in names])
    size = len(packed.of)
    zero = np.zeros(size, np.uint16)
    rows = Rows(np.arange(size), packed.of.astype(np.int32), zero, zero, zero.astype(np.bool_))
    return {name: array.tobytes() for name, array in stored(build_index(packed, rows))}
