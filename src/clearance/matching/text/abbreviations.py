"""Common words of company names that are as often cut short or spelled otherwise, in one spelling.

Only what can be one word alone stands here: ``tech`` may be technology or technologies, ``st`` a
saint or a street. Legal forms are elsewhere.
"""

from __future__ import annotations

_TEXT = """
intl=international internatl=international natl=national mfg=manufacturing mfr=manufacturer
mfrs=manufacturers bros=brothers dept=department univ=university govt=government mgmt=management
mgt=management svc=service svcs=services inst=institute ctr=center cntr=center centre=center
grp=group hldg=holding hldgs=holdings inds=industries ins=insurance invt=investment
invts=investments engg=engineering engr=engineering mktg=marketing mkt=marketing prods=products
props=properties ppty=property trdg=trading transp=transport dev=development devt=development
devel=development entp=enterprise entps=enterprises enterp=enterprises equip=equipment
fncl=financial sys=systems syst=systems solns=solutions comms=communications distr=distribution
constr=construction elec=electric indus=industrial agric=agricultural chem=chemical
pharm=pharmaceutical labs=laboratories assoc=associates assocs=associates assn=association
fed=federation acad=academy coll=college hosp=hospital gebr=gebruder ges=gesellschaft
verw=verwaltung verm=vermogen beteil=beteiligung beteiligungsges=beteiligungsgesellschaft
verwaltungsges=verwaltungsgesellschaft ets=etablissements nac=nacional inmob=inmobiliaria
defence=defense labour=labor theatre=theater programme=program organisation=organization
organisations=organizations aluminium=aluminum jewellery=jewelry fibre=fiber grey=gray tyre=tire
tyres=tires colour=color
"""
FULL = dict(pair.split("=") for pair in _TEXT.split())
"""Each abbreviation or other spelling and the word it stands for, both folded."""
