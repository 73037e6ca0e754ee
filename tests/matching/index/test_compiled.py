"""What was compiled is kept, and made anew when any function that it calls has changed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from clearance.matching.index import compiled

ASK = """
import probe.outer
print(probe.outer.twice(3), probe.outer.twice.stats.cache_hits.total())
"""
OUTER = """
from probe.compiled import compiled
from probe.inner import step

@compiled
def twice(value: int) -> int:
    return step(step(value))
"""
INNER = """
from probe.compiled import compiled

@compiled
def step(value: int) -> int:
    return value + {by}
"""


@pytest.fixture
def probe(tmp_path: Path) -> Path:
    folder = tmp_path / "probe"
    folder.mkdir()
    (folder / "__init__.py").touch()
    shutil.copy(Path(str(compiled.__file__)), folder / "compiled.py")
    (folder / "outer.py").write_text(OUTER)
    (folder / "inner.py").write_text(INNER.format(by=1))
    return folder


def asked(folder: Path, **environment: str) -> list[str]:
    known = {name: text for name, text in os.environ.items() if name != "NUMBA_CACHE_DIR"}
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=folder.parent,
        env={**known, **environment},
        capture_output=True,
        check=True,
        text=True,
    )
    return done.stdout.split()


def test_it_is_kept_until_a_function_in_another_file_changes(probe: Path) -> None:
    assert asked(probe) == ["5", "0"]
    assert asked(probe) == ["5", "1"]
    (probe / "inner.py").write_text(INNER.format(by=2))
    assert asked(probe) == ["7", "0"]


def test_it_works_where_nothing_can_be_kept(probe: Path) -> None:
    (probe / "__pycache__").touch()  # a file where the folder would be
    assert asked(probe, HOME="/dev/null", XDG_CACHE_HOME="/dev/null") == ["5", "0"]
