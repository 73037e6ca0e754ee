"""The line index names every value that the TOML reader finds, and no other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from clearance.adapters.policies import reading as policies
from clearance.model.errors import InputError
from clearance.policy.reading.located import Path, locate


def paths_of(value: object, path: Path = ()) -> Iterator[Path]:
    """Every path inside a parsed document."""
    if path:
        yield path
    if isinstance(value, dict):
        for key, item in value.items():
            yield from paths_of(item, (*path, key))
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from paths_of(item, (*path, number))


HARD = '''\
# a = 1
"quoted . key" = "x # no comment"
a.b."c.d" = """
[not.a.table]
""" # [nor = this]
e = \'\'\'it''s
fine\'\'\'
f = [ # first
  1, [2, "]"],
  { g = "}", h.i = [ { j = 2020-01-01T00:00:00 } ] }, # trailing
]
[k]
[[k.l]]
m = 1.5
[k.l.n]
o = true
[[k.l]]
[k.l.n]
"p" = ""
[[k.l.q]]
r = \'\\\'
'''


def test_hard_toml_is_indexed_whole() -> None:
    document = locate(HARD, "hard.toml")
    assert set(document.lines) == set(paths_of(document.value))


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("quoted . key",), 2),
        (("a", "b", "c.d"), 3),
        (("e",), 6),
        (("f", 0), 9),
        (("f", 1, 1), 9),
        (("f", 2, "h", "i", 0, "j"), 10),
        (("k", "l", 0, "m"), 14),
        (("k", "l", 0, "n", "o"), 16),
        (("k", "l", 1, "n", "p"), 19),
        (("k", "l", 1, "q", 0, "r"), 21),
        (("k", "l", 1, "not there"), 17),
    ],
)
def test_a_value_stands_on_its_line(path: Path, line: int) -> None:
    assert locate(HARD, "hard.toml").line(path) == line


@pytest.mark.parametrize("id", policies.rule_ids())
def test_shipped_records_are_indexed_whole(id: str) -> None:
    document = locate(policies.read_document(id, policies.RULES)[1], id)
    assert set(document.lines) == set(paths_of(document.value))


@pytest.mark.parametrize(
    ("text", "line"),
    [("a = ", 1), ("a = 1\nb = [1,\n", 3), ("a = 1\na = 2\n", 2), ("\n\n[a\n", 3)],
)
def test_what_is_no_toml_has_a_line(text: str, line: int) -> None:
    with pytest.raises(InputError) as raised:
        locate(text, "bad.toml")
    assert raised.value.line == line
