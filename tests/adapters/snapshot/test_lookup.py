"""Finding parties by identifier and by exact name."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.adapters.snapshot.tables import reference, write

from clearance.adapters.snapshot import lookup
from clearance.adapters.snapshot.hashes import hashes_of
from clearance.adapters.snapshot.reference import Reference
from clearance.adapters.snapshot.texts import Texts, column_of
from clearance.model.names import name_key
from clearance.model.party import Identifier


@pytest.fixture
def world(tmp_path: Path) -> Reference:
    return reference(
        write(
            tmp_path,
            "p.csv",
            "id,name,jurisdiction,identifiers,other_names",
            "A,Étoile-Polaire S.A.,XA,XI-LEI:529900ABC;XA-REG:7,North Star",
            "B,ETOILE POLAIRE SA,XB,XB-REG:7,",
            "C,North  Star,XA-1,,",
            "D,North Star,XB,XI-LEI:529900ABC,",
            "E,***,XA,,",
            "F,,,,",
        )
    )


@pytest.mark.parametrize(
    ("name", "jurisdiction", "found"),
    [
        ("étoile polaire, s a", "XA", "A"),
        ("ÉTOILE–POLAIRE S. A.", "", "A"),
        ("etoile polaire sa", "XB", "B"),
        ("etoile polaire sa", "XA", ""),
        ("north star", "", "ACD"),
        ("NORTH STAR", "XA", "AC"),
        ("North Star", "XA-1", "AC"),
        ("North Star", "XA-2", "A"),
        ("North Star", "XB", "D"),
        ("North Star", "XC", ""),
        ("Northstar", "", ""),
        ("North Star\ud800", "", "ACD"),
        ("***", "", ""),
        ("", "", ""),
    ],
)
def test_a_name_finds_the_parties_of_that_name(
    world: Reference, name: str, jurisdiction: str, found: str
) -> None:
    assert "".join(world.id(at) for at in world.lookup_name(name, jurisdiction)) == found


@pytest.mark.parametrize(
    ("scheme", "id", "found"),
    [
        ("XI-LEI", "529900ABC", "AD"),
        ("xi-lei", " 529900abc ", "AD"),
        ("XA-REG", "7", "A"),
        ("XB-REG", "7", "B"),
        ("XC-REG", "7", ""),
        ("XA-REG", "77", ""),
        ("", "", ""),
    ],
)
def test_an_identifier_finds_whoever_carries_it(
    world: Reference, scheme: str, id: str, found: str
) -> None:
    assert "".join(world.id(at) for at in world.lookup_identifier(scheme, id)) == found


def test_many_questions_get_their_answers_in_order(world: Reference) -> None:
    asked = [
        Identifier("XB-REG", "7"),
        Identifier("XB-REG", "8"),
        Identifier("XI-LEI", "529900ABC"),
    ]
    assert world.with_identifiers(asked) == [(1,), (), (0, 3)]
    assert world.with_identifiers([]) == []


@pytest.mark.parametrize(
    ("name", "jurisdiction", "found"),
    [("north star", "XB", (3,)), ("nobody", "", ()), ("North Star", "", (0, 2, 3))],
)
def test_a_name_finds_whoever_bears_it_there_or_anywhere(
    world: Reference, name: str, jurisdiction: str, found: tuple[int, ...]
) -> None:
    assert world.lookup_name(name, jurisdiction) == found


def test_colliding_hashes_cost_a_look_and_never_an_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def collide(texts: object) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
        return np.ones(len(texts), np.uint64)  # type: ignore[arg-type]

    monkeypatch.setattr(lookup, "hashes", collide)
    monkeypatch.setattr(lookup, "hashes_of", collide)
    path = write(tmp_path, "p.csv", "id,name,identifiers", "A,Ann,X:1", "B,Bob,X:2")
    found = reference(path)
    assert found.lookup_name("bob") == (1,)
    assert found.lookup_identifier("X", "1") == (0,)


@given(st.lists(st.text(max_size=12), max_size=20))
def test_a_name_and_its_key_have_one_hash_and_unequal_keys_have_two(names: list[str]) -> None:
    keys = [name_key(name) for name in names]
    assert [name_key(key) for key in keys] == keys
    found = hashes_of(names)
    assert np.array_equal(found, hashes_of(keys))
    assert len(set(found.tolist())) == len(set(keys))
    assert [bool(value) for value in found] == [bool(key) for key in keys]


@given(st.lists(st.text(max_size=3), unique=True, max_size=30), st.text(max_size=3))
def test_ordered_texts_are_found(texts: list[str], other: str) -> None:
    ordered = sorted({text for text in texts if text})
    column = Texts(column_of_texts(ordered))
    wanted = [*ordered, other]
    expected = [ordered.index(text) if text in ordered else -1 for text in wanted]
    assert [column.find(text) for text in wanted] == expected


def column_of_texts(texts: list[str]) -> object:
    import pyarrow as pa

    return column_of(pa.array(texts, pa.string()))


def test_a_domain_finds_whom_it_reaches_and_nobody_by_a_common_host(tmp_path: Path) -> None:
    world = reference(
        write(
            tmp_path,
            "p.csv",
            "id,name,addresses,websites,emails",
            "A,Aurora,1 Elm Row,https://www.aurora.example/x;shop.aurora.example,info@post.example",
            "B,Borealis,,,office@post.example;borealis@gmail.com",
            "C,Cassiopeia,post.example,,",
        )
    )
    asked = ["aurora.example", "post.example", "gmail.com", "", "aurora example", "other.example"]
    found = ["".join(map(world.id, some)) for some in world.with_domains(asked)]
    assert found == ["A", "AB", "", "", "", ""]
