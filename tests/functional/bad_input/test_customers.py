"""Bad input to ``screen``: portfolios it cannot use."""

from __future__ import annotations

import gzip
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest
from tests.functional.bad_input.saying import FILES, SCREEN, Case, Run, refused, title

NAME = "customers.csv"
ROWS = "id,name,country,annual_revenue,register,register_number\n"


def _case(title: str, content: bytes | str, *says: str) -> Case:
    return Case(title, NAME, content, (NAME, *says))


def _parquet(columns: dict[str, object], cut: int | None = None) -> bytes:
    sink = pa.BufferOutputStream()
    pa.parquet.write_table(pa.table(columns), sink)
    return bytes(sink.getvalue().to_pybytes()[:cut])


CUSTOMERS = (
    _case("an unknown column", "id,headqarters\nC1,XA\n", ":1", "headqarters", "headquarters"),
    _case("a column twice", "id,name,name\nC1,a,b\n", ":1", "name"),
    _case("no id", "name\nx\n", ":2", "id"),
    _case("one id twice", "id,name\nC1,a\nC1,b\n", ":3", "id", "line 2"),
    _case("another encoding", "id,name\nC1,Müller\n".encode("latin-1"), ":2", "UTF-8"),
    _case("UTF-16", FILES[NAME].encode("utf-16"), "UTF-8"),
    _case("a lone surrogate", b"id,name\nC1,\xed\xa0\x80\n", ":2", "UTF-8"),
    _case("a lone surrogate in JSON", '{"id":"C1","name":"\\ud800"}', ":1", "JSON"),
    _case("a NUL byte", b"id,name\nC1,a\0b\n", ":2", "NUL"),
    _case("an empty file", b"", "empty"),
    _case("a header alone", "id,name\n", "no customers"),
    _case("lines that end with CR", "id,name\rC1,a\r", ":1", "CR"),
    _case("a row of another length", "id,name\nC1,a,b\n", ":2", "3 cells"),
    _case("a quote never closed", 'id,name\n"C1,a\n', ":2", "quotes"),
    _case("a compressed file", gzip.compress(FILES[NAME].encode()), "compressed", "unpack"),
    _case("a name of 10 MB", "id,name\nC1," + "x" * 10_000_000 + "\n", ":2", "million"),
    _case("a revenue that is no number", ROWS + "C1,a,XS,NaN,,\n", ":2", "annual_revenue", "NaN"),
    _case("a negative revenue", ROWS + "C1,a,XS,-5,,\n", ":2", "annual_revenue", "-5"),
    _case("a huge revenue", ROWS + "C1,a,XS,1e400,,\n", ":2", "annual_revenue", "1e400"),
    _case("a revenue with a comma", ROWS + 'C1,a,XS,"1,000",,\n', ":2", "annual_revenue"),
    _case("a country that is a name", ROWS + "C1,a,Narnia,,,\n", ":2", "country", "Narnia"),
    _case("a number of no register", ROWS + "C1,a,XS,,,5\n", ":2", "register", "name the"),
    _case("cut-off JSON", '{"id":"C1"}\n{"id":"C2","na', ":2", "JSON"),
    _case("deep JSON", '{"id":' + "[" * 100_000, ":1", "depth"),
    _case("an array of customers", '[{"id":"C1"}]', ":1", "one JSON object a line"),
    _case("JSON that is no object", '{"id":"C1"}\n5\n', ":2", "JSON object"),
    _case("an object for a name", '{"id":"C1","name":{}}', ":1", "name", "an object"),
    _case("an unknown key", '{"id":"C1","foo":1}', ":1", "foo"),
    _case("Parquet cut off", _parquet({"id": ["C1"] * 900}, -20), "Parquet"),
    _case("Parquet with truth values", _parquet({"id": [True]}), ":1", "id", "true or false"),
    _case("Parquet with lists", _parquet({"id": [["C1"]]}), ":1", "id", "a list"),
    _case("Parquet with bytes", _parquet({"id": [b"C1"]}), ":1", "id", "raw bytes"),
    _case("Parquet without ids", _parquet({"name": ["a"]}), ":1", "id"),
    _case("Parquet with a sum of NaN", _parquet({"id": ["C1"], "annual_revenue": [float("nan")]}),
          ":1", "annual_revenue"),
)  # fmt: skip


@pytest.mark.parametrize("case", CUSTOMERS, ids=title)
def test_screen_says_which_customer_it_cannot_use(screened: Path, run: Run, case: Case) -> None:
    case.write(screened)
    refused(run, SCREEN, case.code, case.says)


def test_a_damaged_parquet_column_is_named_with_its_file(screened: Path, run: Run) -> None:
    content = bytearray(_parquet({"id": [f"customer {at}" for at in range(9000)]}))
    content[2000:2010] = bytes(10)
    (screened / NAME).write_bytes(content)
    refused(run, SCREEN, 2, (NAME, "Parquet"))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\xef\xbb\xbf" + FILES[NAME].encode(), "a byte order mark"),
        (FILES[NAME].replace(",", ";").encode(), "semicolons"),
        (FILES[NAME].replace("\n", "\r\n").encode(), "CRLF"),
        (b'{"id":"C1","name":"Subsidiary Works","country":"XS"}\n', "JSON lines"),
        (_parquet({"id": ["C1"], "name": ["Subsidiary Works"], "country": ["XS"]}), "Parquet"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_only_written_otherwise_is_read(
    screened: Path, run: Run, content: bytes, kind: str
) -> None:
    (screened / NAME).write_bytes(content)
    said = run(*SCREEN)
    assert (said.code, said.err) == (0, "")
    assert "C1,Subsidiary Works,XS,,0,deny" in (screened / "out" / "results.csv").read_text("utf-8")


def test_a_customer_of_an_unknown_register_is_looked_at_by_people(screened: Path, run: Run) -> None:
    (screened / NAME).write_text(ROWS + "C1,Elsewhere,XS,,NO-SUCH,2\n")
    assert run(*SCREEN).code == 0
    assert "review,unidentified" in (screened / "out" / "results.csv").read_text("utf-8")
