"""TOML with the line of every key, so that a finding can say where.

1. ``tomllib`` decides what the text means; this module only remembers where it stands.
2. A path names a value as one walks to it: keys are text, places in a list are numbers.
3. Fractions stay exact: a number with a point is a ``Decimal``.

Not here: what a field means (``fields``), reading files (``adapters.policies.reading``).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from clearance.model.errors import InputError

Path = tuple[str | int, ...]
"""How to walk to a value: ``("ownership", 0, "rule")``."""

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^,\]}\n#]*")
_STRING = re.compile(
    r'"{3}(?:[^"\\]|\\.|"(?!""))*"{3,5}'
    r"|'{3}(?:[^']|'(?!''))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_DECODE_PLACE = re.compile(r"^(.*) \(at (?:line (\d+), column \d+|end of document)\)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Located:
    """A TOML document: what it says, and the one-based line on which each part stands."""

    value: Mapping[str, object]
    lines: Mapping[Path, int]

    def line(self, path: Path) -> int:
        """The line of ``path``, or of the nearest part around it that has one."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def locate(text: str, file: str) -> Located:
    """Read TOML.

    Raises:
        InputError: the text is no TOML; with the line.

    >>> locate('a = 1\\n[[b]]\\nc.d = 2', "x.toml").line(("b", 0, "c", "d"))
    3
    """
    try:
        value: dict[str, object] = tomllib.loads(text, parse_float=Decimal)
        lines = _Scan(text).run()
    except tomllib.TOMLDecodeError as error:
        raise _no_toml(text, file, str(error)) from None
    except (ValueError, ArithmeticError):
        what, remedy = "a number is too long to be read", "write it shorter"
        raise InputError(what, file=file, remedy=remedy) from None
    except RecursionError:
        raise InputError("nested too deep", file=file, remedy="flatten the document") from None
    return Located(value, lines)


def _no_toml(text: str, file: str, message: str) -> InputError:
    matched = _DECODE_PLACE.match(message)
    what, at = (matched[1], matched[2]) if matched else (message, None)
    line = int(at) if at else text.count("\n") + 1
    return InputError(
        f"not TOML: {what[:1].lower()}{what[1:]}", file=file, line=line, remedy="mend the line"
    )


class _Scan:
    """One pass over text that is known to be TOML."""

    __slots__ = ("_at", "_counts", "_line", "_lines", "_seen", "_text")

    def __init__(self, text: str) -> None:
        self._text = text.replace("\r\n", "\n")
        self._at = 0
        self._line = 1
        self._seen = 0
        self._lines: dict[Path, int] = {}
        self._counts: dict[Path, int] = {}

    def run(self) -> Mapping[Path, int]:
        """Record the line of every key and list item."""
        prefix: Path = ()
        self._skip()
        while self._at < len(self._text):
            if self._text.startswith("[", self._at):
                prefix = self._header()
            else:
                self._pair(prefix)
            self._skip()
        return self._lines

    def _header(self) -> Path:
        listed = self._text.startswith("[[", self._at)
        self._at += 2 if listed else 1
        keys = self._keys()
        self._at = self._text.index("]]" if listed else "]", self._at) + (2 if listed else 1)
        path: Path = ()
        for key in keys[:-1]:
            path = self._into(path, key)
        if not listed:
            path = self._into(path, keys[-1])
        else:
            path = (*path, keys[-1])
            self._note(path)
            self._counts[path] = self._counts.get(path, -1) + 1
            path = (*path, self._counts[path])
            self._note(path)
        return path

    def _into(self, path: Path, key: str) -> Path:
        path = (*path, key)
        self._note(path)
        return (*path, self._counts[path]) if path in self._counts else path

    def _pair(self, prefix: Path) -> None:
        for key in self._keys():
            prefix = (*prefix, key)
            self._note(prefix)
        self._at = self._text.index("=", self._at) + 1
        self._skip()
        self._value(prefix)

    def _keys(self) -> list[str]:
        keys = []
        while True:
            self._skip()
            quoted = _STRING.match(self._text, self._at)
            if quoted:
                keys.append(str(tomllib.loads(f"key = {quoted[0]}")["key"]))
            matched = quoted or _BARE_KEY.match(self._text, self._at)
            if matched is None:  # pragma: no cover - tomllib has accepted the text
                raise AssertionError(self._at)
            if not quoted:
                keys.append(matched[0])
            self._at = matched.end()
            self._skip()
            if not self._text.startswith(".", self._at):
                return keys
            self._at += 1

    def _value(self, path: Path) -> None:
        string = _STRING.match(self._text, self._at)
        if string:
            self._at = string.end()
        elif self._text.startswith("[", self._at):
            self._items(path)
        elif self._text.startswith("{", self._at):
            self._inline(path)
        else:
            scalar = _SCALAR.match(self._text, self._at)
            self._at = scalar.end() if scalar else self._at + 1

    def _items(self, path: Path) -> None:
        self._at += 1
        count = 0
        while self._more("]"):
            self._note((*path, count))
            self._value((*path, count))
            count += 1

    def _inline(self, path: Path) -> None:
        self._at += 1
        while self._more("}"):
            self._pair(path)

    def _more(self, close: str) -> bool:
        self._skip()
        if self._text.startswith(",", self._at):
            self._at += 1
            self._skip()
        if self._text.startswith(close, self._at):
            self._at += 1
            return False
        return True

    def _skip(self) -> None:
        matched = _BLANK.match(self._text, self._at)
        self._at = matched.end() if matched else self._at

    def _note(self, path: Path) -> None:
        self._line += self._text.count("\n", self._seen, self._at)
        self._seen = self._at
        self._lines.setdefault(path, self._line)
