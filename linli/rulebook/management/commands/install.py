"""Put packs in force, without the demo (启用方法包)."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from linli.core.verdict import Refused
from linli.frame.clock import now
from linli.pack.complaint import PackError
from linli.pack.edition import Edition
from linli.rulebook import actions, queries


class Command(BaseCommand):
    """Put the newest edition of some packs in force; one that is already in force stays as it is."""

    help = "启用方法包的最新一版：建好它的地点和组织。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("packs", nargs="*", metavar="方法包", help="packs/ 下的文件夹名，例如 xinxialu")
        parser.add_argument("--all", action="store_true", help="全部方法包")

    def handle(self, *args: Any, **options: Any) -> None:
        known = _known()
        wanted = tuple(known) if options["all"] else tuple(dict.fromkeys(options["packs"]))
        strange = [key for key in wanted if key not in known]
        if strange or not wanted:
            said = f"没有方法包「{'」「'.join(strange)}」。" if strange else "没有说要启用哪个方法包。"
            raise CommandError(f"{said}可以启用的有：{'、'.join(known)}；全部启用用 --all。")
        for key in wanted:
            self.stdout.write(_install(known[key]))


def _known() -> dict[str, Edition]:
    try:
        return {edition.key: edition for edition in queries.newest()}
    except PackError as error:
        raise CommandError(str(error)) from error


def _install(edition: Edition) -> str:
    named = f"{edition.key}：{edition.title} {edition.year} 版"
    try:
        is_new = actions.install(edition, at=now())
    except Refused as refused:
        raise CommandError("".join(str(one) for one in refused.refusals)) from refused
    if not is_new:
        return f"{named}早已启用，没有改动。"
    return f"{named}已启用，{len(edition.places)} 个地点、{len(edition.bodies)} 个组织。"
