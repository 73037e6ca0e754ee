"""The whole path of an answer, and its picture."""

from __future__ import annotations

import pytest
from tests.fakes.rows import FakeRows
from tests.fakes.rulings import finding

from clearance.model.dates import UNDATED
from clearance.model.interest import Measure
from clearance.model.party import Party, PartyKind
from clearance.model.share import UNSTATED, Share
from clearance.model.verdict import Finding, Holding, Reached
from clearance.usecases.path_picture import path_picture, role_under
from clearance.usecases.paths import LONGEST, path_of
from clearance.usecases.picture import Role


def held(text: str) -> tuple[Holding, ...]:
    """``"P 60 A; Q ? A"`` as holdings."""
    found = []
    for row in text.split("; "):
        holder, size, subject = row.split()
        share = UNSTATED if size == "?" else Share.of_percent(size)
        found.append(Holding(holder, subject, Measure.SHARES, share, UNDATED, ""))
    return tuple(found)


def findings(**because: str) -> dict[str, Finding]:
    return {id: finding(id, because=held(text)) for id, text in because.items()}


@pytest.mark.parametrize(
    ("known", "asked", "path"),
    [
        (findings(T="P 60 T"), "T", "P-T"),
        (findings(T="A 60 T", A="P 60 A"), "T", "P-A A-T"),
        (findings(T="A 30 T; B 30 T", A="P 60 A", B="P 70 B"), "T", "P-B P-A A-T B-T"),
        (findings(T="A 60 T", A="T 10 A; P 60 A"), "T", "T-A P-A A-T"),
        (findings(T="T 60 T"), "T", "T-T"),
    ],
    ids=["direct", "chain", "two ways", "loop", "itself"],
)
def test_a_path_leads_up_to_where_the_restriction_starts(
    known: dict[str, Finding], asked: str, path: str
) -> None:
    found = path_of(known[asked], known.get)
    assert " ".join(f"{one.holder}-{one.subject}" for one in found) == path


def test_a_path_stops_growing() -> None:
    known = {f"N{at}": finding(f"N{at}", because=held(f"N{at + 1} 60 N{at}")) for at in range(500)}
    assert len(path_of(known["N0"], known.get)) == LONGEST


def test_the_picture_sums_what_it_draws() -> None:
    rows = FakeRows(
        [
            Party("P", "Pine", jurisdiction="XB", headquarters="XA"),
            Party("A", "Alder", jurisdiction="XV"),
            Party("T", "Teak", jurisdiction="XS"),
            Party("U", kind=PartyKind.UNKNOWN, unspecified="unknown"),
        ]
    )
    roles = {"P": Role.RESTRICTED, "A": Role.REACHED, "T": Role.POSSIBLE}
    path = held("P 60 A; A 30 T; P 25 T; U ? T; X 1 T")
    picture = path_picture(
        "T", "t", path, rows, lambda party: roles.get(party, Role.PLAIN), "> 50 %"
    )
    assert [box.id for box in picture.boxes] == ["T", "A", "X", "U", "P"]
    assert picture.box("A").sum == "60 % > 50 %"
    assert picture.box("T").sum == "30 + 25 + 2 more = 56 to 100 %"
    assert (picture.box("A").region, picture.box("A").inferred) == ("XV", True)
    assert (picture.box("P").region, picture.box("P").incorporated) == ("XA", "XB")
    assert (picture.box("U").role, picture.box("U").name) == (Role.UNKNOWN, "unknown")
    assert picture.box("X").name == "X"
    assert [line.share for line in picture.lines] == ["60 %", "30 %", "25 %", "?", "1 %"]


@pytest.mark.parametrize(
    ("reached", "seed", "role"),
    [
        (Reached.CERTAIN, True, Role.RESTRICTED),
        (Reached.CERTAIN, False, Role.REACHED),
        (Reached.POSSIBLE, False, Role.POSSIBLE),
        (Reached.NO, False, Role.PLAIN),
    ],
)
def test_a_role_is_what_the_rule_makes_of_a_party(reached: Reached, seed: bool, role: Role) -> None:
    assert role_under(reached, seed) is role
