"""Compare the running counts with a recount; with ``--repair`` rebuild them (核对计数)."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from linli.matters import audit, tally

_SHOWN = 50


class Command(BaseCommand):
    """Name each cell that differs; fail when any does and nothing was repaired."""

    help = "核对计数：把运行计数和重新清点的结果比一遍，列出不一致的格；加 --repair 按清点结果重建。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="不一致时按清点结果重建")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        found = audit.differences()
        if not found:
            self.stdout.write("计数和重新清点的结果一致。")
            return
        for one in found[:_SHOWN]:
            self.stdout.write(one.words)
        if len(found) > _SHOWN:
            self.stdout.write(f"……还有 {len(found) - _SHOWN} 格")
        if not options["repair"]:
            raise CommandError(f"有 {len(found)} 格不一致。加 --repair 按清点结果重建。")
        tally.rebuild()
        self.stdout.write(f"{len(found)} 格不一致，已按清点结果重建。")
