"""Open an account at the machine itself, and fill an office with its holder (开设账号)."""

from argparse import ArgumentParser
from getpass import getpass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from linli.bodies import queries as bodies
from linli.bodies.actor import Actor
from linli.bodies.appointing import Post, appoint
from linli.core.verdict import Refused
from linli.frame.clock import now, today
from linli.people import actions as people
from linli.people import queries as register
from linli.places import queries as places
from linli.rulebook import queries as rulebook

if TYPE_CHECKING:
    from linli.people.models import Account

# Whoever sits at the machine may do what the site's keeper may.
KEEPER = Actor(runs_site=True)


class Command(BaseCommand):
    """Open an account with a password typed twice; an account that is known can be given an office."""

    help = "开设账号（密码在终端输两次），可以同时任职；已有的账号可以再任一职。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", metavar="用户名")
        parser.add_argument("--name", default="", metavar="姓名", help="新开账号必填")
        parser.add_argument("--runs-site", action="store_true", help="系统管理员")
        parser.add_argument(
            "--office", default="", metavar="职务", help="方法包里的职务代号，例如 dispatcher"
        )
        parser.add_argument("--place", default="", metavar="地点", help="地点代号，例如 xinxialu.tonghua")
        parser.add_argument("--body", default="", metavar="组织", help="经办人所在的组织代号")

    def handle(self, *args: Any, **options: Any) -> None:
        post = _post(options["office"], place=options["place"], body=options["body"])
        known = register.account_named(options["username"])
        if known and not post:
            raise CommandError(f"账号「{options['username']}」已经有了；要任职，请加 --office 和 --place。")
        password = "" if known else _ask_password(options["username"], options["name"])
        try:
            with transaction.atomic():
                account = known or _open(options, password)
                if post:
                    edition = rulebook.current(options["place"].partition(".")[0])
                    appoint(
                        account.person_id, post=post, since=today(), by=KEEPER, at=now(),
                        incompatible=edition.incompatible,
                    )  # fmt: skip
        except Refused as refused:
            raise CommandError("".join(str(one) for one in refused.refusals)) from refused
        self.stdout.write(_said(account, post, is_new=not known))


def _open(options: dict[str, Any], password: str) -> "Account":
    person = people.enrol(name=options["name"])
    return people.open_account(
        person, username=options["username"], password=password, runs_site=options["runs_site"]
    )


def _said(account: "Account", post: Post | None, *, is_new: bool) -> str:
    said = f"账号「{account.username}」已开设" if is_new else f"账号「{account.username}」"
    return f"{said}，今天起任{post.where}{post.title}。" if post else f"{said}。"


def _ask_password(username: str, name: str) -> str:
    if not name:
        raise CommandError("新开账号要写姓名：--name 姓名。")
    password = getpass("密码：")
    if getpass("再输一次：") != password:
        raise CommandError("两次输入的密码不一样，账号没有开设。请再运行一次。")
    try:
        validate_password(password)
    except ValidationError as error:
        raise CommandError("".join(error.messages) + "账号没有开设。") from error
    if username.lower() in password.lower():
        raise CommandError("密码里不要有用户名，账号没有开设。请再运行一次。")
    return password


def _post(office: str, *, place: str, body: str) -> Post | None:
    if not (office or place or body):
        return None
    where = places.of_key(place)
    if where is None:
        raise CommandError(
            f"没有地点「{place}」。代号是方法包名加地点名，例如 xinxialu.tonghua；先运行 linli install。"
        )
    edition = rulebook.current(where.pack)
    if office not in edition.offices:
        raise CommandError(f"没有职务「{office}」。{edition.title}的职务有：{'、'.join(edition.offices)}。")
    title = edition.offices[office].title
    if office not in edition.body_offices:
        return Post(office, title, where.pk, where.path, where.name)
    group = bodies.of_key(body)
    if group is None or group.place_id != where.pk:
        raise CommandError(f"「{title}」要写所在的组织（--body），它须在「{where.name}」。")
    return Post(office, title, where.pk, where.path, group.name, group.pk)
