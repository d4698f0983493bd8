"""The floors and the order inside a room, as written down in pyproject.toml."""

import logging
from collections.abc import Iterator

import pytest
from importlinter.cli import lint_imports


@pytest.fixture
def loggers_stay_as_they_are() -> Iterator[None]:
    """Undo what the library does to the loggers of other packages: it silences them."""
    known = [one for one in logging.root.manager.loggerDict.values() if isinstance(one, logging.Logger)]
    were = {one: one.disabled for one in known}
    yield
    for one, was in were.items():
        one.disabled = was


def test_no_room_looks_up_and_no_rule_knows_the_framework(
    capsys: pytest.CaptureFixture[str], loggers_stay_as_they_are: None
) -> None:
    assert lint_imports(no_cache=True) == 0, capsys.readouterr().out
