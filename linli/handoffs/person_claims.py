"""Putting right and erasing what all rooms keep of one person, when they ask for it (更正、删除)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from linli.activities.actions import attending
from linli.bodies import access, roster
from linli.bodies.actor import Actor
from linli.cases.actions import forgetting
from linli.cases.actions.forgetting import By
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.deliberation.actions import sounding
from linli.grants.actions import applying
from linli.handoffs import person_deciding as deciding
from linli.handoffs.person_data import EVER
from linli.matters import queries as matters
from linli.matters.actions import forgetting as thread
from linli.meetings.actions import subscribing
from linli.outbox import actions as outbox
from linli.outbox.actions import Draft
from linli.people import actions as people
from linli.pledges.actions import listing
from linli.privacy import actions as privacy
from linli.privacy import queries as asked
from linli.privacy.kinds import Ruling, Wish
from linli.projects.actions import raising
from linli.societies import actions as societies
from linli.timebank.actions import forgetting as helping

if TYPE_CHECKING:
    from linli.matters.models import Matter
    from linli.privacy.models import Claim

_DONE = frozenset({Ruling.GRANTED, Ruling.PARTLY})


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased, and what must stay with the reason (删除结果)."""

    gone: tuple[str, ...]
    kept: tuple[str, ...]

    @property
    def words(self) -> str:
        """Say both in plain words."""
        said = [f"已删除：{'、'.join(self.gone)}。"] if self.gone else []
        return "".join([*said, *(f"保留：{one}。" for one in self.kept)])


@transaction.atomic
def answer(number: int, *, ruling: Ruling, words: str, by: Actor, at: datetime) -> Erased | None:
    """Answer a claim, do what it asks for when it is granted, and tell the person (答复申请).

    Raises ``Refused`` for whoever does not lead the place; none when nothing was to be erased.
    """
    claim = asked.claim(number, to_act=True)
    if claim is None or not access.leads(by, claim.place_path):
        raise Refused(Refusal("没有这份申请，或者不在您管的范围里。"))
    office = access.speaks_as(by, path=claim.place_path)
    result = _carry_out(claim, by=by, office=office, at=at) if ruling in _DONE else None
    said = f"{words}\n{result.words}" if result else words
    privacy.decide(claim, ruling=ruling, answer=said, by=by, office=office, at=at)
    if claim.person_id is not None and not (result and claim.matter is None):
        subject = f"您的{Wish(claim.wish).label}申请：{Ruling(ruling).label}"
        outbox.write([Draft(claim.person_id, subject, said)], matter=claim.matter, at=at)
    return result


def must_stay(claim: "Claim") -> tuple[str, ...]:
    """Say what could not be erased now, and why, before anybody decides (依法保留)."""
    if claim.wish != Wish.ERASE:
        return ()
    return tuple(_staying(claim, _of(claim)))


def _carry_out(claim: "Claim", *, by: Actor, office: str, at: datetime) -> Erased | None:
    if claim.wish == Wish.CORRECT:
        _correct(claim)
        return None
    told = By(by.person_id, office, asked.rule("I-7").clause, "本人申请删除", at)
    return _erase(claim, told)


def _correct(claim: "Claim") -> None:
    if claim.matter is not None:
        forgetting.correct_contact(claim.matter, name=claim.new_name, phone=claim.new_phone)
    elif claim.person is not None:
        people.correct(claim.person, name=claim.new_name, phone=claim.new_phone)


def _erase(claim: "Claim", told: By) -> Erased:
    found = _of(claim)
    kept, gone = tuple(_staying(claim, found)), []
    for matter in found:
        if matter.closed_at is not None:
            forgetting.forget(matter, by=told)
            gone.append(f"{matter.number} 的称呼、电话、原话和照片")
    person = claim.person
    if claim.matter is None and person is not None:
        outbox.forget(to=person.pk)
        thread.forget_followers(person.pk)
        subscribing.unsubscribe(person.pk)
        helping.forget(person.pk, at=told.at)
        gone.extend(_opinions(person.pk))
        societies.forget_leader(person.pk)
        attending.forget(person.pk, at=told.at)
        applying.forget_contact(person.pk)
        listing.forget(person.pk)
        raising.forget(person.pk)
        people.forget(person, keep_name=bool(roster.held_by(person.pk, on=EVER)))
        gone.append(
            "登记的姓名、电话、邮箱、身份号码、住处，志愿者登记，信件和账号，社会组织的负责人，公益创投的联系人，活动报名和队员"
        )
    return Erased(tuple(gone), kept)


def _opinions(person: int) -> Iterator[str]:
    made, said = sounding.forget(person)
    if made:
        yield f"提过的 {made} 条观点（已经公开的只留原话，不再记着是谁提的）"
    if said:
        yield f"{said} 次表态"


def _staying(claim: "Claim", found: "Sequence[Matter]") -> Iterator[str]:
    handle = asked.rule("I-2").clause
    if numbers := "、".join(matter.number for matter in found if matter.closed_at is None):
        yield f"{numbers} 还没有办结，要靠联系方式办理和答复，办结后可以再申请（{handle}）"
    if claim.matter is None and claim.person_id and roster.held_by(claim.person_id, on=EVER):
        yield f"任过的职务连同姓名是公开的公务记录（{asked.rule('RC-34').clause}）"
    if claim.matter is None and claim.person_id and deciding.is_on_a_roll(claim.person_id):
        yield f"会议、表决、联名和签约的名册是决定有效的凭据，随决定存档（{asked.rule('I-7').clause}）"
    yield f"办理经过里的职务、时间、条款，只留编号不留姓名（{asked.rule('I-6').clause}）"


def _of(claim: "Claim") -> "list[Matter]":
    if claim.matter is not None:
        matter = matters.of_id(claim.matter)
        return [matter] if matter else []
    return list(matters.raised_by(claim.person_id)) if claim.person_id else []
