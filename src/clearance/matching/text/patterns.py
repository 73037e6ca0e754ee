"""Names alike but for words that no rule asks about: their form is made once.

1. A word **tells** if some list has it, if it is part of a legal form however that is spaced, or if
   its letters are asked about (initials, ``1st``, ``Abdul…``). What any other word is changes
   nothing but itself: a name's form depends on where it stands.
2. A pattern is a name with ``HOLE`` in place of every word that does not tell. It is read by the
   very rules that read names, with words of no meaning in the holes.
3. Only names of plain letters have patterns. Where a rule joins a word to another, or words beside
   holes look like those put into them, the pattern is no way to read the name.
"""

from __future__ import annotations

from collections.abc import Mapping

from clearance.matching.text import compounds, persons
from clearance.matching.text.abbreviations import FULL
from clearance.matching.text.form import GLUED, form_of_words
from clearance.matching.text.legal_form_table import FORMS, FUNDS, INSIDE
from clearance.matching.text.numbers import ALSO_A_WORD, COUNTED, MAYBE
from clearance.matching.text.words import AND, STOP, words
from clearance.model.party import PartyKind

HOLE = "\x01"
MOST = 26
"""Holes of a pattern that is read."""
_FILLER = "zq"
_FILLERS = tuple(_FILLER + chr(ord("a") + at) for at in range(MOST))


SAYS: Mapping[str, frozenset[str]] = {
    "entity": frozenset((*STOP, *AND, *FULL, *MAYBE, *FUNDS, *INSIDE)),
    "person": frozenset((*persons.PARTICLES, *MAYBE, *compounds.FIRST, *compounds.ARTICLES)),
    "and": AND - {"&"},
    "counting": COUNTED,
    "counted": frozenset(ALSO_A_WORD),
    "form": frozenset(FORMS),
    "glued": frozenset(GLUED),
}
"""The texts that say something: words that tell in the name of an entity, of a person; words for
``&``; words that count what follows, and those that are a number where any of them is; legal forms
without spaces, and with the capitals that part them from a name."""


def read_pattern(pattern: str, kind: PartyKind) -> tuple[tuple[str, ...], str] | None:
    """The words that are searched, in Latin letters, and the class of the legal form.

    **Shape**: of words from holes the ``n``-th is the character ``n``, from 1; nothing where a
    name of this pattern has to be read by itself.

    >>> read_pattern("the \\x01 & \\x01 co inc", PartyKind.ENTITY)
    (('\\x01', '\\x02'), 'company')
    """
    if pattern.count(HOLE) > MOST or _FILLER in "".join(filter(str.isalnum, pattern)):
        return None
    filled = pattern
    for filler in _FILLERS[: pattern.count(HOLE)]:
        filled = filled.replace(HOLE, filler, 1)
    cut = tuple(filled.split()) if kind is PartyKind.PERSON else words(filled)
    form = form_of_words(cut, kind)
    found = tuple(
        chr(_FILLERS.index(word) + 1) if word in _FILLERS else word
        for word in form.ascii or form.core
    )
    return None if any(_FILLER in word for word in found) else (found, form.form)
