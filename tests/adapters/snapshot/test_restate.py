"""A snapshot told again says what its sources said, alone and before further ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.adapters.formats.reading import DATA
from tests.adapters.snapshot.tables import compiled, write
from tests.adapters.snapshot.test_merging import same

from clearance.adapters.snapshot.compile import Compiled, Supply, compile_supplies
from clearance.adapters.snapshot.load import supplies_of
from clearance.adapters.snapshot.restate import DESCRIBED, described_lines, restated


def again(folder: Path, made: Compiled, *more: Path) -> Compiled:
    """What was compiled, told again before further sources."""
    (folder / DESCRIBED).unlink(missing_ok=True)
    for name, text in described_lines(made.described).items():
        (folder / name).write_text(text)
    before = Supply("before", "snapshot", restated(folder, made.content))
    return compile_supplies([before, *(supply for path in more for supply in supplies_of(path))])


FORMATS = sorted(DATA.glob("*"))


@pytest.mark.parametrize("path", FORMATS, ids=lambda path: path.name)
def test_every_format_comes_back(path: Path, tmp_path: Path) -> None:
    made = compiled(path)
    assert same(again(tmp_path, made).content, made.content)


@pytest.mark.parametrize("split", range(1, len(FORMATS)))
def test_what_is_told_later_gives_what_all_sources_give(split: int, tmp_path: Path) -> None:
    first, later = FORMATS[:split], FORMATS[split:]
    told = again(tmp_path, compiled(*first), *later)
    whole = compiled(*FORMATS)
    assert same(told.content, whole.content)
    assert told.described == whole.described


NAMES = st.sampled_from(["", "Alder", "Birch"])
ROW = st.tuples(st.sampled_from("ABCD"), NAMES, st.sampled_from(["", "XA", "XB"]), NAMES)
TABLE = st.lists(ROW, max_size=4, unique_by=lambda row: row[0])
HOLDING = st.tuples(st.sampled_from("ABCDE"), st.sampled_from("ABCDE"), st.integers(0, 100))


@given(tables=st.lists(TABLE, min_size=2, max_size=4), held=st.lists(HOLDING, max_size=6))
def test_any_tables_may_come_later(
    tables: list[list[tuple[str, str, str, str]]],
    held: list[tuple[str, str, int]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("any")
    header = "id,name,jurisdiction,other_names"
    paths = [
        write(folder, f"t{at}.csv", header, *(",".join(row) for row in rows))
        for at, rows in enumerate(tables)
        if rows
    ]
    lines = [f"{holder},{subject},{share}" for holder, subject, share in held]
    interests = write(folder, "i.csv", "interested_party,subject,share", *lines, "A,B,1")
    whole = compiled(interests, *paths).content
    told = again(folder, compiled(interests, *paths[:1]), *paths[1:]).content
    assert same(told, whole)
