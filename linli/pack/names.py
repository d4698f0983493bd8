"""The names that the files of an edition may refer to, and how to refuse an unknown one (引用)."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from linli.core.law import Law
from linli.core.share import Share
from linli.core.term import Term
from linli.core.threshold import Threshold
from linli.pack.complaint import Complaint, TomlPath
from linli.pack.files import Files
from linli.pack.toml import TomlFile

_CALLED = {int: "个数", Share: "份额", Term: "期限", Threshold: "门槛"}


@dataclass(frozen=True, slots=True)
class Names:
    """Every name an edition defines, by what it names (名称)."""

    rules: frozenset[str]
    levels: frozenset[str]
    offices: frozenset[str]
    orders: frozenset[str]
    places: frozenset[str]
    place_kinds: frozenset[str]
    bodies: frozenset[str]
    body_kinds: frozenset[str]
    present_kinds: frozenset[str]
    categories: frozenset[str]

    @classmethod
    def of_law(cls, law: Law, *, levels: frozenset[str]) -> "Names":
        """Gather what the law's own procedures may refer to: they name no place, body or office."""
        none = frozenset[str]()
        return cls(frozenset(law.rules), levels, none, none, none, none, none, none, none, none)

    @classmethod
    def of(cls, files: Files, *, law: Law) -> "Names":
        """Gather what the files define; the law's rules may be cited too."""
        pack, bodies, places = files.pack.said, files.bodies.said, files.places.said
        return cls(
            rules=frozenset(law.rules) | {part.id for part in files.rules.said.rule},
            levels=frozenset(part.key for part in pack.level),
            offices=frozenset(part.key for part in pack.office),
            orders=frozenset(part.key for part in pack.order),
            places=frozenset(part.key for part in places.place),
            place_kinds=frozenset(part.kind for part in places.place),
            bodies=frozenset(part.key for part in bodies.body),
            body_kinds=frozenset(bodies.kind),
            present_kinds=frozenset(part.kind for part in bodies.body),
            categories=frozenset(part.key for part in files.categories.said.category),
        )


def unknown(
    file: TomlFile, path: TomlPath, key: str, *, known: Collection[str], called: str
) -> Iterator[Complaint]:
    """Complain about a name that nothing bears; an empty one refers to nothing and is let through."""
    if key and key not in known:
        yield file.complaint(path, reason=f"没有叫「{key}」的{called}")


def each_unknown(
    file: TomlFile, path: TomlPath, keys: Sequence[str], *, known: Collection[str], called: str
) -> Iterator[Complaint]:
    """Complain about each unknown name of a list."""
    for place, key in enumerate(keys):
        yield from unknown(file, (*path, place), key, known=known, called=called)


def misquoted(
    file: TomlFile, path: TomlPath, reference: str, *, kind: type[int | Share | Term | Threshold], law: Law
) -> Iterator[Complaint]:
    """Complain about a reference to a number that no rule has, or of another kind than wanted."""
    try:
        if not isinstance(law.number(reference), kind):
            yield file.complaint(path, reason=f"「{reference}」不是{_CALLED[kind]}")
    except LookupError:
        yield file.complaint(path, reason=f"没有叫「{reference}」的数")


def taken_twice(
    file: TomlFile, path: TomlPath, keys: Sequence[str], *, field: str = "key"
) -> Iterator[Complaint]:
    """Complain about each name in a list of tables that an earlier one bears."""
    seen: set[str] = set()
    for place, key in enumerate(keys):
        if key in seen:
            yield file.complaint((*path, place, field), reason=f"「{key}」已经用过，不能再用")
        seen.add(key)


def orphans(
    file: TomlFile, path: TomlPath, pairs: Sequence[tuple[str, str]], *, called: str
) -> Iterator[Complaint]:
    """Complain about each (key, parent) whose parent is unknown or comes later: that rules out rings too."""
    known = {key for key, _ in pairs}
    seen: set[str] = set()
    for place, (key, parent) in enumerate(pairs):
        if parent and parent not in seen:
            where = (*path, place, "parent")
            yield from unknown(file, where, parent, known=known, called=called)
            if parent in known:
                yield file.complaint(where, reason=f"上级「{parent}」要写在「{key}」的前面")
        seen.add(key)
