"""Bring the home folder up to date: tables, cache table, static files, and the demo on a demo site (准备)."""

from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Do everything that must be done before the first visitor; doing it again changes nothing."""

    help = "准备运行：建表、收集静态文件；演示模式下填入演示数据。"

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0, interactive=False, skip_checks=False)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        if settings.LINLI_DEMO and "demo" in get_commands():
            call_command("demo", if_empty=True)
