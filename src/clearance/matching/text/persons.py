"""Names of persons: which words tell who it is.

1. ``FAMILY, Given`` is read as ``Given FAMILY``; titles in front, as rigour knows them, fall away.
2. Particles (``van der``, ``al-``, ``bin``) and suffixes (``Jr``) stand in the words and not in the
   core, where two words are left without them: they are written and left out at will.
3. Names made with *Abd* and *Abu* are one word however they are parted (``compounds``).
4. Initials stay words of one letter, in Latin letters of the first (``Ю`` is ``i``); patronymics
   and family names are not told apart here: which word answers which is known only against another
   name.
5. Chinese and Korean names without a space are parted behind the family name before they are read
   in Latin letters; Korean family names are read as their bearers mostly spell them (``Kim``, not
   ``Gim``). Whose a Han name is must be sure; otherwise it has no reading.
"""

from __future__ import annotations

import re

from rigour._core import person_name_prefixes_list  # rigour has no public door to its titles
from rigour.names.prefix import remove_person_prefixes

from clearance.matching.text.compounds import compounded

_PARTICLE_TEXT = """
al el ul ad ibn bin bint ben van von zu zum zur vom der den de del della dela di da das do dos
du des la las le los af av ter ten te y und of the bar bat ap oglu ogly qizi kyzy
uulu jr sr junior senior filho neto ال بن ابن بنت אל בן בת фон ван де оглы кызы
"""
_LONG_FAMILY_TEXT = """
欧阳 司马 诸葛 上官 皇甫 公孙 慕容 令狐 司徒 夏侯 东方 尉迟 宇文
남궁 황보 제갈 사공 선우 독고 서문
"""
_LONG_FAMILY = frozenset(_LONG_FAMILY_TEXT.split())
_SPELLED_TEXT = """
김=kim 이=lee 박=park 최=choi 정=jung 강=kang 조=cho 윤=yoon 임=lim 오=oh 신=shin 권=kwon
안=ahn 유=yoo 고=ko 문=moon 심=shim 노=noh 곽=kwak 성=sung 주=joo 우=woo 구=koo 천=chun
공=kong 현=hyun 변=byun 추=choo 선=sun 명=myung 육=yook 금=keum 부=boo 엄=eom
"""
_SPELLED = dict(pair.split("=") for pair in _SPELLED_TEXT.split())
PARTICLES = frozenset(_PARTICLE_TEXT.split())
_TITLES = frozenset(
    " ".join(title.lower().replace(".", "").split()[:2]) for title in person_name_prefixes_list()
)
"""How titles begin, by one word or two, as rigour lists them."""


_INITIALS = re.compile(r"(?:[^\W\d_]\.\s*){1,3}[^\W\d_]{2,}(?:[ -][^\W\d_]{2,})?")


def has_initials(text: str) -> bool:
    """Are these initials with dots, and one or two words? It may be a person, whoever says not.

    >>> has_initials("I. P. Sidorov"), has_initials("Sidorov S.A."), has_initials("A. B. C Ltd")
    (True, False, False)
    """
    return _INITIALS.fullmatch(text.strip()) is not None


def in_order(text: str) -> str:
    """A person's name without titles, the family name last where a comma says so.

    >>> in_order("Dr. ROE, Jane"), in_order("Roe Jane")
    ('Jane ROE', 'Roe Jane')
    """
    family, comma, given = text.partition(",")
    if not comma or not given.strip():
        return _untitled(text)
    return f"{_untitled(given).strip()} {_untitled(family).strip()}"


def _untitled(name: str) -> str:
    """The name without titles in front, which hardly any has."""
    first, second = f"{name}  ".lower().split(" ", 2)[:2]
    plain = name.isascii() and f"{first}{second}".isalnum()
    if plain and _TITLES.isdisjoint((first, f"{first} {second}")):
        return name
    return remove_person_prefixes(name)


def telling(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without particles and suffixes; all of them where hardly one would be left.

    >>> telling(("ludwig", "van", "beethoven")), telling(("do", "hoa"))
    (('ludwig', 'beethoven'), ('do', 'hoa'))
    """
    named = compounded(words)
    told = tuple(word for word in named if word not in PARTICLES)
    return told if len(told) > 1 else named


def parted(core: tuple[str, ...]) -> tuple[str, ...]:
    """A name of one word without spaces as family and given name, ready to be read.

    >>> parted(("习近平",)), parted(("김철수",)), parted(("司马光",))
    (('习', '近平'), ('kim', '철수'), ('司马', '光'))
    """
    name = core[0]
    if len(core) > 1 or not 2 <= len(name) <= 4:
        return (_SPELLED.get(name, name), *core[1:])
    end = 2 if len(name) > 2 and name[:2] in _LONG_FAMILY else 1
    return (_SPELLED.get(name[:end], name[:end]), name[end:])
