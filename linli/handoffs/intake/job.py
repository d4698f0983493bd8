"""Running imports by the worker: in turn, one at a place, each for a while (导入任务)."""

from datetime import timedelta

from django.db.models import Q
from django_q.tasks import async_task

from linli.frame import sqlite
from linli.frame.clock import now
from linli.handoffs.intake.receiving import forget
from linli.handoffs.intake.running import HOLD, run
from linli.handoffs.models import Intake, SentBack, Step
from linli.privacy import queries as privacy

# Then other jobs have their turn: letters and deadlines do not wait for a long list.
PATIENCE = timedelta(seconds=40)
_UNDER_WAY = (Step.TRYING, Step.RUNNING)


def wake() -> None:
    """Ask the worker to look for imports now, not at the next minute (催办)."""
    async_task("linli.handoffs.intake.job.carry_on")


def carry_on() -> None:
    """Run what waits, oldest first, and leave the rest to the next turn (轮到)."""
    until = now() + PATIENCE
    while now() < until:
        intake = _claim()
        if intake is None:
            return
        run(intake, go=lambda _: now() < until)
        Intake.objects.filter(pk=intake.pk, step__in=_UNDER_WAY).update(held_until=None)
        # A long list changes how many rows there are of a thing.
        sqlite.weigh()
    wake()


def clear() -> None:
    """Delete of imports sent long ago what is kept of their rows: files, and reasons that quote (清除)."""
    sent_before = privacy.kept_since("intake", at=now())
    old = Intake.objects.filter(sent_at__lt=sent_before).exclude(step__in=_UNDER_WAY)
    for intake in old:
        forget(intake)
    SentBack.objects.filter(intake__in=old).delete()
    old.exclude(sample=[]).update(sample=[])


def _claim() -> Intake | None:
    """Take the oldest import that nobody runs and before which no other waits at the same place."""
    at, before = now(), list[str]()
    for intake in Intake.objects.filter(step__in=_UNDER_WAY).order_by("pk"):
        path = intake.place_path
        is_behind = any(path.startswith(other) or other.startswith(path) for other in before)
        before.append(path)
        free = Intake.objects.filter(Q(held_until=None) | Q(held_until__lt=at), pk=intake.pk)
        if not is_behind and free.update(held_until=at + HOLD):
            return intake
    return None
