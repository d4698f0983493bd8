"""One matter as a line of a register, with what other rooms know of it (清单条目)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from linli.appraisal import queries as appraisal
from linli.cases import queries as cases
from linli.core.masking import mask_name, mask_text
from linli.matters import queries as matters
from linli.matters.choices import Channel
from linli.pack.edition import Edition
from linli.people import queries as people
from linli.places import queries as places
from linli.places.queries import Spot, nearest

if TYPE_CHECKING:
    from linli.matters.models import Matter

LANES = ("lane",)


@dataclass(frozen=True, slots=True)
class Entry:
    """All that any column of a register may say of a matter (条目)."""

    matter: "Matter"
    edition: Edition
    at: datetime
    title: str
    place: str
    lane: str
    lane_path: str
    raiser: str
    lead: str
    joint: tuple[str, ...]
    answer: str
    score: int

    @property
    def source(self) -> str:
        """Return by which way it came in."""
        return str(Channel(self.matter.channel).label)

    @property
    def step(self) -> str:
        """Return the present step as the place calls it."""
        return matters.step_of(self.matter).title


def entries(found: Sequence["Matter"], *, at: datetime) -> tuple[Entry, ...]:
    """Gather the lines of some matters in five queries, whatever their number."""
    numbers = [matter.pk for matter in found]
    own, joint = cases.cases_of(numbers), cases.joint_of(numbers)
    scores = appraisal.scores_of(numbers)
    chains = places.chains([matter.place_path for matter in found])
    names = people.names([matter.raised_by_id for matter in found if matter.raised_by_id])

    def entry(matter: "Matter") -> Entry:
        case, chain = own.get(matter.pk), chains[matter.place_path]
        name = (case.contact_name if case else "") or names.get(matter.raised_by_id or 0, "")
        lane = nearest(chain, LANES)
        return Entry(
            matter=matter,
            edition=matters.edition_of(matter),
            at=at,
            title=matter.title,
            place=_short(chain),
            lane=lane.name if lane else "",
            lane_path=lane.path if lane else "",
            raiser=name,
            lead=matter.lead.name if matter.lead else "",
            joint=tuple(order.body.name for order in joint.get(matter.pk, ())),
            answer=case.answer if case else "",
            score=scores.get(matter.pk, 0),
        )

    return tuple(entry(matter) for matter in found)


def masked(entry: Entry) -> Entry:
    """Return a line as it may hang in the street: of a private kind the category only (脱敏)."""
    category = entry.edition.categories.get(entry.matter.category)
    if category is None or category.is_private:
        return replace(
            entry, title=f"{category.title if category else '一件事'}（不公开）", raiser="", answer=""
        )
    names = (entry.raiser,) if entry.raiser else ()
    return replace(
        entry,
        title=mask_text(entry.title, names=names),
        raiser=mask_name(entry.raiser),
        answer=mask_text(entry.answer, names=names),
    )


def _short(chain: tuple[Spot, ...]) -> str:
    return places.full_name(chain, below=min(2, len(chain) - 1))
