"""Joining a matter instead of repeating it, leaving it, and coming along when two are merged (同遇)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from linli.bodies.actor import Actor
from linli.core.refusal import Refusal
from linli.core.verdict import Refused, Verdict, no, yes
from linli.matters import followers, queries
from linli.matters.choices import Visibility
from linli.matters.models import Follower, Matter
from linli.record import actions as record

JOIN, LEAVE = "我也遇到", "不再跟进"
RESIDENT = "居民"


@dataclass(frozen=True, slots=True)
class Voice:
    """What somebody who joins says of themselves and the trouble (一个声音)."""

    person: int | None = None
    name: str = ""
    phone: str = ""
    words: str = ""
    is_open: bool = False


def may_join(matter: Matter, *, person: int | None, is_raiser: bool, may_see: bool = False) -> Verdict:
    """Answer whether somebody may join a matter: one they may see, open, not their own (我也遇到)."""
    clause = queries.edition_of(matter).joining
    if matter.closed_at is not None:
        remedy = "如果又遇到了，请另外反映，写上这次的编号。"
        return no(f"这件事已经办结，不能再加入「{JOIN}」。", clause, asked=JOIN, remedy=remedy)
    if matter.visibility != Visibility.PUBLIC and not may_see:
        return no("这件事没有公开。", clause, asked=JOIN, remedy="请自己反映一件。")
    if is_raiser:
        return no("这件事就是您反映的。", clause, asked=JOIN, remedy="有新情况，请写「补充说明」。")
    if followers.of_person(matter, person):
        return no("您已经加入过了。", clause, asked=JOIN, remedy="在「我的事项」里看进度。")
    return yes(JOIN, clause)


@transaction.atomic
def join(number: str, voice: Voice, *, by: Actor, at: datetime, may_see: bool = False) -> Follower:
    """Join a matter that somebody else raised, and be told of each of its steps (我也遇到).

    The step and the turn stay as they are: whoever works on the matter is not interrupted.
    """
    matter = queries.to_act_on(number)
    if matter is None:
        raise Refused(Refusal("没有这件事。", remedy="请核对编号。", asked=JOIN))
    own = voice.person is not None and voice.person == matter.raised_by_id
    may_join(matter, person=voice.person, is_raiser=own, may_see=may_see).require()
    follower = _enter(matter, voice, at=at)
    _count(matter)
    _note(matter, act="join", title=JOIN, by=by, at=at)
    return follower


@transaction.atomic
def leave(follower: Follower, *, by: Actor, at: datetime) -> None:
    """Stop following a matter; what was said is erased with it, the count goes down (不再跟进)."""
    matter = queries.to_act_on(follower.matter.number)
    standing = Follower.objects.filter(pk=follower.pk, left_at=None)
    if matter is None or not standing.update(left_at=at, words="", name="", phone="", is_open=False):
        raise Refused(Refusal("您已经不再跟进这件事了。", asked=LEAVE))
    _count(matter)
    _note(matter, act="leave", title=LEAVE, by=by, at=at)


def bring(duplicate: Matter, *, into: Matter, raiser: Voice, by: Actor, at: datetime) -> None:
    """Let everybody who raised or joined a duplicate follow the matter it goes into (带来同遇人)."""
    voices = [(raiser, duplicate.opened_at)]
    voices += [
        (Voice(one.person_id, one.name, one.phone, one.words, one.is_open), one.joined_at)
        for one in followers.standing(duplicate)
    ]
    # Who raised or joined both is told once.
    others = [
        (voice, since) for voice, since in voices if voice.person is None or voice.person != into.raised_by_id
    ]
    Follower.objects.bulk_create(
        (_written(into, voice, at=since, merged_from=duplicate) for voice, since in others),
        ignore_conflicts=True,
    )
    _count(into)
    _note(into, act="came", title="并来一件", by=by, at=at, figures=(("编号", duplicate.number),))


def take_back(duplicate: Matter, *, out_of: Matter, by: Actor, at: datetime) -> None:
    """Let those who came with a duplicate follow only their own again (撤销并入)."""
    Follower.objects.filter(matter=out_of, merged_from=duplicate).delete()
    _count(out_of)
    _note(out_of, act="went", title="撤出一件", by=by, at=at, figures=(("编号", duplicate.number),))


def _enter(matter: Matter, voice: Voice, *, at: datetime) -> Follower:
    mine = Follower.objects.filter(matter=matter, person_id=voice.person) if voice.person else None
    again = mine.first() if mine else None
    follower = _written(matter, voice, at=at)
    if again:
        follower.pk, follower.token = again.pk, again.token
    follower.save(force_update=again is not None)
    return follower


def _written(matter: Matter, voice: Voice, *, at: datetime, merged_from: Matter | None = None) -> Follower:
    return Follower(
        matter=matter,
        person_id=voice.person,
        name=voice.name.strip(),
        phone=voice.phone.strip(),
        words=voice.words.strip(),
        is_open=voice.is_open,
        joined_at=at,
        merged_from=merged_from,
    )


def _count(matter: Matter) -> None:
    """Keep on the matter's row how many joined it; its row is held, so nobody else counts meanwhile."""
    matter.joined = Follower.objects.filter(matter=matter, left_at=None).count()
    Matter.objects.filter(pk=matter.pk).update(joined=matter.joined)


def _note(
    matter: Matter,
    *,
    act: str,
    title: str,
    by: Actor,
    at: datetime,
    figures: tuple[tuple[str, str], ...] = (),
) -> None:
    record.write(
        chain=matter.number,
        act=act,
        title=title,
        by=by.person_id,
        office=by.words_for(matter.place_path) or RESIDENT,
        at=at,
        clause=queries.edition_of(matter).joining,
        figures=(*figures, ("一共", f"{matter.joined} 人也遇到")),
    )
