"""Questions about concerns and incidents (查询)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from linli.cases.kinds import Part
from linli.cases.models import Case, Return, Summons, WorkOrder

if TYPE_CHECKING:
    from linli.matters.models import Matter


def of_matter(matter_id: int) -> Case | None:
    """Find what only a case has."""
    return Case.objects.filter(pk=matter_id).first()


def of_number(number: str, *, to_act: bool = False) -> Case | None:
    """Find a case with its matter by number; ``to_act`` holds the matter's row until the transaction ends."""
    rows = _with_matters().select_for_update(of=("matter",)) if to_act else _with_matters()
    return rows.filter(matter__number=number.strip().upper()).first()


def of_token(token: str) -> Case | None:
    """Find a case with its matter by the secret of its follow-up link (查询码)."""
    return _with_matters().filter(matter__token=token.strip().lower()).first()


def names_in(case: Case, matter: "Matter") -> tuple[str, ...]:
    """Return the names of the people concerned, which must not stand in a public text (当事人姓名)."""
    raiser = matter.raised_by.name if matter.raised_by else ""
    return tuple(name for name in (case.contact_name, raiser) if name)


def orders(matter_id: int) -> list[WorkOrder]:
    """Return every assignment of a case, the lead first (工单)."""
    rows = WorkOrder.objects.filter(case_id=matter_id).select_related("body")
    return sorted(rows, key=lambda order: (order.part != Part.LEAD, order.pk))


def returns(matter_id: int) -> list[Return]:
    """Return the returned orders of a case (退单)."""
    return list(Return.objects.filter(case_id=matter_id).select_related("body").order_by("pk"))


def summonses(matter_id: int) -> list[Summons]:
    """Return the departments summoned for a case (吹哨)."""
    return list(Summons.objects.filter(case_id=matter_id).select_related("body").order_by("pk"))


def worked_by(body_ids: Sequence[int]) -> QuerySet[WorkOrder]:
    """Return the orders of some bodies, newest first."""
    return WorkOrder.objects.filter(body_id__in=body_ids).select_related("body").order_by("-pk")


def summoned(body_ids: Sequence[int]) -> QuerySet[Summons]:
    """Return the summonses of some bodies (吹哨)."""
    return Summons.objects.filter(body_id__in=body_ids)


def joint_of(matter_ids: Sequence[int]) -> dict[int, list[WorkOrder]]:
    """Return the joint orders of several cases in one query."""
    found: dict[int, list[WorkOrder]] = {}
    rows = WorkOrder.objects.filter(case_id__in=matter_ids, part=Part.JOINT)
    for order in rows.select_related("body").order_by("pk"):
        found.setdefault(order.case_id, []).append(order)
    return found


def cases_of(matter_ids: Sequence[int]) -> dict[int, Case]:
    """Return what only cases have, for several in one query."""
    return Case.objects.in_bulk(list(matter_ids))


def _with_matters() -> QuerySet[Case]:
    return Case.objects.select_related("matter__lead__place", "matter__raised_by")
