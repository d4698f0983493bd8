"""Take the events of another system in from a table (导入事件)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from linli.core.verdict import Refused
from linli.frame.clock import now
from linli.handoffs.intake.mapping import OWN, Mapping, read_mapping, require_columns
from linli.handoffs.intake.run import Count, run
from linli.handoffs.intake.table import Table
from linli.pack.complaint import PackError

EVERY = 50


class Command(BaseCommand):
    """Take a table of events in; the same file twice adds nothing (导入)."""

    help = "导入别的系统的事件（CSV，第一行是列名）；同一件事只录一次，中断后再运行接着录。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="文件", help="CSV 文件，UTF-8 或 GB18030")
        parser.add_argument(
            "--mapping", type=Path, metavar="对照表", help="TOML 文件：哪一列是什么、叫法对应什么"
        )
        parser.add_argument("--dry-run", action="store_true", help="只检查，不录入")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            table = Table.open(options["file"])
            mapping = _mapping(table, options["mapping"])
        except (PackError, Refused) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"打不开 {error.filename}（{error.strerror}）。请核对文件名。") from error
        self._run(table, mapping, is_dry=options["dry_run"])

    def _run(self, table: Table, mapping: Mapping, *, is_dry: bool) -> None:
        count = Count()
        try:
            for _ in run(table, mapping, count=count, now=now(), is_dry=is_dry):
                if count.rows % EVERY == 0:
                    self.stdout.write(count.sentence, ending="\r")
        except KeyboardInterrupt:
            self.stdout.write(f"{count.sentence}。已停下；再运行同一条命令，接着录。")
            raise SystemExit(130) from None
        self.stdout.write(count.sentence + ("。只是检查，没有录入。" if is_dry else "。"))
        if count.bad:
            self.stdout.write(f"退回的行和原因写在 {count.rejects}。改好后另存，再导入它。")


def _mapping(table: Table, path: Path | None) -> Mapping:
    if path:
        return read_mapping(path, header=table.header)
    require_columns(OWN, name=table.path.name, header=table.header)
    return OWN
