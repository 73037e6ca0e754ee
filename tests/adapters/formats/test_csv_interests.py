"""The plain CSV table of interests: what a row means, and how a bad one is told."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from tests.adapters.snapshot.tables import batches, reasons, reference, rows, write

from clearance.adapters.formats import csv_interests
from clearance.adapters.formats.source import open_source
from clearance.adapters.snapshot.load import in_memory
from clearance.model.dates import Period, parse_date
from clearance.model.errors import InputError
from clearance.model.interest import Direct, Interest, InterestType
from clearance.model.share import UNSTATED, Share

NO_DATE = "is no date; write YYYY, YYYY-MM or YYYY-MM-DD"
HEADER = (
    "interested_party,subject,interest_type,share,minimum,maximum,exclusive_minimum,"
    "exclusive_maximum,start,end,source,statement,direct,components,attributed,joint"
)


def read_row(folder: Path, header: str, row: str) -> Interest:
    (found,) = reference(write(folder, "rows.csv", header, row)).interests_in("B")
    return found


def test_two_columns_are_enough(tmp_path: Path) -> None:
    found = read_row(tmp_path, "interested_party,subject", "A,B")
    assert found == Interest("A", "B", source="rows.csv")
    assert found.share == UNSTATED
    assert found.type is InterestType.shareholding
    assert found.direct is Direct.DIRECT
    assert not found.attributed


def test_every_column_is_read(tmp_path: Path) -> None:
    row = "A,B,votingRights,,25,50,yes,,2019-02,2021,register,st-1,indirect,D;C,yes,group-1"
    assert read_row(tmp_path, HEADER, row) == Interest(
        "A",
        "B",
        InterestType.votingRights,
        Share(Fraction(1, 4), Fraction(1, 2), exclusive_minimum=True),
        Period(parse_date("2019-02"), parse_date("2021")),
        "register",
        "st-1",
        direct=Direct.INDIRECT,
        attributed=True,
        components=("C", "D"),
        joint="group-1",
    )


@pytest.mark.parametrize(
    ("columns", "cells", "share"),
    [
        ("share", "50", Share.of_percent("50")),
        ("share", "33.3333333333", Share.of_percent("33.3333333333")),
        ("share", " 5 ", Share.of_percent("5")),
        ("share", "0", Share.of_percent("0")),
        ("share", "100.0", Share.of_percent("100")),
        ("share", "", UNSTATED),
        ("minimum", "25", Share.of_percent(minimum="25")),
        ("maximum", "25", Share.of_percent(maximum="25")),
        ("minimum,maximum", "25,50", Share.of_percent(minimum="25", maximum="50")),
        (
            "minimum,exclusive_minimum",
            "25,yes",
            Share.of_percent(minimum="25", exclusive_minimum=True),
        ),
        (
            "minimum,exclusive_minimum",
            "25,1",
            Share.of_percent(minimum="25", exclusive_minimum=True),
        ),
        (
            "minimum,exclusive_minimum",
            "25,25",
            Share.of_percent(minimum="25", exclusive_minimum=True),
        ),
        ("minimum,exclusive_minimum", "25,0", Share.of_percent(minimum="25")),
        ("minimum,exclusive_minimum", "25,no", Share.of_percent(minimum="25")),
        ("exclusive_minimum", "25", Share.of_percent(minimum="25", exclusive_minimum=True)),
        ("exclusive_minimum", "1", Share.of_percent(minimum="1", exclusive_minimum=True)),
        ("exclusive_minimum", "0", UNSTATED),
        ("exclusive_minimum", "no", UNSTATED),
        ("exclusive_minimum", "yes", Share.of_percent(minimum="0", exclusive_minimum=True)),
        (
            "maximum,exclusive_maximum",
            "50,TRUE",
            Share.of_percent(maximum="50", exclusive_maximum=True),
        ),
        (
            "exclusive_minimum,exclusive_maximum",
            "50,75",
            Share.of_percent(
                minimum="50", maximum="75", exclusive_minimum=True, exclusive_maximum=True
            ),
        ),
        ("share,exclusive_minimum,exclusive_maximum", "60,0,0", Share.of_percent("60")),
        ("share,minimum,maximum", "60,60,60", Share.of_percent("60")),
    ],
)
def test_share_columns_make_one_interval(
    tmp_path: Path, columns: str, cells: str, share: Share
) -> None:
    assert read_row(tmp_path, f"interested_party,subject,{columns}", f"A,B,{cells}").share == share


def test_more_than_ten_decimals_are_rounded_outward(tmp_path: Path) -> None:
    share = read_row(tmp_path, "interested_party,subject,share", "A,B,33.33333333333333").share
    assert isinstance(share, Share)
    assert share.minimum < Fraction("0.3333333333333333") < share.maximum
    assert share.maximum - share.minimum == Fraction(1, 10**12)
    assert share.exclusive_minimum
    assert share.exclusive_maximum


@pytest.mark.parametrize(
    ("columns", "cells", "field", "reason"),
    [
        ("share", "101", "share", "'101' is outside 0 to 100; write a percentage of the whole"),
        ("share", "-3", "share", "'-3' is outside 0 to 100; write a percentage of the whole"),
        ("share", "50%", "share", "'50%' is no percentage; leave out the percent sign"),
        ("share", '"50,5"', "share", "'50,5' is no percentage; write the decimals after a point"),
        ("share", "half", "share", "'half' is no percentage; write a plain number such as 50.5"),
        ("share", "nan", "share", "'nan' is no percentage; write a plain number such as 50.5"),
        (
            "minimum,maximum",
            "50,25",
            "minimum",
            "the minimum is above the maximum; give the smaller end first",
        ),
        (
            "share,minimum",
            "50,25",
            "share",
            "share and minimum or maximum differ; give one of them",
        ),
        (
            "share,exclusive_minimum",
            "50,yes",
            "exclusive_minimum",
            "an exact share is not exclusive; leave exclusive_* empty",
        ),
        (
            "minimum,exclusive_minimum",
            "25,30",
            "exclusive_minimum",
            "minimum and exclusive_minimum differ; write yes, or one number",
        ),
        (
            "minimum,exclusive_minimum",
            "25,maybe",
            "exclusive_minimum",
            "'maybe' is no percentage; write a plain number such as 50.5",
        ),
        ("start", "2019-02-30", "start", f"'2019-02-30' {NO_DATE}"),
        ("start", "30.12.2019", "start", f"'30.12.2019' {NO_DATE}"),
        ("start,end", "2020,2019", "end", "the end is before the start; check both dates"),
        (
            "interest_type",
            "shareholdings",
            "interest_type",
            "'shareholdings' is no interest type (BODS 0.4 codes); did you mean 'shareholding'?",
        ),
        ("direct", "sideways", "direct", "'sideways' is no direct; use direct, indirect, unknown"),
        ("attributed", "perhaps", "attributed", "'perhaps' is neither yes nor no; write yes or no"),
        (
            "direct,components",
            "direct,C",
            "direct",
            "components stand on a direct interest; write indirect, or leave components empty",
        ),
    ],
)
def test_a_bad_cell_rejects_its_row_and_no_other(
    tmp_path: Path, columns: str, cells: str, field: str, reason: str
) -> None:
    header = f"interested_party,subject,{columns}"
    empty = "," * columns.count(",")
    path = write(tmp_path, "i.csv", header, f"A,B,{empty}", f"A,C,{cells}", f"A,D,{empty}")
    made = batches(path)
    assert reasons(made) == [(3, field, reason)]
    assert rows(made, "subject") == ["B", "D"]
    with pytest.raises(InputError) as caught:
        in_memory([path])
    assert (caught.value.line, caught.value.field, caught.value.what) == (3, field, reason)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",B,5", "names nobody; give the party's id"),
        ("A,,5", "names nobody; give the party's id"),
        ("A,B", "2 fields where the header has 3; quote fields with ','"),
        ("A,B,5,6", "4 fields where the header has 3; quote fields with ','"),
        ("A\0,B,5", "a NUL byte in the row; remove it"),
    ],
)
def test_a_broken_row_is_rejected_with_its_line(tmp_path: Path, row: str, reason: str) -> None:
    path = write(tmp_path, "i.csv", "interested_party,subject,share", "A,X,1", "", row, "A,Y,2")
    made = batches(path)
    assert [(line, why) for line, _, why in reasons(made)] == [(4, reason)]
    assert rows(made, "line") == [2, 5]


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("interested_party,subject,shares", "unknown column 'shares'; did you mean 'share'?"),
        (
            "interested_party,subject,share,share",
            "the column 'share' stands twice; keep one of them",
        ),
        ("interested_party,subject,colour,size", "unknown columns 'colour', 'size'; interests may"),
        (
            "interested_party,share",
            "no column 'subject'; interests need interested_party and subject",
        ),
        ("Interested Party,subject", "unknown column 'Interested Party'; did you mean"),
    ],
)
def test_a_header_that_cannot_be_used_is_an_input_error(
    tmp_path: Path, header: str, message: str
) -> None:
    (source,) = open_source(write(tmp_path, "i.csv", header, "A,B,1"))
    with pytest.raises(InputError, match=r"i\.csv:1: ") as caught:
        list(csv_interests.read(source))
    assert message in caught.value.message()


@pytest.mark.parametrize("text", ["yes", "YES", "true", "1"])
def test_attributed_is_said_in_several_words(tmp_path: Path, text: str) -> None:
    assert read_row(tmp_path, "interested_party,subject,attributed", f"A,B,{text}").attributed


def test_indirect_without_attributed_is_not_attributed(tmp_path: Path) -> None:
    found = read_row(tmp_path, "interested_party,subject,direct", "A,B,indirect")
    assert found.direct is Direct.INDIRECT
    assert not found.attributed


def test_components_make_a_row_indirect_and_attributed(tmp_path: Path) -> None:
    found = read_row(tmp_path, "interested_party,subject,components", "A,B, D ;C;; ")
    assert found.components == ("C", "D")
    assert found.direct is Direct.INDIRECT
    assert found.attributed


@pytest.mark.parametrize("mark", [";", "\t"])
def test_semicolons_and_tabs_part_columns_too(tmp_path: Path, mark: str) -> None:
    header, row = (mark.join(cells) for cells in (("interested_party", "subject"), ("A", "B")))
    assert read_row(tmp_path, header, row).interested_party == "A"


def test_a_byte_order_mark_and_windows_line_ends_are_no_matter(tmp_path: Path) -> None:
    path = tmp_path / "i.csv"
    path.write_bytes(b"\xef\xbb\xbfinterested_party,subject\r\nA,B\r\n\r\nC,B")
    found = reference(path).interests_in("B")
    assert [one.interested_party for one in found] == ["A", "C"]
