"""``facts.csv``: read back as it was written, and refused by name where it cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearance.adapters.campaigns.fact_files import COLUMNS, read_cleared, read_facts, write_facts
from clearance.campaigns.evidence import Kind, Verdict
from clearance.model.errors import InputError
from clearance.usecases.campaign_facts import Membership, Ruling

GOOD = {
    "account": "a-1",
    "campaign": "campaign-1",
    "verdict": "linked",
    "confidence": "99",
    "since": "2026-02-20",
    "expires": "2026-05-21",
    "evidence": "template payment",
    "new_evidence": "",
    "decision": "cleared",
    "reviewer": "r.one",
}
HEADER = ",".join(COLUMNS)


def row(**cells: str) -> str:
    return ",".join((GOOD | cells)[name] for name in COLUMNS)


BAD = {
    "another verdict": ("verdict", [row(verdict="guilty")]),
    "an evidence that there is not": ("evidence", [row(evidence="template hunch")]),
    "a decision that there is not": ("decision", [row(decision="maybe")]),
    "a decision of nobody": ("reviewer", [row(reviewer="")]),
    "no account": ("account", [row(account="")]),
    "no campaign": ("campaign", [row(campaign="")]),
    "more than sure": ("confidence", [row(confidence="101")]),
    "no number": ("confidence", [row(confidence="high")]),
    "the same twice": ("account", [row(), row()]),
}


@pytest.mark.parametrize(("field", "rows"), BAD.values(), ids=BAD)
def test_a_row_that_cannot_be_used_is_named_by_line_and_field(
    field: str, rows: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "facts.csv"
    path.write_text("\n".join([HEADER, *rows, ""]), "utf-8")
    with pytest.raises(InputError) as caught:
        list(read_facts(path))
    assert (caught.value.line, caught.value.field) == (1 + len(rows), field)


@pytest.mark.parametrize("column", ["account", "evidence", "decision", "reviewer"])
def test_a_file_without_a_column_is_refused(column: str, tmp_path: Path) -> None:
    path = tmp_path / "facts.csv"
    path.write_text(f"{HEADER.replace(column, 'other')}\n{row()}\n", "utf-8")
    for read in (lambda: list(read_facts(path)), lambda: read_cleared([path])):
        with pytest.raises(InputError, match="missing") as caught:
            read()
        assert caught.value.field in (column, "evidence")


def test_clearings_of_several_weeks_add_up_and_other_rows_clear_nobody(tmp_path: Path) -> None:
    rows = {
        "1": [row(), row(account="b", decision="", reviewer="")],
        "2": [row(evidence="echo"), row(account="c", decision="confirmed")],
    }
    for week, lines in rows.items():
        (tmp_path / week).write_text("\n".join([HEADER, *lines, ""]), "utf-8")
    assert read_cleared([tmp_path / week for week in rows]) == {
        "a-1": frozenset({Kind.TEMPLATE, Kind.PAYMENT, Kind.ECHO})
    }


kinds = st.frozensets(st.sampled_from(list(Kind)))
names = st.text("abc=+-@'| 1é", min_size=1, max_size=8).filter(lambda text: text == text.strip())


@given(
    st.lists(
        st.builds(
            Membership,
            account=names,
            campaign=st.sampled_from(["campaign-1", "campaign-2"]),
            verdict=st.sampled_from([Verdict.LINKED, Verdict.REVIEW]),
            confidence=st.integers(0, 100),
            since=st.integers(20_000, 20_500),
            expires=st.integers(20_500, 21_000),
            evidence=kinds,
            news=kinds,
            ruling=st.sampled_from(list(Ruling)),
            reviewer=st.just("r.one"),
        ),
        min_size=1,
        unique_by=lambda one: (one.account, one.campaign),
    )
)
def test_what_is_written_is_read_back(found: list[Membership]) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        path = Path(folder) / "facts.csv"
        write_facts(path, found)
        assert list(read_facts(path)) == found
