"""The Public Suffix List, as bundled with tldextract; nothing is fetched.

A module of its own that is loaded with the first site: it takes as long as all other evidence.
"""

from __future__ import annotations

from tldextract import TLDExtract

EXTRACT = TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)
