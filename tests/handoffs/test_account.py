"""Accounts opened at the machine itself."""

from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command

from linli.bodies import queries as bodies
from linli.frame.clock import today
from linli.people import queries as people
from tests.world import World

Typing = Callable[..., None]


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> Typing:
    def typed(*passwords: str) -> None:
        answers = iter(passwords)
        monkeypatch.setattr("linli.handoffs.management.commands.account.getpass", lambda _: next(answers))

    return typed


def open_account(username: str, **options: object) -> None:
    call_command("account", username, name=options.pop("name", "高远"), **options)


def test_a_keeper_of_the_site_signs_in_with_the_password_typed_twice(db: None, typing: Typing) -> None:
    typing("long-words-7", "long-words-7")
    open_account("keeper", runs_site=True)
    account = people.account_named("keeper")
    assert account is not None
    assert account.runs_site
    assert account.check_password("long-words-7")
    assert not account.must_change_password


def test_an_office_comes_with_the_account_on_record(world: World, typing: Typing) -> None:
    typing("long-words-7", "long-words-7")
    open_account("gao", office="dispatcher", place="xinxialu.tonghua")
    account = people.account_named("gao")
    assert account
    actor = bodies.actor(person_id=account.person_id, name="", on=today())
    assert [held.words for held in actor.offices] == ["铜花社区 调度员"]


def test_a_known_account_is_given_a_further_office(world: World, typing: Typing) -> None:
    typing()
    call_command(
        "account",
        "dispatcher",
        office="handler",
        place="xinxialu.xinxialu",
        body="xinxialu.xinxialu_enforcement",
    )
    actor = bodies.actor(person_id=world.dispatcher.person_id or 0, name="", on=today())
    assert "街道综合执法中心 经办人" in [held.words for held in actor.offices]


@pytest.mark.parametrize(
    ("passwords", "options", "said"),
    [
        (("long-words-7", "long-words-8"), {}, "两次输入的密码不一样"),
        (("12345", "12345"), {}, "账号没有开设"),
        (("gao-yuan-2026", "gao-yuan-2026"), {}, "密码里不要有用户名"),
        ((), {"name": ""}, "要写姓名"),
        ((), {"office": "dispatcher", "place": "xinxialu.nowhere"}, "没有地点"),
        ((), {"office": "mayor", "place": "xinxialu.tonghua"}, "没有职务"),
        ((), {"office": "handler", "place": "xinxialu.tonghua"}, "所在的组织"),
    ],
    ids=["两次不一样", "太短", "像用户名", "没有姓名", "没有地点", "没有职务", "没有组织"],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    world: World, typing: Typing, passwords: tuple[str, ...], options: dict[str, object], said: str
) -> None:
    typing(*passwords)
    with pytest.raises(CommandError, match=said):
        open_account("gao", **options)
    assert people.account_named("gao") is None


def test_a_known_account_without_an_office_to_give_is_left_alone(world: World, typing: Typing) -> None:
    typing()
    with pytest.raises(CommandError, match="已经有了"):
        open_account("dispatcher")


def test_an_office_already_held_is_refused(world: World, typing: Typing) -> None:
    typing()
    with pytest.raises(CommandError, match="已经在任"):
        open_account("dispatcher", office="dispatcher", place="xinxialu.tonghua")
