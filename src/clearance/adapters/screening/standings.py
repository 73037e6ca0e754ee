"""``standings.jsonl``: what every customer was judged on, so that others can judge it again.

1. The first line says under what: policy, day, snapshot, and what each rule asked. Then a line a
   customer, in the portfolio's order, without fields that are empty.
2. Bytes are stable, keys sorted. Names are not in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
import orjson

from clearance.adapters.screening.found_rows import FoundRow, register_text, standings_text
from clearance.adapters.screening.standing_json import check_standings
from clearance.adapters.unreadable import unreadable
from clearance.model.dates import day_of, text_of_day
from clearance.model.errors import InputError
from clearance.model.plain import canonical
from clearance.usecases.found import Run
from clearance.usecases.screened import Screened

NAME = "standings.jsonl"
FORMAT = "clearance-standings/1"


class _Head(msgspec.Struct, forbid_unknown_fields=True):
    """The first line."""

    format: str
    policy: str
    as_of: str
    snapshot: str
    asked: dict[str, str]


class _Line(msgspec.Struct, forbid_unknown_fields=True):
    """A customer's line."""

    customer: str
    party: str = ""
    doubt: str = ""
    unidentified: str = ""
    register: str = ""
    standings: msgspec.Raw = msgspec.Raw()
    proof: str = ""


_head = msgspec.json.Decoder(_Head).decode
_line = msgspec.json.Decoder(_Line).decode


def head_line(run: Run) -> bytes:
    """The first line."""
    head = {
        "format": FORMAT,
        "policy": run.policy,
        "as_of": text_of_day(run.as_of),
        "snapshot": run.snapshot,
        "asked": run.asked,
    }
    return canonical(head).encode() + b"\n"


def line_of(screened: Screened) -> bytes:
    """A customer's line. **Cost**: about 3 µs where no rule touches."""
    facts = screened.facts
    stated: Mapping[str, str] = facts.stated if facts else {}
    row = {
        "customer": screened.customer.id,
        "doubt": facts.doubt if facts and facts.unidentified else "",
        "party": screened.party,
        "proof": screened.proof,
        "register": register_text(
            stated.get("register_headquarters", ""), stated.get("register_incorporation", "")
        ),
        "standings": _fragment(standings_text(screened.standings)),
        "unidentified": facts.unidentified if facts else "",
    }
    return orjson.dumps({key: said for key, said in row.items() if said}) + b"\n"


def _fragment(text: str) -> orjson.Fragment | None:
    return orjson.Fragment(text) if text else None


class Standings:
    """The file of an earlier screening, being read.

    **Shape**: ``run.id`` is the SHA-256 of the file: the same file is the same run.

    Raises:
        InputError: there is none, or it is not such a file.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        try:
            with self._path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
                file.seek(0)
                first = file.readline()
        except FileNotFoundError:
            raise InputError(
                "no standings there", file=str(self._path), remedy="name the --out of 'screen'"
            ) from None
        except OSError as error:
            raise unreadable(self._path, error) from None
        self.run = self._run(first, digest)

    def rows(self) -> Iterator[FoundRow]:
        """Every customer's row, checked.

        Raises:
            InputError: a line is no row, or stands twice.
        """
        seen: set[str] = set()
        with self._path.open("rb") as file:
            next(file)
            for number, line in enumerate(file, 2):
                try:
                    yield _row(line, self.run, seen)
                except (msgspec.MsgspecError, UnicodeDecodeError, InputError) as error:
                    raise self._fault(str(error), number) from None

    def _run(self, first: bytes, digest: str) -> Run:
        try:
            head = _head(first)
            if head.format != FORMAT:
                raise InputError(f"is of format {head.format[:40]!r}, not {FORMAT!r}")
            return Run(digest, head.policy, day_of(head.as_of), head.snapshot, head.asked)
        except (msgspec.MsgspecError, UnicodeDecodeError, InputError) as error:
            raise self._fault(str(error), 1) from None

    def _fault(self, what: str, line: int) -> InputError:
        return InputError(what, file=str(self._path), line=line, remedy="screen again")


def _row(line: bytes, run: Run, seen: set[str]) -> FoundRow:
    read = _line(line)
    if read.customer in seen:
        raise InputError(f"{read.customer!r} stands twice")
    seen.add(read.customer)
    standings = bytes(read.standings).decode()
    if standings:
        check_standings(standings, run.asked)
    return FoundRow(
        read.customer,
        read.party,
        read.doubt,
        read.unidentified,
        read.register,
        standings,
        read.proof,
    )
