from clearance.bootstrap.attributing import attribute as attribute
from clearance.bootstrap.explaining import explain as explain
from clearance.bootstrap.impacting import impact as impact
from clearance.bootstrap.matching import Matcher as Matcher
from clearance.bootstrap.referencing import open_snapshot as open_snapshot
from clearance.bootstrap.screening import screen as screen
from clearance.bootstrap.verifying import verify as verify
from clearance.model.record import Record as Record

__all__ = [
    "Matcher",
    "Record",
    "attribute",
    "explain",
    "impact",
    "open_snapshot",
    "screen",
    "verify",
]
