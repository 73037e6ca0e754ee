"""The checker shares no code with the engine: it imports the model and the standard library."""

from __future__ import annotations

import ast
import sys
import tomllib
from pathlib import Path

import pytest

import clearance.ownership

FOLDER = Path(next(iter(clearance.ownership.__path__)))
CHECKER = FOLDER / "checker"
FILES = sorted(CHECKER.glob("*.py"))


def imported(path: Path) -> set[str]:
    """The modules that a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_checker_file_imports_only_the_model_and_its_own_kind(path: Path) -> None:
    for name in imported(path):
        own = name.startswith(("clearance.model.", "clearance.ownership.checker."))
        assert own or name.partition(".")[0] in sys.stdlib_module_names, name


def test_the_contract_on_imports_forbids_the_checker_every_other_part_of_the_engine() -> None:
    project = tomllib.loads((FOLDER.parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    (contract,) = (one for one in contracts if one["name"].startswith("The checker"))
    assert contract["source_modules"] == ["clearance.ownership.checker"]
    others = {one.stem for one in FOLDER.iterdir() if one.stem not in ("checker", "__init__")}
    forbidden = {name.rpartition(".")[2] for name in contract["forbidden_modules"][2:]}
    assert forbidden == others - {"__pycache__"}
