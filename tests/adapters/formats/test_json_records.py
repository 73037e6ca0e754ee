"""JSON records from lines and arrays: all of them, or the place where they end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.json import Decoder

from clearance.adapters.formats import source as source_module
from clearance.adapters.formats.columns import Gathered
from clearance.adapters.formats.json_records import Record, records
from clearance.adapters.formats.limits import Limits
from clearance.adapters.formats.source import open_source
from clearance.model.errors import SourceError

DECODER: Decoder[Record] = Decoder(dict)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text('a"\\{}[],:é', max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(("id", "b", "c")), inner, max_size=3)
    ),
    max_leaves=8,
)
OBJECTS = st.lists(st.dictionaries(st.sampled_from(("id", "x")), VALUES, max_size=2), max_size=12)


def read(path: Path, text: str, **limits: int) -> tuple[list[tuple[int, Record]], Gathered]:
    path.write_text(text, encoding="utf-8")
    (source,) = open_source(path, limits=Limits(**limits))
    gathered = Gathered("test")
    return list(records(source, gathered, DECODER)), gathered


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("json") / "x"


@given(objects=OBJECTS, chunk=st.integers(1, 40), indent=st.sampled_from((None, 0, 1)))
def test_an_array_cut_anywhere_gives_every_element(
    place: Path, objects: list[Record], chunk: int, indent: int | None
) -> None:
    text = json.dumps(objects, indent=indent, ensure_ascii=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source_module, "CHUNK", chunk)
        found, gathered = read(place, text)
    assert found == list(enumerate(objects, 1))
    assert not gathered.rejects


@given(objects=OBJECTS.filter(bool), lost=st.integers(1, 30))
def test_an_array_cut_off_is_an_error_and_never_a_shorter_array(
    place: Path, objects: list[Record], lost: int
) -> None:
    text = json.dumps(objects, ensure_ascii=False)
    if lost >= len(text):
        return
    with pytest.raises(SourceError, match=r"cut off after record|white space"):
        read(place, text[:-lost])


@pytest.mark.parametrize("key", ["records", "relations", "exceptions"])
def test_an_envelope_is_opened(tmp_path: Path, key: str) -> None:
    found, _ = read(tmp_path / "x", json.dumps({key: [{"a": 1}, {"a": 2}], "count": 2}))
    assert found == [(1, {"a": 1}), (2, {"a": 2})]


def test_a_line_that_is_no_record_is_rejected_by_its_number(tmp_path: Path) -> None:
    found, gathered = read(tmp_path / "x", '{"a": 1}\n\nno\n[1]\n{"a": 2}\r\n{"a": 3')
    assert found == [(1, {"a": 1}), (5, {"a": 2})]
    assert [reject.line for reject in gathered.rejects] == [3, 4, 6]


def test_an_element_that_is_no_object_is_rejected_by_its_number(tmp_path: Path) -> None:
    found, gathered = read(tmp_path / "x", '[{"a": 1}, 7, {"a": 2}]')
    assert found == [(1, {"a": 1}), (3, {"a": 2})]
    assert [reject.line for reject in gathered.rejects] == [2]


def test_a_fault_inside_an_array_names_the_last_good_record(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="broken or cut off after record 1"):
        read(tmp_path / "x", '[{"a": 1}, {"a": }, {"a": 2}]')


def test_a_record_without_end_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_module, "CHUNK", 100)
    with pytest.raises(SourceError, match="record 2 is broken or longer than"):
        read(tmp_path / "x", '[{"a": 1}, {"a": "' + "x" * 3000, record=1000)
