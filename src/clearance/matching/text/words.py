"""A name cut into words, and which of them tell one name from another.

1. Letters with dots or slashes between them are one word (``Fund V L.P.`` is ``fund v lp``), and
   so are runs of single letters, so that ``S. A. R. L.`` and ``SARL`` are the same. A digit ends a
   run, and so does the letter behind ``&``; initials of persons stay apart.
2. ``and`` in the languages of the reference is ``&`` where it stands between two words.
3. Articles, prepositions and conjunctions tell nothing, but at either end of a name two letters may
   be initials (``DE Mills``, ``Rose AM``); where hardly a letter would be left (``E.ON``) all words
   tell.
"""

from __future__ import annotations

import re

from clearance.matching.text.signs import folded

_DOTTED = re.compile(r"(?<!\w)(?:[^\W\d_][./])+[^\W\d_](?!\w)")
AND = frozenset(("and", "und", "et", "och", "og", "ja", "ve", "и", "та", "και"))
_STOP_TEXT = """
& the of for in on at by to an der die das des dem den von vom zu zur zum fur fuer mit im am auf
de du la le les aux au pour par en el los las del y e da do dos di della dello dei degli
delle per con il lo gli van het een voor av til al nr und ve и та και του τησ των в на по для של
"""
STOP = frozenset(_STOP_TEXT.split())
_ANYWHERE = frozenset(("&", "+", "la", "le"))


def words(text: str, initials: bool = False) -> tuple[str, ...]:
    """The folded words of ``text``; ``initials``: single letters stay apart.

    >>> words("S. à r. l."), words("Hinz und Kunz"), words("A & B S.A."), words("J. R. Roe", True)
    (('sarl',), ('hinz', '&', 'kunz'), ('a', '&', 'b', 'sa'), ('j', 'r', 'roe'))
    """
    if initials:
        return tuple(folded(text).split())
    found = parted(text)
    if 1 in map(len, found):
        found = _joined(found)
    if not AND.isdisjoint(found[1:-1]):
        found[1:-1] = ["&" if word in AND else word for word in found[1:-1]]
    return tuple(found)


def parted(text: str) -> list[str]:
    """The folded words, letters with dots between them as one.

    >>> parted("S.à r. l. & Co")
    ['sa', 'r', 'l', '&', 'co']
    """
    if "." in text or "/" in text:
        text = _DOTTED.sub(_without_dots, text)
    return folded(text).split()


def _without_dots(found: re.Match[str]) -> str:
    return found[0].replace(".", "").replace("/", "")


def telling(found: tuple[str, ...]) -> tuple[str, ...]:
    """The words that tell one name from another; all of them where none does.

    >>> telling(("bank", "of", "the", "west")), telling(("le", "lac")), telling(("de", "mills"))
    (('bank', 'west'), ('lac',), ('de', 'mills'))
    """
    if STOP.isdisjoint(found):
        return found
    last = len(found) - 1
    told = tuple(
        word
        for place, word in enumerate(found)
        if word not in STOP or (word not in _ANYWHERE and len(word) < 3 and place in (0, last))
    )
    return told if len(told) > 1 or len("".join(told)) > 1 else found


def _joined(found: list[str]) -> list[str]:
    joined: list[str] = []
    running = False
    for word in found:
        single = len(word) == 1 and word.isalpha()
        if single and running:
            joined[-1] += word
        else:
            joined.append(word)
        running = single and joined[-2:-1] != ["&"]
    return joined
