"""Read a place's pack from its files into one edition (读取方法包)."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from linli.core.calendar import Calendar
from linli.core.clause import Clause
from linli.core.dispatch import Level, Route
from linli.core.grant import Criterion, Portion
from linli.core.law import Law, LawRule
from linli.core.procedure import Procedure
from linli.core.term import Term
from linli.pack import edition as values
from linli.pack import schema
from linli.pack.check import check
from linli.pack.check_deciding import TOPIC
from linli.pack.complaint import PackError
from linli.pack.files import Files, read_files
from linli.pack.holding import procedures_of, with_forums, with_rules

Clauses = Mapping[str, Clause]


def read_edition(folder: Path, *, law: Law, calendar: Calendar, root: Path | None = None) -> values.Edition:
    """Read and check the files of one edition; raise PackError with everything that is wrong with it."""
    files = read_files(folder, root=root)
    complaints = check(files, law=law, calendar=calendar)
    if complaints:
        raise PackError(*complaints)
    return _put_together(files, with_forums(with_rules(law, files), files))


def _put_together(files: Files, law: Law) -> values.Edition:
    pack, places, bodies = files.pack.said, files.places.said, files.bodies.said
    categories, kinds = files.categories.said, frozenset(part.kind for part in places.place)
    rules = _rules(files.rules.said, law)
    clauses = {key: rule.clause for key, rule in rules.items()}
    procedures = procedures_of(files, law=law, kinds=kinds)
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
        offices={
            part.key: values.OfficeData(part.key, part.title, part.duties, part.in_body)
            for part in pack.office
        },
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
        procedures=procedures,
        serves=_serves(files.procedures.said, procedures),
        forums=law.forums,
        incompatible=tuple(
            values.Incompatible(frozenset(part.offices), clauses[part.rule], part.kin, part.nested)
            for part in pack.incompatible
        ),
        registers={part.key: _register(part, clauses) for part in files.registers.said.registers},
        digest=digest(files.folder),
        reference=values.Reference(**pack.reference.model_dump()) if pack.reference else None,
        trades={part.key: part.title for part in pack.trade},
        cross_seats=tuple(_cross_seat(part, law=law, kinds=bodies.kind) for part in pack.cross_seat),
        facilities=_facilities(pack.facilities, law) if pack.facilities else None,
        societies=_societies(pack.societies, law) if pack.societies else None,
        grants=_grants(pack.grants, law) if pack.grants else None,
    )


def digest(folder: Path) -> str:
    """Return the digest of an edition's files, by which a released edition is locked (版本锁)."""
    whole = sha256()
    for path in sorted(folder.glob("*.toml")):
        whole.update(path.name.encode() + b"\0" + sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def _rules(file: schema.RulesFile, law: Law) -> dict[str, values.Rule]:
    editable = {part.id for part in file.rule if part.editable}
    return {
        rule.id: values.Rule(rule.clause, rule.title, rule.text, rule.id in editable, rule.numbers)
        for rule in law.rules.values()
    }


def _serves(file: schema.ProceduresFile, known: Mapping[str, Procedure]) -> dict[str, tuple[str, ...]]:
    """List the procedures that serve each subject; whatever is not the place's own serves topics."""
    own = {part.key for part in file.procedure}
    serves: dict[str, tuple[str, ...]] = {}
    for part in file.procedure:
        for subject in part.serves:
            serves[subject] = (*serves.get(subject, ()), part.key)
    shared = tuple(key for key in known if key not in own)
    return {**serves, TOPIC: (*serves.get(TOPIC, ()), *shared)}


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


def _cross_seat(part: schema.CrossSeatPart, *, law: Law, kinds: Mapping[str, str]) -> values.CrossSeat:
    def side(one: schema.CrossSidePart) -> values.CrossSide:
        return values.CrossSide(one.body_kind, kinds[one.body_kind], one.offices, one.joined_as)

    rule_id, _, name = part.goal.partition(".")
    return values.CrossSeat(
        key=part.key,
        title=part.title,
        place_kinds=part.place_kinds,
        goal=law.rule(rule_id).share(name) if part.goal else None,
        clause=law.rule(part.rule).clause,
        community=tuple(map(side, part.community)),
        estate=tuple(map(side, part.estate)),
    )


def _facilities(part: schema.FacilitiesPart, law: Law) -> values.Facilities:
    def count(reference: str) -> int:
        rule_id, _, name = reference.partition(".")
        return law.rule(rule_id).count(name)

    kinds = (
        values.FacilityKind(one.key, one.title, count(one.goal) if one.goal else None, one.each or "")
        for one in part.kind
    )
    return values.Facilities(tuple(kinds), law.rule(part.rule).clause)


def _societies(part: schema.SocietiesPart, law: Law) -> values.Societies:
    def count(reference: str) -> int:
        rule_id, _, name = reference.partition(".")
        return law.rule(rule_id).count(name)

    goal = part.goal
    return values.Societies(
        kinds={one.key: one.title for one in part.kind},
        place_kinds=part.place_kinds,
        sub_committees=part.sub_committees,
        incubators=part.incubators,
        goal=values.SocietyGoal(count(goal.professional), count(goal.filed), count(goal.grassroots))
        if goal
        else None,
        clause=law.rule(part.rule).clause,
    )


def _grants(part: schema.GrantsPart, law: Law) -> values.Grants:
    def rule_of(reference: str) -> tuple[LawRule, str]:
        rule_id, _, name = reference.partition(".")
        return law.rule(rule_id), name

    (least, counted), (late, late_name), (shown, shown_name) = map(
        rule_of, (part.reviewers_least, part.completes, part.shown_for)
    )
    return values.Grants(
        kinds={one.key: one.title for one in part.kind},
        criteria=tuple(Criterion(one.key, one.title, one.weight) for one in part.criterion),
        shares=tuple(Portion(one.upon, one.share) for one in part.tranche),
        reviewers_least=least.count(counted),
        completes=late.term(late_name),
        shown_for=shown.term(shown_name),
        clause=law.rule(part.rule).clause,
        scoring=law.rule(part.scoring).clause,
        shown=shown.clause,
    )


def _category(part: schema.CategoryPart) -> values.Category:
    return values.Category(part.key, part.title, part.parent, part.words, part.private, part.fallback)


def _route(part: schema.RoutePart, clauses: Clauses) -> Route:
    return Route(part.category, part.lead, part.joint, part.order, part.level, part.place, clauses[part.rule])


def _register(part: schema.RegisterPart, clauses: Clauses) -> values.Register:
    return values.Register(part.key, part.title, part.about, part.every, part.columns, clauses[part.rule])
