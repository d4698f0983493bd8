"""What the worker does by itself, and how often (定时任务)."""

from dataclasses import dataclass

from django.db import transaction
from django_q.models import Schedule

from linli.frame import clock


@dataclass(frozen=True, slots=True)
class Timer:
    """An act run every so many minutes; ``act`` is the dotted path of a function without arguments."""

    name: str
    act: str
    minutes: int


TIMERS: tuple[Timer, ...] = (
    Timer("巡检", "linli.handoffs.sweep.every_minute", 1),
    Timer("到期清理", "linli.handoffs.clearing.every_day", 24 * 60),
    Timer("公约重申", "linli.deliberation.actions.renewing.every_day", 24 * 60),
    Timer("画观点图", "linli.deliberation.actions.sounding.often", 10),
    Timer("外发消息", "linli.gateways.messages.actions.every_minute", 1),
    Timer("清理投递", "linli.gateways.hooks.actions.every_day", 24 * 60),
    Timer("回调", "linli.gateways.hooks.actions.every_minute", 1),
    Timer("重算期限", "linli.handoffs.holidays.carry_on", 1),
    Timer("封存", "linli.handoffs.sweep.every_hour", 60),
    Timer("高频问题", "linli.insight.hot.every_hour", 60),
    Timer("导入", "linli.handoffs.intake.job.carry_on", 1),
    Timer("学习", "linli.handoffs.lessons.every_night", 24 * 60),
    Timer("归并计数", "linli.matters.folding.every_day", 24 * 60),
    Timer("更新统计", "linli.frame.sqlite.weigh", 24 * 60),
    Timer("清除导入的文件", "linli.handoffs.intake.job.clear", 24 * 60),
)


@transaction.atomic
def arrange(timers: tuple[Timer, ...] = TIMERS) -> None:
    """Make the worker's timetable equal to the list; a timer that is already there keeps its next run."""
    Schedule.objects.exclude(name__in=[timer.name for timer in timers]).delete()
    for timer in timers:
        facts = {"func": timer.act, "schedule_type": Schedule.MINUTES, "minutes": timer.minutes}
        Schedule.objects.update_or_create(
            name=timer.name, defaults=facts, create_defaults={**facts, "next_run": clock.now()}
        )
