"""Sketches: the fast ones are the slow ones, in every script, and say nothing without the key."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reference import sketches

from clearance.campaigns.sketch.bottom import PASSAGE, TOKENS, WHOLE, hash_rows, sketch_rows
from clearance.campaigns.sketch.repeated import repeated, within

KEY = (0x0706050403020100, 0x0F0E0D0C0B0A0908)


def sketched(*texts: str | bytes, key: tuple[int, int] = KEY) -> list[list[int]]:
    raw = [one if isinstance(one, bytes) else one.encode() for one in texts]
    offsets = np.concatenate(([0], np.cumsum([len(one) for one in raw]))).astype(np.int64)
    out = np.empty((len(raw), TOKENS), np.int64)
    sizes = np.empty(len(raw), np.int64)
    data = np.frombuffer(b"".join(raw), np.uint8)
    sketch_rows(data, offsets, np.array(key, np.uint64), out, sizes)
    return [row[:size].tolist() for row, size in zip(out, sizes, strict=True)]


def hashed(word: bytes) -> int:
    out = np.zeros(1, np.int64)
    data = np.frombuffer(word, np.uint8)
    hash_rows(data, np.array([0, len(word)], np.int64), np.array(KEY, np.uint64), out)
    return int(out[0])


@pytest.mark.parametrize("word", [b"a", b"account-1", b"12345678", "käse".encode(), b"x" * 300])
def test_a_hash_is_siphash(word: bytes) -> None:
    assert hashed(word) == sketches.siphash(word, KEY) >> 1


def test_siphash_of_the_reference_is_the_published_one() -> None:
    # SipHash-1-3 of nothing under the key 00 01 … 0f, as the authors' test program prints it.
    assert sketches.siphash(b"", KEY) == 0xABAC0158050FC4DC


WORDS = st.sampled_from(
    ["Lorem", "ipsum", "dolor", "sit", "amet", "x_1", "Straße", "это", "東京", "ไทย"]
)
TEXTS = st.lists(WORDS, max_size=60).map(" ".join)


@given(TEXTS)
def test_a_sketch_is_the_slow_one(text: str) -> None:
    assert sketched(text) == [sketches.sketch(text, KEY, WHOLE, PASSAGE)]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Write a poem, now!", "write  a POEM now", True),
        ("写一首关于春天的诗", "写一首关于春天的诗。", True),
        ("これを訳してください", "これを訳してくださる", False),
        ("write a poem now", "write a poem later", False),
        ("\x00\x01 write a poem now", "write a poem now", True),
    ],
)
def test_case_and_punctuation_do_not_matter_and_words_do(one: str, other: str, same: bool) -> None:
    first, second = sketched(one, other)
    assert (first == second) is same


@pytest.mark.parametrize("text", ["", "   ", "?!…", "。、"])
def test_a_text_without_words_has_no_token(text: str) -> None:
    assert sketched(text) == [[]]


def test_bytes_that_are_no_text_are_sketched_and_never_refused() -> None:
    assert len(sketched(b"\xff\xfe\x80 abc \xf0\x9f", bytes(range(256)))) == 2


def test_another_key_gives_other_tokens() -> None:
    text = "one two three four five six seven"
    assert not set(sketched(text)[0]) & set(sketched(text, key=(1, 2))[0])


@given(st.integers(0, 2**32))
def test_a_template_is_seen_at_the_ends_of_a_long_prompt(seed: int) -> None:
    rng = np.random.default_rng(seed)
    filled = [" ".join(f"w{n}" for n in rng.integers(0, 10**6, 2000)) for _ in range(2)]
    first, second = sketched(
        *(f"translate this text please: {one} answer in french" for one in filled)
    )
    assert len(set(first) & set(second)) >= 1


@given(st.lists(st.integers(0, 2**63 - 1), max_size=200))
def test_no_token_that_repeats_is_lost(tokens: list[int]) -> None:
    array = np.array([*tokens, *tokens[:20]], np.int64)
    kept = repeated(array)
    assert kept[: min(20, len(tokens))].all()
    assert within(array, array).all()
