"""Places written as words, for registers that give no code.

1. A text is a place if it is a name of the region table, an alias of ``places.tsv``, or a code:
   the whole text, or else its first part between commas that is one ("Minnesota, USA").
2. Anything else is no place: it stays empty, and a party without a place is in no region.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from clearance.policy.codes import Codes, parse_names


def code_of(text: str | None) -> str:
    """The ISO 3166 code that a text means, or ``""``."""
    if not text:
        return ""
    known, codes = _table()
    for part in (text, *text.split(",")):
        word = _folded(part)
        if word in known:
            return known[word]
        if len(word) == 2 and codes.known(word.upper()):
            return word.upper()
    return ""


def _folded(text: str) -> str:
    words = text.replace(".", "").casefold().split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)


@cache
def _table() -> tuple[dict[str, str], Codes]:
    names = parse_names(
        (files("clearance.policy") / "regions" / "names.tsv").read_text("utf-8").splitlines()
    )
    known = {_folded(name): code for code, name in names.items()}
    for line in (files(__package__) / "places.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            word, _, code = line.partition("\t")
            known[_folded(word)] = code
    return known, Codes(names)
