"""The parts of a record of the PSC register that are read, typed."""

from __future__ import annotations

from msgspec import Struct

from clearance.adapters.formats.particulars import one_line


class Identification(Struct, gc=False):
    """What a corporate holder says of its own registration."""

    registration_number: str | None = None
    place_registered: str | None = None
    country_registered: str | None = None
    legal_form: str | None = None


class Address(Struct, gc=False):
    """Where a holder can be found; of a body, its registered or principal office."""

    care_of: str | None = None
    premises: str | None = None
    address_line_1: str | None = None
    address_line_2: str | None = None
    locality: str | None = None
    region: str | None = None
    postal_code: str | None = None
    country: str | None = None

    @property
    def line(self) -> str:
        """The address on one line."""
        parts = self.care_of, self.premises, self.address_line_1, self.address_line_2
        return one_line((*parts, self.locality, self.region, self.postal_code), [self.country])


class Links(Struct, gc=False):
    """The register's own address of the record."""

    self: str | None = None
    exemptions: str | None = None


class ExemptFor(Struct, gc=False):
    """When an exemption held."""

    exempt_from: str | None = None
    exempt_to: str | None = None


class Exemption(Struct, gc=False):
    """One kind of exemption and its periods."""

    exemption_type: str | None = None
    items: list[ExemptFor] | None = None


class Data(Struct, gc=False):
    """The body of a record."""

    kind: str = ""
    name: str | None = None
    natures_of_control: list[str] | None = None
    notified_on: str | None = None
    ceased_on: str | None = None
    ceased: bool | None = None
    identification: Identification | None = None
    address: Address | None = None
    country_of_residence: str | None = None
    links: Links | None = None
    statement: str | None = None
    description: str | None = None
    exemptions: dict[str, Exemption] | None = None


class Record(Struct, gc=False):
    """One record; the totals at the end name no company."""

    data: Data
    company_number: str = ""
    ContentDate: str | None = None
