"""The documents that a logged decision rests on, as its body names them."""

from __future__ import annotations

from collections.abc import Mapping

from clearance.model.plain import Fields, Json


def documents_named(body: Json) -> Mapping[str, str]:
    """The digests that a decision's body states, by what they are of; what it does not state is
    left out.

    >>> documents_named({"facts": None, "judgement": "ab", "policy": {"digest": "cd"}})
    {'judgement': 'ab', 'policy': 'cd'}

    Raises:
        InputError: a digest is no text.
    """
    said = Fields(body, "body")
    asked = _part(said, "asked")
    named = {
        "facts": said.text("facts", ""),
        "end_customer": _part(asked, "end_customer").text("facts", ""),
        "origin": asked.text("origin", ""),
        "judgement": said.text("judgement", ""),
        "policy": _part(said, "policy").text("digest", ""),
    }
    return {name: digest for name, digest in named.items() if digest}


def _part(of: Fields, name: str) -> Fields:
    return of.object(name) if of.has(name) else Fields({}, f"{of.path}.{name}")
