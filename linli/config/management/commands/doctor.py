"""Say what is wrong with this installation (诊断)."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from linli.config.upkeep.doctor import examine
from linli.config.upkeep.finding import Level
from linli.frame.clock import now


class Command(BaseCommand):
    """Look at everything an installation needs, and say what to do (诊断)."""

    help = "诊断：逐项检查这台机器上的邻里，说明哪里不对、怎么办"
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(examine(at=now()))
        for one in found:
            self.stdout.write(str(one))
        wrong = sum(one.level is Level.BAD for one in found)
        self.stdout.write(
            f"看了 {len(found)} 项，{wrong} 项有问题。" if wrong else f"看了 {len(found)} 项，都能正常运行。"
        )
        sys.exit(1 if wrong else 0)
