"""Take the official arrangement of a year's days off in (录入节假日安排)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from linli.frame.clock import now
from linli.handoffs.holidays import foresee, take_in
from linli.pack.calendars import CalendarYear, parse_year
from linli.pack.complaint import PackError


class Command(BaseCommand):
    """Take a year's notice in, and say how many deadlines moved."""

    help = "录入一年的官方放假安排（TOML，写法同 packs/calendars），并重算受影响的期限。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="文件", help="像 packs/calendars/cn-2026.toml 的文件")
        parser.add_argument("--dry-run", action="store_true", help="只看会改动多少期限，不录入")

    def handle(self, *args: Any, **options: Any) -> None:
        at = now()
        year = _read(options["file"])
        try:
            foreseen = foresee(year, at=at)
        except PackError as error:
            raise CommandError(str(error)) from error
        if options["dry_run"]:
            self.stdout.write(f"{foreseen.moved} 件事项的期限会变。只是检查，没有录入。")
            return
        reckoned = take_in(
            year.year, source=year.source, holidays=year.days_off, makeup_days=year.makeup_days, at=at
        )
        self.stdout.write(f"{year.title}已录入，{reckoned.moved} 件事项的期限变了，改动都留了记录。")


def _read(path: Path) -> CalendarYear:
    try:
        year = parse_year(path.read_bytes(), name=path.name)
    except OSError as error:
        raise CommandError(f"打不开 {path}（{error.strerror}）。请核对文件名。") from error
    except PackError as error:
        raise CommandError(str(error)) from error
    if not year.confirmed:
        raise CommandError(f"{path.name} 写着 confirmed = false：这是推算，不是官方安排，不能录入。")
    return year
