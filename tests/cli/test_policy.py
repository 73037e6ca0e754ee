"""``clearance policy`` as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from clearance.adapters.policies import reading as policies
from clearance.cli.policy import app

RUN = CliRunner()


def test_list_names_everything_shipped() -> None:
    result = RUN.invoke(app, ["list"])
    assert result.exit_code == 0
    for id in (*policies.policy_ids(), *policies.rule_ids(), *policies.list_ids()):
        assert f" {id} " in result.output


def test_show_prints_citations() -> None:
    result = RUN.invoke(app, ["show", "us-ofac-50"])
    assert result.exit_code == 0
    assert "31 CFR 589.411" in result.output
    assert "from 2014-08-13: shares >= 50 %" in result.output


def test_show_toml_prints_the_document_itself() -> None:
    result = RUN.invoke(app, ["show", "--toml", "provider-supported"])
    text = policies.read_document("provider-supported", policies.LISTS)[1]
    assert result.output == text


def test_check_is_silent_about_nothing(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    good.write_text(policies.read_document("uk-ofsi", policies.RULES)[1])
    bad.write_text(good.read_text().replace('"uk-ofsi"', '"uk-ofsi"\ntitel = "x"', 1))
    result = RUN.invoke(app, ["check", str(good), str(bad)])
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        f"{good}: a sound rule",
        f"{bad}:3: titel: unknown field; did you mean 'title'?",
    ]


def test_check_of_sound_files_ends_with_0(tmp_path: Path) -> None:
    good = tmp_path / "good.toml"
    good.write_text("\ufeff" + policies.read_document("uk-ofsi", policies.RULES)[1])
    assert RUN.invoke(app, ["check", str(good)]).exit_code == 0


def test_diff_says_in_sentences_what_differs() -> None:
    result = RUN.invoke(app, ["diff", "provider-location-only", "provider-regions-2025-09-05"])
    lines = result.output.splitlines()
    assert result.exit_code == 0
    assert lines[0] == (
        "the policy: its id was provider-location-only; now it is provider-regions-2025-09-05"
    )
    assert any(line.startswith("ownership rule provider-regions is new: ") for line in lines)


def test_diff_in_json_is_an_object_a_line() -> None:
    words = ["diff", "press-any-owner", "press-50-or-more", "--format", "json"]
    lines = [json.loads(line) for line in RUN.invoke(app, words).output.splitlines()]
    assert {"where", "before", "after", "text"} == set(lines[0])
    gone = next(one for one in lines if one["where"] == "ownership.provider-regions-any-owner")
    assert gone["after"] is None


def test_diff_of_a_policy_with_itself_says_so() -> None:
    result = RUN.invoke(app, ["diff", "press-any-owner", "press-any-owner"])
    assert result.output == "nothing differs in what the policies say\n"
