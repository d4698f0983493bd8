"""Questions about needs, volunteers and services (查询)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet

from linli.core.clause import Clause
from linli.core.matching import Offer, Part, Rules, Skill, Span, Wanted
from linli.core.service_signals import Doubt, Served, doubts
from linli.core.term import due
from linli.frame.clock import local
from linli.people import queries as people
from linli.places import queries as places
from linli.places.path import inside
from linli.rulebook import queries as rulebook
from linli.timebank.models import Need, Service, Stage, Volunteer

LATELY = timedelta(days=30)
_BINDING = (Stage.TAKEN, Stage.THERE, Stage.DONE, Stage.CONFIRMED)
_SERVED = (Stage.DONE, Stage.CONFIRMED)


def rules() -> Rules:
    """Return the rules of serving in force (志愿服务规则)."""
    return Rules.of(rulebook.law().rules)


def recording() -> Clause:
    """Return the article by which services are recorded truthfully (如实记录)."""
    return rulebook.law().rule("Y-2").clause


def of_number(number: str, *, to_act: bool = False) -> Need | None:
    """Find a need by its number; ``to_act`` holds its row until the transaction ends (需求)."""
    rows = Need.objects.select_for_update(of=("self",)) if to_act else Need.objects.all()
    return rows.filter(number=number.strip().upper()).first()


def within(path: str) -> QuerySet[Need]:
    """Return the needs at a place or within it, the latest first (辖内需求)."""
    return Need.objects.filter(inside(path, column="place_path")).order_by("-starts_at", "-pk")


def volunteer(person: int | None) -> Volunteer | None:
    """Return what somebody offers, also after they ended it (志愿者)."""
    return Volunteer.objects.filter(pk=person).first()


def service(need: Need, person: int | None) -> Service | None:
    """Return somebody's part in a need (服务)."""
    return Service.objects.filter(need=need, volunteer=person).first()


def services(need: Need) -> QuerySet[Service]:
    """Return every part in a need, in the order of asking (服务)."""
    return Service.objects.filter(need=need).order_by("pk")


def served_ever(person: int) -> QuerySet[Service]:
    """Return every service of somebody, the latest first (做过的服务)."""
    return Service.objects.filter(volunteer=person).select_related("need").order_by("-need__starts_at", "-pk")


def asked_ever(person: int) -> QuerySet[Need]:
    """Return every need in which somebody was to be helped, the latest first (提过的需求)."""
    return Need.objects.filter(recipient=person).order_by("-starts_at", "-pk")


def seats_left(need: Need) -> int:
    """Count how many more volunteers a need wants (还缺几人)."""
    return max(0, need.wanted - services(need).filter(stage__in=_BINDING).count())


def wanted(need: Need) -> Wanted:
    """Turn a need into the value that the rules judge (需求)."""
    return Wanted(
        key=need.pk,
        spots=tuple(spot.key for spot in places.chain(need.place_path)),
        when=Span(local(need.starts_at), local(need.ends_at)),
        skill=Skill(need.skill),
        is_heavy=need.is_heavy,
        is_dangerous=need.is_dangerous,
        recipient=need.recipient_id,
    )


def offers(rows: Iterable[Volunteer], *, beside: Need) -> tuple[Offer, ...]:
    """Turn volunteers into the values that the rules judge, in the order of their numbers (供给)."""
    listed = sorted(rows, key=lambda one: one.pk)
    numbers = [one.pk for one in listed]
    chains = places.chains([one.near_path for one in listed])
    names, born = people.names(numbers), people.births(numbers)
    busy, lately = _busy(numbers, but=beside), _lately(numbers, before=beside.starts_at)
    return tuple(
        Offer(
            key=one.pk,
            name=names[one.pk],
            spots=tuple(spot.key for spot in chains[one.near_path]),
            near=chains[one.near_path][-1].key,
            free=frozenset(_free(one)),
            skills=frozenset(map(Skill, one.skills)),
            proven=frozenset(map(Skill, one.proven)),
            born=born.get(one.pk),
            is_strong=one.is_strong,
            insured_until=one.insured_until,
            guardian_agrees=one.guardian_agrees,
            busy=tuple(busy[one.pk]),
            served_lately=lately.get(one.pk, 0),
        )
        for one in listed
    )


def around(need: Need) -> QuerySet[Volunteer]:
    """Return those who offer to serve where a need is, but for whoever was asked already (附近志愿者)."""
    paths = [spot.path for spot in places.chain(need.place_path)]
    asked = Service.objects.filter(need=need).values("volunteer")
    return Volunteer.objects.filter(near_path__in=paths, ended_at=None).exclude(pk__in=asked)


def doubtful(path: str, *, since: datetime) -> tuple[Doubt, ...]:
    """List what looks wrong about the services within a place (服务记录疑点)."""
    rule = rulebook.law().rule("LINLI-6")
    rows = Service.objects.filter(
        inside(path, column="need__place_path"), stage__in=_SERVED, came_at__gte=since
    ).select_related("need__place")
    loop = due(rule.term("loop"), at=since, calendar=rulebook.calendar()) - since
    return doubts([_served(one) for one in rows], fastest=rule.count("metres_a_minute"), loop=loop)


def _free(one: Volunteer) -> Iterator[tuple[int, Part]]:
    for line in one.free:
        day, _, part = line.partition(".")
        yield int(day), Part(part)


def _busy(numbers: Sequence[int], *, but: Need) -> defaultdict[int, list[Span]]:
    rows = Service.objects.filter(volunteer__in=numbers, stage__in=_BINDING).exclude(need=but)
    found: defaultdict[int, list[Span]] = defaultdict(list)
    for one in rows.filter(need__closed_at=None).select_related("need"):
        found[one.volunteer_id].append(Span(one.need.starts_at, one.need.ends_at))
    return found


def _lately(numbers: Sequence[int], *, before: datetime) -> dict[int, int]:
    rows = Service.objects.filter(
        volunteer__in=numbers, stage__in=_SERVED, need__starts_at__gte=before - LATELY
    )
    return dict(rows.values_list("volunteer").annotate(Count("pk")))


def _served(one: Service) -> Served:
    came, went = one.came_at, one.went_at
    if came is None or went is None:
        raise ValueError(one.pk)
    return Served(
        one.pk, one.volunteer_id, one.need.recipient_id, Span(came, went), _middle(one.need.place.outline)
    )


def _middle(outline: list[list[float]]) -> tuple[int, int] | None:
    """Return the middle of an outline's corners, in whole metres."""
    if not outline:
        return None
    return round(sum(x for x, _ in outline) / len(outline)), round(sum(y for _, y in outline) / len(outline))
