"""What must hold after every test of a corridor."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from linli.handoffs.intake import running
from linli.matters import tally
from tests.world import TUESDAY


@pytest.fixture(autouse=True)
def the_running_counts_equal_a_recount(request: pytest.FixtureRequest) -> Iterator[None]:
    """Recount after every test that stands in the community."""
    in_world = "world" in request.fixturenames
    if in_world:
        request.getfixturevalue("world")
    yield
    if in_world:
        assert tally.standing() == tally.recount()


@pytest.fixture(autouse=True)
def files_of_imports_lie_apart(settings: Settings, tmp_path: Path) -> None:
    """Keep the rows of imports in the folder of the test."""
    settings.HOME = tmp_path / "home"


@pytest.fixture(autouse=True)
def imports_run_on_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let an import run at the instant at which the community stands."""
    monkeypatch.setattr(running, "now", lambda: TUESDAY)
