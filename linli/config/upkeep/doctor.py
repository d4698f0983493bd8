"""Looking an installation over, and saying in plain words what is wrong with it (诊断)."""

import shutil
import stat
from collections.abc import Callable, Iterator
from ctypes.util import find_library
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from linli.books import queries as books
from linli.config.upkeep import pulse
from linli.config.upkeep.finding import Finding, bad, good, mind
from linli.frame.clock import day_of
from linli.frame.vault import EncryptedText, Locked
from linli.outbox import queries as outbox
from linli.record import queries as record
from linli.rulebook import queries as rulebook

ENOUGH_DISK, LITTLE_DISK = 5_000_000_000, 500_000_000
CLOCKS_MAY_DIFFER = timedelta(seconds=5)
BACKUP_IS_OLD = timedelta(days=7)
FAULTS_NAMED = 5
# The State Council announces a year's holidays in the last weeks of the year before.
NEXT_YEAR_IS_DUE_FROM_MONTH = 12
_NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "9p"})

Look = Callable[[datetime], Iterator[Finding]]


def examine(*, at: datetime) -> Iterator[Finding]:
    """Look at everything; what needs the database is left out when it does not answer (诊断)."""
    yield from (found for look in _OF_THE_MACHINE for found in look(at))
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        remedy = "请检查 DATABASE_URL、数据库服务和网络；SQLite 请检查文件夹权限。"
        yield bad("数据库", f"连不上（{type(error).__name__}）。", remedy)
        return
    yield from _database()
    if pending := _pending():
        yield bad("数据表", f"有 {pending} 处结构没有更新。", "请运行 linli prepare，再启动站点。")
        return
    yield from (found for look in _OF_THE_DATA for found in look(at))


def _disk(_: datetime) -> Iterator[Finding]:
    free = shutil.disk_usage(settings.HOME).free
    seen = f"{settings.HOME} 还有 {free / 1e9:.1f} GB。"
    if free < LITTLE_DISK:
        yield bad("磁盘", seen, "快满了，写满后什么都存不下。请清理，或换更大的磁盘。")
    elif free < ENOUGH_DISK:
        yield mind("磁盘", seen, "照片和备份会继续增长，请安排扩容。")
    else:
        yield good("磁盘", seen)
    kind = _filesystem(settings.HOME)
    if connection.vendor == "sqlite" and kind in _NETWORK:
        yield bad(
            "磁盘",
            f"SQLite 放在网络盘（{kind}）上，会损坏。",
            "请把 LINLI_HOME 移到本机磁盘，或改用 PostgreSQL。",
        )


def _keys(_: datetime) -> Iterator[Finding]:
    for name in ("secret-key", "field-keys"):
        path: Path = settings.HOME / name
        if path.is_file() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield bad("密钥", f"{path} 别的用户也能读。", f"请运行：chmod 600 {path}")
        elif path.is_file():
            yield good("密钥", f"{name} 只有本用户能读。")


def _papers(_: datetime) -> Iterator[Finding]:
    if find_library("pangoft2-1.0"):
        yield good("排版", "可以导出 PDF。")
    else:
        yield mind("排版", "没有装 Pango，会议纪要只能导出 Word。", "Debian 上请安装 libpangoft2-1.0-0。")


def _door(_: datetime) -> Iterator[Finding]:
    is_open = not settings.ORIGIN.startswith(("http://127.0.0.1", "http://localhost"))
    if is_open and settings.LINLI_DEMO:
        yield bad("入口", "对外网址开着演示模式，任何人不用密码就能进入。", "请设 LINLI_DEMO=0 后重启。")
    elif is_open and not settings.ORIGIN.startswith("https://"):
        yield bad(
            "入口",
            f"{settings.ORIGIN} 没有加密。",
            "请在前面放一台做 TLS 的服务器，把 LINLI_ORIGIN 写成 https://…。",
        )
    else:
        yield good("入口", settings.ORIGIN)
    if settings.DEBUG:
        yield bad("入口", "开着调试模式，出错页会泄露内部信息。", "请去掉 LINLI_DEBUG。")


def _database() -> Iterator[Finding]:
    found = checks.run_checks(databases=["default"])
    for one in found:
        judge = bad if one.level >= checks.ERROR else mind
        yield judge("数据库" if one.id and one.id.startswith("frame") else "配置", one.msg, one.hint or "")
    if not found:
        yield good("数据库", f"{connection.display_name}，字符和版本都合适。")


def _pending() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _clock(at: datetime) -> Iterator[Finding]:
    last = record.last_written()
    if last and last > at + CLOCKS_MAY_DIFFER:
        seen = f"本机 {at:%Y-%m-%d %H:%M}，而最后一条记录写于 {last:%Y-%m-%d %H:%M}，时间倒退了。"
        yield bad("时钟", seen, "期限会算错。请校准本机时间（timedatectl set-ntp true）后重启。")
        return
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            there: datetime = cursor.fetchone()[0]
        if abs(there - at) > CLOCKS_MAY_DIFFER:
            seen = f"和数据库服务器差 {abs(there - at).seconds} 秒。"
            yield mind("时钟", seen, "请让两台机器都对时（NTP）。")
            return
    yield good("时钟", f"{at:%Y-%m-%d %H:%M %z}")


def _secrets(_: datetime) -> Iterator[Finding]:
    locked = [
        f"{model._meta.db_table}.{field.column}" for model, field in _encrypted() if _is_locked(model, field)
    ]
    if locked:
        remedy = "请从备份恢复 LINLI_HOME/field-keys；没有它，这些内容再也读不出来。"
        yield bad("加密字段", f"{'、'.join(locked)} 里有解不开的内容。", remedy)
    else:
        yield good("加密字段", "抽查都能解开。")


def _encrypted() -> Iterator[tuple[Any, EncryptedText]]:
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, EncryptedText):
                yield model, field


def _is_locked(model: Any, field: EncryptedText) -> bool:
    rows = model._meta.default_manager.exclude(**{f"{field.name}__isnull": True}).order_by("-pk")
    return any(isinstance(value, Locked) for value in rows.values_list(field.name, flat=True)[:1])


def _worker(at: datetime) -> Iterator[Finding]:
    late = pulse.late_by(at=at)
    if late is None:
        yield bad(
            "后台任务",
            "从来没有运行过：不寄信，逾期不升级。",
            "请用 linli serve 启动，或另行运行 linli worker。",
        )
    elif late > pulse.MAY_BE_LATE:
        minutes = int(late.total_seconds() // 60)
        yield bad(
            "后台任务", f"停了 {minutes} 分钟。", "请重启站点，或单独运行 linli worker；停掉的部分会补上。"
        )
    else:
        yield good("后台任务", "在运行。")
    if failed := pulse.failed_since(at - timedelta(days=1)):
        yield mind("后台任务", f"一天里有 {failed} 次没有成功。", "原因在日志里（logger 为 django-q）。")


def _letters(_: datetime) -> Iterator[Finding]:
    stuck = outbox.given_up()
    if stuck:
        yield mind("通知", f"{stuck} 封信多次没有寄出。", "请检查 LINLI_EMAIL_* 和收信地址。")
    elif not settings.EMAIL_HOST:
        yield mind("通知", "没有设置邮件服务器，邮件只存成文件。", "要寄出，请设 LINLI_EMAIL_HOST 等。")
    else:
        yield good("通知", "没有寄不出的信。")


def _rules(at: datetime) -> Iterator[Finding]:
    shelf = rulebook.editions().keys()
    gone = [f"{pack} {year}" for pack, year, _ in rulebook.installed() if (pack, year) not in shelf]
    if gone:
        yield bad(
            "方法包", f"已启用的 {'、'.join(gone)} 不在方法包目录里。", "请用 LINLI_PACKS 指到原来的目录。"
        )
    else:
        yield good("方法包", f"启用了 {len(rulebook.installed())} 版。")
    today, known = day_of(at), rulebook.official_years()
    wanted = [today.year] + [today.year + 1] * (today.month >= NEXT_YEAR_IS_DUE_FROM_MONTH)
    missing = [str(year) for year in wanted if year not in known]
    if missing:
        remedy = "请在「节假日」里录入国务院办公厅的放假安排，受影响的期限会自动重算。"
        yield mind("节假日", f"没有 {'、'.join(missing)} 年的放假安排，期限暂按周末推算。", remedy)
    else:
        yield good("节假日", f"有 {'、'.join(map(str, wanted))} 年的安排。")


def _books(_: datetime) -> Iterator[Finding]:
    faults = tuple(islice(books.audit(), FAULTS_NAMED))
    if faults:
        remedy = "请停止记账，用最近的备份核对，查清是谁改动了数据库。"
        yield bad("账本", "".join(faults), remedy)
    else:
        yield good("账本", "每一笔两边相等，余额和分录一致。")


def _backups(at: datetime) -> Iterator[Finding]:
    made = [path.stat().st_mtime for path in (settings.HOME / "backups").glob("linli-*.tar.gz")]
    if not made:
        yield mind(
            "备份", f"{settings.HOME / 'backups'} 里没有备份。", "请每天运行 linli backup，并复制到别的机器。"
        )
        return
    age = at - datetime.fromtimestamp(max(made), tz=at.tzinfo)
    if age > BACKUP_IS_OLD:
        yield mind("备份", f"最近一份是 {age.days} 天前的。", "请每天运行 linli backup，并复制到别的机器。")
    else:
        yield good("备份", f"最近一份是 {max(age.days, 0)} 天前的。" if age.days > 0 else "一天之内备份过。")


def _filesystem(path: Path) -> str:
    """Return the kind of filesystem a path lies on; empty where the system does not tell."""
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return ""
    rows = (line.split() for line in mounts.read_text(encoding="utf-8").splitlines())
    around = [(row[1], row[2]) for row in rows if path.is_relative_to(row[1])]
    return max(around, key=lambda one: len(one[0]), default=("", ""))[1]


_OF_THE_MACHINE: tuple[Look, ...] = (_disk, _keys, _door, _papers)
_OF_THE_DATA: tuple[Look, ...] = (_clock, _secrets, _worker, _letters, _rules, _books, _backups)
