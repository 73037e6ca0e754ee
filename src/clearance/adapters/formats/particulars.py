"""Particulars of an entity as a row carries them: pairs of kind and text, each once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from clearance.model.particular import ParticularKind

Pair = tuple[str, str]

_ADDRESS = ParticularKind.ADDRESS.word
_WEBSITE = ParticularKind.WEBSITE.word
_EMAIL = ParticularKind.EMAIL.word
_PHONE = ParticularKind.PHONE.word
_FORM = ParticularKind.LEGAL_FORM.word


def particulars(
    addresses: Iterable[str] = (),
    legal_form: str = "",
    *,
    websites: Iterable[str] = (),
    emails: Iterable[str] = (),
    phones: Iterable[str] = (),
) -> tuple[Pair, ...]:
    """What is stated, by kind, in the order given; empty texts are left out.

    >>> particulars(["1 Alder Row", ""], "GmbH")
    (('address', '1 Alder Row'), ('legal_form', 'GmbH'))
    """
    pairs = [(_ADDRESS, text) for text in addresses if text]
    if legal_form:
        pairs.append((_FORM, legal_form))
    for kind, texts in ((_WEBSITE, websites), (_EMAIL, emails), (_PHONE, phones)):
        pairs += [(kind, text) for text in texts if text]
    return tuple(dict.fromkeys(pairs)) if len(pairs) > 1 else tuple(pairs)


def one_line(street: Iterable[str | None], region: Iterable[str | None] = ()) -> str:
    """An address on one line, its region last; a region alone is no address.

    >>> one_line(["1 Alder Row", None, " ", "Alderton"], ["XA"])
    '1 Alder Row, Alderton, XA'
    >>> one_line([""], ["XA"])
    ''
    """
    parts = [*_stated(street)]
    return ", ".join((*parts, *_stated(region))) if parts else ""


def _stated(parts: Iterable[str | None]) -> Iterator[str]:
    for part in parts:
        if part and (text := part.strip(" ,\t\r\n")):
            yield text
