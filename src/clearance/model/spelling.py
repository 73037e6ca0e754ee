"""What somebody probably meant who wrote a word that nothing is called. For remedies only:

1. The meant word is offered, never used: a guess would decide about somebody.
2. Case does not count; of several near words the nearest is offered.
"""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, or nothing.

    >>> nearest("Treshold", ["threshold", "operator"]), nearest("xyz", ["threshold"])
    ('threshold', '')
    """
    from difflib import get_close_matches

    spelled = {one.lower(): one for one in known}
    return next((spelled[near] for near in get_close_matches(word.strip().lower(), spelled, 1)), "")


def meant(word: str, known: Iterable[str], otherwise: str) -> str:
    """A remedy: the word that was probably meant, or what else to do.

    >>> meant("treshold", ["threshold"], "see the guide")
    "did you mean 'threshold'?"
    """
    near = nearest(word, known)
    return f"did you mean {near!r}?" if near else otherwise
