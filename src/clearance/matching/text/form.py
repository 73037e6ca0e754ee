"""What a name is made of: everything that search and comparison read of it, made once.

1. A form depends on the text and the kind of party, on nothing else: not on the order of names, not
   on the machine's language.
2. Nothing is judged here. What deserves to be told stands in ``warnings``; the name is still read.
3. Words stand in the script they were written in; ``ascii`` has them in Latin letters.

| warning | what was found |
|---|---|
| ``bidi`` | a sign that turns the direction of writing |
| ``control`` | a control character |
| ``empty`` | no letter and no digit |
| ``look_alike_letters`` | letters of one script that pass for letters of another |
| ``mixed_script`` | a word of several alphabets that none of them explains |
| ``only_digits`` | nothing but numbers |
| ``only_legal_form`` | nothing but a legal form |
| ``symbol`` | an emoji or another picture |
| ``too_long`` | more than ``LONGEST`` characters; the rest was not read |
| ``too_short`` | one letter |
| ``unknown_sign`` | a sign that no script has |
| ``zero_width`` | a sign without width |
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import repeat

from clearance.matching.text import persons
from clearance.matching.text.abbreviations import FULL
from clearance.matching.text.han import reads_as_chinese
from clearance.matching.text.legal_forms import Stripped, without_form
from clearance.matching.text.look_alikes import TOLD, roman, undisguised, unmasked
from clearance.matching.text.numbers import MAYBE, numbers_in, numeral
from clearance.matching.text.romanize import romanized, spelled
from clearance.matching.text.scripts import DENSE, script_of, sign_warnings
from clearance.matching.text.words import telling, words
from clearance.model.party import PartyKind

LONGEST = 500
"""Characters read of a name; the legal name in an LEI record may have no more."""

_AND = frozenset("&")
_GLUED_FORM = re.compile(
    "(?<=[a-zß-ÿ])(?=(?:AG|GmbH|KG|SE|SA|SAS|SRL|BV|NV|AB|AS|Ltd|LLC|Inc|PLC)$)"
)


@dataclass(frozen=True, slots=True)
class NameForm:
    """A name as search and comparison read it.

    **Shape**: ``tokens`` are folded words in their script; ``core`` are those without legal form
    and stop words, never empty while ``tokens`` is not; ``ascii`` are the core's words in Latin
    letters, at full length, numerals as digits (a word without a sure reading is left out);
    ``joined`` is the core without spaces and without what spellings of one name differ in, raw for
    scripts in ``DENSE`` and where nothing has a reading, in Latin letters for others.
    ``grams_source`` is the text to cut grams from: raw and without spaces for scripts in ``DENSE``
    (pairs), ``ascii`` with single spaces for others. ``form`` is a class of ``legal_forms``,
    ``form_text`` the words it was read from. ``numbers`` are digits without leading zeros, in
    order. ``script`` is a Unicode script name, ``Kana`` for both kana, or empty. ``warnings`` are
    codes, sorted.
    """

    text: str
    folded: str
    tokens: tuple[str, ...]
    core: tuple[str, ...]
    ascii: tuple[str, ...]
    joined: str
    grams_source: str
    form: str
    form_text: str
    numbers: tuple[str, ...]
    script: str
    warnings: tuple[str, ...]

    @property
    def dense(self) -> bool:
        """Whether grams are pairs of raw signs."""
        return self.script in DENSE


def name_form(text: str, kind: PartyKind = PartyKind.ENTITY) -> NameForm:
    """What the name ``text`` of a party of this kind is made of.

    **Cost**: about ten microseconds for a Latin name.

    >>> form = name_form("Pâtisserie Étoile & Fils II, S.A.R.L.")
    >>> form.ascii, form.form, form.numbers
    (('patisserie', 'etoile', 'fils', '2'), 'limited', ('2',))
    """
    person = kind is PartyKind.PERSON
    told = sign_warnings(text)
    if len(text) > LONGEST:
        text, told = text[:LONGEST], (*told, "too_long")
    tokens = words(persons.in_order(text), initials=True) if person else words(text)
    if _AND.issuperset(tokens):
        return NameForm(text, "", (), (), (), "", "", "", "", (), "", _sorted(*told, "empty"))
    full = " ".join(tokens)
    script = script_of(full)
    if not full.isascii():
        tokens, more = _unmasked(tokens)
        full, told = " ".join(tokens), (*told, *more)
    named = Stripped(tokens) if person else _without_form(tokens, text)
    core = persons.telling(named.rest) if person else telling(named.rest)
    if not full.isascii() and named.text.isascii():
        core, disguised = undisguised(core)
        told = (*told, TOLD) if disguised else told
    chinese = script == "Han" and (named.text.endswith("公司") or reads_as_chinese(text))
    spaceless = person and (chinese or script == "Hangul")
    read = persons.parted(core) if spaceless else core
    latin, numbers = _latin(read, chinese, {} if person else FULL)
    raw = "".join(core)
    dense = script in DENSE or not latin
    return NameForm(
        text,
        full,
        tokens,
        core,
        latin,
        spelled(raw if dense else "".join(latin)),
        raw if dense else " ".join(latin),
        named.form,
        named.text,
        numbers,
        script,
        _sorted(*told, *_shape(full, named)),
    )


def name_forms(texts: Iterable[str], kinds: Iterable[PartyKind] | PartyKind) -> list[NameForm]:
    """The form of each name, in order; one kind for all, or one each."""
    return list(map(name_form, texts, repeat(kinds) if isinstance(kinds, PartyKind) else kinds))


def _sorted(*told: str) -> tuple[str, ...]:
    return tuple(sorted(set(told))) if told else ()


def _shape(full: str, named: Stripped) -> tuple[str, ...]:
    if named.alone:
        return ("only_legal_form",)
    if len(full) == 1 and not full.isdecimal() and full < "\u0e00":
        return ("too_short",)
    return ("only_digits",) if full.replace(" ", "").isdecimal() else ()


def _unmasked(tokens: tuple[str, ...]) -> tuple[tuple[str, ...], list[str]]:
    read = [unmasked(roman(token)) for token in tokens]
    return tuple(word for word, _ in read), [told for _, told in read if told]


def _without_form(tokens: tuple[str, ...], text: str) -> Stripped:
    """Without the legal form, also where only capitals part it from the name (``AcmeAG``)."""
    named = without_form(tokens)
    if named.form or not _GLUED_FORM.search(text):
        return named
    return without_form(words(_GLUED_FORM.sub(" ", text)))


def _latin(
    core: tuple[str, ...], chinese: bool, full: Mapping[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    latin: list[str] = []
    numbers: list[str] = []
    before = ""
    for word in core:
        if word.isascii() and word.isalpha() and word not in MAYBE:
            latin.append(full.get(word, word))
        else:
            latin.append(numeral(word, before) or romanized(word, chinese).replace("&", ""))
            numbers.extend(numbers_in(word, before))
        before = word
    return tuple(filter(None, latin)), tuple(numbers)
