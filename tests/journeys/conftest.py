"""The places of the seed documents with their people, and a clock that goes when the story says so."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache

from linli.demo.cast import Cast
from linli.demo.script import read_people
from linli.handoffs.sweep import sweep
from linli.matters import tally
from linli.pack.edition import Edition
from linli.rulebook import actions as rulebook
from linli.rulebook import queries as rules
from tests.world import instant


class Clock:
    """What time it is in the story."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def goes(self, to: str) -> None:
        """Let it be a later instant; what falls due on the way takes effect."""
        assert instant(to) >= self.at
        self.at = instant(to)
        sweep(at=self.at)

    def passes(self, minutes: int) -> None:
        """Let some minutes pass."""
        self.at += timedelta(minutes=minutes)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Begin on a Monday morning."""
    found = Clock(instant("2026-11-23 08:30"))
    monkeypatch.setattr("django.utils.timezone.now", lambda: found.at)
    return found


@pytest.fixture
def settle(db: None, clock: Clock) -> Callable[[str], Edition]:
    """Put a pack in force with the people of its demo, without their stories."""

    def settle(pack: str) -> Edition:
        edition = rules.current(pack)
        rulebook.install(edition, at=clock.at)
        folder = Path(settings.PACKS) / pack / "demo"
        Cast(edition, on=clock.at.date()).enrol(read_people(folder))
        return edition

    return settle


@pytest.fixture(autouse=True)
def nothing_is_lost_on_the_way(db: None) -> Iterator[None]:
    """Count every matter anew after each story; throttles start afresh."""
    cache.clear()
    yield
    assert tally.standing() == tally.recount()
