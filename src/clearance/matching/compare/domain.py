"""Domains of websites and e-mail addresses, as far as one is registered to somebody.

A host that gives addresses to everybody says nothing of who somebody is.

**Source**: the Public Suffix List.
"""

from __future__ import annotations

from functools import lru_cache

from clearance.matching.compare import shared
from clearance.matching.evidence import Agrees, Evidence, EvidenceKind
from clearance.model.record import Record

_ANYBODYS_TEXT = (
    "126.com 163.com 139.com aol.com comcast.net daum.net facebook.com fastmail.com free.fr "
    "freenet.de gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net googlemail.com hanmail.net "
    "hotmail.com icloud.com inbox.ru instagram.com interia.pl laposte.net libero.it linkedin.com "
    "list.ru live.com mac.com mail.com mail.ru me.com msn.com naver.com orange.fr outlook.com "
    "proton.me protonmail.com qq.com rambler.ru rediffmail.com seznam.cz sina.com t-online.de "
    "twitter.com ukr.net uol.com.br wanadoo.fr web.de x.com yahoo.co.jp yahoo.co.uk yahoo.com "
    "yandex.ru ymail.com zoho.com"
)
ANYBODYS = frozenset(_ANYBODYS_TEXT.split())
"""Hosts where anybody gets an address."""


@lru_cache(maxsize=65_536)
def domain_of(site: str) -> str:
    """The registered domain of a site or an e-mail address; empty if it is nobody's own.

    >>> domain_of("https://www.talomi.example.co.uk/about"), domain_of("info@gmail.com")
    ('example.co.uk', '')
    """
    from clearance.matching.compare.suffixes import EXTRACT

    found = EXTRACT(site.rsplit("@", 1)[-1].strip().lower())
    if found.suffix:
        domain = f"{found.domain}.{found.suffix}" if found.domain else ""
    else:  # the list's own rule for an ending that it does not know: the last label
        labels = found.subdomain.split(".") if not found.ipv4 and not found.ipv6 else []
        domain = f"{labels[-1]}.{found.domain}" if labels and labels[-1] else ""
    return "" if domain in ANYBODYS else domain


def domains(record: Record) -> frozenset[str]:
    """The domains that are the record's own."""
    return frozenset(filter(None, map(domain_of, record.websites)))


def agreement(query: Record, candidate: Record) -> float:
    """1 one in common, 0 not known, -1 none in common."""
    return shared.agreement(domains(query), domains(candidate))


def evidence(query: Record, candidate: Record) -> Evidence | None:
    """What the domains say; nothing where neither side has one."""
    if not query.websites and not candidate.websites:
        return None
    asked, found = domains(query), domains(candidate)
    if not asked and not found:
        return None
    if not asked or not found:
        return Evidence(EvidenceKind.DOMAIN, Agrees.NEUTRAL, "the domain is given on one side only")
    if asked & found:
        text = f"both have the domain {min(asked & found)}"
        return Evidence(EvidenceKind.DOMAIN, Agrees.FOR, text, 0.9)
    text = f"the domain is {min(asked)}, the candidate's {min(found)}"
    return Evidence(EvidenceKind.DOMAIN, Agrees.AGAINST, text, 0.5)
