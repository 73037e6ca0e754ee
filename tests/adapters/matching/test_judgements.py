"""People's judgements in nomenklatura's resolver format."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearance.adapters.matching.judgements import line_of, pair_of, read_judgements
from clearance.matching.judgement import Judged, Judgement
from clearance.model.errors import InputError

DUMP = """\
["NK-b", "A", "positive", null, "ann", "2025-01-02T03:04:05"]
["NK-b", "B", "positive", 0.5, null, null]
["C", "B", "negative", null, "ann", "2025-01-03"]
["D", "B", "unsure", null, "bob", null]
["E", "D", "no_judgement", 0.91, "xref", null]

["G", "F", "positive", null, "ann", null, "2025-02-01"]
"""


def test_a_resolver_dump_is_read_as_it_was_meant(tmp_path: Path) -> None:
    path = tmp_path / "resolver.ijson"
    path.write_text(DUMP)
    found = read_judgements(path)
    assert found.judged == (
        Judged("C", "B", Judgement.DIFFERENT, None, "ann", "2025-01-03"),
        Judged("D", "B", Judgement.UNSURE, None, "bob"),
        Judged("NK-b", "A", Judgement.SAME, None, "ann", "2025-01-02T03:04:05"),
        Judged("NK-b", "B", Judgement.SAME, 0.5),
    )
    assert found.suggested == 2


def test_what_is_written_is_read_back_the_same(tmp_path: Path) -> None:
    path = tmp_path / "resolver.ijson"
    path.write_text(DUMP)
    found = read_judgements(path)
    text = "".join(map(line_of, found.judged))
    assert text.splitlines()[2] == '["NK-b", "A", "positive", null, "ann", "2025-01-02T03:04:05"]'
    path.write_text(text)
    assert read_judgements(path).judged == found.judged


def test_of_two_lines_about_one_pair_the_last_counts_whichever_end_comes_first(
    tmp_path: Path,
) -> None:
    path = tmp_path / "resolver.ijson"
    path.write_text('["B", "A", "positive"]\n["A", "B", "negative"]\n')
    assert read_judgements(path).judged == (Judged("B", "A", Judgement.DIFFERENT),)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("A", "B", ("B", "A")),
        ("NK-a", "Z", ("NK-a", "Z")),
        ("NK-z", "Q12", ("Q12", "NK-z")),
        ("Q12a", "NK-a", ("NK-a", "Q12a")),
    ],
)
def test_pairs_stand_as_nomenklatura_orders_them(
    one: str, other: str, expected: tuple[str, str]
) -> None:
    assert pair_of(one, other) == pair_of(other, one) == expected


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "line: is not JSON"),
        ('{"a": 1}', "line: is no judgement"),
        ('["A", "B"]', "line: is no judgement"),
        ('["A", "", "positive"]', "source: '' is no id"),
        ('[7, "B", "positive"]', "target: 7 is no id"),
        ('["A", "A", "positive"]', "source: 'A' is judged against itself"),
        ('["A", "B", "yes"]', "judgement: 'yes' is no judgement"),
        ('["A", "B", "positive", "high"]', "score: 'high' is no score"),
        ('["A", "B", "positive", true]', "score: True is no score"),
    ],
)
def test_a_bad_line_is_told_with_its_place(tmp_path: Path, line: str, complaint: str) -> None:
    path = tmp_path / "resolver.ijson"
    path.write_text(f'["A", "B", "positive"]\n{line}\n')
    with pytest.raises(InputError, match=r"resolver\.ijson:2") as error:
        read_judgements(path)
    assert complaint in error.value.message()


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        read_judgements(tmp_path / "nothing")
