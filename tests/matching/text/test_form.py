"""What a name is made of: one spelling finds the other, and nothing odd passes in silence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearance.matching.text.form import LONGEST, NameForm, name_form, name_forms
from clearance.model.party import PartyKind

PERSON = PartyKind.PERSON


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Étoile Élégante", "ETOILE ELEGANTE"),
        ("Straße", "Strasse"),
        ("Müller", "Mueller"),
        ("Müller", "Muller"),
        ("Søndergård", "Sondergard"),
        ("Søndergård", "Soendergaard"),
        ("Łódź", "Lodz"),
        ("Đurđica", "Durdica"),
        ("Işık", "ISIK"),
        ("İstanbul", "istanbul"),
        ("Æther Œuvre", "AEther OEuvre"),
        ("Þór", "Thor"),
        ("Coca-Cola", "Coca Cola"),
        ("O'Hara", "O’Hara"),
        ("L'Oasis", "LOasis"),
        ("Hinz & Kunz", "Hinz und Kunz"),
        ("Durand et Durand", "Durand & Durand"),
        ("A.B.C. Motors", "ABC Motors"),
        ("The Rose of Acme", "Rose Acme"),
        ("Fund II", "Fund 2"),
        ("Fund II", "FUND Ⅱ"),
        ("1st Acme", "1 Acme"),
        ("Acme Intl Svcs", "Acme International Services"),
        ("Acme Nr. 5", "Acme 5"),
        ("Acme Defence Centre", "Acme Defense Ctr"),
        ("الورد", "ورد"),
        ("Acme ٢٠", "Acme 20"),
        ("Acme २०", "Acme 20"),
        ("ＡＣＭＥ　株式会社", "Acme"),
        ("ｱｶﾂｷ", "アカツキ"),
        ("あかつき", "アカツキ"),
        ("キヤノン", "キャノン"),
        ("國泰", "国泰"),
        ("広沢", "廣澤"),
        ("広沢", "广泽"),
        ("أحمد", "احمد"),
        ("مـحـمـد", "محمد"),
        ("مُحَمَّد", "محمد"),
        ("فاطمة", "فاطمه"),
        ("یکتا", "يكتا"),
        ("שָׁלוֹם", "שלום"),
        ("Алёна", "Алена"),
        ("Ρόδον", "ΡΟΔΟΝ"),
        ("क़मर", "कमर"),
        ("ᲕᲐᲠᲓᲘ", "ვარდი"),
        ("ՎԱՐԴ", "Վարդ"),
        ("\u1112\u1161\u11ab", "한"),
    ],
)
def test_two_spellings_are_one_name(one: str, other: str) -> None:
    assert name_form(one).joined == name_form(other).joined


@pytest.mark.parametrize(
    ("one", "other"),
    [("Fund II", "Fund III"), ("Mail", "Mali"), ("ж", "з"), ("パリ", "バリ"), ("三菱", "二菱")],
)
def test_two_names_stay_two(one: str, other: str) -> None:
    assert name_form(one).joined != name_form(other).joined


@pytest.mark.parametrize(
    ("name", "ascii", "script"),
    [
        ("Ромашка Юг", "romashka yug", "Cyrillic"),
        ("Ρόδον", "rodon", "Greek"),
        ("ვარდი", "vardi", "Georgian"),
        ("Վարդ", "vard", "Armenian"),
        ("장미", "jangmi", "Hangul"),
        ("アカツキ", "akatsuki", "Kana"),
        ("アカツキ自動車", "akatsuki", "Kana"),
        ("三菱", "", "Han"),
        ("玫瑰有限公司", "meigui", "Han"),
        ("华兴", "huaxing", "Han"),
        ("गुलाब", "gulab", "Devanagari"),
        ("ورد", "wrd", "Arabic"),
        ("ורד", "wrd", "Hebrew"),
        ("กุหลาบ", "kuhlab", "Thai"),
        ("42", "42", ""),
        ("SBI証券", "sbi", "Han"),
        ("LG전자", "lgjeonja", "Hangul"),
    ],
)
def test_a_name_is_read_in_latin_letters_where_its_reading_is_sure(
    name: str, ascii: str, script: str
) -> None:
    made = name_form(name)
    assert (" ".join(made.ascii), made.script) == (ascii, script)


def test_japanese_han_gets_no_mandarin_reading() -> None:
    for name in ("株式会社日立", "東京電力株式会社", "広島", "日本", "トヨタ自動車"):
        assert set(name_form(name).ascii) <= {"toyota"}


def test_dense_scripts_give_raw_grams() -> None:
    assert name_form("株式会社 桜 花").grams_source == "樱花"
    assert name_form("Rose Acme").grams_source == "rose acme"
    assert name_form("株式会社桜花").dense
    assert not name_form("Rose").dense


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("Acme Fund II", ("2",)),
        ("Acme Fund I", ("1",)),
        ("Acme Partners V LP", ("5",)),
        ("Acme Partners V L.P.", ("5",)),
        ("Acme Fund X, L.P.", ("10",)),
        ("Acme Fund I K/S", ("1",)),
        ("Acme Investment I S.A. SICAR", ("1",)),
        ("Acme Series XI", ("11",)),
        ("Acme XIV", ("14",)),
        ("Fund ΙΙΙ", ("3",)),
        ("First Acme", ("1",)),
        ("Dritte Acme", ("3",)),
        ("2ème Acme", ("2",)),
        ("G4S 360Networks", ("4", "360")),
        ("Acme 007", ("7",)),
        ("Acme 2024-1", ("2024", "1")),
        ("第三汽车", ("3",)),
        ("第二十三研究所", ("23",)),
        ("Acme ๑๒", ("12",)),
        ("Malcolm X", ()),
        ("Acme V", ()),
        ("XL Acme", ()),
        ("Mix Vivid", ()),
        ("Xi Wang", ()),
        ("三菱", ()),
    ],
)
def test_numbers_are_found_in_any_script_and_only_where_they_are_numbers(
    name: str, numbers: tuple[str, ...]
) -> None:
    assert name_form(name).numbers == numbers


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("", "empty"),
        (" \t\n", "empty"),
        ("!!! …", "empty"),
        ("🙂", "empty"),
        ("🙂", "symbol"),
        ("Acme 🙂", "symbol"),
        ("A", "too_short"),
        ("4711", "only_digits"),
        ("12 34", "only_digits"),
        ("Ltd", "only_legal_form"),
        ("x" * 10_000, "too_long"),
        ("Ac\u200bme", "zero_width"),
        ("Ac\u00adme", "zero_width"),
        ("Ac\u202eme", "bidi"),
        ("Ac\x00me", "control"),
        ("Ac\ue000me", "unknown_sign"),
        ("Gаzprom", "look_alike_letters"),
        ("СОСА Cola", "look_alike_letters"),
        ("Gжd", "mixed_script"),
    ],
)
def test_what_is_odd_is_told(text: str, warning: str) -> None:
    assert warning in name_form(text).warnings


@pytest.mark.parametrize(
    "name",
    [
        "Acme Ltd",
        "Acme™ ®",
        "Hinz & Kunz",
        "ООО Samsung",
        "SOLAR ΕΝΕΡΓΕΙΑΚΗ Α.Ε.",
        "トヨタ自動車",
        "LG전자",
        "アカツキ㈱",
        "㈜장미",
        "李",
        "Нестле Nestlé",
    ],
)
def test_what_is_usual_is_not_told(name: str) -> None:
    assert name_form(name).warnings == ()


def test_look_alike_letters_are_read_as_what_they_look_like() -> None:
    assert name_form("Gаzprоm").joined == "gazprom"
    assert name_form("СОСА Cola").joined == "cocacola"
    assert name_form("Pомашка").core == ("ромашка",)
    assert name_form("Нестле Nestlé").ascii == ("nestle", "nestle")


def test_signs_nobody_sees_do_not_part_a_name() -> None:
    assert name_form("Ac\u200bme \u202eLtd").joined == "acme"


def test_a_long_name_is_cut_and_told() -> None:
    made = name_form("Rose " * 2_000)
    assert len(made.text) == LONGEST
    assert made.warnings == ("too_long",)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ROE, Jane", "Jane Roe"),
        ("Dr. Jane Roe", "Jane Roe"),
        ("Ludwig van Beethoven", "Ludwig Beethoven"),
        ("Omar ibn al-Farid", "Omar Farid"),
        ("John Roe Jr.", "John Roe"),
        ("Юрий Щёкин", "ЮРИЙ ЩЕКИН"),
    ],
)
def test_a_person_is_one_with_and_without_particles_and_titles(one: str, other: str) -> None:
    assert sorted(name_form(one, PERSON).core) == sorted(name_form(other, PERSON).core)


@pytest.mark.parametrize(
    ("name", "ascii"),
    [
        ("华伟", "hua wei"),
        ("김철수", "kim cheolsu"),
        ("司马伟", "sima wei"),
        ("田中", ""),
        ("김 철수", "kim cheolsu"),
    ],
)
def test_a_person_written_without_spaces_is_parted_behind_the_family_name(
    name: str, ascii: str
) -> None:
    assert " ".join(name_form(name, PERSON).ascii) == ascii


@pytest.mark.parametrize(
    ("spellings", "core"),
    [
        (
            ["Abd al-Rahman Roe", "Abdul Rahman Roe", "ROE, Abdurrahman", "Abdelrahman Roe"],
            {"abdrahman", "roe"},
        ),
        (
            ["Jan Abdul-Aziz Roe", "Jan Abdelaziz Roe", "Jan Abd el Aziz Roe"],
            {"abdaziz", "jan", "roe"},
        ),
        (["Abu Bakr Roe", "Aboubakr Roe", "Abubakr al-Roe"], {"abubakr", "roe"}),
        (["Abu'l Hasan Roe", "Abu al-Hasan Roe", "Abulhasan Roe"], {"abuhasan", "roe"}),
        (["Abdul Roe", "Roe Abdul"], {"abdul", "roe"}),
        (["Abel Roe"], {"abel", "roe"}),
        (["Ab de Roe"], {"ab", "roe"}),
    ],
)
def test_a_given_name_made_with_abd_or_abu_is_one_word(
    spellings: list[str], core: set[str]
) -> None:
    assert {frozenset(name_form(each, PartyKind.PERSON).core) for each in spellings} == {
        frozenset(core)
    }


def test_initials_of_a_person_stay_apart_and_no_legal_form_comes_off() -> None:
    made = name_form("J. R. Roe", PERSON)
    assert made.core == ("j", "r", "roe")
    assert name_form("Ana Sa", PERSON).core == ("ana", "sa")
    assert name_form("Ana Sa", PERSON).form == ""


def test_many_names_are_made_as_one_is() -> None:
    names = ["Acme Ltd", "ROE, Jane"]
    kinds = [PartyKind.ENTITY, PERSON]
    assert name_forms(names, kinds) == [name_form(names[0]), name_form(names[1], PERSON)]
    assert name_forms(names, PERSON) == [name_form(name, PERSON) for name in names]


NAMES = st.text(max_size=60) | st.text("aàÅß ПрΑ株式会社カ한ด.,&'1Ⅱ\u200b\u202e", max_size=30)


@given(NAMES, st.sampled_from(PartyKind))
def test_any_text_has_a_form_in_which_nothing_is_empty(text: str, kind: PartyKind) -> None:
    made = name_form(text, kind)
    assert (
        bool(made.core)
        == bool(made.tokens)
        == bool(made.grams_source)
        == ("empty" not in made.warnings)
    )
    assert all(made.tokens)
    assert all(made.core)
    assert all(word.isascii() and word.isalnum() for word in made.ascii)
    assert all(number.isdecimal() and number.isascii() for number in made.numbers)
    assert made.folded == " ".join(made.tokens)
    assert list(made.warnings) == sorted(set(made.warnings))


@given(NAMES)
def test_a_form_is_made_the_same_twice(text: str) -> None:
    assert name_form(text) == name_form(text)


@given(NAMES)
def test_a_folded_name_folds_to_itself(text: str) -> None:
    assert _words(name_form(name_form(text).folded)) == _words(name_form(text))


@given(st.text("abcdeéøß рома", max_size=30))
def test_case_does_not_count(text: str) -> None:
    assert name_form(text.upper()).folded == name_form(text.lower()).folded


def _words(form: NameForm) -> str:
    return form.folded.replace(" ", "")
