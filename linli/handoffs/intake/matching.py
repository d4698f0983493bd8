"""Suggesting which column says what: by its title, other names for it, and what stands in it (列对应)."""

import re
from collections.abc import Callable, Mapping, Sequence

from linli.core import id_number
from linli.handoffs.intake.kinds import Fact, Kind
from linli.handoffs.intake.mapping import MODELS, Column
from linli.handoffs.intake.mapping import Mapping as Matched
from linli.handoffs.intake.moment import read_moment
from linli.handoffs.intake.table import Row, plain
from linli.rulebook import queries as rulebook

# Facts that may be told by several columns, read from the largest to the smallest.
SEVERAL = frozenset({"place", "parent", "category", "words"})
MOST_SEVERAL = 4
_ENOUGH = 0.6
_PHONE = re.compile(r"(?:\+?86)?1[3-9]\d{9}|0\d{2,3}-?\d{7,8}")
_GENDER = frozenset({"男", "女"})


def suggest(kind: Kind, *, header: Sequence[str], sample: Sequence[Row]) -> Matched:
    """Suggest a mapping for a file; what is not recognised is left to a person."""
    free = {title: at for at, title in enumerate(header) if title}
    found: dict[str, tuple[str, ...]] = {}
    for names in (_own_name, _other_names):
        for fact in kind.facts:
            if fact.key not in found and (titles := _named(names(fact), free, fact)):
                found[fact.key] = titles
                for title in titles:
                    del free[title]
    for fact in kind.facts:
        looks = _LOOKS.get(fact.key)
        if looks and fact.key not in found and (alike := _alike(looks, free, sample)):
            found[fact.key] = (alike,)
            del free[alike]
    columns = {
        fact.key: Column(titles=found.get(fact.key, ()), otherwise=fact.otherwise) for fact in kind.facts
    }
    return MODELS[kind.key](**columns)


def _own_name(fact: Fact) -> tuple[str, ...]:
    return (fact.title,)


def _other_names(fact: Fact) -> tuple[str, ...]:
    return fact.also


def _named(names: Sequence[str], free: Mapping[str, int], fact: Fact) -> tuple[str, ...]:
    wanted = {plain(name) for name in names}
    titles = tuple(title for title in free if plain(title) in wanted)
    if fact.key in SEVERAL:
        return titles[:MOST_SEVERAL]
    # Of several titles, the one that stands first among the names is meant.
    order = [plain(name) for name in names]
    return tuple(sorted(titles, key=lambda title: order.index(plain(title))))[:1]


def _alike(looks: Callable[[str], bool], free: Mapping[str, int], sample: Sequence[Row]) -> str:
    for title, at in free.items():
        said = [row.cells[at] for row in sample if row.cells[at]]
        if said and sum(looks(one) for one in said) >= _ENOUGH * len(said):
            return title
    return ""


def _is_moment(said: str) -> bool:
    return len(said) > len("2026") and read_moment(said, zone=rulebook.calendar().zone) is not None


def _is_phone(said: str) -> bool:
    return _PHONE.fullmatch(said.replace(" ", "")) is not None


def _is_id_number(said: str) -> bool:
    return id_number.is_valid(id_number.normal(said))


_LOOKS: Mapping[str, Callable[[str], bool]] = {
    "id_number": _is_id_number,
    "phone": _is_phone,
    "contact_phone": _is_phone,
    "gender": _GENDER.__contains__,
    "opened_at": _is_moment,
}
