"""Where an entity can be reached and what form it has, out of every format; of a person nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.adapters.formats.reading import Row, read_file, read_lines

FORM = "Limited Company"
ROW = "1 Alder Row"


def told(row: Row) -> list[tuple[str, str]]:
    """A row's particulars as pairs."""
    return [(one["kind"], one["text"]) for one in row["particulars"]]


def ftm(schema: str) -> Row:
    return {
        "id": "P",
        "schema": schema,
        "properties": {
            "name": ["Alder"],
            "address": [ROW, "2 Birch Row", ROW],
            "website": ["alder.example"],
            "email": ["hello@alder.example"],
            "phone": ["+999 1"],
            "legalForm": [FORM],
        },
    }


def bods(kind: str, **details: object) -> Row:
    return {
        "statementId": "s",
        "recordId": "P",
        "recordType": kind,
        "statementDate": "2024-01-01",
        "recordDetails": {
            "addresses": [
                {"type": "registered", "address": ROW, "postCode": "A 1", "country": "XA"},
                {"type": "residence", "country": {"name": "X", "code": "XA"}},
            ]
        }
        | details,
    }


def psc(kind: str) -> Row:
    return {
        "company_number": "00000001",
        "data": {
            "kind": f"{kind}-person-with-significant-control",
            "name": "Alder",
            "address": {"premises": "1", "address_line_1": "Alder Row", "country": "Nowhere"},
            "identification": {"legal_form": FORM, "registration_number": "77"},
            "links": {"self": "/company/00000001/persons/x"},
            "natures_of_control": ["voting-rights-25-to-50-percent"],
        },
    }


def test_followthemoney_tells_all_of_them_each_once(tmp_path: Path) -> None:
    assert told(read_lines(tmp_path, [ftm("Company")]).party("P")) == [
        ("address", ROW),
        ("address", "2 Birch Row"),
        ("legal_form", FORM),
        ("website", "alder.example"),
        ("email", "hello@alder.example"),
        ("phone", "+999 1"),
    ]


def test_tax_and_bank_numbers_have_a_scheme_of_their_own(tmp_path: Path) -> None:
    entity = ftm("Company")
    entity["properties"] |= {"vatCode": ["XA1"], "swiftBic": ["ALDRXA22"]}
    row = read_lines(tmp_path, [entity]).party("P")
    pairs = [(one["scheme"], one["id"]) for one in row["identifiers"]]
    assert pairs == [("VAT", "XA1"), ("BIC", "ALDRXA22")]


def test_bods_tells_addresses_with_their_country_and_a_form_in_words(tmp_path: Path) -> None:
    kind = {"type": "registeredEntity", "details": FORM}
    row = read_lines(tmp_path, [bods("entity", entityType=kind, name="Alder")]).party("P")
    assert told(row) == [("address", f"{ROW}, A 1, XA"), ("legal_form", FORM)]


def test_the_uk_register_tells_a_bodys_office_and_form(tmp_path: Path) -> None:
    row = read_lines(tmp_path, [psc("corporate-entity")]).party("GB-COH-ENT-00000001-x")
    assert told(row) == [("address", "1, Alder Row, Nowhere"), ("legal_form", FORM)]


def test_company_data_tells_the_registered_office_and_every_former_name(tmp_path: Path) -> None:
    company = {
        "CompanyName": "ALDER LIMITED",
        "CompanyNumber": "00000001",
        "CompanyCategory": FORM,
        "RegAddress.AddressLine1": ROW,
        "RegAddress.PostTown": "Alderton",
        "RegAddress.Country": "Nowhere",
        "PreviousName_1.CompanyName": "BIRCH LIMITED",
        "PreviousName_2.CompanyName": "",
    }
    row = read_lines(tmp_path, [company]).party("GB-COH-00000001")
    assert told(row) == [("address", f"{ROW}, Alderton, Nowhere"), ("legal_form", FORM)]
    assert row["other_names"] == ["BIRCH LIMITED"]


def test_a_plain_table_lists_them_in_one_order(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text(
        "id,phones,addresses,legal_form,emails,websites\n"
        f"A,+999 1;+999 2,{ROW},{FORM},,alder.example\n"
        "B,,,,,\n"
        "C,,2 Birch Row; 3 Cedar Row,,c@cedar.example,\n"
    )
    read = read_file(path)
    assert told(read.party("A")) == [
        ("address", ROW),
        ("legal_form", FORM),
        ("website", "alder.example"),
        ("phone", "+999 1"),
        ("phone", "+999 2"),
    ]
    assert told(read.party("B")) == []
    assert told(read.party("C")) == [
        ("address", "2 Birch Row"),
        ("address", "3 Cedar Row"),
        ("email", "c@cedar.example"),
    ]


@pytest.mark.parametrize(
    ("record", "party"),
    [
        (ftm("Person"), "P"),
        (bods("person", personType="knownPerson", names=[{"fullName": "A"}]), "P"),
        (psc("individual"), "GB-COH-PER-00000001-x"),
    ],
    ids=["ftm", "bods", "psc"],
)
def test_a_person_has_no_particulars(tmp_path: Path, record: Row, party: str) -> None:
    assert told(read_lines(tmp_path, [record]).party(party)) == []


def test_a_plain_tables_person_has_no_particulars(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text("id,kind,addresses,emails\nA,person,1 Alder Row,a@alder.example\nB,,2 B,\n")
    read = read_file(path)
    assert (told(read.party("A")), told(read.party("B"))) == ([], [("address", "2 B")])


def test_a_country_alone_is_no_address(tmp_path: Path) -> None:
    entity = bods("entity", entityType={"type": "registeredEntity"}, name="Alder")
    entity["recordDetails"]["addresses"] = [{"type": "business", "country": "XA"}]
    row = read_lines(tmp_path, [entity]).party("P")
    assert (told(row), row["headquarters"]) == ([], "XA")
