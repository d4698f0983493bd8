"""What somebody may find: matters, places, people and rules in their reach (检索)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.urls import reverse

from linli.bodies import access as offices
from linli.bodies import roster
from linli.bodies.actor import Actor
from linli.cases import queries as cases
from linli.console import lists
from linli.console.behind import Row
from linli.frame.clock import day_of
from linli.frame.paging import Page
from linli.matters import numbered
from linli.matters import queries as matters
from linli.methods import marks
from linli.methods.marks import Piece
from linli.methods.tokens import Term, plain
from linli.pack.edition import Edition, Rule
from linli.people import queries as people
from linli.places import queries as places
from linli.rulebook import queries as rulebook
from linli.rulebook.asking import asked

if TYPE_CHECKING:
    from linli.people.models import Person

LONGEST = 40
FEW, PAGE, MANY = 6, 25, 50
NUMBERED = 10
_LEAST_IN_TEXT = 2


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found: where it leads, its name lit up, what else tells it apart (结果)."""

    href: str
    name: tuple[Piece, ...]
    words: str = ""
    excerpt: tuple[Piece, ...] = ()
    row: Row | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind; ``more`` says that there is more than is shown (一类结果)."""

    key: str
    title: str
    hits: tuple[Hit, ...]
    more: bool = False
    following: str = ""


@dataclass(frozen=True)
class Search:
    """What somebody looks for, who they are, and when (检索)."""

    typed: str
    actor: Actor
    edition: Edition
    at: datetime

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Return what must be found."""
        return asked(self.typed)

    @cached_property
    def phrases(self) -> tuple[str, ...]:
        """Return every phrase that counts as found, to be lit up."""
        return tuple(dict.fromkeys(phrase for term in self.terms for phrase in term.phrases))


def found(search: Search) -> tuple[Group, ...]:
    """Find a few of every kind (综合检索)."""
    if not search.terms:
        return ()
    every = (
        numbers(search),
        in_matters(search, size=FEW),
        in_places(search, size=FEW),
        in_people(search, size=FEW),
        in_rules(search, size=FEW),
    )
    return tuple(group for group in every if group.hits)


def ahead(search: Search, *, size: int) -> tuple[Group, ...]:
    """Find the first few matters, places and people while somebody still types (联想)."""
    every = [numbers(search)]
    if search.terms:
        every += [kind(search, size=size) for kind in (in_matters, in_places, in_people)]
    return tuple(replace(group, hits=group.hits[:size]) for group in every if group.hits)


def numbers(search: Search) -> Group:
    """Find matters by a part of their number (编号)."""
    meant = numbered.meant(search.typed)
    if not meant:
        return Group("number", "编号", ())
    reach = lists.within_reach(search.actor).filter(number__in=meant)
    rows = reach.order_by(matters.NEWEST, "-id").values_list(*lists.COLUMNS, named=True)
    return Group("number", "编号", _hits_of_matters(search, tuple(rows[:NUMBERED])))


def in_matters(search: Search, *, size: int, cursor: str = "") -> Group:
    """Find matters in one's reach by their words, the newest first (事项)."""
    page = page_of(search, lists.within_reach(search.actor), size=size, cursor=cursor)
    return Group("matters", "事项", _hits_of_matters(search, page.rows), bool(page.following), page.following)


def page_of(search: Search, rows: QuerySet[Any], *, size: int, cursor: str = "") -> Page[Any]:
    """Take one page of the matters among some that hold what is looked for."""
    return lists.newest(search.actor, rows, terms=search.terms, at=search.at, cursor=cursor, size=size)


def in_places(search: Search, *, size: int) -> Group:
    """Find places in one's reach by name or pinyin; 铜花 5栋 is a building within 铜花社区 (地点)."""
    paths = search.actor.reach()
    named = places.named(search.terms, within=paths, most=size + 1) if paths else ()
    chains = places.chains([spot.path for spot in named])
    hits = tuple(
        Hit(
            href=f"{reverse('console:all')}?place={spot.path}&tab=all",
            name=_lit(spot.name, search),
            words=places.full_name(chains[spot.path][:-1], below=1) if len(chains[spot.path]) > 1 else "",
        )
        for spot in named[:size]
    )
    return Group("places", "地点", hits, len(named) > size)


def in_people(search: Search, *, size: int) -> Group:
    """Find people whom one keeps the roll of, by name, pinyin or telephone number (人)."""
    known = _known_to(search)
    named = list(known[: size + 1]) if known is not None else []
    held = roster.first_held([one.pk for one in named], on=day_of(search.at)) if named else {}
    hits = tuple(_person(person, held.get(person.pk), search) for person in named[:size])
    return Group("people", "人", hits, len(named) > size)


def in_rules(search: Search, *, size: int) -> Group:
    """Find clauses of one's place and of the law (规则)."""
    texts = _rule_texts(search.edition.key, search.edition.year)
    held = [
        key
        for key, text in texts.items()
        if all(any(phrase in text for phrase in term.phrases) for term in search.terms)
    ]
    hits = tuple(_rule(search.edition.rules[key], key, search) for key in held[:size])
    return Group("rules", "规则", hits, len(held) > size)


@cache
def _rule_texts(pack: str, year: str) -> dict[str, str]:
    """Write the rules of an edition the way they are compared, once for this process."""
    return {
        key: plain(f"{rule.title} {rule.text} {rule.clause.source} {rule.clause.article} {key}")
        for key, rule in rulebook.edition(pack, year).rules.items()
    }


def _rule(rule: Rule, key: str, search: Search) -> Hit:
    return Hit(
        href=reverse("portal:rule", args=(search.edition.key, key)),
        name=_lit(rule.title, search),
        words=str(rule.clause),
        excerpt=_excerpt(rule.text, search),
    )


def _hits_of_matters(search: Search, found: Sequence[Any]) -> tuple[Hit, ...]:
    told = cases.cases_of([one.id for one in found]) if found else {}
    hits = []
    for one, row in zip(found, lists.rows(found, at=search.at), strict=True):
        case = told.get(one.id)
        text = f"{case.words} {case.answer}" if case else ""
        is_in_title = marks.excerpt(row.title, phrases=search.phrases)
        excerpt = () if is_in_title else _excerpt(text, search) or _category(one, search)
        hits.append(Hit(href=row.href, name=_lit(row.title, search), excerpt=excerpt, row=row))
    return tuple(hits)


def _category(one: Any, search: Search) -> tuple[Piece, ...]:
    """Name the category if it is what was found, or what it is a part of."""
    edition = rulebook.edition(one.pack, one.edition)
    titles = (edition.categories[key].title for key in (one.category, *edition.category_chain(one.category)))
    found = next((title for title in titles if marks.excerpt(title, phrases=search.phrases)), "")
    return (("分类：", False), *_lit(found, search)) if found else ()


def _known_to(search: Search) -> "QuerySet[Person] | None":
    """Return those sought whom somebody may look up; none when they keep no roll (可查找的人)."""
    led = offices.led_by(search.actor)
    if not (search.actor.runs_site or led):
        return None
    known = people.everybody()
    if not search.actor.runs_site:
        known = people.known_to(within=led, also=roster.people_within(led))
    return known.filter(people.sought(search.terms, typed=search.typed))


def _person(person: "Person", held: Any, search: Search) -> Hit:
    home = person.lives_at.name if person.lives_at else ""
    if held:
        href, words = reverse("console:office", args=(held.pk,)), f"{held.place.name} {held.title}"
    else:
        href, words = "", f"住在{home}" if home else "没有任职"
    return Hit(href=href, name=_lit(person.name, search), words=words)


def _lit(text: str, search: Search) -> tuple[Piece, ...]:
    return marks.pieces(text, phrases=_sayable(search))


def _excerpt(text: str, search: Search) -> tuple[Piece, ...]:
    return marks.pieces(marks.excerpt(text, phrases=_sayable(search)), phrases=_sayable(search))


def _sayable(search: Search) -> tuple[str, ...]:
    return tuple(
        phrase for phrase in search.phrases if not (phrase.isascii() and len(phrase) < _LEAST_IN_TEXT)
    )
