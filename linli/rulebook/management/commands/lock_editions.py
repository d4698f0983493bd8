"""Release the editions that are new: from then on they do not change (发布版本)."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from linli.pack import shelf


class Command(BaseCommand):
    """Write the digests of new editions into packs/editions.lock, once every pack is without fault."""

    help = "发布新版本：检查无误后把摘要写进 packs/editions.lock。"
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("check_packs", stdout=self.stdout)
        fresh = shelf.lock(Path(settings.PACKS))
        self.stdout.write(f"新发布 {len(fresh)} 个版本：{'、'.join(fresh)}。" if fresh else "没有新版本。")
