"""Packs are put in force without the demo."""

from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command

from linli.frame.clock import now
from linli.places import queries as places
from linli.record import queries as record
from linli.rulebook import actions
from linli.rulebook import queries as rulebook

pytestmark = pytest.mark.django_db


def test_a_pack_is_put_in_force_with_its_places_on_record(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("install", "xinxialu")
    edition = rulebook.current("xinxialu")
    assert capsys.readouterr().out == (
        f"xinxialu：{edition.title} {edition.year} 版已启用，"
        f"{len(edition.places)} 个地点、{len(edition.bodies)} 个组织。\n"
    )
    assert places.all_places().count() == len(edition.places)
    (entry,) = record.timeline("pack-xinxialu")
    assert entry.figures == (("版本", edition.year), ("摘要", edition.digest))


def test_putting_it_in_force_again_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("install", "xinxialu")
    call_command("install", "xinxialu")
    assert capsys.readouterr().out.splitlines()[1].endswith("早已启用，没有改动。")
    assert len(record.timeline("pack-xinxialu")) == 1


def test_all_packs_can_be_put_in_force_at_once() -> None:
    call_command("install", all=True)
    assert [one.pack for one in rulebook.in_force()] == [edition.key for edition in rulebook.packs()]


@pytest.mark.parametrize(("wanted", "said"), [(["atlantis"], "没有方法包「atlantis」"), ([], "没有说要启用")])
def test_an_unknown_pack_is_refused_with_the_list_of_known_ones(wanted: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=f"{said}.*xinxialu"):
        call_command("install", *wanted)
    assert rulebook.in_force() == ()


def test_a_new_edition_governs_only_once_it_is_put_in_force(monkeypatch: pytest.MonkeyPatch) -> None:
    call_command("install", "xinxialu")
    old = rulebook.current("xinxialu")
    new = replace(old, year="2099", digest="0" * 64)
    monkeypatch.setattr(rulebook, "editions", lambda: {(one.key, one.year): one for one in (old, new)})
    assert rulebook.current("xinxialu") == old
    actions.install(new, at=now())
    assert rulebook.current("xinxialu") == new
