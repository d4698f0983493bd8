"""What a campaign changed: reports a week before it was decided on, and since (成效)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from linli.frame.clock import day_of
from linli.insight.hot import weekly
from linli.matters import recurring
from linli.matters.slices import end_of, start_of
from linli.rulebook import queries as rulebook

if TYPE_CHECKING:
    from linli.campaigns.models import Campaign

_EARLY = 2
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Effect:
    """Reports of the same kind at the same place, week by week, before and since (前后对比)."""

    weeks: tuple[tuple[date, int], ...]
    before: int
    weeks_before: int
    after: int
    days_after: int

    @property
    def words(self) -> str:
        """Say it honestly: numbers of both times, and that it is early when it is."""
        usual = self.before / self.weeks_before
        before = f"立项前 {self.weeks_before} 周反映 {self.before} 件，平均每周 {usual:.1f} 件。"
        if self.days_after < _EARLY * _WEEK:
            return f"{before}立项以来 {self.days_after} 天反映 {self.after} 件，时间还短，看不出变化。"
        rate = self.after * _WEEK / self.days_after
        return f"{before}立项以来 {self.days_after} 天反映 {self.after} 件，平均每周 {rate:.1f} 件。"


def effect(campaign: "Campaign", *, at: datetime) -> Effect | None:
    """Compare the weeks before a campaign was decided on with the days since, in one query (前后对比)."""
    if campaign.begun_at is None:
        return None
    matter, begun, today = campaign.matter, day_of(campaign.begun_at), day_of(at)
    hot = rulebook.edition(matter.pack, matter.edition).hot
    first = begun - timedelta(weeks=hot.usual_weeks)
    days = recurring.days(matter.place_path, matter.category, since=start_of(first), until=end_of(today))
    before = [on for on in days if on < begun]
    return Effect(
        weeks=weekly(days, since=first, until=today),
        before=len(before),
        weeks_before=hot.usual_weeks,
        after=len(days) - len(before),
        days_after=(today - begun).days + 1,
    )
