"""What happens to a name between a register and a form: one function a noise.

Each takes a random source and a name and gives the name disturbed, or the name as it was where the
noise has nothing to take hold of (a name without diacritics loses none); such a name is not asked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache

import icu
import numpy as np

Noise = Callable[[np.random.Generator, str], str]

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHORT = {
    "international": "intl", "company": "co", "corporation": "corp", "holdings": "hldgs",
    "holding": "hldg", "management": "mgmt", "services": "svcs", "investment": "inv",
    "investments": "invs", "development": "dev", "technologies": "tech", "technology": "tech",
    "industries": "ind", "manufacturing": "mfg", "engineering": "eng", "construction": "constr",
    "national": "natl", "association": "assn", "brothers": "bros", "capital": "cap",
    "partners": "ptnrs", "properties": "props", "enterprises": "ent", "systems": "sys",
    "group": "grp", "and": "&", "&": "and",
}  # fmt: skip
ADDED = ("Group", "Holding", "International", "Services", "Global", "Trading", "Europe", "The")
FORMS = (
    ("limited", "ltd", "ltd.", "l.t.d."),
    ("private limited", "pvt ltd", "pvt. ltd.", "(p) ltd"),
    ("public limited company", "plc", "p.l.c."),
    ("gesellschaft mit beschränkter haftung", "gmbh", "g.m.b.h.", "mbh"),
    ("aktiengesellschaft", "ag", "a.g."),
    ("gmbh & co. kg", "gmbh & co kg", "gmbh und co. kg", "gmbh + co. kg"),
    ("incorporated", "inc", "inc."),
    ("corporation", "corp", "corp."),
    ("limited liability company", "llc", "l.l.c."),
    ("limited partnership", "lp", "l.p."),
    ("société anonyme", "sociedad anónima", "sa", "s.a."),
    ("société à responsabilité limitée", "sarl", "s.à r.l.", "s.a.r.l."),
    ("sociedad limitada", "sl", "s.l."),
    ("società per azioni", "spa", "s.p.a."),
    ("società a responsabilità limitata", "srl", "s.r.l."),
    ("besloten vennootschap", "bv", "b.v."),
    ("naamloze vennootschap", "nv", "n.v."),
    ("aktiebolag", "ab", "a.b."),
    ("aktieselskab", "a/s", "as"),
    ("anpartsselskab", "aps", "ap.s."),
    ("spółka z ograniczoną odpowiedzialnością", "sp. z o.o.", "sp z oo", "spzoo"),
    ("s.r.o.", "sro", "spol. s r.o."),
    ("korlátolt felelősségű társaság", "kft", "kft."),
    ("osakeyhtiö", "oy", "o.y."),
    ("limitada", "ltda", "ltda."),
    ("ανώνυμη εταιρεία", "α.ε.", "αε"),
)
NUMBERS = (
    ("1", "i", "one", "first"), ("2", "ii", "two", "second"), ("3", "iii", "three", "third"),
    ("4", "iv", "four", "fourth"), ("5", "v", "five", "fifth"), ("6", "vi", "six", "sixth"),
    ("7", "vii", "seven", "seventh"), ("8", "viii", "eight", "eighth"),
)  # fmt: skip
SCRIPTS = ("Latin-Cyrillic", "Latin-Greek")
FAR_SCRIPTS = ("Latin-Arabic", "Latin-Hebrew", "Latin-Katakana", "Latin-Devanagari",
               "Latin-Georgian", "Latin-Armenian", "Latin-Hangul", "Latin-Thai")  # fmt: skip


def typo(rng: np.random.Generator, name: str) -> str:
    """One letter another, gone, or one too many; two in a long name."""
    for _ in range(1 + (len(name) > 18 and rng.random() < 0.5)):
        at = int(rng.integers(1, max(2, len(name))))
        letter = LETTERS[rng.integers(26)]
        kind = rng.integers(3)
        name = name[:at] + (letter if kind else "") + name[at + (kind != 2) :]
    return name


def transposed(rng: np.random.Generator, name: str) -> str:
    """Two neighbouring letters in each other's place."""
    places = [i for i in range(1, len(name) - 1) if name[i].isalpha() and name[i + 1].isalpha()]
    if not places:
        return name
    at = places[rng.integers(len(places))]
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def abbreviated(rng: np.random.Generator, name: str) -> str:
    """A usual short form, else a word cut to its first letters or its initial."""
    words = name.split()
    usual = [i for i, word in enumerate(words) if word.lower() in SHORT]
    if usual and rng.random() < 0.7:
        for at in usual:
            words[at] = SHORT[words[at].lower()]
        return " ".join(words)
    at = int(rng.integers(len(words)))
    if len(words) < 2 or len(words[at]) < 5:
        return name
    words[at] = words[at][: 1 if rng.random() < 0.3 else int(rng.integers(3, 5))] + "."
    return " ".join(words)


def dropped(rng: np.random.Generator, name: str) -> str:
    """A word gone, of three or more."""
    words = name.split()
    if len(words) < 3:
        return name
    del words[int(rng.integers(len(words)))]
    return " ".join(words)


def added(rng: np.random.Generator, name: str) -> str:
    """A general word too many, before the last word or at the end."""
    words = name.split()
    words.insert(len(words) - int(rng.integers(2)), ADDED[rng.integers(len(ADDED))])
    return " ".join(words)


def reordered(rng: np.random.Generator, name: str) -> str:
    """The words begin elsewhere, or two of them trade places."""
    words = name.split()
    if len(words) < 2:
        return name
    at = int(rng.integers(1, len(words)))
    if rng.random() < 0.5:
        return " ".join(words[at:] + words[:at])
    words[at - 1], words[at] = words[at], words[at - 1]
    return " ".join(words)


def form_written_otherwise(rng: np.random.Generator, name: str) -> str:
    """The same legal form in another writing, or left out."""
    low = name.lower()
    for family in FORMS:
        for form in sorted(family, key=len, reverse=True):
            if low.endswith(" " + form):
                others = ["", *(other for other in family if other != form)]
                return (name[: -len(form)] + others[rng.integers(len(others))]).strip(" ,")
    return name


def romanised(_rng: np.random.Generator, name: str) -> str:
    """A name in another script, in Latin letters."""
    return name if name.isascii() else _transliterate("Any-Latin; Latin-ASCII", name)


def in_near_script(rng: np.random.Generator, name: str) -> str:
    """A Latin name in Cyrillic or Greek letters."""
    return _written(SCRIPTS[rng.integers(len(SCRIPTS))], name)


def in_far_script(rng: np.random.Generator, name: str) -> str:
    """A Latin name in a script that writes sounds by other rules."""
    return _written(FAR_SCRIPTS[rng.integers(len(FAR_SCRIPTS))], name)


def without_diacritics(_rng: np.random.Generator, name: str) -> str:
    """Accents gone, letters kept."""
    split = unicodedata.normalize("NFD", name)
    return unicodedata.normalize("NFC", "".join(c for c in split if not unicodedata.combining(c)))


def spaced(rng: np.random.Generator, name: str) -> str:
    """Two words written as one, or one as two."""
    words = name.split()
    at = int(rng.integers(len(words)))
    if len(words) > 1 and rng.random() < 0.6:
        at = min(at, len(words) - 2)
        return " ".join([*words[:at], words[at] + words[at + 1], *words[at + 2 :]])
    if len(words[at]) < 6:
        return name
    cut = int(rng.integers(3, len(words[at]) - 2))
    return " ".join([*words[:at], words[at][:cut], words[at][cut:], *words[at + 1 :]])


def concatenated(_rng: np.random.Generator, name: str) -> str:
    """All words written as one, as in an address of the web."""
    return re.sub(r"[^\w]", "", name).lower() if len(name.split()) < 6 else name


def number_written_otherwise(rng: np.random.Generator, name: str) -> str:
    """A small number as digit, Roman numeral, word or ordinal."""
    words = name.split()
    for at in range(len(words) - 1, 0, -1):
        for family in NUMBERS:
            if words[at].lower() in family:
                others = [form for form in family if form != words[at].lower()]
                words[at] = others[rng.integers(len(others))].upper()
                return " ".join(words)
    return name


def as_registered(_rng: np.random.Generator, name: str) -> str:
    """No noise at all."""
    return name


def initials(rng: np.random.Generator, name: str) -> str:
    """A person's first given name as an initial."""
    words = name.split()
    return name if len(words) < 2 else " ".join([words[0][0] + ".", *words[1:]])


def family_first(_rng: np.random.Generator, name: str) -> str:
    """A person's family name before the given names, with a comma."""
    words = name.split()
    return name if len(words) < 2 else f"{words[-1].upper()}, {' '.join(words[:-1])}"


def _written(script: str, name: str) -> str:
    return _transliterate(script, without_diacritics(np.random.default_rng(0), name).lower())


@cache
def _transliterator(rule: str) -> icu.Transliterator:
    return icu.Transliterator.createInstance(rule)


def _transliterate(rule: str, text: str) -> str:
    return str(_transliterator(rule).transliterate(text))


_BOTH: dict[str, Noise] = {
    "typo": typo,
    "transposed": transposed,
    "dropped": dropped,
    "added": added,
    "reordered": reordered,
    "romanised": romanised,
    "without_diacritics": without_diacritics,
    "spaced": spaced,
    "in_near_script": in_near_script,
}
COMPANY: Mapping[str, Noise] = _BOTH | {
    "abbreviated": abbreviated,
    "form_written_otherwise": form_written_otherwise,
    "concatenated": concatenated,
    "number_written_otherwise": number_written_otherwise,
}
PERSON: Mapping[str, Noise] = {
    name: noise for name, noise in _BOTH.items() if name not in ("added", "dropped")
} | {"initials": initials, "family_first": family_first}
FAR: Mapping[str, Noise] = {"in_far_script": in_far_script, "as_registered": as_registered}
