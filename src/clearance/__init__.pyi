from clearance.bootstrap import attribute as attribute
from clearance.bootstrap import explain as explain
from clearance.bootstrap import open_snapshot as open_snapshot
from clearance.bootstrap import screen as screen
from clearance.bootstrap import verify as verify

__all__ = ["attribute", "explain", "open_snapshot", "screen", "verify"]
