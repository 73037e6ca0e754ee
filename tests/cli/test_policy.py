"""``clearance policy`` as a user meets it."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from clearance.adapters import policies
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
