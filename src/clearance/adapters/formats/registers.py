"""One register, one scheme: sources that call a register differently say the same number of it.

Codes that the table does not hold stay as they are: they are registers of their own.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from clearance.adapters.formats.uk_register import SCHEME, number_of


def identifier(code: str, number: str) -> tuple[str, str]:
    """A number under the one code of its register, in that register's full form.

    >>> identifier("RA000999", "77"), identifier("RA000585", "686734")
    (('RA000999', '77'), ('GB-COH', '00686734'))
    """
    scheme = _table().get(code, code)
    return scheme, (number_of(number) or number) if scheme == SCHEME else number


@cache
def _table() -> dict[str, str]:
    lines = (files(__package__) / "registers.tsv").read_text("utf-8").splitlines()
    pairs = (line.partition("\t") for line in lines if not line.startswith("#"))
    return {code: scheme for code, _, scheme in pairs}
