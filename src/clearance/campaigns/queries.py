"""The SQL of campaigns, as values: what a day is summed up to, and what cohorts are asked for.

1. Statements keep to what DuckDB and Spark understand alike: no ``hash()``, ``//``, unsigned
   numbers, ``any_value`` or ``group by all``; nothing that may be null is sorted by. Tables are
   views that the engine makes.
2. A day's digest is what all later questions are answered from; days add up, none is read again.
3. Where the order of an answer matters, the statement gives one that tells all rows apart; every
   other answer is a set. Sums are of whole numbers: no order of adding reaches a result.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class EngineName(StrEnum):
    """What runs these statements."""

    DUCKDB = "duckdb"
    SPARK = "spark"


ECHO_GIVERS = 3
"""A passage that more accounts than this were given in a day is common property, no echo."""

ECHO_TOKENS = 2
"""Passages of another's output that a prompt must hold to be an echo."""

RARE = 40
"""An address that more actors than this used in a day is a crowd's."""

SAMPLED = 3
"""Addresses kept of an account's day besides its main one: the smallest, the same for everybody."""

AT_ONCE = 60_000_000
"""Microseconds within which the same text from another account is the same act."""

_TOKENS = """
with counted as (select account, token, count(*) as n from uses group by account, token),
     spread as (select token from counted group by token having count(*) >= 2)
select account, token, n from counted
where n >= 2 or token in (select token from spread)
order by token, account
"""

_ADDRESSES = f"""
with counted as (
  select account, address, max(asn) as asn, count(*) as n from rows
  where address <> 0 group by account, address
), popular as (select address, count(*) as crowd from counted group by address),
ranked as (
  select account, address, asn, n,
         row_number() over (partition by account order by address) as sampled,
         row_number() over (partition by account order by n desc, address) as main
  from counted
)
select r.account, r.address, r.asn, r.n, p.crowd, cast(r.main as integer) as main
from ranked r join popular p on r.address = p.address
where r.sampled <= {SAMPLED} or r.main = 1 order by r.address, r.account
"""  # noqa: S608  only numbers of ours are put in

_CARDS = """
select account, payment, max(issuer) as issuer, count(*) as n from rows
where payment <> 0 group by account, payment order by payment, account
"""

_HABITS = """
select account, model, agent, plan, count(*) as n, min(time) as first_time, max(time) as last_time,
       min(created) as created, sum(tokens_in) as tokens_in, sum(tokens_out) as tokens_out
from rows group by account, model, agent, plan
order by account, model, agent, plan
"""

_ECHOES = f"""
with rare as (
  select token from given group by token having count(distinct account) <= {ECHO_GIVERS}
), earliest as (
  select g.account, g.token, min(g.time) as time from given g join rare r on g.token = r.token
  group by g.account, g.token
), latest as (
  select account, token, max(time) as time from asked group by account, token
)
select g.account as giver, a.account as taker, count(*) as n
from earliest g join latest a on a.token = g.token
where a.time > g.time and a.account <> g.account
group by g.account, a.account having count(*) >= {ECHO_TOKENS} order by giver, taker
"""  # noqa: S608  only numbers of ours are put in

_COPIES = f"""
with near as (
  select account, text, time,
         case when time - lag(time) over (partition by text order by time, account) <= {AT_ONCE}
              then 0 else 1 end as opens
  from repeated
), acts as (
  select account, text, time,
         sum(opens) over (partition by text order by time, account rows unbounded preceding) as act
  from near
), wide as (
  select text, act from acts group by text, act having count(distinct account) >= 2
)
select a.account, a.time, a.text, cast(a.act as bigint) as act
from acts a join wide w on w.text = a.text and w.act = a.act order by a.text, a.time, a.account
"""  # noqa: S608  only a number of ours is put in

DIGEST: Mapping[str, str] = {
    "tokens": _TOKENS,
    "addresses": _ADDRESSES,
    "cards": _CARDS,
    "habits": _HABITS,
    "echoes": _ECHOES,
    "copies": _COPIES,
}
"""The digest of a day: table to statement. Views: ``rows``; ``uses``, ``given``, ``asked`` hold
(account, token) and, but for ``uses``, time; ``repeated`` (account, time, text) texts that stand
more than once."""

_ACCOUNTS = """
with total as (
  select account, sum(n) as n, min(first_time) as first_time from habits group by account
), carded as (
  select account, payment,
         row_number() over (partition by account order by sum(n) desc, payment) as main
  from cards group by account, payment
), addressed as (
  select account, address, sum(n) as n,
         row_number() over (partition by account order by sum(n) desc, address) as main
  from addresses where main = 1 group by account, address
), named as (
  select account, max(name) as name, max(organisation) as organisation
  from accounts group by account
)
select t.account, cast(t.n as bigint) as n, t.first_time,
       n.name, coalesce(n.organisation, '') as organisation,
       coalesce(c.payment, 0) as card,
       case when a.n * 2 >= t.n then a.address else 0 end as address
from total t left join named n on n.account = t.account
left join carded c on c.account = t.account and c.main = 1
left join addressed a on a.account = t.account and a.main = 1
order by t.first_time, n desc, t.account
"""

_FOCUS = """
with used as (
  select a.actor, t.token, sum(t.n) as n, max(a.requests) as requests
  from tokens t join actors a on a.account = t.account group by a.actor, t.token
), kept as (select actor, token from used where n >= 3 and n * 10 >= requests),
wide as (select token from kept group by token having count(*) >= 5)
select k.actor, k.token from kept k join wide w on w.token = k.token
"""

_FACTS = """
with agents as (
  select account, agent, min(created) as created,
         row_number() over (partition by account order by sum(n) desc, agent) as main
  from habits group by account, agent
), issuers as (
  select account, issuer,
         row_number() over (partition by account order by sum(n) desc, issuer) as main
  from cards group by account, issuer
), networks as (
  select account, asn,
         row_number() over (partition by account order by sum(n) desc, asn) as main
  from addresses group by account, asn
), plans as (
  select account, plan,
         row_number() over (partition by account order by sum(n) desc, plan) as main
  from habits group by account, plan
), spent as (
  select account, coalesce(sum(tokens_in), 0) + coalesce(sum(tokens_out), 0) as tokens,
         sum(n) as n
  from habits group by account
)
select a.account, coalesce(a.created, 0) as created, a.agent,
       coalesce(i.issuer, '') as issuer, coalesce(w.asn, '') as asn,
       p.plan, cast(s.tokens as bigint) as tokens, cast(s.n as bigint) as n
from agents a join plans p on p.account = a.account and p.main = 1
join spent s on s.account = a.account
left join issuers i on i.account = a.account and i.main = 1
left join networks w on w.account = a.account and w.main = 1
where a.main = 1
"""

_TIMELINE = """
select m.campaign, h.day, h.model, cast(sum(h.n) as bigint) as n
from habits h join members m on m.account = h.account
group by m.campaign, h.day, h.model order by m.campaign, h.day, h.model
"""

_MODELS = """
select day, model, cast(sum(n) as bigint) as n
from habits group by day, model order by day, model
"""

_SPENT = """
select m.campaign, coalesce(sum(h.tokens_in), 0) as given, coalesce(sum(h.tokens_out), 0) as taken
from habits h join members m on m.account = h.account group by m.campaign
"""

_NAMED = """
select a.account, max(a.name) as name, max(a.organisation) as organisation
from accounts a join members m on m.account = a.account group by a.account
"""

_CARDED = """
select distinct a.actor, c.payment as thing from cards c join actors a on a.account = c.account
"""

_ADDRESSED = f"""
select distinct a.actor, d.address, d.day from addresses d join actors a on a.account = d.account
where d.crowd between 2 and {RARE}
"""  # noqa: S608  only a number of ours is put in

_ECHOED = """
select distinct g.actor as giver, t.actor as taker
from (
  select giver, taker from echoes union select giver, taker from overnight
) e join actors g on g.account = e.giver join actors t on t.account = e.taker
where g.actor <> t.actor
"""

_COPIED = f"""
with acted as (
  select distinct a.actor, c.day, c.text, c.act from copies c join actors a on a.account = c.account
), shared as (
  select day, text, act from acted group by day, text, act having count(*) between 2 and {RARE}
), joint as (
  select a.actor, a.day, a.text, a.act
  from acted a join shared s on s.day = a.day and s.text = a.text and s.act = a.act
), again as (select actor from joint group by actor having count(distinct day) >= 2)
select j.actor, j.day, j.text, j.act from joint j join again g on g.actor = j.actor
order by j.day, j.text, j.act, j.actor
"""  # noqa: S608  only a number of ours is put in

_REQUESTED = """
select w.actor, r.time from rows r join wanted w on w.account = r.account
where not exists (
  select 1 from copies c where c.day = r.day and c.account = r.account and c.time = r.time
) order by w.actor, r.time
"""

ASKED: Mapping[str, str] = {
    "accounts": _ACCOUNTS,
    "focus": _FOCUS,
    "cards": _CARDED,
    "addresses": _ADDRESSED,
    "echoes": _ECHOED,
    "copied": _COPIED,
    "requests": _REQUESTED,
    "facts": _FACTS,
    "timeline": _TIMELINE,
    "models": _MODELS,
    "tokens": _SPENT,
    "named": _NAMED,
}
"""What finding asks of all days. Views: the digest's tables, ``rows`` and ``accounts``, each with
a ``day``; ``actors`` (account, actor, requests), ``wanted`` (account, actor) and ``members``
(account, campaign)."""
