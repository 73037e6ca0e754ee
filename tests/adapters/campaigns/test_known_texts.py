"""Texts that anybody may use are no anchor, whatever file they stand in."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from clearance.adapters.campaigns.asked_log import AskedLog
from clearance.adapters.campaigns.engine import DuckEngine
from clearance.adapters.campaigns.ingest import ingest
from clearance.adapters.campaigns.known_texts import NOTHING, read_known
from clearance.adapters.campaigns.log_folder import days_of
from clearance.model.errors import InputError

PERSONA = "You are a patient gardener who answers every question about roses, at length and kindly"
OWN = "Rate the following answer for tone and give the reason in one short line please"
NOON = 1_767_614_400

FILES: dict[str, bytes] = {
    "roses.md": PERSONA.encode(),
    "roses.jsonl": json.dumps({"id": 1, "prompt": PERSONA}).encode(),
    "roses.csv": f'act,prompt\ngardener,"{PERSONA}"\n'.encode(),
    "roses.jsonl.gz": gzip.compress(json.dumps({"text": PERSONA}).encode()),
    "loud.txt": PERSONA.upper().replace(" ", "\n").encode(),
}


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six accounts keep to the persona, six others to a text of their own."""
    folder = tmp_path_factory.mktemp("known")
    rows = [
        {
            "account": f"{kind}-{one}",
            "time": NOON + 977 * at + one,
            "prompt": f"{text} {at * 101 + one} by {one * 31}",
        }
        for kind, text in (("open", PERSONA), ("own", OWN))
        for one in range(6)
        for at in range(8)
    ]
    (folder / "log.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    ingest([folder / "log.jsonl"], folder / "log", None, keep_text=False)
    return folder / "log"


def kept_to(log: Path, *files: Path) -> tuple[set[str], AskedLog]:
    """Who keeps to an anchor."""
    with DuckEngine(log, days_of(log)) as engine:
        asked = AskedLog(engine, None, read_known(files, log))
        names = asked.names()
    return {names[one].split("-")[0] for one in asked.view.focus.actor.tolist()}, asked


@pytest.mark.parametrize("name", FILES)
def test_a_known_text_is_no_anchor(name: str, log: Path, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(FILES[name])
    assert kept_to(log, tmp_path / name)[0] == {"own"}


def test_what_is_not_known_stays_an_anchor(log: Path, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("Nothing that anybody of this log has ever asked for")
    assert kept_to(log)[0] == {"open", "own"}
    assert kept_to(log, tmp_path / "other.txt")[0] == {"open", "own"}


def test_a_token_is_told_by_the_first_file_that_has_it(log: Path, tmp_path: Path) -> None:
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(PERSONA)
    known = read_known([tmp_path / "one.txt", tmp_path / "two.txt"], log)
    assert set(known.sources(known.token).tolist()) == {0}
    assert NOTHING.sources(known.token).tolist() == [-1] * len(known.token)
    assert known.sources(np.array([known.token[0] - 1])).tolist() == [-1]


@pytest.mark.parametrize(
    ("name", "text"), [("a.jsonl", '{"id": 1}\n'), ("b.csv", "text\n"), ("c.jsonl", '{"text": 1}')]
)
def test_a_file_without_texts_is_refused_by_name(
    name: str, text: str, log: Path, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(InputError, match="holds no text"):
        read_known([tmp_path / name], log)


def test_a_broken_line_is_named(log: Path, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "one two three four"}\n{"text": \n')
    with pytest.raises(InputError) as caught:
        read_known([tmp_path / "a.jsonl"], log)
    assert (caught.value.line, caught.value.file) == (2, str(tmp_path / "a.jsonl"))
