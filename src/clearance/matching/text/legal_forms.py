"""Legal forms at both ends of a name, longest first."""

from __future__ import annotations

_FORMS = {
    "limited": "ltd limited llc gmbh sarl srl ооо sro spzoo bv pte|ltd pvt|ltd 有限会社 유한회사",
    "joint-stock": "ag plc inc corp corporation nv spa оао пао ао ab asa oyj as 株式会社 주식회사",
    "limited-partnership": "kg lp",
    "company": "co company co|ltd 有限公司",
}
_CLASS = {
    "".join(form.split("|")): name for name, forms in _FORMS.items() for form in forms.split()
}
_LONGEST = 4


def without_form(tokens: tuple[str, ...]) -> tuple[tuple[str, ...], str, str]:
    """The tokens without the legal form, the class of the form and the form as it stands.

    >>> without_form(("acme", "pte", "ltd"))
    (('acme',), 'limited', 'pte ltd')
    """
    for size in range(min(_LONGEST, len(tokens) - 1), 0, -1):
        name = _CLASS.get("".join(tokens[-size:]))
        if name:
            return tokens[:-size], name, " ".join(tokens[-size:])
    if len(tokens) > 1 and tokens[0] in _CLASS:
        return tokens[1:], _CLASS[tokens[0]], tokens[0]
    return tokens, "", ""
