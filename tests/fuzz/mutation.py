"""Files changed at random: bytes, words of the format, whole values of a JSON document."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

WORDS = tuple(
    word.encode("utf-8", "surrogatepass")
    for word in (
        '"',
        "'",
        "{",
        "}",
        "[",
        "]",
        "[[",
        ",",
        ":",
        "=",
        "\\",
        "\n",
        "\r\n",
        "\r",
        "\t",
        ";",
        "\0",
        "\\u0000",
        "\\ud800",
        "\ud800",
        "\ufeff",
        "\u202e",
        "é",
        "null",
        "true",
        "1e400",
        "-1",
        "1e-400",
        "1e999999999",
        "1e99999999999999999999",
        "0.1",
        "9" * 40,
        "1" * 5000,
        "2026-02-30",
        "0001-01-01T00:00:00+14:00",
        "::ffff:1.2.3.4",
        "192.0.2.0/33",
        "XA",
        "XA-",
        "[" * 300,
        '{"a":' * 300,
        "- - -",
        "\n\n",
        "%00",
        "../..",
        "Content-Length: 0\r\n",
        "Transfer-Encoding: chunked\r\n",
        "\x7f",
        "—",
    )
)
VALUES: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    10**30,
    1.5,
    float("1e308"),
    "",
    "x",
    "\0",
    "\u2028",
    "é" * 9,
    "a" * 5000,
    [],
    {},
    [[]],
    [None],
    {"": ""},
    {"a": {"b": []}},
    "2026-02-30",
    "9999-12-31",
    "XA",
    "deny",
)


def mutated(seeds: Sequence[bytes], draw: Random) -> bytes:
    """One of the seeds, changed once to six times."""
    data = draw.choice(seeds)
    for _ in range(draw.randint(1, 6)):
        data = draw.choice(_CHANGES)(data, seeds, draw)
    return data[:200_000]


def _cut(data: bytes, seeds: Sequence[bytes], draw: Random) -> bytes:
    start = draw.randrange(len(data) + 1)
    return data[:start] + data[start + draw.choice((1, 1, 2, 8, 64, 10_000)) :]


def _put(data: bytes, seeds: Sequence[bytes], draw: Random) -> bytes:
    start = draw.randrange(len(data) + 1)
    return (
        data[:start]
        + draw.choice((draw.randbytes(draw.randint(1, 4)), draw.choice(WORDS)))
        + data[start:]
    )


def _flip(data: bytes, seeds: Sequence[bytes], draw: Random) -> bytes:
    if not data:
        return data
    at = draw.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << draw.randrange(8)]) + data[at + 1 :]


def _again(data: bytes, seeds: Sequence[bytes], draw: Random) -> bytes:
    """A stretch once more, where it stands or elsewhere."""
    start = draw.randrange(len(data) + 1)
    stretch = data[start : start + draw.choice((4, 40, 400))]
    at = draw.randrange(len(data) + 1)
    return data[:at] + stretch * draw.choice((1, 1, 2, 30)) + data[at:]


def _line(data: bytes, seeds: Sequence[bytes], draw: Random) -> bytes:
    """Lines dropped, doubled or moved."""
    lines = data.splitlines(keepends=True)
    if not lines:
        return data
    at = draw.randrange(len(lines))
    line = lines.pop(at)
    for _ in range(draw.randrange(3)):
        lines.insert(draw.randrange(len(lines) + 1), line)
    return b"".join(lines)


def _spliced(data: bytes, seeds: Sequence[bytes], draw: Random) -> bytes:
    other = draw.choice(seeds)
    return data[: draw.randrange(len(data) + 1)] + other[draw.randrange(len(other) + 1) :]


def _value(data: bytes, seeds: Sequence[bytes], draw: Random) -> bytes:
    """Another value somewhere in a JSON document, or in one of its lines."""
    lines = data.splitlines(keepends=True)
    whole = len(lines) < 2 or draw.random() < 0.3
    at = 0 if whole else draw.randrange(len(lines))
    try:
        document = json.loads(data if whole else lines[at])
        said = json.dumps(_changed(document, draw), ensure_ascii=draw.random() < 0.5).encode(
            "utf-8", "replace"
        )
    except (ValueError, RecursionError):
        return _flip(data, seeds, draw)
    return said if whole else b"".join([*lines[:at], said, b"\n", *lines[at + 1 :]])


def _changed(value: Any, draw: Random) -> Any:
    """The value with one part of it, or all of it, replaced, dropped or renamed."""
    if not isinstance(value, (dict, list)) or not value or draw.random() < 0.15:
        return draw.choice(VALUES)
    if isinstance(value, list):
        at = draw.randrange(len(value))
        return [*value[:at], *([_changed(value[at], draw)] * draw.randrange(3)), *value[at + 1 :]]
    key = draw.choice(sorted(value))
    rest = {name: one for name, one in value.items() if name != key}
    roll = draw.random()
    if roll < 0.2:
        return rest
    if roll < 0.3:
        return {**rest, key + "x": value[key]}
    return {**rest, key: _changed(value[key], draw)}


_CHANGES: Sequence[Callable[[bytes, Sequence[bytes], Random], bytes]] = (
    _cut,
    _put,
    _put,
    _flip,
    _again,
    _line,
    _spliced,
    _value,
    _value,
    _value,
)
