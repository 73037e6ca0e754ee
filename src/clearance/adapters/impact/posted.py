"""What a state holds as posted facts, by the customers that they are about.

What is posted of an account counts for its customer: a portfolio has no accounts, and the strictest
of them is what a customer can come to meet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from clearance.adapters.sql.store import Store
from clearance.policy.facts import Posted
from clearance.usecases.posting import About


def posted_in(place: str) -> Mapping[str, tuple[Posted, ...]]:
    """The posted facts of a state, whatever days they are held on.

    Raises:
        InputError: there is no state.
        StorageError: it cannot be read.
    """
    store = Store.open(place)
    try:
        with store.look() as look:
            facts = list(look.facts())
            named = {fact.subject for fact in facts if fact.about is About.ACCOUNT}
            accounts = (span.value for span in look.accounts()) if named else ()
            holder = {one.id: one.customer for one in accounts if one.id in named}
    finally:
        store.close()
    found: dict[str, list[Posted]] = defaultdict(list)
    for fact in facts:
        whose = holder.get(fact.subject) if fact.about is About.ACCOUNT else fact.subject
        if whose is not None:
            found[whose].append(fact.posted)
    return {customer: tuple(posted) for customer, posted in found.items()}
