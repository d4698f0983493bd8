"""Questions about concerns and incidents (查询)."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from linli.appraisal import queries as appraisal
from linli.cases.kinds import Part
from linli.cases.models import Case, Return, Summons, WorkOrder
from linli.frame.compiled import Question
from linli.frame.vault import blinds
from linli.matters import queries as matters
from linli.places.path import inside

if TYPE_CHECKING:
    from linli.matters.models import Matter


class Decided(NamedTuple):
    """What people settled on for a case (办结的诉求)."""

    title: str
    words: str
    category: str
    order: str
    lead: int | None
    place_path: str
    channel: str
    kind: str


# What was taken back, joined to another or not accepted says nothing about who should have done it.
_UNDECIDED = ("withdraw", "merge", "decline")
SOLVED = Q(matter__closed_at__isnull=False) & ~Q(matter__outcome__in=_UNDECIDED)


def decided(pack: str, *, most: int) -> list[Decided]:
    """Return the newest closed cases of a pack, oldest first (已办结)."""
    rows = Case.objects.filter(matter__pack=pack, matter__closed_at__isnull=False)
    columns = ("category", "order", "lead_id", "place_path", "channel")
    told = (
        rows.exclude(matter__outcome__in=_UNDECIDED)
        .order_by("-pk")
        .values_list("matter__title", "words", *(f"matter__{name}" for name in columns), "concern_kind")
    )
    return [Decided(*row) for row in told[:most]][::-1]


def of_matter(matter_id: int) -> Case | None:
    """Find what only a case has."""
    return Case.objects.filter(pk=matter_id).first()


def of_number(number: str, *, to_act: bool = False) -> Case | None:
    """Find a case with its matter by number; ``to_act`` holds the matter's row until the transaction ends."""
    number = number.strip().upper()
    if to_act:
        # What is read before the row is held may be out of date when it is: hold it first.
        matters.hold(number)
    return _OF_NUMBER.first(number=number)


def of_numbers(numbers: Sequence[str]) -> dict[str, Case]:
    """Find several cases with their matters by number, and hold those until the transaction ends."""
    rows = Case.objects.filter(matter__number__in=numbers).select_for_update(of=("matter",))
    return {case.matter.number: case for case in rows.select_related("matter").order_by("pk")}


def of_token(token: str) -> Case | None:
    """Find a case with its matter by the secret of its follow-up link (查询码)."""
    return _OF_TOKEN.first(token=token.strip().lower())


def names_in(case: Case, matter: "Matter") -> tuple[str, ...]:
    """Return the names of the people concerned, which must not stand in a public text (当事人姓名)."""
    raiser = matter.raised_by.name if matter.raised_by else ""
    return tuple(name for name in (case.contact_name, raiser) if name)


def orders(matter_id: int) -> list[WorkOrder]:
    """Return every assignment of a case, the lead first (工单)."""
    return sorted(_ORDERS.ask(case=matter_id), key=lambda order: (order.part != Part.LEAD, order.pk))


def returns(matter_id: int) -> list[Return]:
    """Return the returned orders of a case (退单)."""
    return _RETURNS.ask(case=matter_id)


def summonses(matter_id: int) -> list[Summons]:
    """Return the departments summoned for a case (吹哨)."""
    return _SUMMONSES.ask(case=matter_id)


def worked_by(body_ids: Sequence[int]) -> QuerySet[WorkOrder]:
    """Return the orders of some bodies, newest first."""
    return WorkOrder.objects.filter(body_id__in=body_ids).select_related("body").order_by("-pk")


def summoned(body_ids: Sequence[int]) -> QuerySet[Summons]:
    """Return the summonses of some bodies (吹哨)."""
    return Summons.objects.filter(body_id__in=body_ids)


# The way from an order or a summons to the matter it belongs to.
MATTER = "case__matter__"


def of_body(body: Any, wanted: Q) -> Iterator[QuerySet[Any, Any]]:
    """Return the keys of the matters a body has orders for, and of those it was summoned to, newest first."""
    for hands in (WorkOrder.objects, Summons.objects):
        yield hands.filter(wanted, body=body).order_by("-opened_at", "-case").values("case").distinct()


def joint_of(matter_ids: Sequence[int]) -> dict[int, list[WorkOrder]]:
    """Return the joint orders of several cases in one query."""
    found: dict[int, list[WorkOrder]] = {}
    rows = WorkOrder.objects.filter(case_id__in=matter_ids, part=Part.JOINT)
    for order in rows.select_related("body").order_by("pk"):
        found.setdefault(order.case_id, []).append(order)
    return found


def pins_of(matter_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Return where on the plan several cases were pinned, in metres."""
    rows = Case.objects.filter(pk__in=matter_ids, spot_x__isnull=False, spot_y__isnull=False)
    points = rows.values_list("pk", "spot_x", "spot_y")
    return {pk: (x, y) for pk, x, y in points if x is not None and y is not None}


def cases_of(matter_ids: Sequence[int]) -> dict[int, Case]:
    """Return what only cases have, for several in one query."""
    return Case.objects.in_bulk(list(matter_ids))


def of_phone(number: str) -> list[Case]:
    """Find the cases with which a telephone number was left, however it is written (按电话查诉求)."""
    rows = Case.objects.filter(contact_mark__in=blinds(number, purpose="phone"))
    return list(rows.select_related("matter").order_by("-pk"))


def told_on_the_road(path: str, *, trade: str = "", solved: bool = False) -> QuerySet[Case]:
    """Return the cases within a place that say the trade of who reported them (新就业群体反映的事)."""
    own = Q(trade=trade) if trade else ~Q(trade="")
    rows = Case.objects.filter(own, inside(path, column="matter__place_path"))
    return rows.filter(SOLVED) if solved else rows


def contacts_kept(*, closed_before: datetime) -> QuerySet[Case]:
    """Return the cases closed before an instant that still say how to reach somebody (逾期的联系方式)."""
    kept = Q(contact_phone__empty=False) | Q(contact_name__empty=False)
    return Case.objects.filter(kept, matter__closed_at__lt=closed_before)


def _with_matters() -> QuerySet[Case]:
    """Return cases with their matters, and whether anything hangs on them: most have nothing to load."""
    return (
        Case.objects.select_related("matter__lead__place", "matter__raised_by")
        .defer(*matters.unread())
        .annotate(**_hanging_on(OuterRef("pk")))
    )


def _hanging_on(case: OuterRef) -> dict[str, Exists]:
    return {
        "has_orders": Exists(WorkOrder.objects.filter(case=case)),
        "has_returns": Exists(Return.objects.filter(case=case)),
        "has_summonses": Exists(Summons.objects.filter(case=case)),
        "has_ratings": appraisal.is_rated(case),
        "has_extensions": matters.is_extension_asked(case),
        "has_pictures": matters.is_pictured(case),
    }


_OF_NUMBER = Question(lambda number: _with_matters().filter(matter__number=number))
_OF_TOKEN = Question(lambda token: _with_matters().filter(matter__token=token))
_ORDERS = Question(lambda case: WorkOrder.objects.filter(case=case).select_related("body"))
_RETURNS = Question(lambda case: Return.objects.filter(case=case).select_related("body").order_by("pk"))
_SUMMONSES = Question(lambda case: Summons.objects.filter(case=case).select_related("body").order_by("pk"))
