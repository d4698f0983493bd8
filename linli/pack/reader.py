"""Read a place's pack from its files into one edition (读取方法包)."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from linli.core.calendar import Calendar
from linli.core.clause import Clause, Mark
from linli.core.dispatch import Level, Route
from linli.core.law import Law
from linli.core.procedure import ActRule, Procedure, Role, Stand, Step
from linli.core.term import Term
from linli.pack import edition as values
from linli.pack import schema
from linli.pack.check import check
from linli.pack.complaint import PackError
from linli.pack.files import Files, read_files

Clauses = Mapping[str, Clause]


def read_edition(folder: Path, *, law: Law, calendar: Calendar, root: Path | None = None) -> values.Edition:
    """Read and check the files of one edition; raise PackError with everything that is wrong with it."""
    files = read_files(folder, root=root)
    complaints = check(files, law=law, calendar=calendar)
    if complaints:
        raise PackError(*complaints)
    return _put_together(files, law)


def _put_together(files: Files, law: Law) -> values.Edition:
    pack, places, bodies = files.pack.said, files.places.said, files.bodies.said
    categories, procedures = files.categories.said, files.procedures.said
    rules = _rules(files.rules.said, law)
    clauses = {key: rule.clause for key, rule in rules.items()}
    roles = {part.key: Role(part.key, part.title, Stand(part.stands), part.office) for part in pack.role}
    return values.Edition(
        key=pack.key,
        year=pack.edition,
        title=pack.title,
        about=pack.about,
        seed=pack.seed,
        number_prefix=pack.number_prefix,
        place=pack.place,
        telephone=pack.telephone,
        levels=tuple(Level(part.key, part.title, part.place_kinds) for part in pack.level),
        offices={part.key: values.OfficeData(part.key, part.title, part.duties) for part in pack.office},
        orders={part.key: _order(part, clauses) for part in pack.order},
        pauses={
            part.key: values.PauseReason(part.key, part.title, clauses[part.rule]) for part in pack.pause
        },
        extension=values.Extension(
            Term.parse(pack.extension.at_most), pack.extension.times, clauses[pack.extension.rule]
        ),
        reopen=_limit(pack.reopen, clauses),
        give_back=_limit(pack.give_back, clauses),
        report_in=_limit(pack.report_in, clauses),
        joining=clauses[pack.joining.rule],
        hot=_hot(pack.hot, clauses),
        grid=_grid(pack.grid, clauses),
        wording=pack.wording,
        rules=rules,
        places=tuple(values.PlaceData(**part.model_dump()) for part in places.place),
        bodies=tuple(_body(part, bodies.kind) for part in bodies.body),
        chains=tuple(_chain(part, clauses) for part in bodies.chain),
        categories={part.key: _category(part) for part in categories.category},
        routes=tuple(_route(part, clauses) for part in categories.route),
        procedures={part.key: _procedure(part, roles, clauses) for part in procedures.procedure},
        serves={subject: part.key for part in procedures.procedure for subject in part.serves},
        registers={part.key: _register(part, clauses) for part in files.registers.said.registers},
        digest=digest(files.folder),
        reference=values.Reference(**pack.reference.model_dump()) if pack.reference else None,
        trades={part.key: part.title for part in pack.trade},
    )


def digest(folder: Path) -> str:
    """Return the digest of an edition's files, by which a released edition is locked (版本锁)."""
    whole = sha256()
    for path in sorted(folder.glob("*.toml")):
        whole.update(path.name.encode() + b"\0" + sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def _rules(file: schema.RulesFile, law: Law) -> dict[str, values.Rule]:
    rules = {rule.id: values.Rule(rule.clause, rule.title, rule.text) for rule in law.rules.values()}
    for part in file.rule:
        clause = Clause(part.id, part.source, part.article, Mark(part.mark))
        rules[part.id] = values.Rule(clause, part.title, part.text, part.editable)
    return rules


def _order(part: schema.OrderPart, clauses: Clauses) -> values.Order:
    return values.Order(part.key, part.title, part.when, Term.parse(part.resolve), clauses[part.rule])


def _limit(part: schema.ClosedClausePart, clauses: Clauses) -> values.Limit:
    return values.Limit(Term.parse(part.within), clauses[part.rule])


def _hot(part: schema.HotPart, clauses: Clauses) -> values.Hot:
    return values.Hot(part.weeks, part.usual_weeks, part.at_least, part.times, clauses[part.rule])


def _grid(part: schema.GridStandardPart, clauses: Clauses) -> values.GridStandard:
    return values.GridStandard(
        part.households_from,
        part.households_to,
        part.people_to,
        part.duties,
        part.supervision,
        clauses[part.rule],
    )


def _body(part: schema.BodyPart, kinds: Mapping[str, str]) -> values.BodyData:
    return values.BodyData(
        part.key, part.kind, kinds[part.kind], part.name, part.place, part.parent, part.telephone
    )


def _chain(part: schema.ChainPart, clauses: Clauses) -> values.Chain:
    tiers = tuple(values.Tier(tier.title, tier.body_kind, tier.place_kinds) for tier in part.tier)
    return values.Chain(part.key, part.title, tiers, clauses[part.rule])


def _category(part: schema.CategoryPart) -> values.Category:
    return values.Category(part.key, part.title, part.parent, part.words, part.private, part.fallback)


def _route(part: schema.RoutePart, clauses: Clauses) -> Route:
    return Route(part.category, part.lead, part.joint, part.order, part.level, part.place, clauses[part.rule])


def _procedure(part: schema.ProcedurePart, roles: Mapping[str, Role], clauses: Clauses) -> Procedure:
    return Procedure(
        key=part.key,
        title=part.title,
        steps=tuple(_step(step, clauses) for step in part.step),
        roles=roles,
        starts_at=part.starts_at,
        anytime=tuple(_act(act, clauses) for act in part.anytime),
        clause=clauses[part.rule],
    )


def _step(part: schema.StepPart, clauses: Clauses) -> Step:
    return Step(
        key=part.key,
        kind=part.kind,
        title=part.title,
        acts=tuple(_act(act, clauses) for act in part.acts),
        waits_for=part.waits_for,
        within={order: Term.parse(term) for order, term in part.within.items()},
        stops_clock=part.stops_clock,
        on_due=part.on_due,
        clause=clauses[part.rule] if part.rule else None,
    )


def _act(part: schema.ActPart, clauses: Clauses) -> ActRule:
    return ActRule(
        act=part.act,
        by=part.by,
        to=part.to,
        title=part.title,
        needs=part.needs,
        bars=part.bars,
        climbs=part.climbs,
        during=part.during,
        clause=clauses[part.rule] if part.rule else None,
    )


def _register(part: schema.RegisterPart, clauses: Clauses) -> values.Register:
    return values.Register(part.key, part.title, part.about, part.every, part.columns, clauses[part.rule])
