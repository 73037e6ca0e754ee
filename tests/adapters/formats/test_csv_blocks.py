"""Blocks of whole records, and the line on which each begins."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.adapters.snapshot.tables import batches, rows

from clearance.adapters.formats import csv_blocks
from clearance.adapters.formats.source import open_source
from clearance.model.errors import InputError

HEADER = "interested_party,subject\n"


def rows_of(path: Path) -> list[tuple[Any, ...]]:
    made = batches(path)
    columns = (rows(made, name) for name in ("interested_party", "subject", "line"))
    return list(zip(*columns, strict=True))


def test_a_line_break_inside_quotes_is_part_of_the_field(tmp_path: Path) -> None:
    path = tmp_path / "i.csv"
    path.write_text(HEADER + 'A,"B\nb"\n"C ""c""",D\n\nE,F\n')
    assert rows_of(path) == [("A", "B\nb", 2), ('C "c"', "D", 4), ("E", "F", 6)]


def test_a_quote_inside_plain_text_opens_nothing(tmp_path: Path) -> None:
    path = tmp_path / "i.csv"
    path.write_text(HEADER + 'A 5" pipe,B\n"C, c",D\n')
    assert rows_of(path) == [('A 5" pipe', "B", 2), ("C, c", "D", 3)]


def test_rows_are_the_same_however_the_file_is_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "i.csv"
    lines = [f'"P{n}\n","Q ""{n}"""\n' if n % 3 == 0 else f"P{n},Q{n}\n" for n in range(500)]
    path.write_text(HEADER + "".join(lines))
    whole = rows_of(path)
    monkeypatch.setattr("clearance.adapters.formats.source.CHUNK", 37)
    monkeypatch.setattr(csv_blocks, "BLOCK", 100)
    assert rows_of(path) == whole
    assert len(whole) == 500


@pytest.mark.parametrize("text", ['A,"B\n', 'A,B\nC,"D\nE,F\n'])
def test_a_quote_that_is_never_closed_is_told_with_its_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "i.csv"
    path.write_text(HEADER + text)
    with pytest.raises(InputError, match=r"i\.csv:[23]: a row that does not end"):
        batches(path)


def test_a_record_longer_than_a_block_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "i.csv"
    path.write_text(HEADER + "A," + "B" * 5000 + "\n")
    monkeypatch.setattr("clearance.adapters.formats.source.CHUNK", 64)
    monkeypatch.setattr(csv_blocks, "BLOCK", 1000)
    with pytest.raises(InputError, match="does not end within"):
        batches(path)


def test_carriage_returns_alone_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "i.csv"
    path.write_bytes(b"interested_party,subject\rA,B\r")
    from clearance.adapters.formats import csv_interests

    (source,) = open_source(path)
    with pytest.raises(InputError, match="lines end with CR alone"):
        list(csv_interests.read(source))


@given(st.lists(st.tuples(*[st.text('a",\n; ', min_size=1)] * 2), min_size=1, max_size=8))
def test_what_the_csv_module_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[str, str]]
) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["interested_party", "subject"])
    writer.writerows(pairs)
    path = tmp_path_factory.mktemp("blocks") / "i.csv"
    path.write_text(text.getvalue())
    kept = [pair for pair in pairs if all(cell.strip() for cell in pair)]
    found = [(holder, subject) for holder, subject, _ in rows_of(path)]
    assert found == [(holder.strip(), subject.strip()) for holder, subject in kept]
