from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings

pytestmark = pytest.mark.django_db


@pytest.fixture
def collected(tmp_path: Path):
    with override_settings(STATIC_ROOT=tmp_path / "static", LINLI_DEMO=False):
        call_command("prepare")
        yield tmp_path / "static" / "linli" / "tokens.css"


def test_the_first_start_collects_what_pages_need(collected: Path) -> None:
    assert collected.exists()


def test_the_second_start_collects_nothing(collected: Path) -> None:
    collected.unlink()
    call_command("prepare")
    assert not collected.exists()


def test_a_changed_source_is_collected_again(collected: Path) -> None:
    collected.unlink()
    note = collected.parents[1].with_suffix(".json")
    note.write_text(note.read_text(encoding="utf-8").replace("tokens.css", "older.css"), encoding="utf-8")
    call_command("prepare")
    assert collected.exists()
