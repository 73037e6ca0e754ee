"""Parquet with the columns of the plain CSV tables."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.adapters.snapshot.tables import batches, reasons, reference

from clearance.adapters.formats import parquet
from clearance.adapters.formats.source import open_source
from clearance.model.dates import parse_date
from clearance.model.errors import InputError, SourceError
from clearance.model.share import UNSTATED, Share


def stored(folder: Path, **columns: object) -> Path:
    path = folder / "rows.parquet"
    pq.write_table(pa.table(columns), path)
    return path


@pytest.mark.parametrize(
    "value",
    [50.1, "50.1", Decimal("50.10"), pa.scalar(50.1, pa.float64())],
)
def test_a_share_is_exact_however_it_is_stored(tmp_path: Path, value: object) -> None:
    path = stored(tmp_path, interested_party=["A"], subject=["B"], share=pa.array([value]))
    (found,) = reference(path).interests_in("B")
    assert found.share == Share.of_percent("50.1")


def test_a_share_near_nothing_is_a_number_like_any_other(tmp_path: Path) -> None:
    path = stored(tmp_path, interested_party=["A", "C"], subject=["B", "B"], share=[1e-5, 50.0])
    small, half = reference(path).interests_in("B")
    assert (small.share, half.share) == (Share.of_percent("0.00001"), Share.of_percent("50"))


def test_nulls_are_not_stated(tmp_path: Path) -> None:
    path = stored(
        tmp_path,
        interested_party=["A", "C"],
        subject=["B", "B"],
        share=pa.array([None, float("nan")], pa.float64()),
        start=pa.array([date(2020, 1, 2), None]),
        end=pa.array([datetime(2021, 1, 2, 3, 4), None]),
        components=[["D", "E"], None],
        joint=pa.nulls(2),
    )
    first, second = reference(path).interests_in("B")
    assert first.share == second.share == UNSTATED
    assert first.period.start == parse_date("2020-01-02")
    assert first.period.end == parse_date("2021-01-02")
    assert first.components == ("D", "E")


def test_numbers_may_be_ids_and_booleans_words(tmp_path: Path) -> None:
    path = stored(
        tmp_path,
        id=[7, 11],
        capital=[True, False],
        kind=pa.array(["state"] * 2).dictionary_encode(),
    )
    found = reference(path)
    assert list(found.party_ids()) == ["11", "7"]
    assert [found.party_at(at).capital for at in (0, 1)] == [False, True]


def test_a_reject_names_the_row(tmp_path: Path) -> None:
    path = stored(tmp_path, interested_party=["A", "A"], subject=["B", "C"], share=[10, 101])
    expected = "'101' is outside 0 to 100; write a percentage of the whole"
    assert reasons(batches(path)) == [(2, "share", expected)]


def test_unknown_columns_and_types_are_input_errors(tmp_path: Path) -> None:
    (source,) = open_source(stored(tmp_path, id=["A"], colour=["red"]))
    with pytest.raises(InputError, match="unknown column 'colour'"):
        list(parquet.read(source))
    (source,) = open_source(stored(tmp_path, id=["A"], name=[{"x": 1}]))
    with pytest.raises(InputError, match="name: a column of type struct"):
        list(parquet.read(source))


@pytest.mark.parametrize(
    ("name", "values", "kind"),
    [
        ("components", [None, [[1]]], "list"),
        ("components", [None, [{"x": "D"}]], "list"),
        ("share", [[50], [60]], "list"),
        ("share", [None, [[1]]], "list"),
        ("start", [["2020"], None], "list"),
    ],
)
def test_lists_stand_where_lists_belong(
    tmp_path: Path, name: str, values: list[object], kind: str
) -> None:
    path = stored(tmp_path, interested_party=["A", "C"], subject=["B", "B"], **{name: values})
    (source,) = open_source(path)
    with pytest.raises(InputError, match=rf"rows\.parquet: {name}: a column of type {kind}"):
        list(parquet.read(source))


def test_a_cut_file_is_a_source_error(tmp_path: Path) -> None:
    path = stored(tmp_path, id=["A"])
    path.write_bytes(path.read_bytes()[:-6])
    (source,) = open_source(path)
    with pytest.raises(SourceError, match="the Parquet file is broken"):
        list(parquet.read(source))
