"""The plain CSV table of parties."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.adapters.snapshot.tables import batches, compiled, reasons, reference, write

from clearance.model.dates import Period, parse_date
from clearance.model.errors import InputError
from clearance.model.party import Identifier, Party, PartyKind

HEADER = (
    "id,name,kind,jurisdiction,headquarters,residence,lists,capital,branch_of,identifiers,"
    "residence_start,residence_end,other_names"
)


def test_an_id_is_enough(tmp_path: Path) -> None:
    found = reference(write(tmp_path, "p.csv", "id", "A", "", "B"))
    assert found.party("A") == Party("A", source="p.csv")
    assert list(found.party_ids()) == ["A", "B"]


def test_every_column_is_read(tmp_path: Path) -> None:
    row = "A,Ann,person,xa,XB,xa-1,l2;l1,no,H,XI-LEI:1; XA-REG:2:3,2020,2021-05-06,Anna;A. N."
    found = reference(write(tmp_path, "p.csv", HEADER, row))
    assert found.party("A") == Party(
        "A",
        "Ann",
        PartyKind.PERSON,
        "XA",
        "XB",
        "XA-1",
        Period(parse_date("2020"), parse_date("2021-05-06")),
        ("l1", "l2"),
        (Identifier("XI-LEI", "1"), Identifier("XA-REG", "2:3")),
        capital=False,
        branch_of="H",
        source="p.csv",
    )
    assert found.other_names(0) == ("Anna", "A. N.")
    assert found.party("H") == Party("H", stub=True)


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        (
            "kind",
            "company",
            "'company' is no kind of party; use unknown, entity, person, state, arr",
        ),
        ("kind", "entitty", "'entitty' is no kind of party; did you mean 'entity'?"),
        ("jurisdiction", "Xanadu", "'Xanadu' is no region code; write an ISO"),
        ("headquarters", "XA-LONG", "'XA-LONG' is no region code"),
        ("capital", "some", "'some' is neither yes nor no; write yes or no"),
        ("identifiers", "12345", "an identifier without scheme; write scheme:id, joined by ;"),
        (
            "identifiers",
            "XI-LEI:1;:2",
            "an identifier without scheme; write scheme:id, joined by ;",
        ),
        ("residence_start", "2020-13", "'2020-13' is no date; write YYYY, YYYY-MM or YYYY-MM-DD"),
        ("branch_of", "A", "a branch of itself; name the head office or nothing"),
    ],
)
def test_a_bad_cell_rejects_its_row(tmp_path: Path, column: str, cell: str, reason: str) -> None:
    path = write(tmp_path, "p.csv", f"id,{column}", f"A,{cell}", "B,")
    ((line, field, why),) = reasons(batches(path))
    assert (line, field) == (2, column)
    assert why.startswith(reason)


def test_a_party_without_id_is_rejected(tmp_path: Path) -> None:
    path = write(tmp_path, "p.csv", "id,name", ",Nobody")
    assert reasons(batches(path)) == [(2, "id", "no id; give one")]


def test_equal_rows_of_one_party_collapse(tmp_path: Path) -> None:
    made = compiled(write(tmp_path, "p.csv", "id,name", "A,Ann", "B,Bob", "A,Ann"))
    assert (made.counts.parties, made.counts.rejects) == (2, 0)


def test_one_party_twice_with_other_content_is_rejected_with_both_lines(tmp_path: Path) -> None:
    path = write(tmp_path, "p.csv", "id,name", "A,Ann", "B,Bob", "A,Anne")
    made = compiled(path)
    (reject,) = made.rejects
    assert (reject.line, reject.field) == (4, "id")
    assert "'A' stands on line 2 with another name; keep one of lines 2 and 4" in reject.reason
    assert made.counts.parties == 2
    with pytest.raises(InputError, match=r"p\.csv:4: id: the party 'A' stands on line 2"):
        compiled(path, strict=True)
