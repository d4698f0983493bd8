from pathlib import Path

import pytest

from linli.config.secret import secret_key


@pytest.fixture(autouse=True)
def _nothing_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)


def test_the_first_start_makes_a_key_that_later_starts_find(tmp_path: Path) -> None:
    first = secret_key(home=tmp_path / "new")
    assert len(first) > 50
    assert secret_key(home=tmp_path / "new") == first
    assert secret_key(home=tmp_path / "other") != first


def test_nobody_else_may_read_the_key(tmp_path: Path) -> None:
    secret_key(home=tmp_path)
    (kept,) = tmp_path.iterdir()
    assert kept.stat().st_mode & 0o077 == 0


def test_a_key_that_is_given_is_not_written_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "given")
    assert secret_key(home=tmp_path) == "given"
    assert list(tmp_path.iterdir()) == []
