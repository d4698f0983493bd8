"""What residents brought to those who receive them, where it stands, and what was answered (代表接待)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from linli.disclosure import queries as disclosure
from linli.matters import queries as matters
from linli.meetings import queries as meetings

if TYPE_CHECKING:
    from linli.disclosure.models import Publication
    from linli.matters.models import Matter
    from linli.meetings.models import Meeting
    from linli.pack.edition import Edition

_HIDDEN = "不公开的事"


@dataclass(frozen=True, slots=True)
class Brought:
    """One thing that was brought, as far as whoever reads may know it (反映的事)."""

    number: str
    title: str
    step: str
    is_closed: bool
    answer: str
    is_public: bool


@dataclass(frozen=True, slots=True)
class Reception:
    """One reception: who received, and what was brought (一次接待)."""

    meeting: "Meeting"
    deputies: tuple[str, ...]
    brought: tuple[Brought, ...]


def lay_out(held: "Sequence[Meeting]", *, sees_all: bool = False) -> tuple[Reception, ...]:
    """Tell of some receptions in three queries; of what is not public only where it stands (接待情况).

    ``sees_all`` names every matter, for whoever works on them.
    """
    brought, deputies = meetings.brought(held), meetings.who_came(held)
    shown = disclosure.of_matters([matter.pk for rows in brought.values() for matter in rows])
    return tuple(
        Reception(
            one,
            tuple(deputies.get(one.pk, ())),
            tuple(
                _told(matter, shown.get(matter.pk), sees_all=sees_all) for matter in brought.get(one.pk, ())
            ),
        )
        for one in held
    )


def of_place(path: str, *, edition: "Edition", most: int) -> tuple[Reception, ...]:
    """Tell of the last receptions at a place and around it, as everybody may know them (最近的接待)."""
    keys = [forum.key for forum in edition.forums.values() if forum.receives]
    return lay_out(meetings.begun(path, forums=keys, most=most)) if keys else ()


def _told(matter: "Matter", shown: "Publication | None", *, sees_all: bool) -> Brought:
    return Brought(
        number=matter.number,
        title=shown.title if shown else matter.title if sees_all else _HIDDEN,
        step=matters.step_of(matter).title,
        is_closed=matter.closed_at is not None,
        answer=shown.answer if shown else "",
        is_public=shown is not None,
    )
