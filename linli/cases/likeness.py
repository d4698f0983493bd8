"""Open matters nearby that may be about the same trouble, each with what makes it alike (找相似)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from linli.bodies.actor import Actor
from linli.cases import queries as cases
from linli.cases import routing
from linli.cases.kinds import NEVER_PUBLIC
from linli.disclosure import queries as disclosure
from linli.frame import wording
from linli.frame.clock import day_of
from linli.matters import queries as matters
from linli.methods import similar
from linli.methods.similar import Likeness, Report
from linli.pack.edition import Edition
from linli.places import queries as places
from linli.places.path import paths_above
from linli.places.queries import Spot

if TYPE_CHECKING:
    from linli.matters.models import Matter

MOST = 3
LOOKED_THROUGH = 300
_FEWEST_LETTERS = 4
_SAME = {
    "building": "同一栋楼",
    "entrance": "同一个单元",
    "estate": "同一个小区",
    "courtyard": "同一个院落",
    "lane": "同一条巷",
    "hamlet": "同一个塆组",
    "grid_cell": "同一个网格",
}
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a report that is still being written, or of a matter that stands (说法)."""

    words: str
    spots: tuple[Spot, ...]
    category: str = ""
    spot: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Alike:
    """A matter that may be the same trouble, as a page shows it (相似事项)."""

    number: str
    title: str
    place: str
    why: tuple[str, ...]
    when: str
    joined: int

    @property
    def words(self) -> str:
        """Say in one line where it is, since when, and why it is alike."""
        met = f"{self.joined} 人也遇到" if self.joined else ""
        return " · ".join(filter(None, (self.place, self.when, *self.why, met)))


def may_be_alike(words: str, *, kind: str) -> bool:
    """Tell whether enough is written to look for others, of a kind that others may join."""
    return len(words) >= _FEWEST_LETTERS and kind not in NEVER_PUBLIC


def public_alike(told: Told, *, edition: Edition, at: datetime) -> tuple[Alike, ...]:
    """Return public cases nearby that anybody may read and join, in their masked words (相似的公开事项)."""
    near = _near(told, edition=edition).filter(visibility="public", case__isnull=False)
    rows = {row.pk: row for row in near.values_list(*_COLUMNS, named=True)[:LOOKED_THROUGH]}
    texts = disclosure.texts(list(rows))
    return _alike(told, rows, texts, edition=edition, at=at)


def alike_for(
    actor: Actor, told: Told, *, edition: Edition, at: datetime, without: str = ""
) -> tuple[Alike, ...]:
    """Return open matters nearby that somebody at work may read, by what was really said (相似事项)."""
    if not actor.reaches(told.spots[-1].path):
        return ()
    near = _near(told, edition=edition).exclude(number=without)
    found = near.values_list(*_COLUMNS, named=True)[:LOOKED_THROUGH]
    rows = {row.pk: row for row in found if actor.reaches(row.place_path)}
    own = cases.cases_of(list(rows))
    texts = {
        pk: (rows[pk].title, case.words)
        for pk, case in own.items()
        if not case.is_secret and case.concern_kind not in NEVER_PUBLIC
    }
    return _alike(told, rows, texts, edition=edition, at=at)


def told_of(matter: "Matter", words: str, *, spots: tuple[Spot, ...], spot: tuple[int, int] | None) -> Told:
    """Take from a matter that stands what others are compared with."""
    return Told(f"{matter.title} {words}", spots, matter.category, spot)


_COLUMNS = ("pk", "number", "title", "category", "place_path", "opened_at", "joined")


def _near(told: Told, *, edition: Edition) -> Any:
    """Choose the open matters of the community, newest first, by one index range."""
    kinds = edition.levels[1].place_kinds if len(edition.levels) > 1 else ()
    area = places.nearest(told.spots, kinds) or told.spots[-1]
    return matters.within(area.path).filter(closed_at=None).order_by("-opened_at")


def _alike(
    told: Told,
    rows: Mapping[int, Any],
    texts: Mapping[int, tuple[str, str]],
    *,
    edition: Edition,
    at: datetime,
) -> tuple[Alike, ...]:
    pins = cases.pins_of(list(texts))
    among = [
        Report(
            key=pk,
            words=" ".join(texts[pk]),
            kinds=_kinds(edition, rows[pk].category),
            places=paths_above(rows[pk].place_path),
            spot=pins.get(pk),
            days_old=(at - rows[pk].opened_at).total_seconds() / _DAY,
        )
        for pk in texts
    ]
    found = similar.likest(_asked(told, edition), among, most=MOST, least=similar.ALIKE)
    chains = places.chains([rows[one.key].place_path for one in found])
    return tuple(
        _shown(
            told,
            one,
            rows[one.key],
            texts[one.key],
            chain=chains[rows[one.key].place_path],
            edition=edition,
            at=at,
        )
        for one in found
    )


def _asked(told: Told, edition: Edition) -> Report:
    category = told.category or routing.guess_category(edition, words=told.words)
    return Report(
        key=0,
        words=told.words,
        kinds=_kinds(edition, category),
        places=paths_above(told.spots[-1].path),
        spot=told.spot,
    )


def _kinds(edition: Edition, category: str) -> tuple[str, ...]:
    """Return a category with its parents; what fits nowhere is of no kind."""
    found = edition.categories.get(category)
    if found is None or found.is_fallback:
        return ()
    return (category, *edition.category_chain(category))


def _shown(
    told: Told,
    one: Likeness,
    row: Any,
    text: tuple[str, str],
    *,
    chain: Sequence[Spot],
    edition: Edition,
    at: datetime,
) -> Alike:
    return Alike(
        number=row.number,
        title=text[0],
        place=" ".join(spot.name for spot in places.plainly(chain)[-2:]),
        why=_why(told, one, " ".join(text), chain=chain, category=edition.categories[row.category].title),
        when=f"{wording.day(day_of(row.opened_at), today=day_of(at))}反映",
        joined=row.joined,
    )


def _why(told: Told, one: Likeness, text: str, *, chain: Sequence[Spot], category: str) -> tuple[str, ...]:
    shared = [spot for spot in chain if spot in told.spots]
    where = _SAME.get(shared[-1].kind, "") if shared else ""
    metres = f"相距约 {one.metres} 米" if one.metres is not None and one.metres > 0 else ""
    words = similar.shared_words(told.words, text)
    said = "都说到" + "".join(f"「{word}」" for word in words) if words else ""
    kind = f"都是「{category}」" if one.is_same_kind else ""
    return tuple(filter(None, (where, metres, said or kind)))
