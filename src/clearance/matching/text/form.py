"""What a name is made of: everything that search and comparison read of it, made once.

1. A form depends on the text and the kind of party, on nothing else: not on the order, not on the
   machine's language.
2. Nothing is judged here. What deserves to be told stands in ``warnings``; the name is still read.
3. Tokens stand in the script they were written in, ``ascii`` beside them in Latin letters.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from clearance.matching.text.han import reads_as_chinese
from clearance.matching.text.legal_forms import without_form
from clearance.matching.text.numbers import number_of, numbers_in
from clearance.matching.text.romanize import romanized
from clearance.matching.text.scripts import DENSE, script_of, sign_warnings
from clearance.matching.text.signs import folded as fold
from clearance.model.party import PartyKind

LONGEST = 500
"""Letters read of a name; the legal name of an LEI record may have no more."""

_STOP_TEXT = "& and und et y e og och en the of der die das la le les del des de du"
_STOP_WORDS = frozenset(_STOP_TEXT.split())


@dataclass(frozen=True, slots=True)
class NameForm:
    """A name as search and comparison read it.

    **Shape**: ``tokens`` are folded words in their script; ``core`` are those without legal form
    and stop words, never empty while ``tokens`` is not; ``ascii`` are the core's words in Latin
    letters with numbers as digits (a word without a sure reading is left out); ``joined`` is the
    ``ascii`` core without spaces and without what spellings of one name differ in, or the raw core
    where nothing has a reading. ``grams_source`` is the text to cut grams from: raw and without
    spaces for scripts in ``DENSE`` (pairs), ``ascii`` with single spaces for others. ``form`` is a
    class of ``legal_forms``, ``form_text`` the words it was read from. ``numbers`` are digits
    without leading zeros, in order. ``script`` is a Unicode script name, ``Kana`` for both kana,
    or empty.
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
    warnings = sign_warnings(text)
    if len(text) > LONGEST:
        text, warnings = text[:LONGEST], (*warnings, "too_long")
    tokens = tuple(fold(text).split())
    if kind is not PartyKind.PERSON:
        tokens = _letters_joined(tokens)
    full = " ".join(tokens)
    if not tokens:
        return NameForm(text, "", (), (), (), "", "", "", "", (), "", (*warnings, "empty"))
    named, form, form_text = (tokens, "", "") if kind is PartyKind.PERSON else without_form(tokens)
    core = tuple(token for token in named if token not in _STOP_WORDS) or named
    script = script_of(full)
    ascii_core = _ascii(core, script)
    joined = _spelled("".join(ascii_core) or "".join(core))
    grams = "".join(core) if script in DENSE else " ".join(ascii_core)
    numbers = tuple(
        number for place, token in enumerate(core) for number in numbers_in(token, place)
    )
    return NameForm(
        text,
        full,
        tokens,
        core,
        ascii_core,
        joined,
        grams,
        form,
        form_text,
        numbers,
        script,
        warnings,
    )


def name_forms(texts: Iterable[str], kinds: Iterable[PartyKind]) -> list[NameForm]:
    """The form of each name, in order."""
    return list(map(name_form, texts, kinds))


def _ascii(core: tuple[str, ...], script: str) -> tuple[str, ...]:
    chinese = script == "Han" and any(map(reads_as_chinese, core))
    words = (
        number_of(token, place) or romanized(token, chinese) for place, token in enumerate(core)
    )
    return tuple(filter(None, words))


def _letters_joined(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Runs of single letters as one word: ``s a r l`` is ``sarl``."""
    if sum(map(len, tokens)) == len(tokens) or 1 in map(len, tokens):
        joined: list[str] = []
        running = False
        for token in tokens:
            single = len(token) == 1 and token.isalpha()
            if single and running:
                joined[-1] += token
            else:
                joined.append(token)
            running = single
        return tuple(joined)
    return tokens


def _spelled(joined: str) -> str:
    for written, plain in (("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a")):
        joined = joined.replace(written, plain)
    return joined
