"""The documents that a logged decision rests on, as its body names them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from clearance.model.plain import Json

_DIGEST = re.compile(r"[0-9a-f]{64}")


def documents_named(body: Json) -> Mapping[str, str]:
    """The digests that a decision's body states, by what they are of.

    A body that somebody else wrote names nothing, whatever it says.

    >>> documents_named({"facts": None, "judgement": 64 * "a", "policy": {"digest": 64 * "b"}})
    {'judgement': 'aaa...', 'policy': 'bbb...'}
    >>> documents_named({"judgement": 7, "policy": "our-policy-7"})
    {}
    """
    asked = _part(body, "asked")
    named = {
        "facts": _part(body, "facts"),
        "end_customer": _part(_part(asked, "end_customer"), "facts"),
        "origin": _part(asked, "origin"),
        "judgement": _part(body, "judgement"),
        "policy": _part(_part(body, "policy"), "digest"),
    }
    return {
        name: digest
        for name, digest in named.items()
        if isinstance(digest, str) and _DIGEST.fullmatch(digest)
    }


def _part(of: Json, name: str) -> Json:
    return of.get(name) if isinstance(of, Mapping) else None
