"""Whatever bytes come, every parser answers or refuses in one line, and so does the request path.

A seeded share of what ``python -m tests.fuzz`` does for as long as one likes.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import pyarrow as pa
import pytest
from pyarrow.parquet import write_table
from tests.adapters.formats.reading import read_file
from tests.adapters.network.building import build
from tests.fuzz.mutation import mutated
from tests.fuzz.targets import LATER, TARGETS

from clearance.adapters.campaigns.sources import read as asked_of
from clearance.adapters.formats.source import open_source
from clearance.adapters.policies import reading as policies
from clearance.adapters.portfolio.customers import read_customers
from clearance.model.errors import ClearanceError, InputError, SourceError, StorageError
from clearance.model.share import fraction_of_percent
from clearance.usecases.check_policy import check

SHARE = {
    "management": 60, "campaigns": 12, "networks": 40, "database": 60, "log": 60,
    "foreign": 40, "registers": 100,
}  # fmt: skip
"""How often the slower ones are tried; the others 150 times."""


@pytest.mark.parametrize("name", TARGETS)
def test_any_bytes_are_read_or_refused(name: str, tmp_path: Path) -> None:
    target = TARGETS[name]
    seeds = target.seeds()
    for at, seed in enumerate(seeds):
        (tmp_path / f"s{at}").mkdir()
        target.run(seed, tmp_path / f"s{at}")
    for draw in range(SHARE.get(name, 150)):
        folder = tmp_path / str(draw)
        folder.mkdir()
        target.run(mutated(seeds, Random(f"{name} {draw}")), folder)


def test_mutations_change_what_they_are_given() -> None:
    seeds = [b'{"a": [1, 2, {"b": "c"}]}', b"id,name\n1,x\n"]
    made = {mutated(seeds, Random(draw)) for draw in range(200)}
    assert len(made) > 150
    assert made != {mutated(seeds, Random(draw + 1000)) for draw in range(200)}


@pytest.mark.parametrize("text", ["1e-999999999", "0." + "0" * 500 + "1", "50." + "1" * 100_000])
def test_a_share_finer_than_any_memory_is_refused_at_once(text: str) -> None:
    with pytest.raises(InputError, match="is no percentage; write a plain number"):
        fraction_of_percent(text)


@pytest.mark.parametrize(
    "number", ["1e-999999999", "1e999999999", "1e99999999999999999999", "9" * 5000]
)
def test_a_number_beyond_reading_is_a_problem_of_the_document(number: str) -> None:
    id = policies.rule_ids()[0]
    text = policies.read_document(id, policies.RULES)[1].replace("= 50", f"= {number}")
    (found,) = check([("rule.toml", text)], policies.shelf_of)
    assert found.problems


@pytest.mark.parametrize(
    "read",
    [read_customers, read_file, lambda path: list(asked_of(*open_source(path)))],
    ids=["customers", "a register", "a log of interactions"],
)
def test_a_parquet_file_whose_column_is_no_text_is_broken(
    read: Callable[[Path], object], tmp_path: Path
) -> None:
    path = tmp_path / "x.parquet"
    write_table(pa.table({"account": ["a"]}), path)
    path.write_bytes(path.read_bytes().replace(b"account", b"acc\xdfunt"))
    with pytest.raises(ClearanceError, match="broken"):
        read(path)


@pytest.mark.parametrize("year", ["99999", "9" * 30, "0", "-1"])
def test_a_day_beyond_the_calendar_is_none(year: str, tmp_path: Path) -> None:
    table = f"# Generated: Sat, 01 Nov {year} 04:00:00 GMT\n192.0.2.0,192.0.2.9,XA\n"
    about = "as_of = 2025-11-01\n"
    (tmp_path / "t.csv").write_text(table)
    (tmp_path / "sources.toml").write_text(f'[[source]]\nid = "s"\nfile = "t.csv"\n{about}')
    found = build(tmp_path / "n.mmdb", tmp_path / "sources.toml").lookup("192.0.2.1")
    assert found is not None
    assert [said.what for said in found.countries] == ["XA"]


@pytest.mark.parametrize(
    ("was", "now"),
    [(b"build_epoch\x04", b"build_epoch\x85"), (b"database_typeO", b"database_type\x8f")],
)
def test_a_database_whose_metadata_is_of_another_type_is_refused(
    was: bytes, now: bytes, tmp_path: Path
) -> None:
    database = TARGETS["foreign"].seeds()[0].partition(b"\n")[2]
    (tmp_path / "o.mmdb").write_bytes(database.replace(was, now))
    with pytest.raises(SourceError, match="of another type"):
        build(tmp_path / "n.mmdb", tmp_path / "o.mmdb", day=LATER)


@pytest.mark.parametrize(
    "text",
    [
        "9" * 5000 + ",192.0.2.9,XA\n",
        "network,country\n192.0.2.0/" + "9" * 5000 + ",XA\n",
        "network,asn\n192.0.2.0/24,AS" + "9" * 5000 + "\n",
    ],
    ids=["an address", "a prefix", "an ASN"],
)
def test_a_number_beyond_reading_is_refused_with_its_row(text: str, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(text)
    listed = '[[source]]\nid = "s"\nfile = "t.csv"\nas_of = 2025-11-01\n'
    (tmp_path / "sources.toml").write_text(listed)
    with pytest.raises(ClearanceError, match=r"t\.csv:[12]: .*is no"):
        build(tmp_path / "n.mmdb", tmp_path / "sources.toml")


def test_a_header_that_ends_with_returns_alone_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(b"time,account,prompt\r2026-01-05T10:00:00Z,a,b\r")
    with pytest.raises(InputError, match="lines end with CR alone; save with LF or CRLF"):
        list(asked_of(*open_source(tmp_path / "x.csv")))


def test_a_name_that_no_system_takes_is_told_and_not_asked_for() -> None:
    with pytest.raises(StorageError, match="cannot be read: file name too long"):
        open_source("s" * 5000)


def test_an_element_without_parts_is_no_record(tmp_path: Path) -> None:
    whole = next(seed for seed in TARGETS["registers"].seeds() if seed.startswith(b"gleif-lei.xml"))
    text = whole.partition(b"\n")[2]
    end = text.rindex(b"</lei:LEIRecords>")
    (tmp_path / "x.xml").write_bytes(text[:end] + b"<lei:LEIRecord>?</lei:LEIRecord>" + text[end:])
    found = read_file(tmp_path / "x.xml")
    assert found.records == 3
    assert [reason for _, _, reason in found.rejects] == [
        "not a GLEIF record, its keys are ContentDate"
    ]
