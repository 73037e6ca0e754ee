"""Who publishes reference data, where, and under which licence.

The addresses are the publishers' own; ``base`` replaces scheme and host, for a mirror or a test.

**Source**: GLEIF golden copy API v2 (``/golden-copies/publishes/latest``); Companies House bulk
products (``en_pscdata.html``, ``en_output.html``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

from clearance.model.errors import SourceError

Listing = Callable[[str], bytes]

CHANGED = "the publisher may have changed it; download by hand and build from the files"


@dataclass(frozen=True, slots=True)
class Publication:
    """One file that a publisher offers: ``size`` in bytes where it is stated, else 0."""

    name: str
    url: str
    size: int = 0


@dataclass(frozen=True, slots=True)
class Publisher:
    """A publisher: ``find`` asks its listings for the newest files."""

    id: str
    title: str
    licence: str
    licence_url: str
    base: str
    find: Callable[[str, Listing], tuple[Publication, ...]]


def _gleif(base: str, read: Listing) -> tuple[Publication, ...]:
    import orjson

    url = urljoin(base, "/api/v2/golden-copies/publishes/latest")
    try:
        data = orjson.loads(read(url))["data"]
        return tuple(_golden_copy(base, data[part]) for part in ("lei2", "rr", "repex"))
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError) as error:
        what = f"has no {error}" if isinstance(error, KeyError) else "is of another shape"
        raise SourceError(
            f"the listing of the golden copies {what}", file=url, remedy=CHANGED
        ) from None


def _golden_copy(base: str, part: Mapping[str, Mapping[str, Mapping[str, object]]]) -> Publication:
    file = part["full_file"]["csv"]
    url = urljoin(base, str(file["url"]))
    name = url.rsplit("/", 1)[-1]
    if not re.fullmatch(r"\w[\w.-]*", name):
        raise ValueError(name)
    return Publication(name, url, int(str(file["size"])))


_COMPANIES_HOUSE_PAGES = (
    ("/en_pscdata.html", r"persons-with-significant-control-snapshot-\d{4}-\d{2}-\d{2}\.zip"),
    ("/en_output.html", r"BasicCompanyDataAsOneFile-\d{4}-\d{2}-\d{2}\.zip"),
)


def _companies_house(base: str, read: Listing) -> tuple[Publication, ...]:
    found = []
    for page, pattern in _COMPANIES_HOUSE_PAGES:
        url = urljoin(base, page)
        names = re.findall(pattern, read(url).decode("utf-8", "replace"))
        if not names:
            raise SourceError(
                f"the page links to no file like {pattern}",
                file=url,
                remedy=CHANGED,
            )
        newest = max(names)
        found.append(Publication(newest, urljoin(base, f"/{newest}")))
    return tuple(found)


PUBLISHERS: dict[str, Publisher] = {
    "gleif": Publisher(
        "gleif",
        "GLEIF golden copy: LEI records, relationship records, reporting exceptions",
        "CC0 1.0",
        "https://www.gleif.org/en/meta/lei-data-terms-of-use",
        "https://goldencopy.gleif.org",
        _gleif,
    ),
    "uk-psc": Publisher(
        "uk-psc",
        "Companies House: people with significant control, basic company data",
        "Open Government Licence v3.0",
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        "https://download.companieshouse.gov.uk",
        _companies_house,
    ),
}
"""By the word that ``clearance reference pull`` takes."""
