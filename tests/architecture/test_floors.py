"""The floors and the order inside a room, as written down in pyproject.toml."""

from importlinter.cli import lint_imports


def test_no_room_looks_up_and_no_rule_knows_the_framework(capsys) -> None:
    assert lint_imports(no_cache=True) == 0, capsys.readouterr().out
