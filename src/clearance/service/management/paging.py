"""Lists come in pages; the token of the next page says nothing to whoever holds it.

A page begins after an id, so that what is added meanwhile is neither skipped nor shown twice.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Annotated

from litestar.params import QueryParameter

from clearance.model.errors import InputError

Limit = Annotated[int, QueryParameter(ge=1, le=1000, description="How many to give at most.")]
After = Annotated[
    str,
    QueryParameter(
        max_length=2000, pattern="^[A-Za-z0-9_=-]*$", description="The `next` of an earlier page."
    ),
]
_MARK = b"1:"


def token(id: str) -> str:
    """The token of the page after an id.

    >>> id_of(token("c-1"))
    'c-1'
    """
    return urlsafe_b64encode(_MARK + id.encode()).decode()


def id_of(token: str) -> str:
    """The id after which a page begins; empty for the first.

    Raises:
        InputError: it is no token of ours.
    """
    if not token:
        return ""
    try:
        raw = urlsafe_b64decode(token.encode())
        if not raw.startswith(_MARK) or b"\0" in raw:
            raise ValueError
        return raw.removeprefix(_MARK).decode()
    except ValueError:
        raise InputError(
            "is no token of a page", field="after", remedy="give the 'next' of an earlier page"
        ) from None
