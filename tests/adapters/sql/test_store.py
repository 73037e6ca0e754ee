"""The state: bitemporal, one generation at a time, the same on both engines."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from functools import partial

import pytest

from clearance.adapters.screening.found_rows import FoundRow
from clearance.adapters.sql import portfolio
from clearance.adapters.sql.changing import changing
from clearance.adapters.sql.engine import Database
from clearance.adapters.sql.store import Store
from clearance.model.account import Account
from clearance.model.customer import Customer
from clearance.model.dates import ALWAYS, NEVER
from clearance.model.errors import InputError
from clearance.model.timeline import Span
from clearance.policy.facts import Manner, Posted
from clearance.usecases.found import Run
from clearance.usecases.posting import About, Fact, conflicts, telling

ALDER = Customer("c1", "Alder", "XA", "XA", segment="large", revenue=Decimal("12.50"))
BIRCH = Customer("c2", "Birch", "XB", declared={"billing": "XC"})
JUDGED = [replace(ALDER, name=""), replace(BIRCH, name="")]


def keep(database: Database, *customers: Customer, since: int = ALWAYS) -> int:
    with changing(database, "tester") as change:
        return portfolio.put_customers(change, customers, "crm", since)


def post(database: Database, *facts: Fact) -> int:
    with changing(database, "tester") as change:
        return portfolio.put_facts(change, facts)


def known(store: Store, known_at: int | None = None) -> list[Span[Customer]]:
    with store.look(known_at) as look:
        return list(look.customers())


def keep_and_fail(database: Database) -> None:
    with changing(database, "tester") as change:
        portfolio.put_customers(change, [BIRCH], "crm")
        raise InputError("a later step refuses")


def values(spans: Iterable[Span[Customer]]) -> list[tuple[str, int, int]]:
    return [(span.value.headquarters, span.start, span.end) for span in spans]


def test_customers_come_back_as_a_policy_judges_them_and_without_names(database: Database) -> None:
    keep(database, BIRCH, ALDER)
    assert [span.value for span in known(Store(database))] == JUDGED


def test_saying_again_what_stands_writes_nothing_and_is_no_new_generation(
    database: Database,
) -> None:
    store = Store(database)
    assert keep(database, ALDER, BIRCH) == 2
    before = store.generation()
    assert keep(database, ALDER, BIRCH) == 0
    assert store.generation() == before


def test_a_later_record_stands_from_its_day_and_the_earlier_until_then(database: Database) -> None:
    keep(database, ALDER)
    keep(database, replace(ALDER, headquarters="XB"), since=20_000)
    keep(database, replace(ALDER, headquarters="XC"), since=19_000)
    assert values(known(Store(database))) == [("XA", ALWAYS, 19_000), ("XC", 19_000, NEVER)]


def test_what_was_believed_at_a_moment_can_be_had_again(database: Database) -> None:
    store = Store(database)
    keep(database, ALDER)
    with changing(database, "tester") as change:
        between = change.at
    keep(database, replace(ALDER, headquarters="XB"))
    assert values(known(store, between)) == [("XA", ALWAYS, NEVER)]
    assert values(known(store)) == [("XB", ALWAYS, NEVER)]
    assert known(store, 0) == []


def test_one_customer_twice_in_one_go_is_the_later_word(database: Database) -> None:
    keep(database, ALDER, replace(ALDER, headquarters="XB"))
    assert values(known(Store(database))) == [("XB", ALWAYS, NEVER)]


def test_accounts_and_whom_they_belong_to(database: Database) -> None:
    accounts = [Account("a1", "c1", "large", "direct", 19_000), Account("a2", "c1")]
    with changing(database, "tester") as change:
        portfolio.put_accounts(change, accounts, "crm")
    with Store(database).look() as look:
        assert [span.value for span in look.accounts()] == accounts


def test_what_is_asked_for_by_id_is_what_comes_in_order(database: Database) -> None:
    keep(database, ALDER, BIRCH)
    keep(database, replace(ALDER, headquarters="XC"), since=20_000)
    keep(database, replace(ALDER, headquarters="XD"), since=19_000)
    with changing(database, "tester") as change:
        portfolio.put_accounts(change, [Account("a1", "c1", "large", "direct", 19_000)], "crm")
    with Store(database).look() as look:
        by_id, accounts = look.customers_by_id(), look.accounts_by_id()
        spans = list(look.customers())
        assert by_id.get("c1") == tuple(span for span in spans if span.value.id == "c1")
        assert [Span(by_id.get("c2"))] == [span for span in spans if span.value.id == "c2"]
        assert (by_id.get("c3"), accounts.get("a2")) == (None, None)
        assert [Span(accounts.get("a1"))] == list(look.accounts())


def test_an_id_is_one_text_for_a_customer_and_its_accounts(database: Database) -> None:
    keep(database, ALDER)
    with changing(database, "tester") as change:
        portfolio.put_accounts(change, [Account("a1", "c1"), Account("a2", "c1")], "crm")
    with Store(database).look() as look:
        customer, accounts = look.customers_by_id().get("c1"), look.accounts_by_id()
        held = [accounts.get("a1"), accounts.get("a2")]
    assert isinstance(customer, Customer)
    assert all(isinstance(one, Account) and one.customer is look.ids["c1"] for one in held)


def screen(database: Database, id: str, day: int, asked: str) -> int:
    run = Run(id, "policy", day, "snapshot", {"rule": asked})
    with changing(database, "tester") as change:
        return portfolio.put_screening(change, run, [FoundRow("c1", "P1")])


def test_what_is_found_again_stands_unless_the_rule_asks_something_else_now(
    database: Database,
) -> None:
    assert screen(database, "first", 19_000, "a digest") == 1
    assert screen(database, "alike", 19_010, "a digest") == 0
    assert screen(database, "other", 19_020, "another digest") == 3
    with Store(database).look() as look:
        found = [(span.value.run.id, span.start, span.end) for span in look.screened({}, {})]
    assert found == [("first", 19_000, 19_020), ("other", 19_020, NEVER)]


RISK = Posted("risk", "low", "crm")


def said(posted: Posted) -> Fact:
    return telling(About.CUSTOMER, "c1", posted)


def test_words_of_one_source_replace_each_other_and_of_two_stand_side_by_side(
    database: Database,
) -> None:
    post(database, said(RISK), said(replace(RISK, source="audit", value="high")))
    post(database, said(replace(RISK, value="middle", confidence=50)))
    with Store(database).look() as look:
        found = list(look.facts())
    assert [(one.posted.source, one.posted.value, one.posted.confidence) for one in found] == [
        ("audit", "high", 100),
        ("crm", "middle", 50),
    ]
    assert len(conflicts(found)) == 1


def test_end_uses_stand_beside_each_other_and_a_campaign_can_be_cleared(database: Database) -> None:
    chat, search = Posted("end_use", "chat", "contract"), Posted("end_use", "search", "contract")
    member = Posted("campaign", "k1", "detect", 80)
    post(database, said(chat), said(search), said(member))
    post(database, said(replace(member, manner=Manner.CLEARED, reviewer="Ada")))
    with Store(database).look() as look:
        found = [one.posted for one in look.facts()]
    assert found == [replace(member, manner=Manner.CLEARED, reviewer="Ada"), chat, search]


def test_a_fact_of_days_to_come_is_kept_and_one_can_be_withdrawn_for_some_days(
    database: Database,
) -> None:
    post(database, said(replace(RISK, since=100, until=200)))
    with changing(database, "tester") as change:
        portfolio.withdraw_facts(change, [said(replace(RISK, since=120, until=130))])
    with Store(database).look() as look:
        assert [(one.posted.since, one.posted.until) for one in look.facts()] == [
            (100, 120),
            (130, 200),
        ]


def test_a_change_that_fails_is_no_change(database: Database) -> None:
    store = Store(database)
    keep(database, ALDER)
    before = store.generation()
    with pytest.raises(InputError):
        keep_and_fail(database)
    assert (store.generation(), len(known(store))) == (before, 1)


def test_moments_go_on_where_the_clock_goes_back(database: Database) -> None:
    moments = []
    for clock in (10**15, 5, 6):
        with changing(database, "tester", partial(int, clock)) as change:
            moments.append(change.at)
    assert moments == [10**15, 10**15 + 1, 10**15 + 2]


def test_a_look_is_steady_while_others_write(database: Database) -> None:
    keep(database, ALDER)
    store = Store(database)
    with store.look() as look:
        before = look.generation
        keep(database, BIRCH)
        assert len(list(look.customers())) == 1
        assert look.generation == before
    assert len(known(store)) == 2


def test_changes_that_come_at_once_happen_one_after_the_other(database: Database) -> None:
    def keep_one(number: int) -> int:
        with changing(database, "tester") as change:
            one = replace(ALDER, headquarters=f"X{chr(65 + number)}")
            portfolio.put_customers(change, [one], "crm")
            return change.at

    with ThreadPoolExecutor(8) as pool:
        moments = list(pool.map(keep_one, range(16)))
    store = Store(database)
    assert len(set(moments)) == 16
    assert store.generation() == 16
    last = max(range(16), key=moments.__getitem__)
    assert values(known(store)) == [(f"X{chr(65 + last)}", ALWAYS, NEVER)]
    for number, moment in enumerate(moments):
        assert [one.value.headquarters for one in known(store, moment)] == [f"X{chr(65 + number)}"]
