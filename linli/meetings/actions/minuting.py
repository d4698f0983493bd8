"""Adding to the minutes, and signing them for good (会议纪要)."""

from django.db import transaction

from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.meetings import minutes, queries
from linli.meetings.access import Hall
from linli.meetings.actions.noting import noted
from linli.meetings.models import AgendaItem, Meeting, MinutesSignature, Progress, Remark

_ROLES = {"chair": "presiding", "recorder": "recorder"}


@transaction.atomic
def remark(hall: Hall, words: str, *, item: int | None = None) -> Remark:
    """Add to the minutes what nobody else wrote down (纪要补充)."""
    hall.require_running()
    _is_not_locked(hall)
    if not words.strip():
        raise Refused(Refusal("还没有写补充的内容。", clause=hall.forum.clause))
    about = AgendaItem.objects.filter(meeting=hall.meeting, pk=item).first() if item else None
    added = Remark.objects.create(meeting=hall.meeting, item=about, words=words.strip(), at=hall.at)
    noted(hall, "remark", "补充纪要", words=words.strip())
    return added


@transaction.atomic
def change_remark(hall: Hall, number: int, words: str) -> None:
    """Change what was added; no words take it out, and the record keeps both (改纪要补充)."""
    hall.require_running()
    _is_not_locked(hall)
    rows = Remark.objects.filter(meeting=hall.meeting, pk=number)
    if words.strip():
        rows.update(words=words.strip())
    else:
        rows.delete()
    noted(hall, "change_remark", "修改纪要补充", words=words.strip())


@transaction.atomic
def sign(hall: Hall, *, digest: str) -> bool:
    """Sign the minutes as they were read; with both signatures they are locked (签名).

    Returns whether they are locked now. Raises ``Refused`` when they changed since they were read.
    """
    role = role_of(hall)
    if role is None or hall.actor.person_id is None:
        raise Refused(Refusal("纪要由主持人和记录人签名。", clause=hall.forum.clause, asked="签名"))
    if hall.meeting.progress != Progress.CLOSED:
        raise Refused(Refusal("散会以后才能签名。", clause=hall.forum.clause, asked="签名"))
    _is_not_locked(hall)
    now = minutes.write(hall.meeting).digest
    if digest != now:
        raise Refused(
            Refusal(
                "纪要在您看过以后又有改动：没有签名。", clause=hall.forum.clause, remedy="请重新看一遍再签。"
            )
        )
    # A change after the first signature makes that one void: it was given to other words.
    MinutesSignature.objects.filter(meeting=hall.meeting).exclude(digest=now).delete()
    MinutesSignature.objects.update_or_create(
        meeting=hall.meeting,
        role=role,
        defaults={
            "person_id": hall.actor.person_id, "name": hall.actor.name, "digest": now, "at": hall.at
        },
    )  # fmt: skip
    is_whole = len(queries.signatures(hall.meeting)) == len(_ROLES) or _is_one_person(hall)
    if is_whole:
        Meeting.objects.filter(pk=hall.meeting.pk).update(signed_at=hall.at)
    noted(hall, "sign", "签署纪要", figures=(("纪要摘要", now),))
    return is_whole


def role_of(hall: Hall) -> str | None:
    """Return in which role this person signs the minutes, if in any."""
    keys = {one.key for one in hall.mine}
    mine = [role for role, column in _ROLES.items() if getattr(hall.meeting, column) in keys]
    signed = {one.role for one in queries.signatures(hall.meeting)}
    return next((role for role in mine if role not in signed), next(iter(mine), None))


def _is_one_person(hall: Hall) -> bool:
    return hall.meeting.presiding == hall.meeting.recorder


def _is_not_locked(hall: Hall) -> None:
    if hall.meeting.minutes_signed:
        raise Refused(
            Refusal(
                "纪要已经签定，不能再改。",
                clause=hall.forum.clause,
                remedy="有出入的，请在下一次会议上更正。",
                asked="会议纪要",
            )
        )
