"""Letters of one script that pass for letters of another: ``Gаzprom`` with a Cyrillic ``а``.

1. Told where a word mixes Latin, Cyrillic or Greek letters, or where a whole word could pass for
   the script of the words around it.
2. Read in the script that explains every letter: the one that the letters without a double are of.
   A word that no single script explains is told as mixed and left as it is.

**Source**: Unicode Technical Standard #39, confusables, for the letters of names in either case.
"""

from __future__ import annotations

from clearance.matching.text.scripts import scripts_of

_TO_LATIN_TEXT = """
а=a е=e о=o р=p с=c у=y х=x в=b к=k м=m н=h т=t і=i ј=j ѕ=s ԛ=q ԝ=w һ=h ѵ=v
α=a β=b ε=e ζ=z η=h ι=i κ=k μ=m ν=n ο=o ρ=p τ=t υ=y χ=x γ=y ѐ=e
"""
_TO_LATIN = dict(pair.split("=") for pair in _TO_LATIN_TEXT.split())
_TO_CYRILLIC = {
    latin: letter for letter, latin in reversed(_TO_LATIN.items()) if "а" <= letter <= "ӿ"
} | {"h": "н", "b": "в", "i": "і"}
_TO_GREEK = {latin: letter for letter, latin in _TO_LATIN.items() if "α" <= letter <= "ω"}
_ALPHABETS = frozenset(("Latin", "Cyrillic", "Greek"))
_TABLES = {
    "Latin": str.maketrans(_TO_LATIN),
    "Cyrillic": str.maketrans(_TO_CYRILLIC),
    "Greek": str.maketrans(_TO_GREEK),
}
TOLD, MIXED = "look_alike_letters", "mixed_script"


def unmasked(word: str) -> tuple[str, str]:
    """A word in one script, and the warning it deserves.

    >>> unmasked("gаzprom"), unmasked("газпром")
    (('gazprom', 'look_alike_letters'), ('газпром', ''))
    """
    scripts = scripts_of(word) & _ALPHABETS
    if len(scripts) < 2:
        return word, ""
    for script in ("Latin", "Cyrillic", "Greek"):
        read = word.translate(_TABLES[script])
        if script in scripts and scripts_of(read) == {script}:
            return read, TOLD
    return word, MIXED


def passes_for(word: str, script: str) -> str:
    """A word of another alphabet as it looks in ``script``, or nothing where it does not.

    >>> passes_for("соса", "Latin"), passes_for("газ", "Latin")
    ('coca', '')
    """
    own = scripts_of(word)
    if script not in _ALPHABETS or len(own) != 1 or not own < _ALPHABETS or script in own:
        return ""
    read = word.translate(_TABLES[script])
    return read if scripts_of(read) == {script} else ""
