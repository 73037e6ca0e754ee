"""The collector is left as it was found."""

from __future__ import annotations

import gc

import pytest

from clearance.adapters.collecting import never_collecting, rarely_collecting


def test_the_collector_looks_rarely_inside_and_as_before_after() -> None:
    before = gc.get_threshold()
    with rarely_collecting():
        assert gc.get_threshold() > before
    assert gc.get_threshold() == before


def test_a_failure_leaves_the_collector_as_it_was() -> None:
    before = gc.get_threshold()
    with pytest.raises(ValueError, match="no"), rarely_collecting():
        raise ValueError("no")
    assert gc.get_threshold() == before


@pytest.mark.parametrize("enabled", [True, False])
def test_the_collector_does_not_look_inside_and_looks_after_as_it_did_before(enabled: bool) -> None:
    was = gc.isenabled()
    try:
        (gc.enable if enabled else gc.disable)()
        with never_collecting():
            assert not gc.isenabled()
        assert gc.isenabled() is enabled
    finally:
        (gc.enable if was else gc.disable)()
