"""Write the record to a file that anyone can check offline (导出记录)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from linli.core.chain import START
from linli.record import queries
from linli.record.export import export


class Command(BaseCommand):
    """Export the record (导出记录)."""

    help = "导出记录，供任何人离线核对（linli verify）"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, required=True, metavar="文件", help="写到哪里")
        parser.add_argument("--chain", action="append", metavar="编号", help="只导出这一条链，可以给多个")
        parser.add_argument("--without-words", action="store_true", help="不带自由文字，用于对外公布")

    def handle(self, *args: Any, **options: Any) -> None:
        chains: list[str] | None = options["chain"]
        for chain in chains or ():
            if queries.head(chain) == START:
                raise CommandError(f"没有编号为 {chain} 的记录。请核对编号。")
        count = _write(options["out"], export(chains=chains, free_words=not options["without_words"]))
        self.stdout.write(f"已导出到 {options['out']}，共 {count} 行。核对：linli verify {options['out']}")


def _write(out: Path, lines: Iterator[bytes]) -> int:
    """Put the whole file in its place at once, so that nobody takes half of it for all."""
    unfinished = out.with_name(f"{out.name}.part")
    try:
        with unfinished.open("wb") as file:
            count = sum(1 for raw in lines if file.write(raw))
        unfinished.replace(out)
    except OSError as error:
        raise CommandError(f"写不了 {out}（{error.strerror}）。请换一个位置，或检查文件夹和权限。") from error
    return count
