"""Invented names: syllables that belong to no language, drawn without regard to region."""

from __future__ import annotations

from collections.abc import Callable

from clearance.demo.draw import Draw

SYLLABLES = (
    "va", "lo", "mi", "ten", "ru", "sol", "ka", "ner", "do", "fi", "bra", "quo", "zel", "tam",
    "or", "pe", "nix", "ul", "cor", "dra", "sef", "hal", "mo", "ri", "gan", "eli", "tor", "wen",
)  # fmt: skip
TRADES = (
    "Robotics", "Freight", "Labs", "Data", "Foods", "Optics", "Mobility", "Energy", "Media",
    "Textiles", "Analytics", "Biotech", "Software", "Retail", "Minerals", "Health", "Aerospace",
)  # fmt: skip
ENDINGS = ("University", "Holding", "Fund")
FORMS = ("Ltd", "Inc", "PLC", "Company", "Group", "Works")


class Names:
    """Names that are never given twice."""

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self._given: set[str] = set()

    def company(self, ending: str = "") -> str:
        """``Talomi Optics Ltd``; with ``ending`` instead of the trade and form if given."""
        return self._fresh(
            lambda: (
                f"{self._word(3)} "
                + (ending or f"{self._draw.one(TRADES)} {self._draw.one(FORMS)}")
            )
        )

    def person(self) -> str:
        """A given and a family name, both invented."""
        return self._fresh(lambda: f"{self._word(2)} {self._word(3)}")

    def _word(self, syllables: int) -> str:
        return "".join(self._draw.one(SYLLABLES) for _ in range(syllables)).capitalize()

    def _fresh(self, make: Callable[[], str]) -> str:
        name = make()
        while name in self._given:
            name = make()
        self._given.add(name)
        return name
