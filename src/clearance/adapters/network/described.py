"""What is said about a source, by whoever lists it or by its own head.

1. A list of sources is a TOML file of ``[[source]]`` tables; its files stand beside it.
2. What the list says goes before what the file's head says.
3. ``country``, ``kinds`` and ``operator`` are said of every block whose row is silent about them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from clearance.adapters.formats.source import Source
from clearance.adapters.network.words import KINDS, SILENCE, Word, country, in_order, operator
from clearance.adapters.policies.reading import read_text
from clearance.model.errors import InputError
from clearance.policy.reading.fields import Fields
from clearance.policy.reading.located import locate
from clearance.policy.reading.problems import Sheet

_DAY = 86_400
_YEAR_10000 = 253_402_300_800


@dataclass(frozen=True, slots=True)
class Described:
    """One source as it is described.

    **Shape**: what nobody said is empty or ``None``; ``columns`` are those of a table without a
    header, ``ignore`` those of a table that are passed over.
    """

    files: tuple[Path, ...]
    id: str = ""
    as_of: int | None = None
    licence: str = ""
    voice: str = ""
    usual: Word = SILENCE
    columns: tuple[str, ...] = ()
    ignore: frozenset[str] = frozenset()

    def over(self, head: Described) -> Described:
        """With what a file's head says where the list is silent."""
        return replace(
            self,
            id=self.id or head.id,
            as_of=head.as_of if self.as_of is None else self.as_of,
            licence=self.licence or head.licence,
            voice=self.voice or head.voice,
        )


def build_day(seconds: int, source: Source) -> int:
    """The day of a build that a file dates in seconds since 1970.

    Raises:
        SourceError: that is no time.
    """
    if not 0 <= seconds < _YEAR_10000:
        raise source.error(f"built at {seconds}, which is no time", remedy="fetch the file again")
    return seconds // _DAY


def listed(path: Path) -> tuple[Described, ...]:
    """The sources that a TOML file lists.

    Raises:
        InputError: the file cannot be read, or has a mistake (the first is told).
    """
    sheet = Sheet(str(path), locate(read_text(path), str(path)))
    root = Fields.of(sheet)
    found = tuple(_described(fields, path.parent) for fields in root.tables("source"))
    root.done()
    if not found and not sheet.problems:
        root.note("source", "no source is listed", "write [[source]] tables")
    if sheet.problems:
        raise min(sheet.problems).error()
    return found


def _described(fields: Fields, folder: Path) -> Described:
    files = tuple(folder / name for _, name in fields.words("files"))
    if not files:
        files = (folder / fields.text("file"),)
    described = Described(
        files,
        id=fields.id(),
        as_of=fields.day("as_of") if fields.has("as_of") else None,
        licence=fields.text("licence", ""),
        voice=fields.text("voice", ""),
        usual=_usual(fields),
        columns=tuple(name for _, name in fields.words("columns")),
        ignore=frozenset(name for _, name in fields.words("ignore")),
    )
    fields.done()
    return described


def _usual(fields: Fields) -> Word:
    code = ""
    try:
        code = country(fields.text("country", ""))
    except InputError as error:
        fields.note("country", error.what, error.remedy or "")
    kinds = in_order(fields.choices("kinds", KINDS))
    return Word(code, 0, kinds, operator(fields.text("operator", "")))
