"""Which word of one name stands for which of the other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearance.matching.compare.alignment import Tie, align, is_short
from clearance.matching.rarity import HIGHEST, PRIOR, rarity

FLAT = {"ltd": 0.2, "group": 0.05}
RARE = rarity(lambda _word: 0, 0, FLAT)

CASES = [
    ("equal words in any order", "talomi optics", "optics talomi", {Tie.SAME: 2}, "", ""),
    ("a slip of the pen", "talomi optisc", "talomi optics", {Tie.SAME: 1, Tie.ALIKE: 1}, "", ""),
    ("two words in one", "talomioptics", "talomi optics", {Tie.JOINED: 1}, "", ""),
    ("one word in two", "talomi optics", "talomioptics", {Tie.JOINED: 1}, "", ""),
    ("an initial", "v talomi", "vera talomi", {Tie.SAME: 1, Tie.SHORT: 1}, "", ""),
    ("a usual short form", "talomi hldgs", "talomi holdings", {Tie.SAME: 1, Tie.SHORT: 1}, "", ""),
    ("a word too many", "talomi group", "talomi", {Tie.SAME: 1}, "group", ""),
    ("a word too few", "talomi", "talomi group", {Tie.SAME: 1}, "", "group"),
    ("a number in words", "fund two", "fund 2", {Tie.SAME: 2}, "", ""),
    ("a Roman number that no word told", "aurora i", "aurora one", {Tie.SAME: 2}, "", ""),
    ("two words are no numeral", "first aurora", "one aurora", {Tie.SAME: 1}, "first", "one"),
    ("numbers are never alike", "fund 12", "fund 13", {Tie.SAME: 1}, "12", "13"),
    ("a number is no short form", "fund 1", "fund 12", {Tie.SAME: 1}, "1", "12"),
    ("two strangers", "talomi", "brevka", {}, "talomi", "brevka"),
    ("a word counts once", "talomi talomi", "talomi", {Tie.SAME: 1}, "talomi", ""),
    ("nothing on a side", "", "talomi", {}, "", "talomi"),
]


@pytest.mark.parametrize(("what", "query", "candidate", "ties", "left", "right"), CASES)
def test_words_stand_for_words(
    what: str, query: str, candidate: str, ties: dict[Tie, int], left: str, right: str
) -> None:
    found = align(query.split(), candidate.split(), RARE)
    kinds = [tie[2] for tie in found.ties]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == ties, what
    assert (" ".join(found.left), " ".join(found.right)) == (left, right)
    assert (found.alike, found.short, found.joined) == tuple(
        kinds.count(kind) for kind in (Tie.ALIKE, Tie.SHORT, Tie.JOINED)
    )
    assert found.equal == (bool(ties) and set(ties) == {Tie.SAME} and not left and not right)


def test_a_rare_word_left_over_weighs_more_than_a_common_one() -> None:
    rare = align(["talomi", "brevka"], ["talomi"], RARE)
    common = align(["talomi", "group"], ["talomi"], RARE)
    assert rare.query < common.query < 1.0
    assert rare.candidate == common.candidate == 1.0
    assert rare.rarest_left > common.rarest_left > 0.0


WORDS = st.lists(st.text("abcdei", min_size=1, max_size=7), max_size=6)


@given(WORDS, WORDS)
def test_each_word_is_used_once_and_the_other_way_round_says_the_same(
    query: list[str], candidate: list[str]
) -> None:
    found = align(query, candidate, RARE)
    used = [word for tie in found.ties for word in tie[0].split()] + list(found.left)
    assert sorted(used) == sorted(query)
    turned = align(candidate, query, RARE)
    assert 0.0 <= found.query <= 1.0 + 1e-9
    assert found.told == pytest.approx(turned.told)


@given(WORDS.filter(bool))
def test_a_name_is_equal_to_itself_in_any_order(words: list[str]) -> None:
    found = align(words, words[::-1], RARE)
    assert found.equal
    assert found.query == found.candidate == pytest.approx(1.0)


SHORT = [
    ("intl", "international", True),
    ("v", "vera", True),
    ("mgmt", "management", True),
    ("anna", "arena", False),
    ("1", "12", False),
    ("optics", "robotics", False),
]


@pytest.mark.parametrize(("short", "long", "expected"), SHORT)
def test_a_short_form_is_the_beginning_or_the_letters_in_order(
    short: str, long: str, expected: bool
) -> None:
    assert is_short(short, long) is is_short(long, short) is expected


def test_nothing_is_rarer_than_the_floor_and_usual_words_count_before_any_name() -> None:
    small = rarity(lambda word: 3 * (word == "talomi"), 100, FLAT)
    assert small("brevka") == HIGHEST
    assert small("ltd") < small("group") < small("talomi") < HIGHEST


def test_a_large_reference_outweighs_the_usual_words() -> None:
    told = rarity(lambda word: 500 * PRIOR * (word == "talomi"), 1_000 * PRIOR, FLAT)
    assert told("talomi") < 1.0
    assert told("ltd") > rarity(lambda _word: 0, 0, FLAT)("ltd")
