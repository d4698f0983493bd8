"""Opening a ballot: what is asked of whom, by which rules, frozen (发起表决)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from linli.ballots import access, boxes
from linli.ballots.letters import invitations
from linli.ballots.models import Ballot, Elector, Hand
from linli.bodies.actor import Actor
from linli.core.ballot import Slip, has_spare, is_in_notice, may_be_secret
from linli.core.clause import Clause
from linli.core.count import Rules, count_of, plain_measures
from linli.core.eligibility import Roll, Voter
from linli.core.forum import Electorate, Forum, Proxies
from linli.core.funnel import Count
from linli.core.recount import written_rules
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.core.window import judge as judge_window
from linli.frame import compiled
from linli.frame.clock import day_of
from linli.matters.numbering import next_number
from linli.outbox import actions as outbox
from linli.record import actions as record
from linli.rulebook import queries as rulebook

if TYPE_CHECKING:
    from linli.matters.models import Matter

_SPARE = "RC-18"
_ELECTED_BY = (Electorate.ADULTS, Electorate.HOUSEHOLDS, Electorate.DELEGATES)
_BATCH = 5000


@dataclass(frozen=True, slots=True)
class Asked:
    """What is put to the vote, where, by the rules of which meeting, and until when (表决要素).

    ``item`` is what the notice called it and ``noticed`` all that the notice named. ``attended`` holds the
    counts of the meeting in which it is held, entitled and attending; the roll is then those present.
    """

    forum: Forum
    question: str
    slip: Slip
    place_path: str
    pack: str
    opens_at: datetime
    closes_at: datetime
    explained: str = ""
    is_secret: bool = False
    item: str = ""
    noticed: tuple[str, ...] = ()
    attended: tuple[Count, ...] = ()
    chair: int | None = None
    matter: "Matter | None" = None
    tells: bool = field(default=True)

    @property
    def secret(self) -> bool:
        """Tell whether it is secret: because it was asked for, or because the rules want it (无记名)."""
        return self.is_secret or self.forum.is_secret


@transaction.atomic
def open_ballot(asked: Asked, roll: Roll, *, by: Actor, at: datetime) -> Ballot:
    """Open a ballot, freeze its roll and its rules, and tell everybody on the roll (发起表决).

    Raises ``Refused`` for what the rules do not let be voted on, or not so.
    """
    rules = _judged(asked, roll, by=by, at=at)
    ballot = _draw_up(asked, roll, rules, by=by, at=at)
    compiled.insert([ballot])
    _freeze(ballot, roll)
    compiled.insert(boxes.empty(ballot, asked.slip))
    _note(ballot, asked, roll, by=by, at=at)
    if asked.tells:
        people = sorted({person for voter in roll.voters for person in voter.person_ids})
        outbox.write(invitations(ballot, people, at=at), matter=ballot.matter_id, at=at)
    return ballot


def _judged(asked: Asked, roll: Roll, *, by: Actor, at: datetime) -> Rules:
    forum, clause = asked.forum, asked.forum.clause
    access.may_open(by, asked.place_path, edition=rulebook.current(asked.pack)).require()
    _require_sense(asked, roll, at=at)
    is_in_notice(forum, asked.item or asked.question, noticed=asked.noticed, clause=clause).require()
    if forum.electorate in _ELECTED_BY:
        rule = rulebook.law().rule(_SPARE)
        has_spare(asked.slip, spare=rule.count("spare_candidates_least"), clause=rule.clause).require()
    if forum.passes is None:
        raise Refused(
            Refusal(f"{forum.title}没有表决通过的门槛：不能表决。", clause=clause, asked="发起表决")
        )
    _require_window(asked)
    rules = Rules(forum.passes, forum.quorum, in_meeting=bool(asked.attended))
    if asked.secret:
        may_be_secret(rules.thresholds, plain=plain_measures(roll), clause=clause).require()
    return rules


def _require_sense(asked: Asked, roll: Roll, *, at: datetime) -> None:
    clause = asked.forum.clause
    troubles = (
        (not asked.question.strip(), "还没有写表决什么。", "写成一句话，能回答同意或者反对。"),
        (asked.closes_at <= max(asked.opens_at, at), "截止时间要在开始时间和现在以后。", "请改截止时间。"),
        (not roll.voters, "名册上一个人也没有。", "请先补登名册。"),
    )
    for is_so, sentence, remedy in troubles:
        if is_so:
            raise Refused(Refusal(sentence, clause=clause, remedy=remedy, asked="发起表决"))


def _require_window(asked: Asked) -> None:
    """Refuse a ballot outside a meeting that lasts too short or too long (表决期限, O-9)."""
    window, calendar = asked.forum.window, rulebook.calendar()
    if window is not None and not asked.attended:
        judge_window(window, opens_at=asked.opens_at, closes_at=asked.closes_at, calendar=calendar).require()


def _draw_up(asked: Asked, roll: Roll, rules: Rules, *, by: Actor, at: datetime) -> Ballot:
    slip, forum = asked.slip, asked.forum
    prefix = rulebook.current(asked.pack).number_prefix
    return Ballot(
        number=next_number(f"{prefix}-B", year=day_of(at).year),
        matter=asked.matter,
        place_path=asked.place_path,
        pack=asked.pack,
        forum=forum.key,
        forum_title=forum.title,
        electorate=roll.electorate.value,
        question=asked.question.strip(),
        explained=asked.explained.strip(),
        kind=slip.kind.value,
        options=[{"key": one.key, "title": one.title, "person": one.person} for one in slip.options],
        most=slip.most,
        is_secret=asked.secret,
        rules=written_rules(rules)
        | {"clause": _written(forum.clause), "proxies": _written_proxies(forum.proxies)},
        entitled=_entitled(asked, roll),
        slots=boxes.how_many(len(roll.voters)),
        chair_id=asked.chair,
        opened_by_id=by.person_id,
        opens_at=asked.opens_at,
        closes_at=asked.closes_at,
    )


def _entitled(asked: Asked, roll: Roll) -> list[dict[str, Any]]:
    """Write who is entitled under each measure; of a secret ballot only those that weigh all alike."""
    counts: Sequence[Count] = asked.attended or count_of(roll)
    alike = plain_measures(roll)
    kept = [count for count in counts if not asked.secret or count.measure in alike]
    return [
        {"measure": count.measure.value, "entitled": count.entitled}
        | ({"attending": count.attending} if count.attending is not None else {})
        for count in kept
    ]


def _freeze(ballot: Ballot, roll: Roll) -> None:
    electors = [
        Elector(ballot=ballot, key=one.key, name=one.name, household=one.household, area=one.area)
        for one in roll.voters
    ]
    made = Elector.objects.bulk_create(electors, batch_size=_BATCH)
    Hand.objects.bulk_create(_hands(zip(made, roll.voters, strict=True)), batch_size=_BATCH)


def _hands(pairs: "Iterable[tuple[Elector, Voter]]") -> list[Hand]:
    return [
        Hand(elector=elector, person_id=person)
        for elector, voter in pairs
        for person in dict.fromkeys(voter.person_ids)
    ]


def _note(ballot: Ballot, asked: Asked, roll: Roll, *, by: Actor, at: datetime) -> None:
    record.write(
        chain=ballot.chain,
        act="open_ballot",
        title="发起表决",
        by=by.person_id,
        office=by.words_for(ballot.place_path),
        at=at,
        clause=asked.forum.clause,
        figures=(
            ("表决编号", ballot.number),
            ("会议形式", asked.forum.title),
            ("名册", f"{len(roll.voters)} 人"),
            ("方式", "无记名" if ballot.is_secret else "记名"),
            ("通过", asked.forum.passes.threshold.words if asked.forum.passes else ""),
        ),
        words=ballot.question,
    )


def _written(clause: Clause) -> dict[str, str]:
    return {
        "rule": clause.rule,
        "source": clause.source,
        "article": clause.article,
        "mark": clause.mark.value,
    }


def _written_proxies(proxies: Proxies | None) -> dict[str, Any] | None:
    return {"most": proxies.most, "clause": _written(proxies.clause)} if proxies else None
