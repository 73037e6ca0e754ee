"""The index of names in a snapshot: the same however it is made, and checked when it is used."""

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearance.adapters.formats.source import open_source
from clearance.adapters.matching import naming
from clearance.adapters.matching.lots import indexes_in
from clearance.adapters.matching.naming import name_arrays
from clearance.adapters.matching.source import candidates_of
from clearance.adapters.snapshot.builder import with_names
from clearance.adapters.snapshot.compile import compile_supplies
from clearance.adapters.snapshot.content import Content
from clearance.adapters.snapshot.load import supply_of
from clearance.adapters.snapshot.reference import Reference
from clearance.matching.candidates import Sought
from clearance.matching.index.sound import nonsense
from clearance.matching.text.form import name_form
from clearance.model.errors import IntegrityError

_TEXT = "aurora borealis shipping marine bank alpha gamma delta omega kappa trade works"
WORDS = _TEXT.split()
ALIASES = 300


def content_of(folder: Path, rows: list[str]) -> Content:
    path = folder / "parties.csv"
    path.write_text("\n".join(["id,name,kind,jurisdiction,other_names", *rows]))
    return compile_supplies(map(supply_of, open_source(path))).content


def rows_of(seed: int, count: int = 60) -> list[str]:
    chance = random.Random(seed)
    return [
        f"P{at:03},{' '.join(chance.choices(WORDS, k=3))} {at},entity,X{chance.choice('ABC')},"
        for at in range(count)
    ]


def ids_found(reference: Reference, names: list[str], country: str = "XA") -> list[list[str]]:
    asked = [Sought((name_form(name),), (country,)) for name in names]
    return [
        [reference.id(one.party) for one in found]
        for found in candidates_of(reference).search(asked)
    ]


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Content:
    return with_names(content_of(tmp_path_factory.mktemp("names"), rows_of(1)))


def test_the_order_of_the_source_changes_no_byte(tmp_path: Path, content: Content) -> None:
    rows = rows_of(1)
    random.Random(3).shuffle(rows)
    ours = name_arrays(content_of(tmp_path, rows))
    assert {name: array.tobytes() for name, array in ours.items()} == {
        name: content.arrays[name].tobytes() for name in ours
    }


def test_processes_side_by_side_change_no_byte(
    content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(naming, "MANY", 1)
    monkeypatch.setattr(naming, "_LOT", 7)
    for name, array in name_arrays(content).items():
        assert array.tobytes() == content.arrays[name].tobytes(), name


def test_many_questions_at_once_are_answered_as_one_by_one(content: Content) -> None:
    reference = Reference(content)
    names = [row.split(",")[1] for row in rows_of(1)] * 4
    source = candidates_of(reference)
    asked = [Sought((name_form(name),), ("XB",)) for name in names]
    assert source.search(asked) == [source.search([one])[0] for one in asked]


def test_an_entity_is_found_by_each_of_its_many_names_and_hides_nobody(tmp_path: Path) -> None:
    chance = random.Random(7)
    letters = "abcdefghijklmnoprstuvw"
    aliases = [
        f"Aurora Holding {''.join(chance.choices(letters, k=7))} {at}" for at in range(ALIASES)
    ]
    others = [f"Q{at:02},Aurora Holding {letters[at]}{letters[-at]}x,entity,XA," for at in range(9)]
    many = f"P,Aurora Holding,entity,XA,{';'.join(aliases)}"
    reference = Reference(with_names(content_of(tmp_path, [many, *others])))
    assert len(reference.other_names(0)) == ALIASES
    assert [ids[0] for ids in ids_found(reference, aliases)] == ["P"] * ALIASES
    (found,) = ids_found(reference, ["Aurora Holding zz"])
    assert set(found) == {"P", *(f"Q{at:02}" for at in range(9))}


def test_a_row_that_no_longer_counts_is_not_found(content: Content) -> None:
    party = content.arrays["match.0.party"].copy()
    party[:] = -1
    gone = replace(content, arrays={**content.arrays, "match.0.party": party})
    name = rows_of(1)[0].split(",")[1]
    assert ids_found(Reference(gone), [name]) == [[]]


def test_a_sound_index_is_found_sound(content: Content) -> None:
    (index,) = indexes_in(content.arrays)
    assert list(nonsense(index, len(content.texts["party.id"]))) == []


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("party", 60, "party: a value outside"),
        ("word_row", -1, "word_row: a value outside"),
        ("gram_row", 1 << 30, "gram_row: a value outside"),
        ("core_item", 1 << 30, "core_item: a value outside"),
        ("near_item", 1 << 30, "near_item: a value outside"),
        ("text_start", 1 << 30, "text_start: does not part"),
        ("word_directory", 1 << 30, "word_directory: does not part"),
        ("country_start", -4, "country_start: does not part"),
    ],
)
def test_nonsense_is_told_by_name(content: Content, name: str, value: int, told: str) -> None:
    array = content.arrays[f"match.0.{name}"].copy()
    array[len(array) // 2] = value
    (index,) = indexes_in({**content.arrays, f"match.0.{name}": array})
    assert any(told in what for what in nonsense(index, len(content.texts["party.id"])))


@pytest.mark.parametrize("name", ["form", "word_tag", "gram_code", "near_item", "text_start"])
def test_a_part_of_another_length_is_refused_at_opening(content: Content, name: str) -> None:
    arrays = {**content.arrays, f"match.0.{name}": content.arrays[f"match.0.{name}"][:-1]}
    with pytest.raises(IntegrityError, match=name):
        candidates_of(Reference(replace(content, arrays=arrays)))


def test_a_missing_part_is_refused_at_opening(content: Content) -> None:
    arrays = {name: one for name, one in content.arrays.items() if name != "match.0.gram_row"}
    with pytest.raises(IntegrityError, match=r"lacks match\.0\.gram_row"):
        candidates_of(Reference(replace(content, arrays=arrays)))


@given(st.data())
def test_damaged_bytes_give_an_answer_or_a_clear_error(
    content: Content, data: st.DataObject
) -> None:
    names = sorted(name for name in content.arrays if name.startswith("match."))
    name = data.draw(st.sampled_from(names))
    array = content.arrays[name].copy()
    raw = array.view(np.uint8)
    for _ in range(8):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    reference = Reference(replace(content, arrays={**content.arrays, name: array}))
    asked = [Sought((name_form(row.split(",")[1]),), ("XA",)) for row in rows_of(1)[:12]]
    with suppress(IntegrityError):
        found = candidates_of(reference).search(asked)
        assert len(found) == len(asked)
