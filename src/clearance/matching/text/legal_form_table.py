"""The table of legal forms, in the shapes that are asked while a name is read.

1. A form is known by its letters without spaces; a short one counts only in as many words as the
   list writes it.
2. The first and the last three letters of all forms tell most words apart from any form at once.
"""

from __future__ import annotations

from typing import NamedTuple

from clearance.matching.text.legal_form_data import CLASSES

ANY_COMPANY = "company"
"""The class of what is written for companies of more than one class."""
LONG = 12
"""Letters from which a form is unmistakable."""
MOST_WORDS = 10
_ANY_SPACING = 6
_EDGE = 3
_STARTERS_TEXT = """
pt cv sc ooo oao zao pao ao too tov uab ab as sia ou mtu vsi ik ip fop gup mup fgup llc jsc ojsc
cjsc pjsc kk stichting stiftung stiftelsen stiftelse fondation fundacion fundacao fondazione
fundacja nadace nadacia fundatia association associazione asociacion associacao verein vereniging
maatschap stowarzyszenie asociatia cooperativa cooperatie cooperatieve cooperative genossenschaft
spoldzielnia sa sas sarl snc sci eurl scp gie firma oy aktiebolaget aktiebolag compagnie
compania companhia societe sicav fcp koperasi yayasan perum yhdistys saatio osuuskunta konsorcjum
consorzio consorcio ute gbr arge etablissement usaha ud pd cia cie gmbh ltd srl
"""
STARTERS = frozenset(_STARTERS_TEXT.split())
"""Forms of one Latin word that stand in front of names."""
_INSIDE_TEXT = """
corp gmbh ltd llc plc llp inc sarl srl sro doo kft bvba sprl sasdi sncdi ανωνυμη ανωνυμοσ
"""
INSIDE = frozenset(_INSIDE_TEXT.split())
"""Forms that are unmistakable inside a name, without spaces."""
FUNDS = frozenset(("fund", "funds", "fonds", "fondo", "fundo", "subfund", "etf", "ucits", "фонд"))
"""Words that tell a fund and stay in its name."""


class Form(NamedTuple):
    """A class, and in how many words the list writes the form."""

    name: str
    sizes: frozenset[int]


def _read(text: str) -> dict[str, Form]:
    forms: dict[str, Form] = {}
    for section in text.split("[")[1:]:
        name, _, listed = section.partition("]")
        for form in filter(None, listed.replace("\n", "").split(";")):
            glued = form.replace(" ", "")
            known = forms.get(glued, Form(name, frozenset()))
            forms[glued] = Form(known.name, known.sizes | {1 + form.count(" ")})
    return forms


def _first_words(text: str) -> frozenset[str]:
    """The first words of all phrases that may stand inside a name."""
    listed = (form.strip() for form in text.replace("]", ";").replace("\n", "").split(";"))
    return frozenset(form.partition(" ")[0] for form in listed if " " in form and len(form) > LONG)


FORMS = _read(CLASSES)
"""Each form without spaces."""
LONGEST = max(map(len, FORMS))
FIRST_INSIDE = INSIDE | _first_words(CLASSES) | {"sas", "snc"}
_HEADS = frozenset(form[:_EDGE] for form in FORMS)
_TAILS = frozenset(form[-_EDGE:] for form in FORMS)


def form_of(glued: str, size: int) -> Form | None:
    """The form that these letters in ``size`` words are."""
    form = FORMS.get(glued)
    if form is None or (len(glued) < _ANY_SPACING and size not in form.sizes):
        return None
    return form


def may_end(word: str) -> bool:
    """Whether some form may end in this word."""
    return len(word) < _EDGE or word[-_EDGE:] in _TAILS


def may_start(word: str) -> bool:
    """Whether some form may start with this word."""
    return len(word) < _EDGE or word[:_EDGE] in _HEADS
