"""Bind everything written since the last checkpoint (检查点)."""

from typing import Any

from django.core.management.base import BaseCommand

from linli.frame import clock
from linli.record import actions


class Command(BaseCommand):
    """Make a checkpoint (检查点)."""

    help = "把上一个检查点以来的全部记录锁定在一个新的根值之下"

    def handle(self, *args: Any, **options: Any) -> None:
        made = actions.seal(at=clock.now())
        if made is None:
            self.stdout.write("没有新的记录，不需要新的检查点。")
            return
        self.stdout.write(f"检查点 {made.number} 已写下，锁定 {made.count} 条链。根值 {made.root}")
