"""Naming reviewers, declaring ties, scoring (评审)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from linli.bodies.actor import Actor
from linli.core.grant import WHOLE
from linli.core.refusal import Refusal
from linli.core.verdict import Refused, no
from linli.grants import access, queries, telling
from linli.grants.actions.applying import someone
from linli.grants.actions.opening import held
from linli.grants.choices import Seat, Stage, State
from linli.grants.models import Application, Mark, Reviewer, Round, Sheet, Tie


@transaction.atomic
def name_reviewer(
    number: str, *, name: str, phone: str, seat: str, organisation: str = "", by: Actor, at: datetime
) -> Reviewer:
    """Name somebody as a reviewer of a round, an expert or a resident (请评审人)."""
    found = held(number, by=by)
    if found.stage not in (Stage.APPLYING, Stage.LISTED, Stage.REVIEWING):
        raise Refused(Refusal("评审已经结束，不能再请评审人。", asked="请评审人"))
    if seat not in Seat.values or not name.strip() or not phone.strip():
        raise Refused(Refusal("评审人的姓名、电话、身份都要写。", asked="请评审人"))
    person = someone(name.strip(), phone.replace(" ", ""))
    if Reviewer.objects.filter(round=found, person=person).exists():
        raise Refused(Refusal(f"{name.strip()}已经是评审人。", asked="请评审人"))
    reviewer = Reviewer.objects.create(
        round=found, person_id=person, seat=seat, organisation=organisation.strip()
    )
    figures = (("身份", str(Seat(seat).label)),)
    telling.note(found, "name_reviewer", "请评审人", by=by, at=at, figures=figures)
    telling.write_to(
        person, f"请您评审：{found.name}", f"编号 {found.number}。先申报利害关系，再看材料。", at=at
    )
    return reviewer


@transaction.atomic
def declare(number: str, *, ties: Mapping[str, str], by: Actor, at: datetime) -> Reviewer:
    """Declare one's ties to applicants by their applications' numbers; none is an answer too (申报利害关系).

    A tie found later is added; none is taken back, and its sheet no longer counts.
    """
    found, reviewer = _seat(number, by=by)
    if found.stage not in (Stage.LISTED, Stage.REVIEWING):
        raise Refused(Refusal("现在不是评审的时候。", asked="申报利害关系", remedy="名单公示以后再来。"))
    rows = {one.number: one for one in queries.applications(found).filter(state=State.ACCEPTED)}
    if unknown := [one for one in ties if one not in rows]:
        raise Refused(Refusal(f"这一轮没有 {'、'.join(unknown)}。", asked="申报利害关系"))
    for one, words in ties.items():
        Tie.objects.get_or_create(
            reviewer=reviewer, application=rows[one], defaults={"words": words.strip() or "有关系"}
        )
    Sheet.objects.filter(reviewer=reviewer, application__number__in=ties).delete()
    reviewer.declared_at = at
    reviewer.save(update_fields=["declared_at"])
    figures = (("有关系", f"{len(ties)} 件"),)
    telling.note(
        found, "declare_ties", "申报利害关系", by=by, at=at, clause=queries.terms(found).scoring,
        figures=figures,
    )  # fmt: skip
    return reviewer


@transaction.atomic
def score(number: str, *, points: Mapping[str, int], words: str, by: Actor, at: datetime) -> Sheet:
    """Score an application on every criterion, in words too; again replaces what one said (打分)."""
    application = queries.application(number)
    if application is None:
        raise Refused(Refusal("没有这件申报。", asked="打分"))
    found, reviewer = _seat(application.round.number, by=by)
    require_reading(reviewer, application)
    _check(found, points, words)
    sheet, _ = Sheet.objects.update_or_create(
        reviewer=reviewer, application=application, defaults={"words": words.strip(), "scored_at": at}
    )
    sheet.marks.all().delete()
    Mark.objects.bulk_create(Mark(sheet=sheet, criterion=key, points=value) for key, value in points.items())
    telling.note(application, "score_application", "打分", by=by, at=at, clause=queries.terms(found).scoring)
    return sheet


def require_reading(reviewer: Reviewer, application: Application) -> None:
    """Refuse whoever may not read an application now: untimely, undeclared, or tied to it (回避)."""
    clause = queries.terms(application.round).scoring
    if application.round.stage != Stage.REVIEWING or application.state != State.ACCEPTED:
        no("现在不是评审的时候。", clause, asked="评审", remedy="开始评审以后会写信给您。").require()
    kin = queries.kin_of([reviewer])
    access.may_review(reviewer, application, kin=kin, clause=clause).require()


def _seat(number: str, *, by: Actor) -> tuple[Round, Reviewer]:
    found = queries.of_number(number, to_act=True)
    reviewer = queries.seat(found, person=by.person_id) if found else None
    if found is None or reviewer is None:
        raise Refused(Refusal("您不是这一轮的评审人。", asked="评审", remedy="请办创投的社区请您评审。"))
    return found, reviewer


def _check(found: Round, points: Mapping[str, int], words: str) -> None:
    criteria = {one.key: one.title for one in queries.terms(found).criteria}
    missing = [title for key, title in criteria.items() if key not in points]
    clause = queries.terms(found).scoring
    if missing or set(points) - set(criteria):
        raise Refused(Refusal(f"还没有给「{'」「'.join(missing)}」打分。", clause, "每一项都要打。", "打分"))
    if any(not 0 <= one <= WHOLE for one in points.values()):
        raise Refused(Refusal(f"每一项 0 到 {WHOLE} 分。", clause, "改好再提交。", "打分"))
    if not words.strip():
        raise Refused(Refusal("还没有写评语。", clause, "写一句好在哪里、差在哪里。", "打分"))
