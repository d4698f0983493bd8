"""Taking a recurring trouble up as a whole, and telling everybody what came of it (专项治理)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from linli.bodies import queries as bodies
from linli.bodies.actor import Actor
from linli.campaigns import access, queries
from linli.campaigns.access import Desk
from linli.campaigns.models import Campaign, Included
from linli.core.dispatch import level_of
from linli.core.masking import mask_text
from linli.core.procedure import ActRule
from linli.core.refusal import Refusal
from linli.core.term import Term, Unit
from linli.core.verdict import Refused
from linli.disclosure.actions import showing as disclosure
from linli.frame.clock import day_of
from linli.matters import followers, letters
from linli.matters import queries as matters
from linli.matters.actions import moving, opening, remarks
from linli.matters.actions.moving import Move
from linli.matters.letters import instant
from linli.matters.responsible import Seat
from linli.outbox import actions as outbox
from linli.outbox.actions import Draft
from linli.places.queries import Spot
from linli.rulebook import queries as rulebook

if TYPE_CHECKING:
    from linli.matters.models import Matter

CAMPAIGN = "campaign"
ADDED = "included"
MOST_DAYS = 9_999


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a campaign is to reach, by when, who is to lead it, which weeks showed it (立项建议)."""

    title: str
    goal: str
    category: str
    spots: tuple[Spot, ...]
    due_on: date
    owner: int | None
    measures: str = ""
    since: date | None = None
    weeks: int = 1


@transaction.atomic
def propose(told: Proposal, *, of: "Sequence[Matter]", by: Actor, at: datetime) -> Campaign:
    """Open a campaign for matters of the same trouble, and tell everybody concerned (提出专项治理).

    Whoever may not decide on campaigns here is refused, and nothing is kept.
    """
    _is_whole(told, of, at=at)
    edition = rulebook.current(told.spots[-1].pack)
    seat = Seat(edition, told.spots, edition.procedure_for(CAMPAIGN).starts_at)
    level = level_of(edition.levels, place_kind=seat.place.kind)
    matter = opening.open_matter(
        opening.Opening(
            subject=CAMPAIGN,
            title=told.title,
            spots=told.spots,
            category=told.category,
            order=tuple(edition.orders)[-1],
            level=level.key if level else seat.level,
            channel="grid",
            words=told.goal,
            term=Term(min((told.due_on - day_of(at)).days, MOST_DAYS), Unit.DAYS),
        ),
        by=by,
        at=at,
    )
    campaign = Campaign.objects.create(
        matter=matter, goal=told.goal, measures=told.measures, owner_id=told.owner,
        since=told.since or day_of(at), weeks=told.weeks,
    )  # fmt: skip
    desk = access.sit(matter.number, by=by, at=at)
    if desk is None:
        raise Refused(Refusal("这个地方不在您的范围里。", clause=edition.hot.clause, asked="专项治理"))
    desk.require("dispatch")
    Included.objects.bulk_create(Included(campaign=campaign, matter=one, added_at=at) for one in of)
    _tell(campaign, of, f"反映的人多，已提出专项治理「{told.title}」，目标：{told.goal}", at=at)
    return campaign


@transaction.atomic
def include(campaign: Campaign, matter: "Matter", *, by: Actor, at: datetime) -> None:
    """Let a running campaign take up one more matter, and tell who raised or joined it (归入专项治理)."""
    clause = matters.procedure_of(campaign.matter).clause
    if campaign.matter.closed_at is not None:
        raise Refused(Refusal("这项专项治理已经结项。", clause=clause, asked="归入专项治理"))
    if queries.taken_up([matter.pk]):
        raise Refused(Refusal("这件事已经归入一项专项治理。", clause=clause, asked="归入专项治理"))
    Included.objects.create(campaign=campaign, matter=matter, added_at=at)
    moving.note(
        matter,
        Move(
            rule=ActRule(act=ADDED, by=(), title="归入专项治理", clause=clause),
            by=by,
            at=at,
            calendar=rulebook.calendar(),
            figures=(("专项治理", campaign.matter.number),),
        ),
    )
    _tell(
        campaign,
        [matter],
        f"已归入正在进行的专项治理「{campaign.matter.title}」，目标：{campaign.goal}",
        at=at,
    )


@transaction.atomic(savepoint=False)
def begin(desk: Desk, *, lead: int, words: str = "", seen: int | None = None) -> "Matter":
    """Decide on a campaign and give it to the body that leads it (立项)."""
    rule = desk.require("dispatch")
    names = bodies.names([lead], pack=desk.matter.pack)
    if lead not in names:
        raise Refused(Refusal("还没有选牵头单位。", clause=rule.clause, asked=rule.name))
    figures = (("牵头单位", names[lead]), ("目标", desk.campaign.goal))
    matter = moving.move(desk.matter, desk.move(rule, words, seen=seen, figures=figures, lead=lead))
    Campaign.objects.filter(pk=matter.pk).update(owner_id=lead, begun_at=desk.at)
    letters.asked(
        matter,
        readers=bodies.members(lead, on=day_of(desk.at)),
        asked=f"由你单位牵头专项治理，应于 {instant(matter.due_at)} 前完成。",
        at=desk.at,
    )
    _tell_all(desk, f"专项治理「{matter.title}」已立项，{names[lead]}牵头，{instant(matter.due_at)} 前完成。")
    return matter


@transaction.atomic(savepoint=False)
def step(desk: Desk, act: str, *, words: str = "", seen: int | None = None) -> "Matter":
    """Do an act on a campaign that needs nothing but words (一般动作)."""
    rule = desk.require(act)
    move = desk.move(rule, words, seen=seen)
    if act == "finish":
        Campaign.objects.filter(pk=desk.campaign.pk).update(result=words.strip())
    if not rule.kind.moves:
        return remarks.remark(desk.matter, move)
    return moving.move(desk.matter, move)


@transaction.atomic(savepoint=False)
def report_back(desk: Desk, *, words: str, seen: int | None = None) -> "Matter":
    """Tell the result to everybody who complained or joined, each about their own matter (向反映人反馈)."""
    rule = desk.require("report_back")
    matter = moving.move(desk.matter, desk.move(rule, words, seen=seen))
    Campaign.objects.filter(pk=matter.pk).update(told_at=desk.at, result=words.strip())
    disclosure.show_answer(matter.pk, answer=words.strip())
    _tell_all(desk, f"专项治理「{matter.title}」的结果：{words.strip()}")
    return matter


@transaction.atomic(savepoint=False)
def publish(desk: Desk, *, seen: int | None = None) -> "Matter":
    """Show a campaign to everybody: goal, measures and result, no word of those who complained (公开)."""
    rule, campaign = desk.require("publish"), desk.campaign
    disclosure.publish(
        desk.matter.pk,
        title=desk.matter.title,
        words="\n".join(filter(None, (f"目标：{campaign.goal}", campaign.measures))),
        answer=campaign.result,
        at=desk.at,
    )
    return remarks.show(desk.matter, desk.move(rule, seen=seen), is_public=True)


@transaction.atomic(savepoint=False)
def unpublish(desk: Desk, *, words: str, seen: int | None = None) -> "Matter":
    """Stop showing a campaign (停止公开)."""
    rule = desk.require("unpublish")
    move = desk.move(rule, words, seen=seen)
    disclosure.take_down(desk.matter.pk, reason=words.strip(), at=desk.at)
    return remarks.show(desk.matter, move, is_public=False)


def _is_whole(told: Proposal, of: "Sequence[Matter]", *, at: datetime) -> None:
    clause = rulebook.current(told.spots[-1].pack).hot.clause
    if not told.goal.strip():
        raise Refused(Refusal("还没有写目标。", clause=clause, remedy="写清治到什么程度。", asked="专项治理"))
    if told.due_on <= day_of(at):
        raise Refused(Refusal("完成日期要在今天以后。", clause=clause, asked="专项治理"))
    if not of:
        raise Refused(Refusal("还没有选事项。", clause=clause, remedy="至少选一件。", asked="专项治理"))
    if queries.taken_up([one.pk for one in of]):
        raise Refused(
            Refusal(
                "有的事项已经归入一项专项治理。", clause=clause, remedy="去掉它们再提出。", asked="专项治理"
            )
        )


def _tell_all(desk: Desk, sentence: str) -> None:
    _tell(desk.campaign, matters.of_ids(queries.included(desk.campaign)), sentence, at=desk.at)


def _tell(campaign: Campaign, of: "Sequence[Matter]", sentence: str, *, at: datetime) -> None:
    """Write to everybody who raised or joined some matters, once to each, in one statement."""
    numbers = {one.pk: one.number for one in of}
    readers: dict[int, int] = dict(followers.readers_of(list(numbers)))
    readers |= {one.raised_by_id: one.pk for one in of if one.raised_by_id is not None}
    body = mask_text(sentence)
    drafts = [
        Draft(reader, f"专项治理：{campaign.matter.title}", f"您反映的 {numbers[matter]}，{body}")
        for reader, matter in sorted(readers.items())
    ]
    outbox.write(drafts, matter=campaign.matter_id, at=at)
