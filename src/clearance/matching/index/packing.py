"""Names as bytes, many at a time: what ``pack`` makes of their forms, without making each form.

1. A name of plain letters is read by its pattern (``matching.text.patterns``), which was read once.
2. Every other name, and one whose pattern is no way to read it, is read by itself.

**Cost**: a microsecond or two a name of plain letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from clearance.matching.index.counting import text_in_order, whole_keys
from clearance.matching.index.layout import Bytes, Flags, Longs, Packed
from clearance.matching.index.pack import form_code, gathered, pack, together
from clearance.matching.index.plain import Cut, Meaning, cut_names, fill, join
from clearance.matching.text.form import LONGEST, is_glued, name_forms
from clearance.matching.text.patterns import SAYS, read_pattern
from clearance.matching.text.persons import in_order
from clearance.matching.text.romanize import SPELLINGS
from clearance.matching.text.signs import folded, folded_sign
from clearance.matching.text.words import parted
from clearance.model.party import PartyKind

REMEMBERED = 1 << 19
"""Patterns kept; then they are read anew."""
_KINDS = {101: PartyKind.ENTITY, 112: PartyKind.PERSON}


class Packer:
    """Packs names, remembering their patterns."""

    def __init__(self) -> None:
        self._recipes: dict[bytes, bytes] = {}
        self._meaning = _meaning()
        self._spellings = np.array([[*map(ord, f"{two}{one}")] for two, one in SPELLINGS], np.uint8)

    def pack(self, texts: Sequence[str], kinds: Sequence[PartyKind]) -> Packed:
        """The bytes of these names, in their order: ``pack(name_forms(texts, kinds))``."""
        person = np.fromiter((kind is PartyKind.PERSON for kind in kinds), np.bool_, len(texts))
        plain = [_plain(text, one) for text, one in zip(texts, person.tolist(), strict=True)]
        cut, patterns = self._cut(plain, person)
        recipes = self._recipes_of(patterns)
        alone = [at for at, recipe in enumerate(recipes) if not recipe]
        read = self._filled(cut, recipes)
        if not alone:
            return read
        return _with(read, alone, [texts[at] for at in alone], [kinds[at] for at in alone])

    def _cut(self, texts: Sequence[str], person: Flags) -> tuple[Cut, list[bytes]]:
        data, start = _bytes(texts)
        size = int(start[-1])
        cut = Cut(
            np.zeros(size, np.uint8),
            np.zeros((size, 2), np.int64),
            np.zeros(len(start), np.int64),
            np.zeros(2 * (size + len(texts)), np.uint8),
        )
        used = cut_names(data, start, person, self._meaning, cut)
        return cut, cut.pattern[:used].tobytes().split(b"\n")[:-1]

    def _recipes_of(self, patterns: Sequence[bytes]) -> list[bytes]:
        """How each name is written, empty where it is read by itself."""
        if len(self._recipes) > REMEMBERED:
            self._recipes.clear()
        known = self._recipes
        for pattern in set(patterns).difference(known):
            known[pattern] = _recipe(pattern)
        return [known[pattern] for pattern in patterns]

    def _filled(self, cut: Cut, recipes: Sequence[bytes]) -> Packed:
        recipe, start = together(recipes)
        text = np.zeros(len(recipe) + len(cut.letters), np.uint8)
        ends, shut = np.zeros(len(start), np.int64), np.zeros(len(start), np.int64)
        form = np.zeros(len(recipes), np.uint8)
        fill(cut, recipe, start, text, ends, form)
        text = text[: int(ends[-1])]
        joined = np.zeros(len(text), np.uint8)
        join(text, ends, self._spellings, joined, shut)
        none, no = np.zeros(0, np.uint8), np.zeros(len(start), np.int64)
        of = np.arange(len(recipes))
        return Packed(text, ends, none, no, joined[: int(shut[-1])], shut, of, form)


def _plain(text: str, person: bool) -> str:
    """The name ready to be cut, in plain letters if its words are."""
    if not person and text.isascii():
        return text
    cut = in_order(text[:LONGEST]) if person else text[:LONGEST]
    if person:
        return cut if cut.isascii() else folded(cut)
    return text if is_glued(cut) else " ".join(parted(cut))


def _recipe(pattern: bytes) -> bytes:
    """The number of the legal form, then the words; nothing where a pattern is no way to read."""
    kind = _KINDS.get(pattern[0])
    read = kind and read_pattern(pattern[1:].decode("ascii"), kind)
    if not read:
        return b""
    found, form = read
    return bytes((form_code(form),)) + " ".join(found).encode("ascii")


def _with(
    read: Packed, alone: Sequence[int], texts: Sequence[str], kinds: Sequence[PartyKind]
) -> Packed:
    """The names read together, with those that are read by themselves in their places."""
    other = pack(name_forms(texts, kinds))
    places = np.array(alone, np.int64)
    kept = np.ones(len(read.of), np.bool_)
    kept[places] = False
    of = np.concatenate((read.of[kept], places[other.of]))
    order = np.argsort(of, kind="stable")
    rows = np.concatenate((np.flatnonzero(kept), len(read.of) + np.arange(len(other.of))))[order]
    return Packed(
        *_picked((read.text, read.text_start), (other.text, other.text_start), rows),
        *_picked((read.extra, read.extra_start), (other.extra, other.extra_start), rows),
        *_picked((read.joined, read.joined_start), (other.joined, other.joined_start), rows),
        of[order],
        np.concatenate((read.form, other.form))[rows],
    )


def _picked(
    one: tuple[Bytes, Longs], other: tuple[Bytes, Longs], rows: Longs
) -> tuple[Bytes, Longs]:
    data, start = gathered((one[0], other[0]), (one[1], other[1]))
    found, ends = np.zeros(len(data), np.uint8), np.zeros(len(rows) + 1, np.int64)
    text_in_order(data, start, rows, found, ends)
    return found[: int(ends[-1])], ends


def _bytes(texts: Iterable[str]) -> tuple[Bytes, Longs]:
    return together([text.encode("utf-8", "replace") for text in texts])


def _meaning() -> Meaning:
    """What texts say, as compiled code finds it."""
    said: dict[str, int] = {}
    for bit, texts in enumerate(SAYS.values()):
        for text in filter(str.isascii, texts):
            said[text] = said.get(text, 0) | 1 << bit
    hashes = np.zeros(len(said), np.uint64)
    whole_keys(*_bytes(said), hashes)
    size = 1 << (2 * len(said)).bit_length()
    keys, bits = np.zeros(size, np.uint64), np.zeros(size, np.uint8)
    for key, bit in zip(hashes.tolist(), said.values(), strict=True):
        at = key % size
        while int(keys[at]) not in (0, key):
            at = (at + 1) % size
        keys[at], bits[at] = key, bits[at] | bit
    return Meaning(keys, bits, _fold())


def _fold() -> Bytes:
    """What each plain sign becomes: nothing, a space, ``&``, or its letter."""
    signs = [folded_sign(chr(code)) for code in range(128)]
    return np.array([ord(sign.strip() or sign[:1] or "\0") for sign in signs], np.uint8)
