import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from django.test import override_settings
from django_q.models import Schedule

from linli.config.timers import arrange
from linli.config.upkeep import doctor
from linli.config.upkeep.finding import Level
from linli.frame import keyring
from linli.outbox.models import Channel, Letter
from linli.outbox.queries import MOST_ATTEMPTS
from tests import make, world
from tests.world import TUESDAY

pytestmark = pytest.mark.django_db


class _Usage(NamedTuple):
    free: int


@pytest.fixture
def home(tmp_path: Path):
    with override_settings(HOME=tmp_path, ORIGIN="http://127.0.0.1:8000"):
        yield tmp_path


def seen(subject: str) -> dict[Level, str]:
    found = [one for one in doctor.examine(at=TUESDAY) if one.subject == subject]
    assert all(one.remedy for one in found if one.level is not Level.GOOD)
    return {one.level: one.seen for one in found}


def test_what_is_looked_at_without_a_worker_is_worth_a_sentence_each(home: Path) -> None:
    subjects = {one.subject for one in doctor.examine(at=TUESDAY)}
    wanted = "磁盘 入口 数据库 时钟 加密字段 后台任务 通知 方法包 节假日 备份"
    assert subjects >= set(wanted.split())


def test_a_worker_that_keeps_up_is_well(home: Path) -> None:
    arrange()
    Schedule.objects.update(next_run=TUESDAY - timedelta(minutes=5))
    assert Level.BAD not in seen("后台任务")


def test_a_worker_that_stopped_is_missed(home: Path) -> None:
    arrange()
    Schedule.objects.update(next_run=TUESDAY - timedelta(minutes=5, seconds=1))
    assert "停了 5 分钟" in seen("后台任务")[Level.BAD]


def test_a_worker_that_never_ran_is_missed(home: Path) -> None:
    assert "从来没有运行过" in seen("后台任务")[Level.BAD]


def test_a_key_that_others_can_read_is_told(home: Path) -> None:
    (home / "secret-key").touch(mode=0o600)
    assert Level.BAD not in seen("密钥")
    (home / "secret-key").chmod(0o640)
    assert "别的用户也能读" in seen("密钥")[Level.BAD]


def test_a_clock_that_went_back_is_told(home: Path) -> None:
    make.report(world.build(), at=TUESDAY + timedelta(seconds=5))
    assert Level.BAD not in seen("时钟")
    make.report(world.build(), at=TUESDAY + timedelta(seconds=6))
    assert "时间倒退了" in seen("时钟")[Level.BAD]


def test_what_no_key_opens_is_told(home: Path) -> None:
    make.person(phone="13800138000")
    assert Level.GOOD in seen("加密字段")
    with override_settings(FIELD_KEYS=keyring.Ring.fresh().written()):
        assert "people_person.phone" in seen("加密字段")[Level.BAD]


@pytest.mark.parametrize(
    ("origin", "is_demo", "says"),
    [
        ("https://linli.example.cn", False, None),
        ("http://linli.example.cn", False, "没有加密"),
        ("https://linli.example.cn", True, "演示模式"),
        ("http://127.0.0.1:8000", True, None),
    ],
)
def test_the_door_is_judged(home: Path, origin: str, is_demo: bool, says: str | None) -> None:
    with override_settings(ORIGIN=origin, LINLI_DEMO=is_demo):
        found = seen("入口").get(Level.BAD)
    assert (found is None) if says is None else (found is not None and says in found)


@pytest.mark.parametrize(
    ("free", "level"),
    [
        (doctor.LITTLE_DISK - 1, Level.BAD),
        (doctor.LITTLE_DISK, Level.MIND),
        (doctor.ENOUGH_DISK - 1, Level.MIND),
        (doctor.ENOUGH_DISK, Level.GOOD),
    ],
)
def test_the_disk_is_judged(home: Path, monkeypatch: pytest.MonkeyPatch, free: int, level: Level) -> None:
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _: _Usage(free))
    assert level in seen("磁盘")


@pytest.mark.parametrize(("found", "level"), [("libpangoft2-1.0.so.0", Level.GOOD), (None, Level.MIND)])
def test_what_papers_are_set_with_is_missed(
    home: Path, monkeypatch: pytest.MonkeyPatch, found: str | None, level: Level
) -> None:
    monkeypatch.setattr("linli.config.upkeep.doctor.find_library", lambda _: found)
    assert set(seen("排版")) == {level}


def test_letters_that_do_not_leave_are_told(home: Path) -> None:
    letter = {"subject": "通知", "body": "正文", "written_at": TUESDAY, "channel": Channel.EMAIL}
    Letter.objects.create(to=make.person(), attempts=MOST_ATTEMPTS, **letter)
    assert "1 封信多次没有寄出" in seen("通知")[Level.MIND]


def test_a_backup_grows_old(home: Path) -> None:
    assert "没有备份" in seen("备份")[Level.MIND]
    file = home / "backups" / "linli-20261117-100000.tar.gz"
    file.parent.mkdir()
    file.touch()
    for age, level in ((doctor.BACKUP_IS_OLD, Level.GOOD), (doctor.BACKUP_IS_OLD + timedelta(1), Level.MIND)):
        made = (TUESDAY - age).timestamp()
        os.utime(file, (made, made))
        assert level in seen("备份")


@pytest.fixture
def ask(client) -> Callable[..., tuple[int, str]]:
    def fetch(address: str, **headers: str) -> tuple[int, str]:
        answer = client.get(address, headers=headers)
        return answer.status_code, answer.content.decode()

    return fetch


def test_health_says_whether_the_worker_keeps_up(ask) -> None:
    assert ask("/health/") == (200, '{"status": "ok", "database": "ok", "worker": "late"}')
    arrange()
    assert ask("/health/") == (200, '{"status": "ok", "database": "ok", "worker": "ok"}')


def test_metrics_are_for_those_who_know_the_token(ask) -> None:
    assert ask("/metrics/")[0] == 404
    with override_settings(METRICS_TOKEN="token"):
        assert ask("/metrics/")[0] == 404
        assert ask("/metrics/", authorization="Bearer other")[0] == 404
        status, text = ask("/metrics/", authorization="Bearer token")
    assert status == 200
    assert "linli_matters_open 0\n" in text


def test_metrics_count_what_is_open(ask) -> None:
    make.report(world.build())
    with override_settings(METRICS_TOKEN="token"):
        assert "linli_matters_open 1\n" in ask("/metrics/", authorization="Bearer token")[1]
