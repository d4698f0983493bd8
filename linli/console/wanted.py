"""What somebody wants to see of a list of matters: place, kind, category, order, step, words (筛选)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from urllib.parse import urlencode

from django.db.models import Q

from linli.bodies.actor import Actor
from linli.frame.finding import holding
from linli.insight.naming import titles
from linli.matters import numbered
from linli.methods.tokens import Term
from linli.pack.edition import Edition
from linli.places import queries as places
from linli.places.path import WIDTH, inside
from linli.rulebook import queries as rulebook
from linli.rulebook.asking import asked

LONGEST_WORDS = 40
Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters of a list as they stand in its address (筛选条件)."""

    place: str = ""
    kind: str = ""
    category: str = ""
    order: str = ""
    step: str = ""
    q: str = ""

    @classmethod
    def parse(cls, query: Mapping[str, str]) -> "Wanted":
        """Read the filters from an address; what is not named there is left open."""
        return cls(**{one.name: query.get(one.name, "").strip()[:LONGEST_WORDS] for one in fields(cls)})

    @property
    def query(self) -> str:
        """Write the filters as they stand in an address."""
        return urlencode({one.name: said for one in fields(self) if (said := getattr(self, one.name))})

    def condition(self, edition: Edition, *, of: str = "") -> Q:
        """Turn the filters into a condition on matters; ``of`` is the way to them, such as ``matter__``."""
        wanted = Q()
        if self.place:
            wanted &= inside(self.place, column=f"{of}place_path")
        if self.category:
            wanted &= Q(**{f"{of}category__in": _with_parts(edition, self.category)})
        for column, said in (("subject", self.kind), ("order", self.order), ("step", self.step)):
            if said:
                wanted &= Q(**{f"{of}{column}": said})
        return wanted

    def said(self, *, of: str = "") -> Q:
        """Turn the words into a condition on matters that are few; many are found by ``terms``."""
        if not self.q:
            return Q()
        numbers = Q(**{f"{of}number__in": self.numbers})
        return numbers | holding(self.terms, column=f"{of}case__tokens") if self.terms else numbers

    @property
    def terms(self) -> tuple[Term, ...]:
        """Return what the words ask for (检索条件)."""
        return asked(self.q)

    @property
    def numbers(self) -> tuple[str, ...]:
        """Return the numbers that the words may be a part of (编号)."""
        return numbered.meant(self.q) if self.q else ()


@dataclass(frozen=True, slots=True)
class Options:
    """What can be chosen in the row of filters (可选条件)."""

    places: Choices
    kinds: Choices
    categories: Choices
    orders: Choices
    steps: Choices


def edition_of(actor: Actor) -> Edition:
    """Return the rules of the place where somebody holds their first office."""
    return rulebook.current(actor.offices[0].pack)


def options(actor: Actor, edition: Edition) -> Options:
    """List what somebody can choose, in the words of their place; one query."""
    top = {key: one.title for key, one in edition.categories.items() if not one.parent}
    return Options(
        places=_places(actor, edition),
        kinds=(("", "全部种类"), *titles(edition, "subject").items()),
        categories=(("", "全部分类"), *top.items()),
        orders=(("", "全部单别"), *titles(edition, "order").items()),
        steps=(("", "全部环节"), *_steps(edition).items()),
    )


def _places(actor: Actor, edition: Edition) -> Choices:
    paths = actor.reach()
    if not paths:
        return ()
    kinds = [kind for level in edition.levels for kind in level.place_kinds]
    rows = places.names_within(paths, kinds=kinds)
    top = min((len(path) for path, _ in rows), default=0)
    indented = ((path, "　" * ((len(path) - top) // WIDTH) + name) for path, name in rows)
    return (("", "全部地点"), *indented) if len(rows) > 1 else ()


def _steps(edition: Edition) -> dict[str, str]:
    return {step.key: step.title for one in edition.procedures.values() for step in one.steps}


def _with_parts(edition: Edition, category: str) -> Sequence[str]:
    return [key for key in edition.categories if key == category or category in edition.category_chain(key)]
