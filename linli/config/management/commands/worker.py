"""Run the jobs that acts left behind, and the timers (后台任务)."""

import gc
from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand
from django.db import connections
from django_q.cluster import Cluster

from linli.config.timers import arrange


class Command(BaseCommand):
    """Start the worker; it ends on SIGTERM after the job at hand."""

    help = "运行后台任务：定时检查期限、寄出通知、计算统计。"

    def handle(self, *args: Any, **options: Any) -> None:
        self.check(tags=[Tags.database], databases=["default"])
        arrange()
        # The worker forks; a database connection must not be shared with a child.
        connections.close_all()
        # What is loaded now stays: no job need search it for what may be forgotten.
        gc.freeze()
        cluster = Cluster()
        cluster.start()
        cluster.sentinel.join()
