"""Offering oneself as a volunteer, and what staff have seen of it (志愿者登记)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from linli.bodies.actor import Actor
from linli.core.matching import Part, Skill
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.places.queries import Spot
from linli.timebank import access, queries
from linli.timebank.models import Volunteer


@dataclass(frozen=True, slots=True)
class Offered:
    """What somebody offers: near where, when, which skills; their party branch when they report (供给)."""

    near: Spot
    free: frozenset[tuple[int, Part]]
    skills: frozenset[Skill]
    is_strong: bool = False
    branch: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What staff have seen on paper: skills, insurance, a guardian's consent (核验)."""

    proven: frozenset[Skill]
    insured_until: date | None = None
    guardian_agrees: bool = False


@transaction.atomic
def offer(told: Offered, *, by: Actor, at: datetime) -> Volunteer:
    """Write down what somebody offers of their own will, or what they offer now (报名、报到).

    A party member who names a branch reports to where they live; what staff have seen stays.
    """
    if by.person_id is None or not told.free or not told.skills:
        raise Refused(
            Refusal(
                "报名志愿者要本人登录，说明会做什么、什么时候有空。",
                clause=queries.rules().unpaid,
                remedy="补上再提交。",
                asked="报名志愿者",
            )
        )
    facts = {
        "near_id": told.near.id,
        "near_path": told.near.path,
        "free": sorted(f"{day}.{part.value}" for day, part in told.free),
        "skills": sorted(one.value for one in told.skills),
        "is_strong": told.is_strong,
        "branch": told.branch.strip(),
        "ended_at": None,
    }
    known, _ = Volunteer.objects.update_or_create(
        pk=by.person_id, defaults=facts, create_defaults=facts | {"offered_at": at}
    )
    if known.branch and known.reported_at is None:
        known.reported_at = at
        known.save(update_fields=["reported_at"])
    return known


@transaction.atomic
def see(person: int, seen: Seen, *, by: Actor) -> Volunteer:
    """Note which papers of a volunteer staff have seen (核验)."""
    known = Volunteer.objects.select_for_update(of=("self",)).select_related("near").filter(pk=person).first()
    if known is None or not access.sends(by, path=known.near_path, pack=known.near.pack):
        raise Refused(Refusal("您管的范围里没有这位志愿者。", remedy="请先由本人报名。", asked="核验"))
    if person == by.person_id:
        raise Refused(Refusal("不能核验自己的证明。", clause=queries.rules().fit, remedy="请同事核验。"))
    known.proven = sorted(one.value for one in seen.proven)
    known.insured_until, known.guardian_agrees = seen.insured_until, seen.guardian_agrees
    known.save(update_fields=["proven", "insured_until", "guardian_agrees"])
    return known
