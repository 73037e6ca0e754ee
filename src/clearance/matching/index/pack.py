"""Names as bytes: what of a name's form is searched by.

1. Words are the core in Latin letters; where nothing of a name has a reading, the core as it is.
2. Pairs of neighbouring raw letters stand beside them where words are not parted by spaces.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from clearance.matching.index.layout import Asked, Longs, Packed
from clearance.matching.text.form import NameForm

FORMS: tuple[str, ...] = ("",)


def pack(forms: Sequence[NameForm]) -> Packed:
    """The bytes of these names, in their order."""
    texts = [" ".join(form.ascii or form.core).encode("utf-8", "replace") for form in forms]
    extras = [_pairs(form).encode("utf-8", "replace") if form.dense else b"" for form in forms]
    codes = np.fromiter((form_code(form.form) for form in forms), np.uint8, len(forms))
    return Packed(*_joined(texts), *_joined(extras), codes)


def ask(forms: Sequence[NameForm], countries: Sequence[Sequence[int]]) -> Asked:
    """Questions: these names, each looked for in these countries first."""
    packed = pack(forms)
    codes = np.array([code for each in countries for code in each], np.int32)
    start = np.zeros(len(forms) + 1, np.int64)
    np.cumsum([len(each) for each in countries], out=start[1:])
    return Asked(*packed, codes, start)


def joined(parts: Sequence[Packed]) -> Packed:
    """Several lots as one."""
    return Packed(
        np.concatenate([part.text for part in parts]),
        _started([part.text_start for part in parts]),
        np.concatenate([part.extra for part in parts]),
        _started([part.extra_start for part in parts]),
        np.concatenate([part.form for part in parts]),
    )


def form_code(form: str) -> int:
    """The class of a legal form as a number from 1 to 255, 0 for none."""
    return 1 + sum(map(ord, form)) % 255 if form else 0


def _pairs(form: NameForm) -> str:
    raw = form.grams_source
    return " ".join(raw[at : at + 2] for at in range(max(1, len(raw) - 1)))


def _joined(texts: Sequence[bytes]) -> tuple[np.ndarray[tuple[int], np.dtype[np.uint8]], Longs]:
    start = np.zeros(len(texts) + 1, np.int64)
    np.cumsum([len(text) for text in texts], out=start[1:])
    return np.frombuffer(b"".join(texts), np.uint8), start


def _started(starts: Sequence[Longs]) -> Longs:
    sizes = np.concatenate([np.diff(start) for start in starts])
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes)))
