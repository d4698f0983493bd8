"""Bring the table of another system in (导入表格)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from linli.core.verdict import Refused
from linli.frame.clock import now
from linli.handoffs.intake import asking, receiving, rejects, running, sent
from linli.handoffs.intake.kinds import KINDS, Kind
from linli.handoffs.intake.mapping import Mapping, own, read_mapping
from linli.handoffs.intake.receiving import Sender
from linli.handoffs.models import Intake
from linli.pack.complaint import PackError
from linli.places import queries as places
from linli.places.queries import Spot

SYSTEM = Sender(None, "系统")


class Command(BaseCommand):
    """Take a table in; the same file twice adds nothing (导入)."""

    help = "导入别的系统的表格（Excel 或 CSV）；同一行只录一次，中断后再运行接着录。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="文件", help="Excel（xlsx、xls、xlsb、ods）或 CSV")
        kinds = "、".join(f"{kind.key} {kind.title}" for kind in KINDS.values())
        parser.add_argument("--kind", choices=KINDS, default="matters", metavar="种类", help=kinds)
        parser.add_argument("--within", default="", metavar="代号", help="导入的范围：地点的代号")
        parser.add_argument(
            "--mapping", type=Path, metavar="对照表", help="TOML 文件：哪一列是什么、叫法对应什么"
        )
        parser.add_argument("--header-line", type=int, default=0, metavar="行号", help="列名在第几行")
        parser.add_argument("--dry-run", action="store_true", help="只检查，不录入")

    def handle(self, *args: Any, **options: Any) -> None:
        path, kind = options["file"], KINDS[options["kind"]]
        try:
            place = _place(options["within"])
            intake = _unfinished(path, kind, place)
            if intake is None:
                intake = receiving.receive(
                    path, name=path.name, kind=kind.key, place=place, by=SYSTEM, at=now(),
                    header_line=options["header_line"],
                )  # fmt: skip
                receiving.match(intake, _mapping(intake, kind, options["mapping"]), at=now())
        except (PackError, Refused) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"打不开 {error.filename}（{error.strerror}）。请核对文件名。") from error
        self._run(intake, path, is_dry=options["dry_run"])

    def _run(self, intake: Intake, path: Path, *, is_dry: bool) -> None:
        if intake.note:
            self.stdout.write(intake.note)
        try:
            if is_dry:
                running.try_out(intake)
            elif intake.step == "stopped":
                running.go_on(intake)
            elif intake.step != "running":
                running.start(intake, at=now())
            running.run(intake, go=self._tell)
        except KeyboardInterrupt:
            running.halt(intake)
            self.stdout.write(f"{_sentence(intake)}。已停下；再运行同一条命令，接着录。")
            raise SystemExit(130) from None
        self._close(intake, path, is_dry=is_dry)

    def _close(self, intake: Intake, path: Path, *, is_dry: bool) -> None:
        intake.refresh_from_db()
        if intake.trouble:
            raise CommandError(intake.trouble)
        self.stdout.write(_sentence(intake) + ("。只是检查，没有录入。" if is_dry else "。"))
        if intake.bad:
            beside = path.with_suffix(".bad.xlsx")
            beside.write_bytes(rejects.workbook(intake))
            self.stdout.write(f"退回的行和原因写在 {beside}。改好后另存，再导入它。")
        if is_dry:
            running.drop(intake, at=now())
        elif intake.step == "done":
            receiving.forget(intake)
        else:
            raise CommandError("另一个进程接过去录了，在「导入」页上看进度。")

    def _tell(self, intake: Intake) -> bool:
        self.stdout.write(_sentence(intake), ending="\r")
        return True


def _sentence(intake: Intake) -> str:
    return (
        f"读了 {intake.done} 行：新录入 {intake.new}，有变化 {intake.changed}，"
        f"以前录过 {intake.known}，退回 {intake.bad}"
    )


def _place(key: str) -> Spot:
    found = places.spots(places.roots())
    if key:
        place = places.of_key(key)
        if place is None:
            raise CommandError(f"没有代号是「{key}」的地点。请核对代号，例如 {found[0].key}。")
        return places.chain(place.path)[-1]
    if len(found) != 1:
        known = "、".join(spot.key for spot in found)
        raise CommandError(f"请用 --within 写明导入到哪里：{known}。" if found else "还没有安装方法包。")
    return found[0]


def _unfinished(path: Path, kind: Kind, place: Spot) -> Intake | None:
    found = asking.unfinished(digest=sent.digest_of(path), kind=kind.key, path=place.path)
    if found and running.is_held(found):
        raise CommandError("这个文件正在录入。等它录完；它要是被杀掉了，三分钟后再运行这条命令。")
    return found


def _mapping(intake: Intake, kind: Kind, path: Path | None) -> Mapping:
    if path:
        return read_mapping(path, kind=kind, header=intake.header)
    told = receiving.mapping_of(intake)
    return told if any(told.column(fact.key).titles for fact in kind.facts) else own(kind)
