"""The checker shares no code with the engine: it imports the model and the standard library."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

import clearance.ownership

FOLDER = Path(next(iter(clearance.ownership.__path__)))
FILES = sorted(FOLDER.glob("checker*.py"))


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
        own = name.startswith(("clearance.model.", "clearance.ownership.checker"))
        assert own or name.partition(".")[0] in sys.stdlib_module_names, name
