"""Matching against a small real index: no answer is silent, and none is a guess."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearance.adapters.matching.models import shipped_models
from clearance.adapters.matching.opening import resolver_of
from clearance.adapters.matching.source import candidates_of
from clearance.adapters.snapshot.builder import with_names
from clearance.adapters.snapshot.load import in_memory
from clearance.adapters.snapshot.reference import Reference
from clearance.bootstrap.matching import Matcher
from clearance.bootstrap.referencing import build_reference
from clearance.matching.resolution import Answer, Resolution
from clearance.matching.says import ODD, SIGNS
from clearance.matching.score import Scorer
from clearance.model.errors import InputError
from clearance.model.party import LEI, Identifier, PartyKind
from clearance.model.record import Record
from clearance.usecases.match import Matching, matched_by
from clearance.usecases.search_names import search_names

LEI_OF_A = "213800WAVVOPS85N2205"
PARTIES = f"""id,name,kind,jurisdiction,identifiers,websites
A,Aurora Lantern Holdings Ltd,entity,XA,XI-LEI:{LEI_OF_A};XA-REG:1,
B,Borealis Shipping GmbH,entity,XB,XB-REG:2,
C,Meridian Growth Fund II,entity,XA,XA-REG:3,
D,Meridian Growth Fund III,entity,XA,XA-REG:4,
E,Ромашка Торговый Дом ООО,entity,XC,XC-REG:5,
F,明光商事株式会社,entity,XD,XD-REG:6,
G,Twin Rivers Trading Ltd,entity,XA,XA-REG:7;VAT:XA77,
H,Twin Rivers Trading Ltd,entity,XA,XA-REG:8,
I,Solvara Optics Foundation,entity,XA,XA-REG:9,
J,Jonna Wessik Kestrel,person,,,
L,Юрий Андреевич Мостовой,person,,,
K,Kestrel Harbour Works Ltd,entity,XA,XA-REG:00412,https://www.kestrel-harbour.example/about
"""
INTERESTS = "interested_party,subject,share\nA,B,60\n"
LONG = "Aurora Lantern Holdings " * 500


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("match")
    (folder / "parties.csv").write_text(PARTIES, encoding="utf-8")
    (folder / "interests.csv").write_text(INTERESTS, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def reference(files: Path) -> Reference:
    plain = in_memory([files / "interests.csv"], [files / "parties.csv"])
    return Reference(with_names(plain.content), graph=plain.graph)


@pytest.fixture(scope="module")
def matching(reference: Reference) -> Matching:
    return resolver_of(reference)


def asked(
    name: str = "",
    country: str = "",
    *numbers: tuple[str, str],
    address: str = "",
    website: str = "",
) -> Record:
    return Record(
        "c",
        (name,) if name else (),
        countries=(country,) if country else (),
        identifiers=tuple(Identifier(*one) for one in numbers),
        addresses=(address,) if address else (),
        websites=(website,) if website else (),
    )


FOUND = [
    (asked("Aurora Lantern Holdings Ltd", "XA"), "A", "name"),
    (asked("AURORA LANTERN HOLDINGS LIMITED", "XA"), "A", "name"),
    (asked("Borealis Shipping", "XB"), "B", "name"),
    (asked("Borealis Shiping GmbH", "XB"), "B", "name"),
    (asked("GmbH Shipping Borealis", "XB"), "B", "name"),
    (asked("Ltd Aurora Lantern Holdings", "XA"), "A", "name"),
    (asked("Ромашка Торговый Дом", "XC"), "E", "name"),
    (asked("明光商事", "XD"), "F", "name"),
    (asked("", "", (LEI, LEI_OF_A)), "A", "lei"),
    (asked("Aurora Lantern", "XB", ("XA-REG", "0001")), "A", "register"),
    (asked("Twin Rivers Trading Ltd", "XA", ("XA-REG", "8")), "H", "register"),
    (asked("", "", ("XA-REG", "412")), "K", "register"),
    (asked("", "", ("xa-reg", "00-412")), "K", "register"),
]


@pytest.mark.parametrize(("record", "party", "by"), FOUND, ids=lambda value: str(value)[:60])
def test_who_is_meant_is_found(matching: Matching, record: Record, party: str, by: str) -> None:
    (who,) = matching.resolve([record])
    assert who.answer is Answer.MATCH, who.reasons
    assert who.match is not None
    assert (who.match.record.id, matched_by(record.identifiers, who)) == (party, by)


@pytest.mark.parametrize(
    ("name", "party"),
    [
        ("J. W. Kestrel", "J"),
        ("J.W. Kestrel", "J"),
        ("Kestrel J.W.", "J"),
        ("KESTREL, J. W.", "J"),
        ("J. Wessik Kestrel", "J"),
        ("J. Kestrel", "J"),
        ("JW Kestrel", "J"),
        ("Ю. А. Мостовой", "L"),
        ("Юрий А. Мостовой", "L"),
        ("W. J. Kestrel", ""),
        ("A. Kestrel", ""),
        ("J. W.", ""),
    ],
)
def test_a_persons_initials_lead_to_its_name_and_settle_nothing(
    matching: Matching, name: str, party: str
) -> None:
    (who,) = matching.resolve([replace(asked(name), kind=PartyKind.PERSON)])
    assert who.answer is not Answer.MATCH
    assert [one.record.id for one in who.candidates if one.initials] == [*party]


@pytest.mark.parametrize(("name", "party"), [("J. W. Kestrel", "J"), ("Kestrel J.W. Ltd", "")])
def test_initials_are_read_where_nobody_says_who_is_a_person(
    matching: Matching, name: str, party: str
) -> None:
    (who,) = matching.resolve([asked(name)])
    assert [one.record.id for one in who.candidates if one.initials] == [*party]


def test_a_number_that_only_supports_leaves_the_others_of_that_name_in_sight(
    matching: Matching,
) -> None:
    (who,) = matching.resolve([asked("Twin Rivers Trading Ltd", "XA", ("VAT", "XA 77"))])
    assert [one.record.id for one in who.candidates] == ["G", "H"]


OPEN = [
    ("no name", asked(), Answer.NONE, {"nobody"}),
    ("blanks", asked("  "), Answer.NONE, {"nobody", "odd_name"}),
    ("one letter", asked("A", "XA"), None, {"odd_name"}),
    ("ten thousand letters", asked(LONG, "XA"), None, {"odd_name"}),
    ("a legal form", asked("GmbH & Co. KG", "XB"), None, {"odd_name"}),
    ("digits", asked("12345", "XA"), None, {"odd_name"}),
    ("punctuation", asked("!!!", "XA"), Answer.NONE, {"odd_name"}),
    (
        "a look-alike letter",
        asked("\u0410urora Lantern Holdings Ltd", "XA"),
        Answer.AMBIGUOUS,
        {"odd_name"},
    ),
    ("a script within a word", asked("Auроra Lantеrn Хoldings", "XA"), None, {"odd_name"}),
    ("an unknown country", asked("Aurora Lantern Holdings Ltd", "ZQ"), None, {"country_unknown"}),
    ("a name alone", asked("Aurora Lantern Holdings Ltd"), Answer.AMBIGUOUS, {"name_alone"}),
    (
        "a name of another country",
        asked("Aurora Lantern Holdings Ltd", "XC"),
        None,
        {"name_alone"},
    ),
    ("a name of two", asked("Twin Rivers Trading Ltd", "XA"), Answer.AMBIGUOUS, {"runner_up_near"}),
    ("another fund", asked("Meridian Growth Fund IV", "XA"), None, {"name_number_differs"}),
    ("another form", asked("Solvara Optics Ltd", "XA"), Answer.AMBIGUOUS, {"legal_form_differs"}),
    (
        "a wrong check digit",
        asked("Aurora Lantern Holdings", "", (LEI, LEI_OF_A[:-1] + "6")),
        Answer.AMBIGUOUS,
        {"check_digit", "name_alone"},
    ),
    (
        "two numbers of two parties",
        asked("Aurora Lantern Holdings", "XA", (LEI, LEI_OF_A), ("XB-REG", "2")),
        Answer.AMBIGUOUS,
        {"numbers_contradict"},
    ),
    (
        "a number of another party",
        asked("Borealis Shipping GmbH", "XB", (LEI, LEI_OF_A)),
        Answer.AMBIGUOUS,
        {"number_of_another"},
    ),
    (
        "another number of the same register",
        asked("Borealis Shipping GmbH", "XB", ("XB-REG", "77")),
        Answer.AMBIGUOUS,
        {"numbers_differ"},
    ),
    (
        "a number that agrees and one that differs",
        asked("Aurora Lantern Holdings", "XA", (LEI, LEI_OF_A), ("XA-REG", "77")),
        Answer.AMBIGUOUS,
        {"number_agrees", "numbers_differ"},
    ),
    (
        "name and address swapped",
        asked("12 Elm Row, Northport", "XB", address="Borealis Shipping GmbH"),
        Answer.AMBIGUOUS,
        {"swapped"},
    ),
    (
        "name and address swapped, no number in the street",
        asked("Elm Row, Northport", "XB", address="Borealis Shipping GmbH"),
        Answer.AMBIGUOUS,
        {"swapped"},
    ),
    (
        "a translated name with its domain",
        asked("Пустельга Гавань", "XA", website="info@kestrel-harbour.example"),
        Answer.AMBIGUOUS,
        {"unsure", "other_script"},
    ),
    ("nobody there", asked("Zephyr Quillon Partners", "XA"), Answer.NONE, {"nobody"}),
]


@pytest.mark.parametrize(("case", "record", "answer", "rules"), OPEN, ids=[one[0] for one in OPEN])
def test_what_is_not_sure_is_no_match_and_says_why(
    matching: Matching, case: str, record: Record, answer: Answer | None, rules: set[str]
) -> None:
    (who,) = matching.resolve([record])
    assert who.answer is (answer or who.answer), who.reasons
    assert who.answer is not Answer.MATCH, who.reasons
    said = {one.rule for one in who.reasons}
    assert rules <= said or (who.answer is Answer.NONE and "nobody" in said), who.reasons
    assert who.settle


@pytest.mark.parametrize(
    "sign",
    ["\u202e", "\u200b", "\x07", "\U0001f680"],
    ids=["bidi", "zero width", "control", "emoji"],
)
def test_signs_that_are_no_letters_are_told(matching: Matching, sign: str) -> None:
    (who,) = matching.resolve([asked(f"Borealis{sign} Shipping GmbH", "XB")])
    assert who.candidates[0].record.id == "B"
    assert "signs" in {one.rule for one in who.reasons}


def test_every_warning_of_a_name_is_told() -> None:
    from clearance.matching.text.form import name_form

    odd = [
        "",
        "A",
        "Ltd",
        "12",
        "\u202ex",
        "a\u200bb",
        "a\x07b",
        "\U0001f680 ab",
        "ab \ue000",
        LONG,
    ]
    found = {code for text in odd for code in name_form(text).warnings}
    assert found <= ODD.keys() | SIGNS.keys()


ANY = [record for record, *_ in FOUND] + [record for _, record, *_ in OPEN]


def told(who: Resolution) -> tuple[object, ...]:
    return who.answer, who.party, who.reasons, [one.record.id for one in who.candidates]


@settings(max_examples=20, deadline=None)
@given(st.permutations(ANY))
def test_an_answer_does_not_depend_on_who_is_asked_besides(
    matching: Matching, records: Sequence[Record]
) -> None:
    alone = {id(record): matching.resolve([record])[0] for record in ANY}
    for record, who in zip(records, matching.resolve(records), strict=True):
        assert told(who) == told(alone[id(record)])


class Weighing(Matching):
    """Asks the model about everybody, whatever the numbers and names say."""

    def _same(self, cases: Iterable[object]) -> dict[int, Resolution]:
        return {}


@pytest.fixture(scope="module")
def weighing(reference: Reference) -> Matching:
    models, source = shipped_models(), candidates_of(reference)
    scorer = Scorer(models, source.count, source.names)
    return Weighing(source, scorer, reference.graph.parties.codes)


NAMES = st.sampled_from([row.split(",")[1] for row in PARTIES.splitlines()[1:]])
NUMBERS = st.sampled_from(
    [(LEI, LEI_OF_A), (LEI, LEI_OF_A[:-1] + "6"), *(("XA-REG", str(at)) for at in (1, 3, 7, 412)),
     ("XB-REG", "2"), ("XC-REG", "5"), ("XD-REG", "6"), ("VAT", "XA77")]
)  # fmt: skip
WRITTEN = st.sampled_from(
    [str, str.upper, lambda name: name.replace(" ", ""), lambda name: f"{name} II", lambda name: ""]
)
RECORDS = st.builds(
    lambda name, how, country, numbers: asked(how(name), country, *numbers),
    NAMES,
    WRITTEN,
    st.sampled_from(["", "XA", "XB", "XC", "XD", "ZZ"]),
    st.lists(NUMBERS, min_size=1, max_size=2, unique=True),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(RECORDS, max_size=8))
def test_a_number_and_its_name_are_answered_as_if_they_were_weighed(
    matching: Matching, weighing: Matching, records: Sequence[Record]
) -> None:
    for found, weighed in zip(matching.resolve(records), weighing.resolve(records), strict=True):
        assert sure(found) == sure(weighed)
        if found != weighed:
            assert (found.probability, found.answer) == (1.0, Answer.MATCH)
            assert weighed.probability > 0.99


def sure(who: Resolution) -> Resolution:
    """The answer without probabilities, where it is a match."""
    if who.answer is not Answer.MATCH:
        return who
    candidates = tuple(replace(one, probability=1.0) for one in who.candidates)
    return replace(who, probability=1.0, candidates=candidates)


@pytest.mark.parametrize("how", [str, str.upper, lambda name: name.replace(" ", "")])
def test_no_model_is_asked_where_number_and_name_agree(
    matching: Matching, weighing: Matching, how: Callable[[str], str]
) -> None:
    record = asked(how("Kestrel Harbour Works Ltd"), "XA", ("XA-REG", "412"))
    assert [who.probability for who in matching.resolve([record])] == [1.0]
    assert weighing.resolve([record])[0].probability < 1.0


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40), st.sampled_from(["", "XA", "ZZ"]))
def test_no_text_breaks_matching(matching: Matching, text: str, country: str) -> None:
    (who,) = matching.resolve([asked(text, country)])
    assert who.reasons


def test_a_matcher_is_shared_by_threads_and_pickled_by_its_path(
    files: Path, tmp_path: Path, matching: Matching
) -> None:
    snapshot = tmp_path / "snapshot"
    build_reference(snapshot, [files / "parties.csv", files / "interests.csv"])
    matcher = pickle.loads(pickle.dumps(Matcher.open(snapshot)))
    assert (matcher.path, matcher.model) == (snapshot, None)
    assert len(pickle.dumps(matcher)) < 1000
    expected = [told(who) for who in matching.resolve(ANY)]
    with ThreadPoolExecutor(4) as pool:
        for answers in pool.map(lambda _: [told(matcher.resolve(one)) for one in ANY], range(4)):
            assert answers == expected


def test_a_search_shows_the_most_likely_first(matching: Matching) -> None:
    found = search_names(matching, "meridian growth fund 3", "", 3)
    assert found[0].record.id == "D"
    assert [one.probability for one in found] == sorted(
        (one.probability for one in found), reverse=True
    )


@pytest.mark.parametrize(("text", "limit"), [("", 10), ("…", 10), ("Aurora", 0), ("Aurora", 1000)])
def test_a_search_for_nothing_is_refused(matching: Matching, text: str, limit: int) -> None:
    with pytest.raises(InputError):
        search_names(matching, text, "", limit)
