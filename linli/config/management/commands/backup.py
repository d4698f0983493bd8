"""Write a backup while people work (备份)."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from linli.config.upkeep.backup import back_up
from linli.config.upkeep.trouble import Trouble
from linli.frame.clock import now


class Command(BaseCommand):
    """Write database, photos and keys into one checked file (备份)."""

    help = "备份：把数据库、照片和密钥写成一个核对过的文件；不必停机"

    def add_arguments(self, parser: CommandParser) -> None:
        folder = Path(settings.HOME) / "backups"
        parser.add_argument(
            "--out", type=Path, default=folder, metavar="文件夹", help=f"写到哪里（{folder}）"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            out, manifest = back_up(options["out"], at=now())
        except Trouble as trouble:
            raise CommandError(str(trouble)) from trouble
        size = out.stat().st_size / 1_000_000
        self.stdout.write(f"已备份到 {out}，{size:.1f} MB，共 {len(manifest.digests)} 个文件，逐个核对过。")
        self.stdout.write("里面有密钥，谁拿到它谁就能读全部内容：请存到别的机器上，并限制谁能读。")
        if settings.FIELD_KEYS:
            self.stdout.write(
                "字段密钥写在 LINLI_FIELD_KEYS 里，不在这份备份中；没有它，加密的内容读不出来，请另外保存。"
            )
