"""When two names are the same name, exactly: case, spaces and punctuation do not count.

1. Compatibility forms are one (NFKC), case is folded, and every run of spaces, punctuation and
   control characters is one space; nothing stands at either end.
2. Nothing is guessed: legal forms, word order, abbreviations and spelling count as they are.
3. A name of punctuation alone has no key and is the same as nothing.
"""

from __future__ import annotations

import unicodedata

_APART = frozenset("PZC")
"""First letters of the Unicode categories that part words: punctuation, separators, others."""


class _Signs(dict[int, int]):
    """What each sign becomes, filled as signs are met."""

    def __missing__(self, code: int) -> int:
        apart = unicodedata.category(chr(code))[0] in _APART
        return self.setdefault(code, 32 if apart else code)


_SIGNS = _Signs()


def name_key(name: str) -> str:
    """What two equal names have in common.

    **Source**: Unicode Standard Annex #15 (NFKC) and the Unicode default case folding.

    >>> name_key("  ÉTOILE-Polaire,  S.A. ") == name_key("Étoile Polaire S A")
    True
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return " ".join(folded.translate(_SIGNS).split())


def identifier_key(scheme: str, id: str) -> str:
    """What two equal identifiers have in common: case and spaces around do not count.

    >>> identifier_key("xi-lei", " 529900abc ")
    'XI-LEI:529900ABC'
    """
    return f"{scheme.strip().upper()}:{id.strip().upper()}"
