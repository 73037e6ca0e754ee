"""Given names that stand as initials: whether two names of persons agree as far as those go.

1. One name has a whole word of the other, and all else of it are first letters of the other's
   words, in order: ``I. P. Sidorov`` and ``Sidorov I.P.`` for ``Ivan Petrovich Sidorov``. They may
   be written as one word (``JF``).
2. What only the longer name has is left out of initials at will.

Not here: how probable it is. Many share initials, and the model says how much they tell.
"""

from __future__ import annotations

from collections.abc import Sequence

from clearance.matching.compare.pairs import Pair
from clearance.model.party import PartyKind

_PERSONS = (PartyKind.PERSON, PartyKind.UNKNOWN)
_GLUED = 3
"""Letters of a word that may still be initials written in one."""


def agree(pair: Pair) -> bool:
    """Do the names agree but for initials? Only a person's name has any, and no legal form."""
    asked, found = pair.asked, pair.found
    kinds = (pair.query.record.kind, pair.candidate.record.kind)
    if kinds[1] is not PartyKind.PERSON or kinds[0] not in _PERSONS or asked.form.form:
        return False
    dense = asked.form.dense or found.form.dense
    return not dense and (
        _shortens(asked.words, found.words) or _shortens(found.words, asked.words)
    )


def _shortens(short: Sequence[str], long: Sequence[str]) -> bool:
    """Is ``short`` whole words of ``long``, and initials of others?

    >>> ivan = ("ivan", "petrovich", "sidorov")
    >>> [_shortens(name.split(), ivan) for name in ("i p sidorov", "sidorov ip", "i sidorov")]
    [True, True, True]
    >>> [_shortens(name.split(), ivan) for name in ("p i sidorov", "ivan sidorov", "i p")]
    [False, False, False]
    """
    whole = [word for word in short if len(word) > 1 and word in long]
    initials = [word for word in short if word not in whole]
    if not whole or not initials or max(map(len, initials)) > _GLUED:
        return False
    firsts = iter([word[0] for word in long if word not in whole])
    return all(letter in firsts for letter in "".join(initials))
