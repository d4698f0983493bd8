"""What the running counts say of one place at one instant, in a fixed number of queries (读数)."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from linli.bodies import queries as bodies
from linli.core.punctuality import Punctuality
from linli.frame.clock import day_of
from linli.matters import counts
from linli.matters.slices import Measure, Slice
from linli.pack.edition import Edition
from linli.places.queries import Spot

DAYS = 30


@dataclass(frozen=True, slots=True)
class Reading:
    """All counts of a place that a page shows (读数)."""

    place: Spot
    edition: Edition
    on: date
    stock: Counter[tuple[str, str]]
    flow: Counter[tuple[str, date]]
    by_subject: Counter[tuple[str, str, date]]
    by_level: Counter[tuple[str, str]]
    by_lead: Counter[tuple[str, str]]
    pressing: Counter[tuple[str, str]]
    leads: dict[str, str]

    @property
    def since(self) -> date:
        """Return the first of the last thirty days."""
        return self.on - timedelta(days=DAYS - 1)

    @property
    def monday(self) -> date:
        """Return the first day of this week."""
        return self.on - timedelta(days=self.on.weekday())

    @property
    def days(self) -> tuple[date, ...]:
        """List the last thirty days, today last."""
        first = self.since
        return tuple(first + timedelta(days=step) for step in range(DAYS))

    def open(self, facet: str = "all", key: str = "") -> int:
        """Return how much is open (在办)."""
        return self.stock[facet, key]

    def happened(self, measure: Measure, *, since: date) -> int:
        """Return how often something happened from a day until today."""
        return sum(n for (what, on), n in self.flow.items() if what == measure and on >= since)

    def at_level(self, measure: Measure, level: str) -> int:
        """Return how often something happened at a level in the last thirty days."""
        return self.by_level[measure, level]

    def now(self, measure: Measure, lead: str | None = None) -> int:
        """Return how much is overdue or due today, of one lead or of all."""
        return sum(n for (what, body), n in self.pressing.items() if what == measure and lead in (None, body))

    def punctuality(self, lead: str | None = None) -> Punctuality:
        """Judge the last thirty days; what is open and overdue counts as late (按期率)."""
        if lead is None:
            answered = [
                self.happened(measure, since=self.since) for measure in (Measure.IN_TIME, Measure.LATE)
            ]
        else:
            answered = [self.by_lead[measure, lead] for measure in (Measure.IN_TIME, Measure.LATE)]
        return Punctuality(answered[0], answered[1], self.now(Measure.OVERDUE, lead))

    def slice(
        self, measure: Measure, *, facet: str = "all", key: str = "", since: date | None = None
    ) -> Slice:
        """Name the matters behind a number of this reading."""
        return Slice(self.place.path, measure, facet, key, since, self.on if since else None)


def read(place: Spot, *, edition: Edition, at: datetime) -> Reading:
    """Read every count of a place: five queries, whatever the number of matters (读数)."""
    on = day_of(at)
    since = on - timedelta(days=DAYS - 1)
    stock = counts.stock(place.path)
    leads = [key for facet, key in stock if facet == "lead"]
    levels = [level.key for level in edition.levels]
    flows = counts.flows(place.path, {"all": ("",), "subject": tuple(edition.serves)}, since=since, until=on)
    totals = counts.totals(place.path, {"level": levels, "lead": leads}, since=since, until=on)
    return Reading(
        place=place,
        edition=edition,
        on=on,
        stock=stock,
        flow=Counter({(measure, day): count for (measure, _, day), count in flows["all"].items()}),
        by_subject=flows["subject"],
        by_level=totals["level"],
        by_lead=totals["lead"],
        pressing=counts.pressing(place.path, at=at),
        leads={
            str(number): name for number, name in bodies.names([int(key) for key in leads if key]).items()
        },
    )
