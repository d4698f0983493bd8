"""What somebody types into a search box, understood with the words of the packs (检索的理解)."""

from functools import cache

from linli.methods.tokens import KEY, Term, plain, runs
from linli.methods.words import Dictionary
from linli.pack.edition import Edition
from linli.rulebook import queries

MOST_TERMS = 6


def asked(typed: str) -> tuple[Term, ...]:
    """Return what must be found: each word, a word spelled that way, or a category called so (检索条件).

    An unbroken sentence is told apart into words; ``ld`` and ``ludeng`` are also 路灯.
    """
    words = dict.fromkeys(word for run in runs(typed) for word in dictionary().apart(run))
    return tuple(_term(word) for word in words)[:MOST_TERMS]


@cache
def dictionary() -> Dictionary:
    """Return the names that the packs give to categories, offices and registers (词典)."""
    return Dictionary.of(name for edition in queries.newest() for name in _names(edition))


def warm() -> None:
    """Load packs, segmenter and pinyin before anybody waits for them: a third of a second (预热)."""
    asked("预热 yr")


def _names(edition: Edition) -> tuple[str, ...]:
    return (
        *(one.title for one in edition.categories.values()),
        *(word for one in edition.categories.values() for word in one.words),
        *(one.title for one in edition.offices.values()),
        *(one.title for one in edition.registers.values()),
    )


def _term(word: str) -> Term:
    phrases = (word, *dictionary().spelled(word))
    keys = (KEY + key for key, titles in _categories() if any(phrase in titles for phrase in phrases))
    return Term(phrases, tuple(dict.fromkeys(keys)))


@cache
def _categories() -> tuple[tuple[str, str], ...]:
    """Return every category with its title and those above it, each as it is compared."""
    return tuple(
        (key, " / ".join(plain(edition.categories[one].title) for one in (key, *edition.category_chain(key))))
        for edition in queries.newest()
        for key in edition.categories
    )
