"""What is wrong with an edition beyond the form of its files: references, ways and the law (检查方法包)."""

from collections.abc import Iterator
from itertools import chain

from linli.core.calendar import Calendar
from linli.core.law import Law
from linli.pack.check_cross_seat import cross_seats
from linli.pack.check_deciding import TOPIC
from linli.pack.check_facilities import facilities
from linli.pack.check_forum import local_forums
from linli.pack.check_grants import grants
from linli.pack.check_procedure import procedures
from linli.pack.check_societies import societies
from linli.pack.check_term import terms
from linli.pack.complaint import Complaint, TomlPath
from linli.pack.files import Files
from linli.pack.holding import (
    acting_twice,
    crossing_functions,
    forums_weaker,
    roles_of,
    shared_procedures,
    with_forums,
    with_rules,
)
from linli.pack.names import Names, each_unknown, orphans, taken_twice, unknown

# What matters are about: each runs under exactly one procedure, a topic under one of several.
SINGLE = ("concern", "incident", "campaign")
SUBJECTS = (*SINGLE, TOPIC)
HELD = ("covers", "responsible", "above")


def check(files: Files, *, law: Law, calendar: Calendar) -> tuple[Complaint, ...]:
    """Return everything that is wrong with an edition, in the order of its files (挑错)."""
    names = Names.of(files, law=law)
    return tuple(
        chain(
            _pack(files, names, law),
            _offices_and_roles(files, names),
            _clauses(files, names),
            _rules(files, law),
            _places(files),
            _bodies(files, names),
            _chains(files, names),
            _categories(files),
            _routes(files, names),
            _serving(files, law),
            _incompatible(files, names),
            cross_seats(files, names=names, law=with_rules(law, files)),
            facilities(files, names=names, law=with_rules(law, files)),
            societies(files, names=names, law=with_rules(law, files)),
            grants(files, names=names, law=with_rules(law, files)),
            _procedures(files, names, law),
            _registers(files, names),
            terms(files, law=law, calendar=calendar),
        )
    )


def _pack(files: Files, names: Names, law: Law) -> Iterator[Complaint]:
    file, pack = files.pack.file, files.pack.said
    for field, said, wanted in (
        ("key", pack.key, files.folder.parent.name),
        ("edition", pack.edition, files.folder.name),
        ("law", pack.law, law.edition),
    ):
        if said != wanted:
            yield file.complaint((field,), reason=f"应当是「{wanted}」，现在写的是「{said}」")
    yield from unknown(file, ("place",), pack.place, known=names.places, called="地点")
    yield from _levels(files, names)


def _levels(files: Files, names: Names) -> Iterator[Complaint]:
    """Let levels without a place stand above or below those the pack draws, not between them."""
    file, levels = files.pack.file, files.pack.said.level
    drawn = [place for place, level in enumerate(levels) if names.place_kinds & set(level.place_kinds)]
    if not drawn:
        yield file.complaint(("level",), reason="没有一个层级在 places.toml 里有地点")
        return
    for place in range(drawn[0], drawn[-1]):
        if place not in drawn:
            reason = f"「{levels[place].title}」上下的层级都画了地点，这一级却没有"
            yield file.complaint(("level", place, "place_kinds"), reason=reason)


def _offices_and_roles(files: Files, names: Names) -> Iterator[Complaint]:
    file, pack = files.pack.file, files.pack.said
    for table in ("level", "office", "role", "order", "pause"):
        yield from taken_twice(file, (table,), [part.key for part in getattr(pack, table)])
    for place, role in enumerate(pack.role):
        where = ("role", place, "office")
        yield from unknown(file, where, role.office, known=names.offices, called="职务")
        if role.stands in HELD and not role.office:
            yield file.complaint(where, reason=f"「{role.title}」要写明由哪个职务担任")


def _clauses(files: Files, names: Names) -> Iterator[Complaint]:
    file, pack = files.pack.file, files.pack.said
    cited: list[tuple[TomlPath, str]] = [
        (("order", place, "rule"), part.rule) for place, part in enumerate(pack.order)
    ]
    cited += [(("pause", place, "rule"), part.rule) for place, part in enumerate(pack.pause)]
    for table in ("extension", "reopen", "give_back", "report_in", "joining", "hot", "grid"):
        cited.append(((table, "rule"), getattr(pack, table).rule))
    for path, rule in cited:
        yield from unknown(file, path, rule, known=names.rules, called="规则")


def _rules(files: Files, law: Law) -> Iterator[Complaint]:
    file, rules = files.rules.file, files.rules.said.rule
    yield from taken_twice(file, ("rule",), [part.id for part in rules], field="id")
    for place, part in enumerate(rules):
        if part.id in law.rules:
            yield file.complaint(("rule", place, "id"), reason=f"「{part.id}」是法律规则的编号，请另取一个")


def _places(files: Files) -> Iterator[Complaint]:
    file, places = files.places.file, files.places.said.place
    yield from taken_twice(file, ("place",), [part.key for part in places])
    yield from orphans(file, ("place",), [(part.key, part.parent) for part in places], called="地点")
    for place, part in enumerate(places):
        if place and not part.parent:
            yield file.complaint(
                ("place", place, "key"), reason=f"「{part.key}」没有上级：只有第一个地点可以没有"
            )


def _bodies(files: Files, names: Names) -> Iterator[Complaint]:
    file, bodies = files.bodies.file, files.bodies.said
    yield from taken_twice(file, ("body",), [part.key for part in bodies.body])
    yield from orphans(file, ("body",), [(part.key, part.parent) for part in bodies.body], called="组织")
    for place, part in enumerate(bodies.body):
        where = ("body", place)
        yield from unknown(file, (*where, "kind"), part.kind, known=names.body_kinds, called="组织类型")
        yield from unknown(file, (*where, "place"), part.place, known=names.places, called="地点")


def _chains(files: Files, names: Names) -> Iterator[Complaint]:
    file, chains = files.bodies.file, files.bodies.said.chain
    yield from taken_twice(file, ("chain",), [part.key for part in chains])
    for place, part in enumerate(chains):
        yield from unknown(file, ("chain", place, "rule"), part.rule, known=names.rules, called="规则")
        for row, tier in enumerate(part.tier):
            where = ("chain", place, "tier", row)
            yield from unknown(
                file, (*where, "body_kind"), tier.body_kind, known=names.body_kinds, called="组织类型"
            )


def _categories(files: Files) -> Iterator[Complaint]:
    file, categories = files.categories.file, files.categories.said.category
    yield from taken_twice(file, ("category",), [part.key for part in categories])
    yield from orphans(file, ("category",), [(part.key, part.parent) for part in categories], called="分类")
    fallbacks = [place for place, part in enumerate(categories) if part.fallback]
    if not fallbacks:
        reason = "要有一个分类写明 fallback = true，收下归不进别处的事"
        yield file.complaint(("category",), reason=reason)
    for place in fallbacks[1:]:
        reason = f"只能有一个兜底的分类，前面已经有「{categories[fallbacks[0]].key}」"
        yield file.complaint(("category", place, "fallback"), reason=reason)


def _routes(files: Files, names: Names) -> Iterator[Complaint]:
    file, routes = files.categories.file, files.categories.said.route
    seen: set[tuple[str, str]] = set()
    for place, part in enumerate(routes):
        where = ("route", place)
        if (part.category, part.place) in seen:
            yield file.complaint(
                (*where, "category"), reason=f"「{part.category}」在同一地点已经有一条派单规则"
            )
        seen.add((part.category, part.place))
        for field, known, called in (
            ("category", names.categories, "分类"),
            ("order", names.orders, "单别"),
            ("level", names.levels, "层级"),
            ("place", names.places, "地点"),
            ("rule", names.rules, "规则"),
        ):
            yield from unknown(file, (*where, field), getattr(part, field), known=known, called=called)
        present = names.bodies | names.present_kinds
        yield from unknown(file, (*where, "lead"), part.lead, known=present, called="组织或组织类型")
        yield from each_unknown(file, (*where, "joint"), part.joint, known=present, called="组织或组织类型")


def _procedures(files: Files, names: Names, law: Law) -> Iterator[Complaint]:
    """Look at forums first, then at procedures, then at who does what in them: each stands on the former."""
    known, said = with_rules(law, files), files.forums.said.forum
    found = tuple(local_forums(files.forums.file, said, names=names, law=known))
    yield from found
    if found:
        return
    known = with_forums(known, files)
    yield from forums_weaker(files, law=known)
    file, parts = files.procedures.file, files.procedures.said.procedure
    found = tuple(procedures(file, parts, names=names, roles=roles_of(files, law=law), law=known))
    yield from found
    yield from shared_procedures(files, names=names, law=known)
    if found:
        return
    yield from acting_twice(files, law=known, kinds=names.place_kinds)
    yield from crossing_functions(files, law=known, kinds=names.place_kinds)


def _incompatible(files: Files, names: Names) -> Iterator[Complaint]:
    file = files.pack.file
    for place, part in enumerate(files.pack.said.incompatible):
        where = ("incompatible", place)
        yield from each_unknown(file, (*where, "offices"), part.offices, known=names.offices, called="职务")
        yield from unknown(file, (*where, "rule"), part.rule, known=names.rules, called="规则")


def _serving(files: Files, law: Law) -> Iterator[Complaint]:
    file, procedures = files.procedures.file, files.procedures.said.procedure
    yield from taken_twice(file, ("procedure",), [part.key for part in procedures])
    shared = {one.key for one in law.procedures}
    served = [subject for part in procedures for subject in part.serves]
    for place, part in enumerate(procedures):
        if part.key in shared:
            reason = f"「{part.key}」是全国通行的程序，请另取一个代号"
            yield file.complaint(("procedure", place, "key"), reason=reason)
        yield from each_unknown(
            file, ("procedure", place, "serves"), part.serves, known=SUBJECTS, called="事项种类"
        )
    for subject in SINGLE:
        if served.count(subject) != 1:
            said = "没有程序办理" if subject not in served else "不止一个程序办理"
            yield file.complaint((), reason=f"{said}「{subject}」")


def _registers(files: Files, names: Names) -> Iterator[Complaint]:
    file, registers = files.registers.file, files.registers.said.registers
    yield from taken_twice(file, ("register",), [part.key for part in registers])
    for place, part in enumerate(registers):
        yield from unknown(file, ("register", place, "rule"), part.rule, known=names.rules, called="规则")
