"""Customers from files: what is read, and what each bad file is told."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from clearance.adapters.portfolio.customers import read_customers
from clearance.model.customer import Customer
from clearance.model.dates import ALWAYS, text_of_day
from clearance.model.errors import InputError
from clearance.model.party import BIC, LEI, VAT, Identifier, PartyKind
from clearance.policy.facts import Channel, facts_of

FULL = (
    "id,name,country,headquarters,lei,register_number,register,segment,annual_revenue,billing\n"
    "c1,Alder Ltd,xa,XB-01,5299000000000000aa12,0042,XA-REG,smb,125000.50,XC\n"
    "c2,Birch plc,,,,,,,,\n"
)
ALDER = Customer(
    id="c1",
    name="Alder Ltd",
    country="XA",
    headquarters="XB-01",
    identifiers=(Identifier(LEI, "5299000000000000AA12"), Identifier("XA-REG", "0042")),
    segment="smb",
    revenue=Decimal("125000.50"),
    declared={"billing": "XC"},
    line=2,
)


def written(folder: Path, content: bytes | str, name: str = "customers.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    "content",
    [
        FULL,
        "\ufeff" + FULL,
        FULL.replace(",", ";"),
        FULL.replace(",", "\t"),
        FULL.replace("\n", "\r\n"),
        FULL.replace("id,name", " ID ,Name"),
    ],
    ids=["plain", "mark", "semicolons", "tabs", "windows", "header case"],
)
def test_a_csv_is_read_whole(tmp_path: Path, content: str) -> None:
    first, second = read_customers(written(tmp_path, content))
    assert first == ALDER
    assert second == Customer(id="c2", name="Birch plc", line=3)


def test_facts_that_tell_who_it_is_make_its_record(tmp_path: Path) -> None:
    head = (
        "id,name,country,headquarters,kind,other_names,vat,bic,address,website,email,phone_number"
    )
    row = "c1,Alder Ltd,XA,XB,entity,Alder; Alder & Co;Alder,xa12,aldexaxx,1 Elm Row,alder.example"
    path = written(tmp_path, f"{head}\n{row},desk@alder.example,+99 1\n")
    (customer,) = read_customers(path)
    record = customer.record
    assert record.names == ("Alder Ltd", "Alder", "Alder & Co")
    assert (record.kind, record.countries) == (PartyKind.ENTITY, ("XA", "XB"))
    assert record.identifiers == (Identifier(VAT, "XA12"), Identifier(BIC, "ALDEXAXX"))
    assert record.addresses == ("1 Elm Row",)
    assert record.websites == ("alder.example", "desk@alder.example")
    assert (record.phones, record.line) == (("+99 1",), 2)


def test_channel_and_the_day_since_when_are_read(tmp_path: Path) -> None:
    text = "id,channel,opened\nc1,reseller,2026-02-01\nc2,,\n"
    first, second = read_customers(written(tmp_path, text))
    assert (first.channel, text_of_day(first.opened)) == ("reseller", "2026-02-01")
    assert (second.channel, second.opened) == ("", ALWAYS)
    assert facts_of(first, None).channel is Channel.RESELLER
    assert facts_of(first, None).opened == first.opened
    assert facts_of(second, None).channel is Channel.DIRECT


def test_json_lines_say_the_same(tmp_path: Path) -> None:
    text = (
        '{"id":"c1","name":"Alder Ltd","country":"XA","headquarters":"XB-01",'
        '"lei":"5299000000000000AA12","register_number":"0042","register":"XA-REG",'
        '"segment":"smb","annual_revenue":"125000.50","billing":"XC"}\n\n'
        '{"id":"c2","name":"Birch plc","country":null,"annual_revenue":7}\n'
    )
    first, second = read_customers(written(tmp_path, text, "customers.jsonl"))
    assert (first.identifiers, first.revenue, first.declared) == (
        ALDER.identifiers,
        ALDER.revenue,
        ALDER.declared,
    )
    assert (second.line, second.revenue) == (3, Decimal(7))


def test_parquet_says_the_same(tmp_path: Path) -> None:
    path = tmp_path / "customers.parquet"
    pq.write_table(pa.table({"id": ["c1", "c2"], "annual_revenue": [1.5, None]}), path)
    first, second = read_customers(path)
    assert (first.revenue, second.revenue) == (Decimal("1.5"), Decimal(0))


def test_a_number_that_is_whole_has_no_decimals(tmp_path: Path) -> None:
    path = tmp_path / "customers.parquet"
    table = {"id": [1.0, 2.0], "register_number": [42.0, None], "register": ["XA-REG", None]}
    pq.write_table(pa.table(table), path)
    first, second = read_customers(path)
    assert (first.id, second.id) == ("1", "2")
    assert [one.id for one in first.identifiers] == ["42"]


def test_a_value_over_several_lines_keeps_the_line_numbers(tmp_path: Path) -> None:
    path = written(tmp_path, 'id,name\nc1,"two\nlines"\nc2,next\n')
    assert [customer.line for customer in read_customers(path)] == [2, 4]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "empty"),
        ("id,name\n", "no customers"),
        ("\nid,name\nc1,a\n", ":1: an empty line where the header belongs"),
        ("id,headqarters\nc1,XA\n", ":1: unknown column 'headqarters'; did you mean 'headquarter"),
        ("id,channel\nc1,resellers\n", ":2: channel: 'resellers' is no channel; did you mean 're"),
        ("id,opened\nc1,2026-02-30\n", ":2: opened: "),
        ("id,opened\nc1,yesterday\n", ":2: opened: "),
        ("id,wombat\nc1,XA\n", ":1: unknown column 'wombat'; use id, name"),
        ("id,name,name\nc1,a,b\n", ":1: column 'name' stands twice"),
        ("id,name,Name\nc1,a,b\n", ":1: Name: 'Name' stands twice"),
        ("id,name\nc1\n", ":2: 1 cells where the header has 2"),
        ("id,name\n,a\n", ":2: id: missing"),
        ("id,name\nc1,a\nc2,b\nc1,c\n", ":4: id: 'c1' is the id of line 2 too"),
        ("id,country\nc1,Ruritania\n", ":2: country: 'Ruritania' is no region code"),
        ("id,billing\nc1,X!\n", ":2: billing: 'X!' is no region code"),
        ('id,annual_revenue\nc1,"50,5"\n', ":2: annual_revenue: '50,5' is no revenue"),
        ("id,annual_revenue\nc1,-1\n", ":2: annual_revenue: '-1' is no revenue"),
        ("id,annual_revenue\nc1,nan\n", ":2: annual_revenue: 'nan' is no revenue"),
        ("id,annual_revenue\nc1,1e99\n", ":2: annual_revenue: '1e99' is no revenue"),
        ("id,annual_revenue\nc1,1_0\n", ":2: annual_revenue: '1_0' is no revenue"),
        ("id,register_number\nc1,42\n", ":2: register: missing"),
        ("id,kind\nc1,persn\n", ":2: kind: 'persn' is no kind of party; did you mean 'person'?"),
        ('id,name\nc1,"open\n', "broken CSV"),
        ('{"id":"c1"}\n{"id":"c2"\n', ":2: broken JSON"),
        ('["c1"]\n', ":1: no JSON object"),
        ('{"id":["c1"]}\n', ":1: id: a list where text or a number belongs"),
        ('{"id":"c1","hq":"XA"}\n', ":1: unknown column 'hq'"),
        ("id,name\nc1,a".encode("utf-16"), "not text in UTF-8"),
        (b"id,name\nc1,caf\xe9\n", ":2: byte 7 of the line is not UTF-8"),
        (b"PAR1nothing", "broken Parquet"),
        (b"id\n" + b"x" * 1_000_001, ":2: a line of over a million bytes"),
        (b"id,name\nc1,a\0b\n", ":2: a NUL byte"),
        (b"id,name\rc1,a\r", ":1: a line feed is missing after CR"),
        (b"\x1f\x8b\x08", "is compressed; unpack it first"),
        ("id,annual_revenue\nc1,0." + "1" * 60 + "\n", ":2: annual_revenue"),
        ("id,annual_revenue\nc1,1e-400\n", ":2: annual_revenue"),
    ],
)
def test_a_bad_file_is_told_what_and_where(tmp_path: Path, content: bytes | str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        read_customers(written(tmp_path, content))
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_the_callers_fault(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_customers(tmp_path / "none.csv")
