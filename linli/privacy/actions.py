"""Looking, agreeing, asking and answering, each on record (动作)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from linli.bodies.actor import Actor
from linli.core.refusal import Refusal
from linli.core.term import due
from linli.core.verdict import Refused
from linli.privacy import queries
from linli.privacy.kinds import Item, Ruling, Wish
from linli.privacy.models import Claim, Consent, Look
from linli.record import actions as record
from linli.rulebook import queries as rulebook

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose data it is: a person, or whoever left it with a matter, and where (本人)."""

    path: str
    person: int | None = None
    matter: int | None = None
    number: str = ""

    @property
    def chain(self) -> str:
        """Name the chain of the record that tells who looked."""
        return f"looks-{self.number}" if self.number else f"looks-person-{self.person}"


@transaction.atomic
def look(
    subject: Subject, *, item: Item, reason: str, words: str, by: Actor, office: str, at: datetime
) -> None:
    """Put on record that somebody is about to see what is masked, and why (查看).

    Raises ``Refused`` without a reason, and when one person looks too often.
    """
    known, rule = queries.reasons(), queries.rule(queries.LOOKING)
    if reason not in known or by.person_id is None:
        raise Refused(Refusal("还没有选事由。", clause=rule.clause, remedy="选一个事由再查看；本人看得到。"))
    most = rule.count("looks_a_minute")
    if queries.looks_since(by.person_id, since=at - _MINUTE) >= most:
        raise Refused(
            Refusal(
                f"一分钟内已经查看了 {most} 次。",
                clause=rule.clause,
                remedy="请过一分钟再看；要通知很多人，请用信件，不必一个个看电话。",
            )
        )
    Look.objects.create(
        about=subject.person,
        matter=subject.matter,
        number=subject.number,
        item=item,
        reason=reason,
        by=by.person_id,
        office=office,
        place_path=subject.path,
        at=at,
    )
    record.write(
        chain=subject.chain,
        act="look",
        title="查看",
        by=by.person_id,
        office=office,
        at=at,
        clause=rule.clause,
        figures=(("内容", Item(item).label), ("事由", known[reason])),
        words=words,
    )


@transaction.atomic
def agree(person: int, *, purpose: str, at: datetime) -> None:
    """Take a person's consent to a purpose as it is worded now (同意)."""
    meant = rulebook.law().purpose(purpose)
    now = queries.wording(meant)
    standing = queries.agreed(person).get(purpose)
    if standing and standing.wording == now:
        return
    if standing:
        Consent.objects.filter(pk=standing.pk).update(withdrawn_at=at)
    Consent.objects.create(person_id=person, purpose=purpose, wording=now, given_at=at)
    _on_record(person, f"同意：{meant.title}", at=at, figures=(("文本", now),))


@transaction.atomic
def withdraw(person: int, *, purpose: str, at: datetime) -> None:
    """Let a person take a consent back (撤回同意)."""
    taken = Consent.objects.filter(person_id=person, purpose=purpose, withdrawn_at=None)
    if taken.update(withdrawn_at=at):
        _on_record(person, f"撤回同意：{rulebook.law().purpose(purpose).title}", at=at)


@transaction.atomic
def ask(
    subject: Subject, *, wish: Wish, words: str, at: datetime, new_name: str = "", new_phone: str = ""
) -> Claim:
    """Take in what somebody asks about their own data, with the day by which it is answered (申请).

    Raises ``Refused`` while the same is still waiting for its answer.
    """
    rule = queries.rule(queries.ANSWERING)
    if wish == Wish.CORRECT and not (words or new_name or new_phone):
        raise Refused(Refusal("还没有写哪里不对。", remedy="写清楚哪一项不对，应该是什么。"))
    try:
        with transaction.atomic():
            claim = Claim.objects.create(
                wish=wish,
                person_id=subject.person,
                matter=subject.matter,
                number=subject.number,
                place_path=subject.path,
                words=words,
                new_name=new_name,
                new_phone=new_phone,
                asked_at=at,
                due_at=due(rule.term("answer"), at=at, calendar=rulebook.calendar()),
            )
    except IntegrityError as error:
        raise Refused(
            Refusal(
                f"您的{Wish(wish).label}申请已经在办了。", remedy="办好会告诉您；要补充，可以先撤回再写。"
            )
        ) from error
    _say(claim, "提出申请", by=subject.person, office="本人", at=at)
    return claim


@transaction.atomic
def take_back(claim: Claim, *, at: datetime) -> None:
    """Let whoever asked take it back (撤回申请)."""
    _rule(claim, ruling=Ruling.TAKEN_BACK, answer="", by=claim.person_id, at=at)
    _say(claim, "撤回申请", by=claim.person_id, office="本人", at=at)


@transaction.atomic
def decide(claim: Claim, *, ruling: Ruling, answer: str, by: Actor, office: str, at: datetime) -> None:
    """Answer a claim with reasons (答复); raises ``Refused`` without them, and the second time."""
    if not answer.strip():
        rule = queries.rule("I-7")
        raise Refused(Refusal("还没有写理由。", clause=rule.clause, remedy="写一两句，本人会看到。"))
    _rule(claim, ruling=ruling, answer=answer, by=by.person_id, at=at)
    _say(claim, Ruling(ruling).label, by=by.person_id, office=office, at=at)


def forget_looks(*, before: datetime) -> int:
    """Remove the rows of looks from before an instant; the record keeps its entries (清理查看记录)."""
    removed, _ = Look.objects.filter(at__lt=before).delete()
    return removed


def _rule(claim: Claim, *, ruling: Ruling, answer: str, by: int | None, at: datetime) -> None:
    moved = Claim.objects.filter(pk=claim.pk, decided_at=None).update(
        ruling=ruling, answer=answer, decided_by=by, decided_at=at, new_name="", new_phone="",
        words="" if claim.wish == Wish.ERASE else claim.words,
    )  # fmt: skip
    if not moved:
        raise Refused(Refusal("这份申请已经答复过了。", remedy="请刷新页面，看过答复再说。"))


def _say(claim: Claim, title: str, *, by: int | None, office: str, at: datetime) -> None:
    record.write(
        chain=f"claim-{claim.pk}",
        act="claim",
        title=title,
        by=by,
        office=office,
        at=at,
        clause=queries.rule("I-7").clause,
        figures=(("申请事项", Wish(claim.wish).label),),
    )


def _on_record(person: int, title: str, *, at: datetime, figures: tuple[tuple[str, str], ...] = ()) -> None:
    record.write(
        chain=f"consent-{person}",
        act="consent",
        title=title,
        by=person,
        office="本人",
        at=at,
        clause=queries.rule("I-1").clause,
        figures=figures,
    )
