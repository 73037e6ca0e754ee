"""Region codes by their form: ISO 3166-1 alpha-2 (``XA``) or ISO 3166-2 (``XA-01``), upper case.

Not here: whether a code is in use and what it is called. That is for ``policy.codes``.
"""

from __future__ import annotations

import re

from clearance.model.errors import InputError, shown

_FORM = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")


def has_code_form(text: str) -> bool:
    """Is it written as such a code is?

    >>> has_code_form("XA-01"), has_code_form("xa")
    (True, False)
    """
    return _FORM.fullmatch(text) is not None


def region_code(text: str) -> str:
    """The code that somebody wrote, in upper case; empty where nothing is written.

    Raises:
        InputError: the text does not have the form of a code.

    >>> region_code(" xa-01 ")
    'XA-01'
    """
    code = text.strip().upper()
    if code and not has_code_form(code):
        raise InputError(
            f"{shown(text)} is no region code",
            remedy="write an ISO 3166-1 or 3166-2 code such as XA or XA-01",
        )
    return code


def country_of(code: str) -> str:
    """The ISO 3166-1 part of a code."""
    return code.partition("-")[0]
