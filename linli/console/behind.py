"""A matter as one line of a list (清单行)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from linli.core.procedure import Role, Stand, Step
from linli.frame import anatomy
from linli.frame.anatomy import Clock, Timed
from linli.insight.naming import title_of
from linli.pack.edition import Edition


class Row(NamedTuple):
    """One line of components/matters.html matter_table (行)."""

    href: str
    number: str
    title: str
    place: str
    step: str
    holder: str
    clock_state: str
    clock_words: str
    clock_exact: str
    part_href: str = ""


def clock_of(one: Timed, *, at: datetime) -> Clock:
    """Say how much time is left, in as few words as a narrow column takes (时限)."""
    clock = anatomy.clock_of(one, at=at)
    if clock.state == "overdue":
        return replace(clock, words=clock.words.removeprefix("已"))
    if clock.state == "today":
        return replace(clock, words=f"今天 {clock.exact.split()[-1]}")
    return clock


def holder(edition: Edition, step: Step, *, roles: Mapping[str, Role], level: str, lead: str) -> str:
    """Say in whose hands a matter is at a step: whoever raised it, the lead body, or the level (在谁手里)."""
    waited_for = [roles[key] for key in step.waits_for]
    if not waited_for:
        return ""
    if all(role.stands is Stand.RAISER for role in waited_for):
        return waited_for[0].title
    return lead or title_of(edition, "level", level)
