"""Put a backup in place (恢复)."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from linli.config.upkeep.backup import restore
from linli.config.upkeep.trouble import Trouble
from linli.frame.clock import now


class Command(BaseCommand):
    """Check a backup, put it in place, and bring it up to this version (恢复)."""

    help = "恢复：核对备份文件，放回数据库、照片和密钥；先停止站点"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="文件", help="linli backup 写的文件")
        parser.add_argument("--replace", action="store_true", help="这里已有数据也替换；现有的数据库先另存")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = restore(options["file"], at=now(), gives_up_present=options["replace"])
        except Trouble as trouble:
            raise CommandError(str(trouble)) from trouble
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        self.stdout.write(f"已恢复到 {manifest.made_at} 的样子，共 {len(manifest.digests)} 个文件。")
        if manifest.root:
            self.stdout.write(f"当时最新检查点的根值：{manifest.root}")
        self.stdout.write("接着请运行 linli doctor 和 linli check-counts，再启动站点。")
