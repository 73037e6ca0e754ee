"""Names packed by their patterns are what their forms say, whatever they are made of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from clearance.matching.index import plain
from clearance.matching.index.layout import Packed
from clearance.matching.index.pack import pack
from clearance.matching.index.packing import Packer
from clearance.matching.text import patterns
from clearance.matching.text.form import name_forms
from clearance.matching.text.legal_form_table import LONGEST
from clearance.matching.text.patterns import HOLE, read_pattern
from clearance.model.party import PartyKind

PACKER = Packer()
KINDS = (PartyKind.ENTITY, PartyKind.PERSON)
SAID = sorted({word for words in patterns.SAYS.values() for word in words})
PLAIN = "Aurora BOREALIS shipping marine zq zqa Abdurrahman rahman mueller 007 42 1st 4you x2 oo ae"
ODD = (
    "S.A. G.m.b.H. L/P a.b.cd O'Neill Roe, Dr. Prof.Dr AcmeAG NovaGmbH & + _ é Łódź 三菱 ромашка ㈱"
)
WORDS = st.one_of(
    st.sampled_from(SAID), st.sampled_from(PLAIN.split()), st.sampled_from(ODD.split())
)
JOINTS = st.sampled_from(
    (" ", " ", " ", " ", ".", "/", ",", ", ", "-", "&", " & ", "'", "\t", "\n")
)


@st.composite
def names(draw: st.DrawFn) -> str:
    parts = draw(st.lists(st.tuples(WORDS, JOINTS), max_size=9))
    return "".join(f"{word}{joint}" for word, joint in parts)


def same(one: Packed, other: Packed) -> bool:
    return [(array.dtype, array.tolist()) for array in one] == [
        (array.dtype, array.tolist()) for array in other
    ]


@given(st.lists(st.tuples(names(), st.sampled_from(KINDS)), max_size=5))
@example([("The Gmb H und Co. KG und", PartyKind.ENTITY), ("Z Q A Trust", PartyKind.ENTITY)])
@example([("Dr. ROE, Jane", PartyKind.PERSON), ("Abd al Rahman Khan", PartyKind.PERSON)])
@example([("Fund of V", PartyKind.ENTITY), ("a.b.cd", PartyKind.ENTITY)])
def test_a_name_is_packed_as_its_form_says(asked: list[tuple[str, PartyKind]]) -> None:
    texts, kinds = [text for text, _ in asked], [kind for _, kind in asked]
    assert same(PACKER.pack(texts, kinds), pack(name_forms(texts, kinds)))


@given(st.text(max_size=60), st.sampled_from(KINDS))
def test_any_text_is_packed_as_its_form_says(text: str, kind: PartyKind) -> None:
    assert same(PACKER.pack([text], [kind]), pack(name_forms([text], kind)))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "&",
        "x" * 449,
        "x " * 80,
        "of " * 60,
        "Aurora " * 70 + "Ltd",
        "Aurora, " * 70,
        "AuroraGmbH\n",
        "Aurora\x01 Borealis",
        "a'b.c trading",
        "under_score s.a",
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_names_at_the_edge_are_packed_as_their_forms_say(text: str, kind: PartyKind) -> None:
    assert same(PACKER.pack([text], [kind]), pack(name_forms([text], kind)))


def test_names_read_alone_stand_in_their_places() -> None:
    texts = ["Aurora Ltd", "三菱商事", "Borealis SA", "日立", "AcmeAG", "Marine Trust"]
    assert same(PACKER.pack(texts, [PartyKind.ENTITY] * 6), pack(name_forms(texts, KINDS[0])))


def test_patterns_that_were_forgotten_are_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clearance.matching.index.packing.REMEMBERED", 1)
    texts, kinds = ["Aurora Ltd", "Bank of Aurora", "Aurora & Borealis SA"], [KINDS[0]] * 3
    packer = Packer()
    assert same(packer.pack(texts, kinds), packer.pack(texts, kinds))


def test_names_alike_are_read_once() -> None:
    packer = Packer()
    packer.pack(["Aurora Shipping Ltd", "Borealis Marine Ltd", "Kappa 7007 Ltd"], [KINDS[0]] * 3)
    assert list(packer._recipes) == [b"e\x01 \x01 ltd"]


@pytest.mark.parametrize("pattern", ["z q a \x01", "\x01 zq", f"{HOLE} " * 27])
def test_what_may_be_mistaken_for_a_hole_is_no_pattern(pattern: str) -> None:
    assert read_pattern(pattern, PartyKind.ENTITY) is None


def test_a_rule_that_joins_words_leaves_no_pattern() -> None:
    assert read_pattern("abd al \x01 \x01", PartyKind.PERSON) is None


def test_compiled_code_and_lists_agree_on_what_a_text_says() -> None:
    bits = ("ENTITY", "PERSON", "MEANS_AND", "COUNTING", "COUNTED", "FORM", "GLUED_ON")
    assert [getattr(plain, name) for name in bits] == [1 << at for at in range(len(patterns.SAYS))]
    assert chr(plain.HOLE) == HOLE
    assert plain.GLUED >= LONGEST


@pytest.mark.real_data
def test_real_names_are_packed_as_their_forms_say(real_data: Callable[[str], Path]) -> None:
    table = pq.read_table(real_data("matching/gleif/gleif_names_100k.parquet"), columns=["name"])
    texts = table["name"].to_pylist()[::10]
    for kind in KINDS:
        assert same(PACKER.pack(texts, [kind] * len(texts)), pack(name_forms(texts, kind)))
