"""Casting votes: by phone, by proxy, and through staff who were told one (投票)."""

import base64
import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from linli.ballots import access, boxes, handing, letters, queries
from linli.ballots.choices import How
from linli.ballots.models import Ballot, Elector, Vote
from linli.bodies.actor import Actor
from linli.core.ballot import Kind, may_cast, receipt_digest
from linli.core.count import may_chair_vote
from linli.core.funnel import Measure
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.frame import compiled
from linli.frame.compiled import Change
from linli.outbox import actions as outbox
from linli.record import actions as record
from linli.rulebook import queries as rulebook

_CODE_BYTES = 10
_CHAIR = "D-7"
# Whoever comes second finds the row changed: one vote for each head, whatever is pressed how often.
_MARK = Change(lambda number, how: Elector.objects.filter(pk=number, how=how))


def new_code() -> str:
    """Make a code that nobody can guess and everybody can read aloud: K7QF-3M9D-XXXX-XXXX (回执号)."""
    letters_ = base64.b32encode(secrets.token_bytes(_CODE_BYTES)).decode()
    return "-".join(letters_[start : start + 4] for start in range(0, len(letters_), 4))


def plain_code(typed: str) -> str:
    """Read a code as somebody typed it, in small letters or without the dashes."""
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    return "-".join(signs[start : start + 4] for start in range(0, len(signs), 4))


def cast(elector: Elector, chosen: Sequence[str], *, by: Actor, at: datetime) -> str:
    """Cast the vote of a head, and return the code of its receipt (投票).

    ``elector`` comes from ``access.seat`` and so belongs to ``by``. Raises ``Refused`` when it is not open,
    was voted for, or says no vote; then nothing is changed. A vote stands: it cannot be changed.
    """
    ballot = elector.ballot
    require_open(ballot, at=at)
    access.may_vote_for(elector, person=by.person_id or 0).require()
    marks, code = ballot.slip.read(chosen), new_code()
    how = How.PROXY if elector.held_by_id == by.person_id else How.PHONE
    receipt = receipt_digest(ballot.number, code)
    vote = Vote(elector=elector, chosen=list(marks), by_id=by.person_id, cast_at=at)
    _require_no_tie(ballot, marks, by=by)
    _hand_in(elector, marks, how=how, receipt=receipt, vote=None if ballot.is_secret else vote)
    return code


@transaction.atomic
def enter(elector: Elector, chosen: Sequence[str], *, basis: str, by: Actor, at: datetime) -> str:
    """Enter what somebody told on the telephone or on paper; they confirm it later (代录).

    Only an open ballot can be told to somebody. Raises ``Refused`` without the basis.
    """
    ballot = elector.ballot
    access.may_see_to(by, ballot).require()
    require_open(ballot, at=at)
    _require_open_and_based(ballot, basis)
    access.may_vote_for(elector, person=0).require()
    marks, code = ballot.slip.read(chosen), new_code()
    take(elector, How.STAFF, receipt=receipt_digest(ballot.number, code))
    vote = Vote(
        elector=elector, chosen=list(marks), entered_by_id=by.person_id, basis=basis.strip(), cast_at=at
    )
    compiled.insert([vote])
    drop(elector, marks)
    note(ballot, "enter_vote", "代录表决", by=by, at=at, figures=(("名册序号", str(elector.pk)),))
    said = ballot.slip.words_of(marks)
    outbox.write(letters.entered(ballot, queries.hands([elector]), said=said), matter=ballot.matter_id, at=at)
    return code


@transaction.atomic
def confirm(elector: Elector, *, by: Actor, at: datetime) -> None:
    """Say that what staff entered is what one meant (本人确认)."""
    vote = _entered(elector)
    if vote.confirmed_at is None:
        Vote.objects.filter(pk=vote.pk).update(confirmed_at=at, by_id=by.person_id)


@transaction.atomic
def dispute(elector: Elector, *, by: Actor, at: datetime) -> None:
    """Say that what staff entered is not what one meant: it no longer counts, and one may vote (本人否认)."""
    ballot, vote = elector.ballot, _entered(elector)
    require_open(ballot, at=at)
    if vote.confirmed_at is not None:
        raise Refused(Refusal("这一票已经确认过。", clause=ballot.clause, asked="否认代录"))
    Vote.objects.filter(pk=vote.pk).update(disputed_at=at, by_id=by.person_id)
    if not _MARK.make({"how": How.NOT_YET.value, "receipt": ""}, number=elector.pk, how=How.STAFF.value):
        raise Refused(Refusal("这一票刚才已经有变化。", clause=ballot.clause, remedy="请刷新页面再看。"))
    drop(elector, vote.chosen, votes=-1)
    note(ballot, "dispute_vote", "否认代录", by=by, at=at, figures=(("名册序号", str(elector.pk)),))


def require_open(ballot: Ballot, *, at: datetime) -> None:
    """Raise ``Refused`` unless votes are taken now."""
    if ballot.cancelled_at:
        raise Refused(
            Refusal("这次表决已经取消。", clause=ballot.clause, remedy=f"理由：{ballot.reason}", asked="投票")
        )
    may_cast(opens_at=ballot.opens_at, closes_at=ballot.closes_at, at=at, clause=ballot.clause).require()


def take(elector: Elector, how: How, *, receipt: str) -> None:
    """Mark a head as having voted, in one statement that only the first can make."""
    changed = {"how": how.value, "receipt": receipt}
    if not _MARK.make(changed, number=elector.pk, how=How.NOT_YET.value):
        raise Refused(
            Refusal(
                f"{elector.name}已经投过票，不能再投，也不能改投。",
                clause=elector.ballot.clause,
                asked="投票",
            )
        )


def drop(elector: Elector, marks: Sequence[str], *, votes: int = 1) -> None:
    """Drop a vote into a box; raises ``Refused`` when all were sealed in this moment."""
    if not boxes.drop(elector.ballot, marks, area=elector.area, votes=votes):
        closed_just_now(elector.ballot)


def closed_just_now(ballot: Ballot) -> None:
    """Raise the ``Refused`` of whoever comes when the boxes are sealed."""
    raise Refused(
        Refusal("表决刚刚结束，不能再投。", clause=ballot.clause, remedy="请看公布的结果。", asked="投票")
    )


def note(
    ballot: Ballot,
    act: str,
    title: str,
    *,
    by: Actor,
    at: datetime,
    figures: tuple[tuple[str, str], ...] = (),
    words: str = "",
) -> None:
    """Put an act of the office on the ballot's own chain; single votes of residents leave none (留痕)."""
    record.write(
        chain=ballot.number,
        act=act,
        title=title,
        by=by.person_id,
        office=by.words_for(ballot.place_path),
        at=at,
        clause=ballot.clause,
        figures=figures,
        words=words,
    )


def _hand_in(elector: Elector, marks: Sequence[str], *, how: How, receipt: str, vote: Vote | None) -> None:
    """Hand a vote in whole: at once where the database can, else while others wait."""
    if handing.is_possible() and handing.hand_in(elector, marks, how=how, receipt=receipt, vote=vote):
        return
    with transaction.atomic():
        take(elector, how, receipt=receipt)
        if vote is not None:
            compiled.insert([vote])
        drop(elector, marks)


def _entered(elector: Elector) -> Vote:
    vote = queries.standing_vote(elector)
    if vote is None or vote.entered_by_id is None:
        raise Refused(Refusal("没有要您确认的代录。", clause=elector.ballot.clause, asked="确认代录"))
    return vote


def _require_open_and_based(ballot: Ballot, basis: str) -> None:
    if ballot.is_secret:
        raise Refused(
            Refusal(
                "无记名表决不能由别人代录。",
                clause=ballot.clause,
                remedy="请本人用手机投，或者领纸质票。",
                asked="代录",
            )
        )
    if not basis.strip():
        raise Refused(
            Refusal(
                "还没有写凭据。",
                clause=ballot.clause,
                remedy="写什么时候、打哪个电话，或者哪张纸质意见。",
                asked="代录",
            )
        )


def _require_no_tie(ballot: Ballot, marks: Sequence[str], *, by: Actor) -> None:
    """Keep the chair of a meeting from making a tie, where the votes can be seen."""
    if ballot.chair_id is None or ballot.chair_id != by.person_id:
        return
    if ballot.is_secret or ballot.kind != Kind.MOTION.value:
        return
    sums = boxes.sums(boxes.standing(ballot), [Measure.HEADCOUNT])
    may_chair_vote(marks, sums=sums, clause=rulebook.law().rule(_CHAIR).clause).require()
