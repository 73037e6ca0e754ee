"""Names of persons: which words tell who it is.

1. ``FAMILY, Given`` is read as ``Given FAMILY``; titles in front, as rigour knows them, fall away.
2. Particles (``van der``, ``al-``, ``bin``) and suffixes (``Jr``) stand in the words and not in the
   core: they are written and left out at will.
3. Initials stay words of one letter; patronymics and family names are not told apart here: which
   word answers which is known only against another name.
"""

from __future__ import annotations

from rigour.names.prefix import remove_person_prefixes

_PARTICLE_TEXT = """
al el ul ad ibn bin bint ben van von zu zum zur vom der den de del della dela di da das do dos
du des la las le los af av ter ten te y und of the bar bat ap oglu ogly qizi kyzy
uulu jr sr junior senior filho neto ال بن ابن بنت אל בן בת фон ван де оглы кызы
"""
_PARTICLES = frozenset(_PARTICLE_TEXT.split())


def in_order(text: str) -> str:
    """A person's name without titles, the family name last where a comma says so.

    >>> in_order("Dr. ROE, Jane"), in_order("Roe Jane")
    ('Jane ROE', 'Roe Jane')
    """
    family, comma, given = text.partition(",")
    if not comma or not given.strip():
        return remove_person_prefixes(text)
    return f"{remove_person_prefixes(given).strip()} {remove_person_prefixes(family).strip()}"


def telling(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without particles and suffixes; all of them where nothing else is there.

    >>> telling(("ludwig", "van", "beethoven")), telling(("van", "de"))
    (('ludwig', 'beethoven'), ('van', 'de'))
    """
    return tuple(word for word in words if word not in _PARTICLES) or words
