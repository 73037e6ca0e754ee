"""Letters of one script that pass for letters of another: ``Gаzprom`` with a Cyrillic ``а``.

1. Told where a word mixes Latin, Cyrillic or Greek letters, and where whole words pass for Latin
   among words that are all Latin. A name of two scripts, each word in its own, is nothing to tell.
2. Read in the script that explains every letter: the one that the letters without a double are of.
   A word that no single script explains is told as mixed and left as it is.
3. A Roman numeral in letters of another script is a Roman numeral.

**Source**: Unicode Technical Standard #39, confusables, for the letters of names in either case.
"""

from __future__ import annotations

from clearance.matching.text.scripts import scripts_of

_CAPITALS_TEXT = """
а=a в=b е=e к=k м=m н=h о=o р=p с=c т=t у=y х=x і=i ј=j ѕ=s
α=a β=b ε=e ζ=z η=h ι=i κ=k μ=m ν=n ο=o ρ=p τ=t υ=y χ=x
"""
_SMALL_TEXT = (
    "а=a е=e к=k о=o р=p с=c у=y х=x і=i ј=j ѕ=s ԛ=q ԝ=w һ=h α=a γ=y ι=i κ=k ν=v ο=o ρ=p υ=u χ=x"
)


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in text.split())


_CAPITALS, _SMALL = _pairs(_CAPITALS_TEXT), _pairs(_SMALL_TEXT)
_TO_LATIN = _SMALL | _CAPITALS
_TO_CYRILLIC = {latin: own for own, latin in _TO_LATIN.items() if "а" <= own <= "ӿ"}
_TO_GREEK = {latin: own for own, latin in _TO_LATIN.items() if "α" <= own <= "ω"}
_ALPHABETS = frozenset(("Latin", "Cyrillic", "Greek"))
_TABLES = {
    "Latin": str.maketrans(_TO_LATIN),
    "Cyrillic": str.maketrans(_TO_CYRILLIC),
    "Greek": str.maketrans(_TO_GREEK),
}
_ROMAN = frozenset("ivx")
_WRITTEN = tuple({ord(own): like for own, like in one.items()} for one in (_CAPITALS, _SMALL))
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


def undisguised(words: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
    """Words in Latin letters where all that are not Latin pass for it, and whether any did.

    >>> undisguised(("соса", "cola")), undisguised(("газ", "cola"))
    ((('coca', 'cola'), True), (('газ', 'cola'), False))
    """
    read = tuple(word if word.isascii() else _as_latin(word) for word in words)
    if read == words or not all(read) or not any(map(str.isascii, words)):
        return words, False
    return read, True


def _as_latin(word: str) -> str:
    """The word as it looks in Latin letters, or nothing."""
    for letters in _WRITTEN:
        read = word.translate(letters)
        if scripts_of(read) <= {"Latin"}:
            return read
    return ""


def roman(word: str) -> str:
    """A Roman numeral of two letters and more in Latin letters, or the word as it is.

    >>> roman("ιι"), roman("хіі"), roman("хор")
    ('ii', 'xii', 'хор')
    """
    if 1 < len(word) < 7 and not word.isascii():
        read = _as_latin(word)
        return read if read and set(read) <= _ROMAN else word
    return word
