"""Fill the site with the demo of the five places (演示)."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from linli.demo.build import build
from linli.demo.doors import doors
from linli.frame.clock import now, today
from linli.rulebook.queries import installed


class Command(BaseCommand):
    """Fill an empty site; one that already has an edition in force is left as it is with ``--if-empty``."""

    help = "填入五个地方的演示数据。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take ``--if-empty``."""
        parser.add_argument("--if-empty", action="store_true", help="已有数据时不动")

    def handle(self, *args: Any, **options: Any) -> None:
        """Fill the site in one transaction, so that a broken-off filling leaves nothing behind."""
        if installed():
            if not options["if_empty"]:
                self.stderr.write("已有数据，不再填入演示。")
            self._show_doors()
            return
        self.stdout.write("正在填入五个地方的演示数据……")
        with transaction.atomic():
            told = build(at=now())
        self.stdout.write(f"演示数据已填好：{told} 件事项。")
        self._show_doors()

    def _show_doors(self) -> None:
        self.stdout.write("可以这样进入（不用密码，在 /demo/ 选）：")
        for doorway in doors(on=today()):
            cast = "、".join(door.words for door in doorway.leading)
            self.stdout.write(f"  {doorway.place}：{cast}")
