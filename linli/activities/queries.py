"""Questions about teams, activities and who came (查询)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Max, QuerySet, Sum

from linli.activities.models import Activity, Kind, SignUp, Standing, Team, TeamMember
from linli.frame.clock import start_of
from linli.places.path import inside


@dataclass(frozen=True, slots=True)
class Sort:
    """One kind of activity in a year: how many were held, how many came (一类)."""

    title: str
    held: int
    visits: int


def kinds() -> list[tuple[str, str]]:
    """List the kinds of activities with their Chinese names (类别)."""
    return [(kind.value, str(kind.label)) for kind in Kind]


def of_number(number: str, *, to_act: bool = False) -> Activity | None:
    """Find an activity by its number; ``to_act`` holds it until the act is done."""
    found = Activity.objects.select_for_update(of=("self",)) if to_act else Activity.objects
    return found.select_related("place", "team").filter(number=number).first()


def around(path: str) -> QuerySet[Activity]:
    """Return the activities of a place and of all places within it (活动)."""
    return Activity.objects.filter(inside(path, column="place_path")).select_related("place", "team")


def ahead(path: str, *, at: datetime) -> QuerySet[Activity]:
    """Return the activities that are not over yet, the next first (将要举行)."""
    return around(path).filter(ends_at__gt=at).order_by("starts_at", "number")


def past(path: str, *, at: datetime) -> QuerySet[Activity]:
    """Return the activities that are over, the last first (办过的)."""
    return around(path).filter(ends_at__lte=at).order_by("-starts_at", "number")


def teams(path: str) -> QuerySet[Team]:
    """Return the teams of a place with the number of their members (队伍)."""
    found = Team.objects.filter(inside(path, column="place_path"), closed_at=None)
    counted = found.annotate(joined=Count("members") + F("others"))
    return counted.select_related("place", "leader").order_by("place_path", "name")


def team(number: int, *, to_act: bool = False) -> Team | None:
    """Find a team by its number."""
    found = Team.objects.select_for_update(of=("self",)) if to_act else Team.objects
    return found.select_related("place").filter(pk=number).first()


def joined(person: int | None) -> frozenset[int]:
    """Return the teams that somebody is a member of (我的队伍)."""
    rows = TeamMember.objects.filter(person_id=person) if person else TeamMember.objects.none()
    return frozenset(rows.values_list("team_id", flat=True))


def member(team: Team, person: int) -> TeamMember | None:
    """Find somebody among the members of a team."""
    return TeamMember.objects.filter(team=team, person_id=person).first()


def sign_up(activity: Activity, person: int | None) -> SignUp | None:
    """Find what somebody signed up for, if they did (我的报名)."""
    return SignUp.objects.filter(activity=activity, person_id=person).first() if person else None


def line(activity: Activity) -> QuerySet[SignUp]:
    """Return everybody who signed up and did not withdraw, in their order (名单)."""
    standing = activity.sign_ups.exclude(standing=Standing.WITHDRAWN)
    return standing.select_related("person").order_by("line")


def taken(activity: Activity) -> int:
    """Count the places that are taken (已报上)."""
    return activity.sign_ups.filter(standing=Standing.IN).count()


def waiting(activity: Activity) -> QuerySet[SignUp]:
    """Return the waiting list in its order (候补)."""
    return activity.sign_ups.filter(standing=Standing.WAITING).order_by("line")


def ahead_of(mine: SignUp) -> int:
    """Count who stands before somebody on the waiting list (前面还有几人)."""
    return waiting(mine.activity).filter(line__lt=mine.line).count()


def next_in_line(activity: Activity) -> int:
    """Return the place behind everybody who ever signed up (排到最后)."""
    last: int | None = activity.sign_ups.aggregate(last=Max("line"))["last"]
    return (last or 0) + 1


def of_year(path: str, *, year: int, at: datetime) -> tuple[Sort, ...]:
    """Count the activities held in a year and who came to them, kind by kind, in one query (人次)."""
    since, until = start_of(date(year, 1, 1)), start_of(date(year + 1, 1, 1))
    held = around(path).filter(
        starts_at__gte=since, starts_at__lt=until, starts_at__lte=at, cancelled_at=None
    )
    rows = held.order_by().values("kind").annotate(held=Count("pk"), people=Sum(F("came") + F("others")))
    found = {row["kind"]: row for row in rows}
    return tuple(
        Sort(title, found[key]["held"], found[key]["people"]) for key, title in kinds() if key in found
    )


def signed_up_ever(person: int) -> QuerySet[SignUp]:
    """Return what somebody ever signed up for, the newest first (报过的活动)."""
    return SignUp.objects.filter(person_id=person).select_related("activity").order_by("-asked_at")


def joined_ever(person: int) -> QuerySet[TeamMember]:
    """Return the memberships of somebody (加入的队伍)."""
    return TeamMember.objects.filter(person_id=person).select_related("team").order_by("joined_at")
