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
from collections.abc import Iterable
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
from clearance.model.quick import quick

LONGEST = 500
"""Characters read of a name; the legal name in an LEI record may have no more."""

_AND = frozenset("&")
_GLUED_TEXT = "AG GmbH KG SE SA SAS SRL BV NV AB AS Ltd LLC Inc PLC"
GLUED = frozenset(_GLUED_TEXT.split())
"""Forms that capitals alone may part from a name."""
_GLUED_FORM = re.compile(f"(?<=[a-zß-ÿ])(?=(?:{_GLUED_TEXT.replace(' ', '|')})$)")


@quick
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
    cut = text[:LONGEST]
    tokens, told = _tokens(cut, kind)
    return _formed(text, tokens, told, kind)


def form_of_words(tokens: tuple[str, ...], kind: PartyKind) -> NameForm:
    """What a name is made of whose folded words are known, titles left out.

    >>> form_of_words(("jane", "roe"), PartyKind.PERSON) == name_form("jane roe", PartyKind.PERSON)
    True
    """
    return _formed(" ".join(tokens), tokens, [], kind)


def _formed(text: str, tokens: tuple[str, ...], told: list[str], kind: PartyKind) -> NameForm:
    cut = text[:LONGEST]
    full = " ".join(tokens)
    if _AND.issuperset(tokens):
        warnings = _told(*_of_text(text), "empty")
        return NameForm(cut, "", (), (), (), "", "", "", "", (), "", warnings)
    script = script_of(full)
    named = Stripped(tokens) if kind is PartyKind.PERSON else _without_form(tokens, cut)
    core, disguised = _core(named, kind)
    latin, numbers = _latin(core, kind, script, _is_chinese(cut, script, named))
    searched = "".join(core) if script in DENSE or not latin else ""
    return NameForm(
        cut,
        full,
        tokens,
        core,
        latin,
        spelled(searched or "".join(latin)),
        searched or " ".join(latin),
        named.form,
        named.text,
        numbers,
        script,
        _told(*told, *disguised, *_of_text(text), *_of_shape(full, named)),
    )


def name_forms(texts: Iterable[str], kinds: Iterable[PartyKind] | PartyKind) -> list[NameForm]:
    """The form of each name, in order; one kind for all, or one each."""
    return list(map(name_form, texts, repeat(kinds) if isinstance(kinds, PartyKind) else kinds))


def _told(*warnings: str) -> tuple[str, ...]:
    return tuple(sorted(set(warnings))) if warnings else ()


def _of_text(text: str) -> tuple[str, ...]:
    """What the signs and the length of the text give reason to tell."""
    told = sign_warnings(text)
    return (*told, "too_long") if len(text) > LONGEST else told


def _of_shape(full: str, named: Stripped) -> tuple[str, ...]:
    """What a name of hardly anything gives reason to tell."""
    if named.alone:
        return ("only_legal_form",)
    if len(full) == 1 and not full.isdecimal() and full < "\u0e00":
        return ("too_short",)
    return ("only_digits",) if full.replace(" ", "").isdecimal() else ()


def _tokens(text: str, kind: PartyKind) -> tuple[tuple[str, ...], list[str]]:
    """The words, each in one script, and what had to be told about their letters."""
    if kind is PartyKind.PERSON:
        found = words(persons.in_order(text), initials=True)
    else:
        found = words(text)
    if text.isascii():
        return found, []
    read = [unmasked(roman(word)) for word in found]
    return tuple(word for word, _ in read), [told for _, told in read if told]


def _core(named: Stripped, kind: PartyKind) -> tuple[tuple[str, ...], list[str]]:
    """The words that tell one name from another, and whether some were disguised."""
    core = persons.telling(named.rest) if kind is PartyKind.PERSON else telling(named.rest)
    if all(map(str.isascii, core)) or not named.text.isascii():
        return core, []
    read, disguised = undisguised(core)
    return read, [TOLD] if disguised else []


def _is_chinese(text: str, script: str, named: Stripped) -> bool:
    """Whether the name is Chinese for sure, by its legal form or by its characters."""
    return script == "Han" and (named.text.endswith("公司") or reads_as_chinese(text))


def _without_form(tokens: tuple[str, ...], text: str) -> Stripped:
    """Without the legal form, also where only capitals part it from the name (``AcmeAG``)."""
    named = without_form(tokens)
    if named.form or not is_glued(text):
        return named
    return without_form(words(_GLUED_FORM.sub(" ", text)))


def is_glued(text: str) -> bool:
    """Whether the name ends in a form that capitals alone part from it."""
    return _GLUED_FORM.search(text) is not None


def _latin(
    core: tuple[str, ...], kind: PartyKind, script: str, chinese: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words in Latin letters, and the numbers among them."""
    full, initials = FULL, kind is PartyKind.PERSON and script not in DENSE
    if kind is PartyKind.PERSON:
        full = {}
        core = persons.parted(core) if chinese or script == "Hangul" else core
    latin: list[str] = []
    numbers: list[str] = []
    before = ""
    for word in core:
        if word.isascii() and word.isalpha() and word not in MAYBE:
            latin.append(full.get(word, word))
        else:
            read = numeral(word, before) or romanized(word, chinese).replace("&", "")
            latin.append(read[:1] if initials and len(word) == 1 else read)
            numbers.extend(numbers_in(word, before))
        before = word
    return tuple(filter(None, latin)), tuple(numbers)
