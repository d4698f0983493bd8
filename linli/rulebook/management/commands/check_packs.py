"""Check every pack, and say what is wrong with which line (检查方法包)."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from linli.pack import shelf
from linli.pack.complaint import PackError


class Command(BaseCommand):
    """Read every edition, the law and the calendar; end with 1 when anything is wrong."""

    help = "检查全部方法包：逐条说出文件、行号和原因。"
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        packs = Path(settings.PACKS)
        try:
            editions = shelf.read_shelf(packs)
        except PackError as error:
            raise CommandError(f"{error}\n方法包有 {len(error.complaints)} 处错，改好再试。") from error
        altered = shelf.altered(packs)
        if altered:
            raise CommandError(
                f"已发布的版本改动过：{'、'.join(altered)}。请恢复原样；要改规则，另立新年份的文件夹。"
            )
        self.stdout.write(f"{len(editions)} 个方法包都没有错。")
