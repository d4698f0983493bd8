"""Bring the home folder up to date: tables, cache table, static files, and the demo on a demo site (准备)."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError

from linli.pack.complaint import PackError
from linli.rulebook import queries as rulebook


class Command(BaseCommand):
    """Do everything that must be done before the first visitor; doing it again changes nothing."""

    help = "准备运行：建表、收集静态文件；演示模式下填入演示数据。"
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        _check_packs()
        call_command("migrate", verbosity=0, interactive=False, skip_checks=False)
        call_command("createcachetable", verbosity=0)
        _collect()
        if settings.LINLI_DEMO and "demo" in get_commands():
            call_command("demo", if_empty=True)


def _check_packs() -> None:
    try:
        rulebook.editions()
    except PackError as error:
        raise CommandError(f"{error}\n方法包有 {len(error.complaints)} 处错，改好再启动。") from error


def _collect() -> None:
    # Compressing every file takes seconds; a list of what was collected last time tells whether it is needed.
    note = Path(settings.STATIC_ROOT).with_suffix(".json")
    sources = json.dumps(sorted(_sources()))
    if note.exists() and note.read_text(encoding="utf-8") == sources:
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    note.write_text(sources, encoding="utf-8")


def _sources() -> list[tuple[str, int, int]]:
    return [
        (name, found.st_size, found.st_mtime_ns)
        for finder in get_finders()
        for name, storage in finder.list([])
        for found in (Path(storage.path(name)).stat(),)
    ]
