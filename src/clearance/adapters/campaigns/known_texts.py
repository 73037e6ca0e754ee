"""Texts that anybody may use: benchmarks' questions, wrappers' default prompts, personas.

1. A file holds texts: JSON lines with ``text``, ``prompt`` or ``question``, CSV with such a column,
   or one text as it is. Plain, gzip or zip.
2. What a text says is no anchor and no evidence; accounts that keep to it are told as
   counter-evidence, by the name of the file.
3. Texts are hashed with the key of the log and forgotten.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from clearance.adapters.campaigns.log_folder import key_of
from clearance.adapters.formats.source import Source, open_source
from clearance.campaigns.evidence import Int64
from clearance.campaigns.sketch.bottom import passages
from clearance.campaigns.sketch.siphash import UInt64
from clearance.model.errors import InputError

FIELDS = ("text", "prompt", "question")


@dataclass(frozen=True, slots=True)
class KnownTexts:
    """The passages of public texts.

    **Shape**: ``token`` ascending, each once; ``source`` the place in ``names`` of the first file
    that has it.
    """

    names: tuple[str, ...]
    token: Int64
    source: Int64

    def sources(self, token: Int64) -> Int64:
        """The file of each token, -1 for none."""
        if not len(self.token):
            return np.full(len(token), -1, np.int64)
        at = np.minimum(np.searchsorted(self.token, token), len(self.token) - 1)
        found: Int64 = np.where(self.token[at] == token, self.source[at], -1)
        return found


NOTHING = KnownTexts((), np.zeros(0, np.int64), np.zeros(0, np.int64))


def read_known(files: Sequence[Path], log: Path, key: Path | None = None) -> KnownTexts:
    """The passages of every text of these files, hashed as the log is.

    Raises:
        InputError: a file is missing or holds no text, or the key is not there or another log's.
        SourceError: a file is broken.
    """
    if not files:
        return NOTHING
    _, words = key_of(log, key)
    tokens = [_passages(path, words) for path in files]
    owner = np.repeat(np.arange(len(files)), [len(one) for one in tokens])
    token, first = np.unique(np.concatenate(tokens), return_index=True)
    return KnownTexts(tuple(path.name for path in files), token, owner[first])


def _passages(path: Path, key: UInt64) -> Int64:
    found = [
        passages(np.frombuffer(text.encode("utf-8", "replace"), np.uint8), key)
        for source in open_source(path)
        for text in _texts(source)
    ]
    if not sum(map(len, found)):
        raise InputError(
            "holds no text", file=str(path), remedy=f"give a column or field {', '.join(FIELDS)}"
        )
    return np.concatenate(found)


def _texts(source: Source) -> Iterator[str]:
    whole = b"".join(source.chunks()).decode("utf-8")
    if whole.lstrip().startswith("{"):
        yield from _json_lines(whole, source.name)
        return
    rows = csv.DictReader(io.StringIO(whole, newline=""))
    try:
        column = next((name for name in FIELDS if name in (rows.fieldnames or ())), None)
        if column is None:
            yield whole
            return
        for row in rows:
            yield row[column] or ""
    except csv.Error as error:
        raise source.error(str(error), line=rows.line_num, remedy="save it as CSV") from None


def _json_lines(whole: str, name: str) -> Iterator[str]:
    for number, line in enumerate(whole.split("\n"), 1):
        if not line.strip():
            continue
        try:
            said = json.loads(line)
        except ValueError:
            raise InputError("is no JSON", file=name, line=number) from None
        if isinstance(said, dict):
            yield from (said[one] for one in FIELDS if isinstance(said.get(one), str))
