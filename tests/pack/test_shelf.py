"""A released edition never changes, and a site with a faulty pack does not start."""

import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from linli.config import serve
from linli.pack import shelf
from linli.pack.complaint import PackError
from linli.rulebook import queries as rulebook

PACKS = Path(__file__).parents[2] / "packs"


@pytest.fixture
def packs(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site with one place's pack, which a test may spoil."""
    for name in ("law", "calendars", "xinxialu"):
        shutil.copytree(PACKS / name, tmp_path / "packs" / name)
    settings.PACKS = tmp_path / "packs"
    monkeypatch.setattr(rulebook, "editions", rulebook.editions.__wrapped__)
    monkeypatch.setattr(rulebook, "law", rulebook.law.__wrapped__)
    return tmp_path / "packs"


def _spoil(packs: Path) -> str:
    """Cite a rule that does not exist; return what is said about it."""
    file = packs / "xinxialu" / "2026" / "pack.toml"
    spoilt = file.read_text(encoding="utf-8").replace('"XXL-21"', '"XXL-91"')
    file.write_text(spoilt, encoding="utf-8")
    line = spoilt.count("\n", 0, spoilt.index("XXL-91")) + 1
    return f"packs/xinxialu/2026/pack.toml:{line} order[0].rule：没有叫「XXL-91」的规则\n"


def test_new_editions_are_released_once(packs: Path) -> None:
    assert shelf.lock(packs) == ("law/2026", "xinxialu/2026")
    assert shelf.lock(packs) == ()
    assert shelf.locked(packs) == shelf.digests(packs)


def test_an_altered_or_vanished_release_is_found(packs: Path) -> None:
    shelf.lock(packs)
    assert shelf.altered(packs) == ()
    with (packs / "xinxialu" / "2026" / "places.toml").open("a", encoding="utf-8") as file:
        file.write("# 改了一个字\n")
    shutil.move(packs / "law" / "2026", packs / "law" / "2027")
    assert shelf.altered(packs) == ("law/2026", "xinxialu/2026")


def test_locking_again_does_not_release_an_alteration(packs: Path) -> None:
    shelf.lock(packs)
    released = shelf.locked(packs)
    _spoil(packs)
    shelf.lock(packs)
    assert shelf.locked(packs) == released


def test_nothing_is_released_with_a_fault(packs: Path) -> None:
    _spoil(packs)
    with pytest.raises(CommandError, match="没有叫「XXL-91」的规则"):
        call_command("lock_editions")
    assert not (packs / "editions.lock").exists()


def test_the_check_counts_the_faults_and_names_the_altered(
    packs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("check_packs")
    assert capsys.readouterr().out == "1 个方法包都没有错。\n"
    call_command("lock_editions")
    with (packs / "xinxialu" / "2026" / "rules.toml").open("a", encoding="utf-8") as file:
        file.write("# 改了一个字\n")
    with pytest.raises(CommandError, match="已发布的版本改动过：xinxialu/2026"):
        call_command("check_packs")
    _spoil(packs)
    with pytest.raises(CommandError, match="方法包有 1 处错，改好再试"):
        call_command("check_packs")


def test_the_site_is_not_prepared_nor_served_with_a_faulty_pack(
    packs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = _spoil(packs)
    with pytest.raises(CommandError) as refused:
        call_command("prepare")
    assert str(refused.value).startswith(said)
    assert serve.main() == 1
    assert capsys.readouterr().err.startswith(said)
    with pytest.raises(PackError):
        rulebook.editions()
