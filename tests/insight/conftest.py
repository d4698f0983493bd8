"""A few busy days in the small community, with something in every state."""

from collections.abc import Iterator

import pytest

from linli.matters import tally
from tests.insight.days import fill
from tests.world import World


@pytest.fixture
def busy(world: World) -> World:
    """Stand in the community after some busy days."""
    fill(world)
    return world


@pytest.fixture(autouse=True)
def the_running_counts_equal_a_recount(request: pytest.FixtureRequest) -> Iterator[None]:
    """Recount after every test that stands in the community."""
    in_world = "world" in request.fixturenames
    if in_world:
        request.getfixturevalue("world")
    yield
    if in_world:
        assert tally.standing() == tally.recount()
