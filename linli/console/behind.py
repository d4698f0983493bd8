"""A matter as one line of a list behind a number (清单行)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from linli.core.procedure import Role, Stand, Step
from linli.frame import anatomy
from linli.frame.anatomy import Clock, Timed
from linli.insight.naming import title_of
from linli.matters import queries as matters
from linli.pack.edition import Edition
from linli.places import queries as places

if TYPE_CHECKING:
    from linli.matters.models import Matter


@dataclass(frozen=True, slots=True)
class Row:
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


def ledger_rows(found: Iterable["Matter"], *, at: datetime) -> tuple[Row, ...]:
    """Turn matters into lines, with one query for their places."""
    listed = list(found)
    chains = places.chains([matter.place_path for matter in listed])
    return tuple(
        _row(matter, place=places.full_name(chains[matter.place_path], below=2), at=at) for matter in listed
    )


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


def _row(matter: "Matter", *, place: str, at: datetime) -> Row:
    clock, step = clock_of(matter, at=at), matters.step_of(matter)
    edition, roles = matters.edition_of(matter), matters.procedure_of(matter).roles
    return Row(
        href=reverse("console:matter", args=[matter.number]),
        number=matter.number,
        title=matter.title,
        place=place,
        step=step.title,
        holder=holder(
            edition, step, roles=roles, level=matter.level, lead=matter.lead.name if matter.lead else ""
        ),
        clock_state=clock.state,
        clock_words=clock.words,
        clock_exact=clock.exact,
    )
