"""Legal forms come off both ends of a name, and only legal forms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from tools.legal_forms import TARGET, classes, forms_in, kept, module, phrase, rows

from clearance.matching.text.form import name_form
from clearance.matching.text.legal_form_data import CLASSES
from clearance.matching.text.legal_forms import forms_differ
from clearance.matching.text.scripts import script_of

ELF = "matching/gleif/elf-codes-1.4.1.csv.gz"
_NAMES = ("Entity Legal Form name Local name",)
_ABBREVIATIONS = ("Abbreviations Local language",)


@pytest.mark.parametrize(
    ("name", "core", "form"),
    [
        ("Acme Pvt. Ltd", "acme", "limited"),
        ("Acme Pvt Ltd.", "acme", "limited"),
        ("Acme (P) Ltd", "acme", "limited"),
        ("Acme Sdn. Bhd.", "acme", "limited"),
        ("Hinz & Kunz GmbH & Co. KG", "hinz kunz", "limited-partnership"),
        ("Hinz und Kunz G.m.b.H. u. Co. K.G.", "hinz kunz", "limited-partnership"),
        ("Acme Aktien-Gesellschaft", "acme", "joint-stock"),
        ("AcmeAG", "acme", "joint-stock"),
        ("Acme, S. A. R. L.", "acme", "limited"),
        ("Acme S.à r.l.", "acme", "limited"),
        ("Acme S.p.A.", "acme", "joint-stock"),
        ("Acme Sp. z oo", "acme", "limited"),
        ("Acme Spółka z ograniczoną odpowiedzialnością", "acme", "limited"),
        ("Acme S.A. de C.V.", "acme", "joint-stock"),
        ("Acme S.L. (Sociedad Unipersonal)", "acme", "limited"),
        ("Acme A.Ş.", "acme", "company"),
        ("Acme Sanayi ve Ticaret Limited Şirketi", "acme", "limited"),
        ("PT Acme Tbk", "acme", "joint-stock"),
        ("Stichting Acme", "acme", "foundation"),
        ("UAB Acme", "acme", "limited"),
        ("Acme S.p.A. in liquidazione", "acme", "joint-stock"),
        ("Acme Sp. z o.o. w likwidacji", "acme", "limited"),
        ("Acme s. r. o. v likvidácii", "acme", "limited"),
        ("Acme S.àr.l", "acme", "limited"),
        ("Acme GmbH, Sucursal en España", "acme", "branch"),
        ("Acme S.à r.l. - SPF", "acme", "limited"),
        ("Acme Trust Company", "acme trust", "company"),
        ("Acme Bank Corporation Company", "acme bank", "joint-stock"),
        ("Acme Ltd UK", "acme uk", "limited"),
        ("ООО «Ромашка»", "ромашка", "limited"),
        ("Ромашка, ООО", "ромашка", "limited"),
        ("Общество с ограниченной ответственностью «Ромашка»", "ромашка", "limited"),
        ("ТОВ «Ромашка»", "ромашка", "limited"),
        ("Ρόδον Α.Ε.", "ροδον", "joint-stock"),
        ("Ρόδον Ανώνυμη Ναυτική Εταιρεία", "ροδον ναυτικη", "joint-stock"),
        ("ورد ش.م.م", "ورد", "limited"),
        ("شركة ورد المحدودة", "ورد", "limited"),
        ('ורד בע"מ', "ורד", "limited"),
        ("ורד בע״מ", "ורד", "limited"),
        ("株式会社桜花", "桜花", "joint-stock"),
        ("桜花株式會社", "桜花", "joint-stock"),
        ("㈱桜花", "桜花", "joint-stock"),
        ("桜花（株）", "桜花", "joint-stock"),
        ("有限会社 桜花", "桜花", "limited"),
        ("(주)장미", "장미", "joint-stock"),
        ("㈜장미", "장미", "joint-stock"),
        ("장미주식회사", "장미", "joint-stock"),
        ("玫瑰股份有限公司", "玫瑰", "joint-stock"),
        ("玫瑰有限責任公司", "玫瑰", "limited"),
        ("บริษัท กุหลาบ จำกัด", "กุหลาบ", "limited"),
        ("บริษัทกุหลาบจำกัด (มหาชน)", "กุหลาบ", "joint-stock"),
        ("गुलाब प्राइवेट लिमिटेड", "गुलाब", "limited"),
        ("შპს ვარდი", "ვარდი", "limited"),
        ("«Վարդ» ՍՊԸ", "վարդ", "limited"),
        ("Công ty TNHH Hoa Hồng", "hoa hong", "limited"),
    ],
)
def test_a_form_comes_off_and_tells_its_class(name: str, core: str, form: str) -> None:
    made = name_form(name)
    assert (made.form, made.core) == (form, name_form(core).tokens)
    assert made.form_text


@pytest.mark.parametrize(
    "name",
    ["Cosa", "Acme Spares", "Northern Rescue", "Age", "Ελλάς", "三菱", "Sagent", "Atlas", "As If"],
)
def test_letters_of_a_word_are_no_form(name: str) -> None:
    made = name_form(name)
    assert "".join(made.core) == "".join(made.tokens) or made.form == "company"
    assert not name_form("Acme Spares").form


def test_only_one_form_comes_off_an_end() -> None:
    assert name_form("Acme Day Spa Ltd").core == ("acme", "day", "spa")
    assert name_form("Acme Partnership plc").core == ("acme", "partnership")


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("PT Acme", ("acme",)),
        ("PT Acme LLC", ("pt", "acme")),
        ("LLC Acme Ltd", ("acme",)),
        ("SC Acme SRL", ("acme",)),
        ("SC Acme LLC", ("sc", "acme")),
        ("AS Acme", ("acme",)),
        ("OOO Acme Ltd", ("acme",)),
        ("AS Acme GmbH", ("as", "acme")),
        ("Limited Acme Brands", ("limited", "acme", "brands")),
    ],
)
def test_an_abbreviation_in_front_is_a_form_only_where_names_are_written_so(
    name: str, core: tuple[str, ...]
) -> None:
    assert name_form(name).core == core


def test_words_around_a_form_come_off_with_it() -> None:
    assert name_form("Acme & Co. Ltd").core == name_form("Acme Ltd").core == ("acme",)


def test_a_fund_is_told_and_keeps_its_word() -> None:
    made = name_form("Acme Growth Fund II")
    assert (made.form, made.core[-2:]) == ("fund", ("fund", "ii"))


def test_a_name_that_is_only_a_form_stays_and_is_told() -> None:
    for name in ("Ltd", "GmbH & Co. KG", "有限会社", "ООО"):
        made = name_form(name)
        assert made.core
        assert made.warnings == ("only_legal_form",)


def test_classes_differ_unless_one_may_be_the_other() -> None:
    assert forms_differ("limited", "joint-stock")
    assert not forms_differ("limited", "limited")
    assert not forms_differ("", "limited")
    assert not forms_differ("company", "joint-stock")
    assert forms_differ("company", "foundation")


def test_a_class_of_the_data_is_a_class() -> None:
    found = {section.partition("]")[0] for section in CLASSES.split("[")[1:]}
    assert {"limited", "joint-stock", "company", "fund", "other"} <= found


@pytest.mark.real_data
def test_the_data_is_what_the_tool_makes(real_data: Callable[[str], Path]) -> None:
    assert module(classes(real_data(ELF))) == TARGET.read_text(encoding="utf-8")


@pytest.mark.real_data
def test_near_all_listed_forms_come_off_in_every_script(
    real_data: Callable[[str], Path],
) -> None:
    asked, found = _recognised(real_data(ELF), _NAMES)
    shares = {script: found[script] / asked[script] for script in asked}
    assert {"Latin", "Cyrillic", "Greek", "Arabic", "Han", "Hangul", "Khmer"} <= set(shares)
    assert min(shares.values()) >= 0.95, shares


@pytest.mark.real_data
def test_most_listed_abbreviations_come_off(real_data: Callable[[str], Path]) -> None:
    asked, found = _recognised(real_data(ELF), _ABBREVIATIONS)
    assert found.total() / asked.total() >= 0.9, (asked, found)


def _recognised(path: Path, columns: tuple[str, ...]) -> tuple[Counter[str], Counter[str]]:
    """Listed forms, and those that come off behind or before a name, by script."""
    asked: Counter[str] = Counter()
    found: Counter[str] = Counter()
    left_out = set(map(phrase, kept()))
    for form in {form for row in rows(path) for form in forms_in(row, columns)} - left_out:
        if len(form.split()) > 9 or len(form) > 70:
            continue
        name = "Qwerty" if form.isascii() else "Щпырь"
        asked[script_of(form)] += 1
        made = (name_form(f"{name} {form}"), name_form(f"{form} {name}"))
        found[script_of(form)] += any(len(one.core) == 1 and one.form for one in made)
    return asked, found
