"""No mutation of a published record gives a traceback: it is read, rejected, or one clear error."""

from __future__ import annotations

import copy
import gzip
import io
import json
import random
import zipfile
from pathlib import Path
from typing import Any

import pytest
from tests.adapters.formats.reading import DATA, read_file

from clearance.model.errors import ClearanceError

ODD: tuple[Any, ...] = (
    *(None, True, 7, -1, 3.5, 1e300, "", " ", "x", "101", "nan", "2020-99-99", "\u0000"),
    *("=cmd()", "<script>", [], [None], [7], [[]], {}, {"a": 1}, {"$": 7}, ["x", "x"]),
)
FILES = sorted(path.name for path in DATA.iterdir())
RECORDS = [name for name in FILES if name.endswith((".json", ".jsonl"))]


def nodes(value: Any) -> list[tuple[Any, Any]]:
    """Every place inside a JSON value, as container and key."""
    keys = value.items() if isinstance(value, dict) else enumerate(value)
    found: list[tuple[Any, Any]] = []
    for key, inner in keys:
        found.append((value, key))
        found += nodes(inner) if isinstance(inner, dict | list) else []
    return found


def one_line(error: ClearanceError) -> None:
    assert "\n" not in str(error)


def survives(path: Path) -> None:
    try:
        read_file(path)
    except ClearanceError as error:
        one_line(error)


@pytest.mark.parametrize("name", RECORDS)
def test_a_record_with_any_odd_value_is_read_or_rejected(tmp_path: Path, name: str) -> None:
    text = (DATA / name).read_text()
    lines = name.endswith("l")
    records = [json.loads(line) for line in text.splitlines()] if lines else json.loads(text)
    places = len(nodes(records))
    chance = random.Random(name)
    for number in range(150):
        changed = copy.deepcopy(records)
        for _ in range(1 + number % 2):
            container, key = chance.choice(nodes(changed)[-places:])
            container[key] = copy.deepcopy(chance.choice(ODD))
        path = tmp_path / "changed"
        parts = changed if lines else [changed]
        path.write_text("\n".join(json.dumps(part) for part in parts))
        survives(path)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("pack", ["plain", "gzip", "zip"])
def test_broken_bytes_are_an_error_or_a_reject(tmp_path: Path, name: str, pack: str) -> None:
    chance = random.Random(name + pack)
    whole = packed((DATA / name).read_bytes(), pack)
    path = tmp_path / "broken"
    for number in range(40):
        content = bytearray(whole)
        place = chance.randrange(len(content))
        if number % 3 == 0:
            del content[place:]
        elif number % 3 == 1:
            content[place] ^= chance.randrange(1, 256)
        else:
            del content[place : place + chance.randrange(1, 40)]
        path.write_bytes(bytes(content))
        survives(path)


def packed(content: bytes, pack: str) -> bytes:
    if pack == "gzip":
        return gzip.compress(content, mtime=0)
    if pack == "plain":
        return content
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("member"), content)
    return buffer.getvalue()
