"""What of a case can be found, as the tokens that stand on its row (检索词)."""

from typing import TYPE_CHECKING

from linli.methods.tokens import KEY, at_place, day_of, on_day, tokens_of
from linli.places.path import paths_above

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from linli.cases.models import Case
    from linli.matters.models import Matter
    from linli.places.queries import Spot

# The act that adds words by which a case is found from then on.
ADDS = "add_words"


def tokens(matter: "Matter", *, words: str, spots: "Sequence[Spot]", others: "Iterable[str]" = ()) -> str:
    """Write what a case is found by: its words, where it is, what it is about and since when (检索词).

    Who reported it and how to reach them are not part of it. ``spots`` is the chain of places from the root
    down; every matter lies in the root, whose name therefore tells nothing.
    """
    names = (spot.name for spot in spots[1:])
    keys = (
        *at_place(paths_above(matter.place_path)),
        *on_day(day_of(matter.opened_at.timestamp())),
        KEY + matter.category,
    )
    return tokens_of(matter.title, words, *others, *names, keys=keys)


def with_words(case: "Case", words: str) -> str:
    """Add words to what a case is found by: an answer, something somebody knows besides (补充)."""
    told: str = case.tokens
    return (told + tokens_of(words)).replace("  ", " ")


def moved(case: "Case", *, old: str, new: str) -> str:
    """Return the tokens of a case whose category changed."""
    told: str = case.tokens
    return told.replace(f" {KEY}{old} ", f" {KEY}{new} ")
