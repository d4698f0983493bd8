"""What must hold after every test of a case."""

from collections.abc import Iterator

import pytest

from linli.matters import tally


@pytest.fixture(autouse=True)
def the_running_counts_equal_a_recount(request: pytest.FixtureRequest) -> Iterator[None]:
    """Recount after every test that stands in the community."""
    in_world = "world" in request.fixturenames
    if in_world:
        request.getfixturevalue("world")
    yield
    if in_world:
        assert tally.standing() == tally.recount()
