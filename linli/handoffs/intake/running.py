"""An import runs batch by batch, can be stopped, and goes on where it stopped (录入过程)."""

import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import TypeVar

from django.db import DataError, IntegrityError, transaction
from django.db.models import F

from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.frame.clock import day_of, now
from linli.handoffs.intake.dwellings import Dwellings
from linli.handoffs.intake.happened import Happened
from linli.handoffs.intake.kinds import DWELLINGS, KINDS, PLACES, RESIDENTS
from linli.handoffs.intake.receiving import SAMPLE, forget, mapping_of, table_of
from linli.handoffs.intake.residents import Residents
from linli.handoffs.intake.spots import Places
from linli.handoffs.intake.table import Row, Table
from linli.handoffs.intake.work import How, Seen, Work
from linli.handoffs.models import Intake, SentBack, Step
from linli.places import queries as places
from linli.record import actions as record

_log = logging.getLogger(__name__)
# Whoever runs an import holds it for so long after each batch; another worker takes over when this is past.
HOLD = timedelta(minutes=3)
LONGEST_REASON = 500
Item = TypeVar("Item")
Watch = Callable[[Intake], bool]


class _Overtaken(Exception):
    """Somebody else ran the same batch."""


def try_out(intake: Intake) -> None:
    """Let a trial begin: every row is judged, nothing is kept (试读)."""
    with transaction.atomic():
        _move(intake, (Step.MATCHING, Step.TRIED), Step.TRYING)
        _begin_anew(intake)


def start(intake: Intake, *, at: datetime) -> None:
    """Let the rows go in, on record (开始录入)."""
    with transaction.atomic():
        _move(intake, (Step.MATCHING, Step.TRIED), Step.RUNNING)
        _begin_anew(intake)
        figures = (
            ("种类", KINDS[intake.kind].title),
            ("文件摘要", intake.digest),
            ("行数", str(intake.rows)),
        )
        _note(intake, "start_intake", "开始导入", at=at, figures=figures)


def stop(intake: Intake) -> None:
    """Ask a trial or an import to stop after the batch it is at (停下)."""
    asked = Intake.objects.filter(pk=intake.pk, step__in=(Step.TRYING, Step.RUNNING))
    if not asked.update(wants_stop=True):
        raise _refused("现在没有在录入。", "刷新页面，看看它停在哪里。")


def go_on(intake: Intake) -> None:
    """Go on where an import stopped (继续)."""
    _move(intake, (Step.STOPPED,), Step.RUNNING)


def drop(intake: Intake, *, at: datetime) -> None:
    """Give an import up; what went in stays, the file is deleted (作废)."""
    with transaction.atomic():
        had_begun = intake.step == Step.STOPPED
        _move(intake, (Step.MATCHING, Step.TRIED, Step.STOPPED), Step.DROPPED)
        Intake.objects.filter(pk=intake.pk).update(ended_at=at)
        if had_begun:
            _note(intake, "drop_intake", "导入作废", at=at, figures=_figures(intake))
    forget(intake)


def run(intake: Intake, *, go: Watch) -> None:
    """Run a trial or an import until it ends, is asked to stop, or ``go`` says no (运行).

    A batch is one transaction. An error nobody foresaw stops the import where it is and leaves
    nothing half done.
    """
    try:
        _run(intake, go=go)
    except _Overtaken:
        _log.info("intake %s was run by another worker", intake.pk)
    except Refused as refused:
        halt(intake, trouble="；".join(str(one) for one in refused.refusals))
    except Exception:  # noqa: BLE001  (whatever it is, the page must say so and nothing may be lost)
        _log.exception("intake %s stopped at line %s", intake.pk, intake.reached)
        halt(intake, trouble="出了没有料到的错，停在了这里。已录的都在；可以继续，还不行就请管理员看日志。")


def is_held(intake: Intake) -> bool:
    """Tell whether some process is at work on an import right now (正在录入)."""
    return intake.held_until is not None and intake.held_until > now()


def _run(intake: Intake, *, go: Watch) -> None:
    Intake.objects.filter(pk=intake.pk).update(held_until=now() + HOLD)
    table = table_of(intake)
    if intake.step == Step.TRYING and intake.reached:
        # A place of an earlier batch is only in the memory of the trial that read it.
        _begin_anew(intake)
    work = _work(intake, table)
    for batch in _batches(table.rows(after=intake.reached), KINDS[intake.kind].batch):
        if intake.wants_stop or not go(intake):
            break
        work = _one_batch(intake, work, table, batch)
    else:
        _finish(intake)
        return
    if intake.wants_stop:
        halt(intake)


def _work(intake: Intake, table: Table) -> Work:
    """Make what takes the rows in, which knows the numbers of the rows already done."""
    mapping, at = mapping_of(intake), now()
    pack = mapping.pack or places.chain(intake.place_path)[-1].pack
    if intake.kind == RESIDENTS.key:
        work: Work = Residents(
            mapping, header=table.header, pack=pack, within=intake.place_path, today=day_of(at)
        )
    elif intake.kind == DWELLINGS.key:
        work = Dwellings(mapping, header=table.header, pack=pack, within=intake.place_path, today=day_of(at))
    elif intake.kind == PLACES.key:
        work = Places(mapping, header=table.header, pack=pack, within=intake.place_path)
    else:
        kind = KINDS[intake.kind]
        here = mapping.model_copy(update={"pack": pack})
        work = Happened(here, kind=kind, header=table.header, within=intake.place_path, now=at)
    if intake.reached:
        for done in _batches(_until(table.rows(), intake.reached), PLACES.batch):
            work.pass_over(done)
    return work


def _one_batch(intake: Intake, work: Work, table: Table, batch: Sequence[Row]) -> Work:
    """Run a batch; should the database refuse it, run it row by row and send back the row at fault."""
    try:
        _keep(intake, batch, lambda: _answer(intake, work, batch))
    except (DataError, IntegrityError):
        _log.warning("intake %s goes row by row after line %s", intake.pk, intake.reached, exc_info=True)
        work = _work(intake, table)
        _keep(intake, batch, lambda: [_alone(intake, work, row) for row in batch])
        return _work(intake, table)
    return work


def _answer(intake: Intake, work: Work, rows: Sequence[Row]) -> list[Seen]:
    return work.try_out(rows) if intake.step == Step.TRYING else work.take_in(rows)


def _alone(intake: Intake, work: Work, row: Row) -> Seen:
    try:
        with transaction.atomic():
            return _answer(intake, work, [row])[0]
    except (DataError, IntegrityError):
        return Seen(row.line, How.BAD, "数据库不接受这一行。核对有没有特别长或特别的字符，或和别的行冲突。")


def _keep(intake: Intake, batch: Sequence[Row], answer: Callable[[], list[Seen]]) -> None:
    """Take a batch in together with how far the import got: both or neither."""
    with transaction.atomic():
        seen = answer()
        bad = [one for one in seen if one.how is How.BAD]
        SentBack.objects.bulk_create(
            SentBack(intake_id=intake.pk, line=one.line, reason=one.reason[:LONGEST_REASON]) for one in bad
        )
        sample = [*intake.sample, *(list(one) for one in seen)][:SAMPLE]
        counted = {how.value: sum(one.how is how for one in seen) for how in How}
        here = Intake.objects.filter(pk=intake.pk, step=intake.step, reached=intake.reached)
        changes = {how: F(how) + count for how, count in counted.items()}
        if not here.update(
            **changes, reached=batch[-1].line, sample=sample, held_until=now() + HOLD, trouble=""
        ):
            raise _Overtaken
    intake.refresh_from_db()


def _finish(intake: Intake) -> None:
    """End a trial, or an import, on record; a file of which every row went in is deleted."""
    at = now()
    with transaction.atomic():
        if intake.step == Step.TRYING:
            _move(intake, (Step.TRYING,), Step.TRIED)
            return
        _move(intake, (Step.RUNNING,), Step.DONE)
        Intake.objects.filter(pk=intake.pk).update(ended_at=at)
        _note(intake, "finish_intake", "导入完成", at=at, figures=_figures(intake))
    if not intake.bad:
        forget(intake)


def halt(intake: Intake, *, trouble: str = "") -> None:
    """Leave an import where it is; a trial that was stopped shows what it saw."""
    after = Step.TRIED if intake.step == Step.TRYING else Step.STOPPED
    here = Intake.objects.filter(pk=intake.pk, step=intake.step)
    here.update(step=after, wants_stop=False, held_until=None, trouble=trouble[:200])
    intake.refresh_from_db()


def _begin_anew(intake: Intake) -> None:
    SentBack.objects.filter(intake_id=intake.pk).delete()
    Intake.objects.filter(pk=intake.pk).update(
        reached=0, new=0, changed=0, known=0, bad=0, sample=[], trouble="", held_until=None
    )
    intake.refresh_from_db()


def _move(intake: Intake, before: Sequence[Step], after: Step) -> None:
    here = Intake.objects.filter(pk=intake.pk, step__in=before)
    if not here.update(step=after, wants_stop=False, held_until=None, trouble=""):
        raise _refused("这次导入刚刚已经变了。", "刷新页面再看。")
    intake.refresh_from_db()


def chain_of(number: int) -> str:
    """Name the chain of the record that an import has (记录链)."""
    return f"intake-{number}"


def _figures(intake: Intake) -> tuple[tuple[str, str], ...]:
    return (
        ("文件摘要", intake.digest), ("新增", str(intake.new)), ("有变化", str(intake.changed)),
        ("已有", str(intake.known)), ("退回", str(intake.bad)),
    )  # fmt: skip


def _note(
    intake: Intake, act: str, title: str, *, at: datetime, figures: tuple[tuple[str, str], ...]
) -> None:
    record.write(
        chain=chain_of(intake.pk), act=act, title=title, by=intake.by_id, office=intake.office, at=at,
        figures=figures,
    )  # fmt: skip


def _batches(rows: Iterator[Item], size: int) -> Iterator[list[Item]]:
    while batch := list(islice(rows, size)):
        yield batch


def _until(rows: Iterator[Row], line: int) -> Iterator[Row]:
    for row in rows:
        if row.line > line:
            return
        yield row


def _refused(sentence: str, remedy: str) -> Refused:
    return Refused(Refusal(sentence, remedy=remedy, asked="导入"))
