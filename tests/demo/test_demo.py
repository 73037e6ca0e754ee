"""The demo: what it prints is computed, stands in the README, and comes out the same every time.

``UPDATE_DOCS=1`` writes the README's block and the pictures anew.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from clearance.demo.names import ENDINGS, FORMS, SYLLABLES, TRADES
from clearance.demo.play import play
from clearance.demo.scripts import SCRIPTS, Script
from clearance.demo.structures import build_world
from clearance.demo.world import UNSUPPORTED
from clearance.model.errors import InputError

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    from contextlib import redirect_stdout
    from io import StringIO

    out = tmp_path_factory.mktemp("demo")
    printed = StringIO()
    with redirect_stdout(printed):
        play(out)
    return out, printed.getvalue()


def test_the_readme_shows_what_the_demo_prints(played: tuple[Path, str]) -> None:
    _, printed = played
    acts = printed[printed.index("Act 1.") : printed.index("report    ")].strip()
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    if os.environ.get("UPDATE_DOCS"):
        start = readme.index("Act 1.")
        readme = f"{readme[:start]}{acts}\n{readme[readme.index('```', start) :]}"
        (ROOT / "README.md").write_text(readme, encoding="utf-8")
    assert acts in readme


@pytest.mark.parametrize("name", ["path.svg", "before-after.svg", "as-one.svg"])
def test_the_pictures_in_the_docs_are_the_demos(played: tuple[Path, str], name: str) -> None:
    if os.environ.get("UPDATE_DOCS"):
        shutil.copy(played[0] / name, ROOT / "docs" / "images" / name)
    shown = (ROOT / "docs" / "images" / name).read_text(encoding="utf-8")
    assert shown == (played[0] / name).read_text(encoding="utf-8")


def test_regions_renamed_at_random_change_no_outcome(played: tuple[Path, str]) -> None:
    assert "regions renamed at random: outcomes changed 0 of 3,000" in played[1]


def test_the_proof_is_valid_and_the_altered_one_is_not(played: tuple[Path, str]) -> None:
    told = re.findall(r"^  (valid|invalid): ", played[1], re.M)
    assert told == ["valid", "invalid", "invalid"]


def test_nobody_is_denied_wrongly_but_where_the_register_lags(played: tuple[Path, str]) -> None:
    assert re.search(r"wrongly denied 3 \(sale not filed 3\)", played[1])
    assert re.search(r"missed 5 \(concealed owner 5\)", played[1])


def test_a_name_alone_finds_no_wrong_party_and_leaves_more_to_people(
    played: tuple[Path, str],
) -> None:
    told = re.search(r"^  all +3,000 +([\d,]+) +(\d+) +([\d,]+) +([\d,]+)", played[1], re.M)
    assert told is not None
    right, wrong, ambiguous, nobody = (int(one.replace(",", "")) for one in told.groups())
    assert right + wrong + ambiguous + nobody == 3_000
    assert (wrong, right > 1_500, ambiguous > 0) == (0, True, True)
    left = re.search(r"left to people: ([\d,]+) customers .* with numbers ([\d,]+)", played[1])
    assert left is not None
    by_name, with_numbers = (int(one.replace(",", "")) for one in left.groups())
    assert by_name > with_numbers
    report = (played[0] / "by-name" / "report.html").read_text("utf-8")
    assert all(script in report for script in ("Hangul", "Cyrillic", "not stated"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_every_invented_name_has_one_form_in_each_script(script: Script) -> None:
    assert len(script.syllables) == len(SYLLABLES)
    assert (len(script.trades), len(script.forms)) == (len(TRADES) + len(ENDINGS), len(FORMS))
    assert script.written("Crestline Industries Group") == "Crestline Industries Group"
    assert script.written("Valomi Optics Ltd") != "Valomi Optics Ltd"


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("mine")
    with pytest.raises(InputError, match="holds something else"):
        play(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["precious.txt"]


def test_the_same_seed_gives_the_same_world() -> None:
    one, other = build_world(3), build_world(3)
    assert (one.parties, one.interests, one.customers, one.truths) == (
        other.parties,
        other.interests,
        other.customers,
        other.truths,
    )
    assert build_world(4).customers != one.customers


def test_the_world_has_the_size_and_the_structures_that_it_says() -> None:
    world = build_world()
    assert len(world.customers) == 3_000
    assert 14_000 < len(world.parties) < 16_000
    assert {row["jurisdiction"] for row in world.parties if row["id"].startswith("state")} <= set(
        UNSUPPORTED
    )
    assert len({truth.structure for truth in world.truths}) == 26


def test_requests_at_the_gateway_get_what_the_policy_says(played: tuple[Path, str]) -> None:
    act = played[1][played[1].index("Act 5.") : played[1].index("Act 6.")]
    got = re.findall(r"^  .{38}(\d{3})     (\w+)", act, re.M)
    assert got == [
        ("200", "allow"),
        ("403", "deny"),
        ("451", "deny"),
        ("403", "review"),
        ("200", "allow_with_notice"),
        ("200", "allow_with_notice"),
        ("403", "deny"),
    ]
    assert "receipts: 7 of 7 answers" in act
    assert "altered to allow: the proof does not lead from the entry" in act
    requests = (played[0] / "gateway" / "requests.jsonl").read_text().splitlines()
    assert len(requests) == 7 + 4  # and those of act 6


def test_accounts_that_act_as_one_are_found_and_nobody_else(played: tuple[Path, str]) -> None:
    act = played[1][played[1].index("Act 6.") :]
    found = re.findall(r"^  linked +(\d+) +[\d,]+ +(\d+)  \S+ .*, ", act, re.M)
    assert sorted(int(accounts) for accounts, _ in found) == [20, 50, 170]
    assert ("50", "50") in found  # all of its customers are seated and owned where it may be
    assert "named 240 of 240 members" in act
    assert re.search(r"named 0 of 2,\d{3} others", act)


def test_a_finding_is_for_people_until_a_reviewer_speaks(played: tuple[Path, str]) -> None:
    act = played[1][played[1].index("Act 6.") :]
    assert re.findall(r"^  .{38}(\d{3})     (\w+)", act, re.M) == [
        ("200", "allow"),
        ("403", "review"),
        ("403", "suspend"),
        ("200", "allow"),
    ]
