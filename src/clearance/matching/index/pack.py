"""Names as bytes: what of a name's form is searched by.

1. A name is read once, or twice if its script parts no words by spaces: as it is written, with its
   pairs of neighbouring letters beside it, and in Latin letters as far as it has a reading.
2. Two names are spelled the same if their forms are joined the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from clearance.matching.index.layout import Asked, Bytes, Longs, Packed
from clearance.matching.text.form import NameForm


def pack(forms: Sequence[NameForm]) -> Packed:
    """The bytes of these names, in their order."""
    read = [(at, one) for at, form in enumerate(forms) for one in _readings(form)]
    columns = [[_bytes(one[column]) for _, one in read] for column in range(3)]
    text, extra, joined = columns
    of = np.fromiter((at for at, _ in read), np.int64, len(read))
    codes = np.fromiter((form_code(form.form) for form in forms), np.uint8, len(forms))
    return Packed(*together(text), *together(extra), *together(joined), of, codes[of])


def ask(forms: Sequence[NameForm], countries: Sequence[Sequence[int]]) -> Asked:
    """Questions: these names, each looked for in these places of ``Names.country`` first."""
    packed = pack(forms)
    wanted = [countries[of] for of in packed.of.tolist()]
    codes = np.array([code for each in wanted for code in each], np.int32)
    return Asked(packed, codes, starts_of([len(each) for each in wanted]))


def joined(parts: Sequence[Packed]) -> Packed:
    """Several lots as one."""
    counts = np.cumsum([0, *(int(part.of.max(initial=-1)) + 1 for part in parts)])
    moved = [part.of + start for part, start in zip(parts, counts.tolist(), strict=False)]
    return Packed(
        *gathered([part.text for part in parts], [part.text_start for part in parts]),
        *gathered([part.extra for part in parts], [part.extra_start for part in parts]),
        *gathered([part.joined for part in parts], [part.joined_start for part in parts]),
        np.concatenate(moved),
        np.concatenate([part.form for part in parts]),
    )


def form_code(form: str) -> int:
    """The class of a legal form as a number from 1 to 255, 0 for none."""
    return 1 + sum(map(ord, form)) % 255 if form else 0


def _readings(form: NameForm) -> Iterator[tuple[str, str, str]]:
    """How a name is searched: its words, its pairs of raw letters, its letters."""
    if not form.dense:
        yield " ".join(form.ascii or form.core), "", form.joined
        return
    raw = form.grams_source
    pairs = " ".join(raw[at : at + 2] for at in range(max(1, len(raw) - 1)))
    yield " ".join(form.core), pairs, form.joined
    if form.ascii:
        yield " ".join(form.ascii), "", "".join(form.ascii)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def together(texts: Sequence[bytes]) -> tuple[Bytes, Longs]:
    """Texts as one, and where each starts."""
    return np.frombuffer(b"".join(texts), np.uint8), starts_of([len(text) for text in texts])


def starts_of(sizes: Sequence[int]) -> Longs:
    """Where each of texts of these sizes starts, and the last ends."""
    start = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=start[1:])
    return start


def gathered(data: Sequence[Bytes], starts: Sequence[Longs]) -> tuple[Bytes, Longs]:
    """The bytes of several lots as one, and where each text starts."""
    sizes = np.concatenate([np.diff(start) for start in starts])
    return np.concatenate(data), np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes)))
