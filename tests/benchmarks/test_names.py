"""The corpus of names and the questions to it: what the figures of matching rest on."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pyarrow as pa
import pytest
from benchmarks.matching import noise
from benchmarks.matching.addresses import address_of, as_written
from benchmarks.matching.corpus import make_corpus
from benchmarks.matching.noise import COMPANY, PERSON
from benchmarks.matching.people import persons
from benchmarks.matching.questions import SPLITS, questions, tenth
from rigour.addresses import compare_address

from clearance.matching.compare.address import SAME

SIZE = 6_000


def _real() -> pa.Table:
    """Invented names of two countries: 1,500 with a trade and a legal form each."""
    first = persons(3_000, 9).to_pylist()
    names = [f"{name} {('Foods', 'Trust', 'Lines')[i % 3]} Ltd" for i, name in enumerate(first)]
    countries = ["XA" if i % 3 else "XB" for i in range(len(names))]
    return pa.table(
        {"id": [f"L{i}" for i in range(len(names))], "name": names, "country": countries}
    )


@pytest.fixture(scope="module")
def corpus() -> pa.Table:
    return make_corpus(_real(), SIZE)


def test_the_same_seed_gives_the_same_corpus_and_another_seed_another(corpus: pa.Table) -> None:
    assert make_corpus(_real(), SIZE).equals(corpus)
    assert not make_corpus(_real(), SIZE, seed=2).equals(corpus)


def test_the_real_names_come_first_and_persons_are_a_tenth(corpus: pa.Table) -> None:
    real = _real()
    assert corpus["name"].slice(0, real.num_rows).equals(real["name"])
    assert Counter(corpus["kind"].to_pylist()) == {"entity": SIZE * 9 // 10, "person": SIZE // 10}
    assert len(set(corpus["id"].to_pylist())) == len(corpus) == SIZE


def test_made_names_are_new_keep_the_common_words_and_their_countries_share(
    corpus: pa.Table,
) -> None:
    made = corpus.slice(3_000, SIZE * 9 // 10 - 3_000)
    names = made["name"].to_pylist()
    assert not set(names) & set(_real()["name"].to_pylist())
    assert all(name.endswith(" Ltd") for name in names)
    assert Counter(made["country"].to_pylist()) == {"XA": 1_600, "XB": 800}


def test_the_vocabulary_grows_as_heaps_law_says() -> None:
    sizes = [6_000, 48_000]
    words = [_vocabulary(make_corpus(_real(), size)) for size in sizes]
    growth = np.log(words[1][1] / words[0][1]) / np.log(words[1][0] / words[0][0])
    assert 0.55 < growth < 0.75


def _vocabulary(corpus: pa.Table) -> tuple[int, int]:
    entities = corpus.filter(pa.compute.equal(corpus["kind"], "entity"))
    words = [word for name in entities["name"].to_pylist() for word in name.split()]
    return len(words), len(set(words))


def test_no_entity_is_in_two_splits() -> None:
    rows = np.arange(100_000)
    counts = np.bincount(tenth(rows))
    assert counts.min() > 9_800
    assert sorted(SPLITS.values()) == [(0, 6), (6, 8), (8, 10)]


def test_a_question_is_a_disturbed_name_of_its_entity_and_half_are_absent(
    corpus: pa.Table,
) -> None:
    asked = questions(corpus, 100, "test")
    assert questions(corpus, 100, "test") == asked
    for question in asked:
        assert question.name.casefold() != corpus["name"][question.truth].as_py().casefold()
        assert question.country == corpus["country"][question.truth].as_py()
        assert tenth(np.array([question.truth]))[0] >= SPLITS["test"][0]
    assert 0.4 < np.mean([question.absent for question in asked]) < 0.6
    assert {question.noise for question in asked if question.kind == "person"} <= set(PERSON)


CASES = [
    ("typo", "Talomi Optics", None),
    ("transposed", "Talomi Optics", None),
    ("dropped", "Talomi Optics Ltd", None),
    ("dropped", "Talomi Ltd", "Talomi Ltd"),
    ("added", "Talomi Ltd", None),
    ("reordered", "Talomi Optics", "Optics Talomi"),
    ("reordered", "Talomi", "Talomi"),
    ("romanised", "Таломи Оптикс", "Talomi Optiks"),
    ("romanised", "Talomi Optics", "Talomi Optics"),
    ("without_diacritics", "Tálomi Öptics", "Talomi Optics"),
    ("in_near_script", "Talomi Optics", None),
    ("abbreviated", "International Foods", None),
    ("abbreviated", "Talomi", "Talomi"),
    ("form_written_otherwise", "Talomi GmbH", None),
    ("form_written_otherwise", "Talomi", "Talomi"),
    ("concatenated", "Talomi Optics Ltd", "talomiopticsltd"),
    ("number_written_otherwise", "Talomi Fund II", None),
    ("number_written_otherwise", "Talomi Fund", "Talomi Fund"),
]


@pytest.mark.parametrize(("name", "text", "expected"), CASES)
def test_a_noise_changes_what_it_can_take_hold_of(
    name: str, text: str, expected: str | None
) -> None:
    heard = {COMPANY[name](np.random.default_rng(seed), text) for seed in range(20)}
    assert heard == {expected} if expected is not None else any(one != text for one in heard)


def test_a_persons_name_is_turned_and_shortened() -> None:
    rng = np.random.default_rng(1)
    assert noise.family_first(rng, "Brano Stelu Vardi") == "VARDI, Brano Stelu"
    assert noise.initials(rng, "Brano Stelu Vardi") == "B. Stelu Vardi"
    assert noise.initials(rng, "Brano") == noise.family_first(rng, "Brano") == "Brano"


def test_numbers_stay_the_same_number() -> None:
    for seed in range(10):
        text = noise.number_written_otherwise(np.random.default_rng(seed), "Talomi Fund II")
        assert text in {"Talomi Fund 2", "Talomi Fund TWO", "Talomi Fund SECOND"}


def test_an_address_is_written_in_ways_that_are_one_place_and_sometimes_moved() -> None:
    rng = np.random.default_rng(1)
    held = [address_of(row, "Talomi Ltd", "XA") for row in range(400)]
    asked = [as_written(address, row, "XA", rng) for row, address in enumerate(held)]
    alike = [compare_address(*both) >= SAME for both in zip(held, asked, strict=True)]
    assert 0.8 < np.mean(alike) < 0.92
    assert 0.25 < max(Counter(held).values()) / len(held) < 0.45
    assert address_of(7, "Talomi Ltd", "XA") == held[7]
