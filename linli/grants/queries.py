"""Questions about grant rounds (查询)."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Prefetch, QuerySet, Sum

from linli.books import queries as books
from linli.books.earmarks import SOURCES
from linli.core.eligibility import Kinship
from linli.core.grant import Decision, Entry, Ranked, rank
from linli.core.publicity import Publicity
from linli.core.verdict import Verdict, all_of, no
from linli.disclosure import queries as disclosure
from linli.grants.choices import Half, Stage, State
from linli.grants.models import Application, Report, Reviewer, Round, Sheet, Showing, Tranche
from linli.pack.edition import Edition, Grants
from linli.people import households
from linli.places.path import inside, paths_above
from linli.rulebook import queries as rulebook

if TYPE_CHECKING:
    from linli.disclosure.models import Notice

IN_REVIEW = (State.ACCEPTED,)
FUNDED = (State.GRANTED, State.SIGNED, State.DONE)
UNDECIDED = (State.LODGED, State.TO_COMPLETE)


def of_number(number: str, *, to_act: bool = False) -> Round | None:
    """Find a round by its number; ``to_act`` holds it until the act is done."""
    rows = Round.objects.select_for_update(of=("self",)) if to_act else Round.objects
    return rows.select_related("place").filter(number=number).first()


def application(number: str, *, to_act: bool = False) -> Application | None:
    """Find an application by its number; ``to_act`` holds it until the act is done."""
    rows = Application.objects.select_for_update(of=("self",)) if to_act else Application.objects
    return rows.select_related("round__place", "contact").filter(number=number).first()


def within(path: str) -> QuerySet[Round]:
    """Return the rounds of a place, of those within it, the newest first (轮次)."""
    return Round.objects.filter(inside(path, column="place_path")).select_related("place").order_by("-pk")


def around(path: str) -> QuerySet[Round]:
    """Return the rounds that speak to those who live at a place: its own and those above it, newest first."""
    above = Round.objects.filter(place_path__in=(*paths_above(path), path))
    return above.select_related("place").order_by("-pk")


def applications(found: Round) -> QuerySet[Application]:
    """Return the applications of a round, in the order they came (申报)."""
    return Application.objects.filter(round=found).select_related("contact").order_by("pk")


def applied_by(person: int) -> QuerySet[Application]:
    """Return what somebody applied for, the newest first (我的申报)."""
    return Application.objects.filter(contact=person).select_related("round__place").order_by("-pk")


def seats_of(person: int) -> QuerySet[Reviewer]:
    """Return the rounds in which somebody reviews, the newest first (我的评审)."""
    return Reviewer.objects.filter(person=person).select_related("round__place").order_by("-pk")


def sheets_of(person: int) -> QuerySet[Sheet]:
    """Return what somebody wrote as a reviewer, the newest first (我的评语)."""
    rows = Sheet.objects.filter(reviewer__person=person)
    return rows.select_related("application__round").prefetch_related("marks").order_by("-pk")


def reviewers(found: Round) -> list[Reviewer]:
    """Return who reviews in a round, with the ties they declared (评审人)."""
    rows = Reviewer.objects.filter(round=found).select_related("person")
    return list(rows.prefetch_related("ties").order_by("pk"))


def seat(found: Round, *, person: int | None) -> Reviewer | None:
    """Return somebody's seat among the reviewers of a round."""
    rows = Reviewer.objects.filter(round=found, person=person).select_related("round")
    return rows.prefetch_related("ties").first() if person else None


def kin_of(some: Iterable[Reviewer]) -> Kinship:
    """Return the near kin of some reviewers (近亲属)."""
    return households.kinship([one.person_id for one in some])


def sheets(found: Round) -> list[Sheet]:
    """Return every sheet of a round with its marks, in the order of the applications (评分表)."""
    rows = Sheet.objects.filter(application__round=found).select_related("reviewer")
    return list(rows.prefetch_related("marks").order_by("application", "reviewer"))


def points(sheet: Sheet) -> dict[str, int]:
    """Return what a sheet gives for each criterion."""
    return {one.criterion: one.points for one in sheet.marks.all()}


def ranking(found: Round) -> tuple[Ranked, ...]:
    """Rank the applications that are under review by the sheets there are (排名)."""
    told: dict[int, list[dict[str, int]]] = {}
    for sheet in sheets(found):
        told.setdefault(sheet.application_id, []).append(points(sheet))
    rows = applications(found).exclude(rank=None) | applications(found).filter(state__in=IN_REVIEW)
    entries = [Entry(one.number, one.asked, tuple(told.get(one.pk, ()))) for one in rows]
    return rank(entries, criteria=terms(found).criteria, budget=found.budget)


def published(found: Round) -> dict[str, object]:
    """Say with which points, weights and money a round was ranked and decided; in fen (评分公开).

    The sheets of an application are sorted by their points, so that none shows who wrote it.
    """
    rule, decided = terms(found), decisions(found)
    return {
        "number": found.number,
        "budget": found.budget,
        "cap": found.cap,
        "criteria": [{"key": one.key, "title": one.title, "weight": one.weight} for one in rule.criteria],
        "ranking": [
            {
                "place": one.place,
                "number": one.entry.number,
                "asked": one.entry.asked,
                "mark": str(one.mark),
                "reached": one.reached,
                "sheets": sorted(map(dict, one.entry.sheets), key=lambda sheet: tuple(sheet.values())),
                "granted": decided[one.entry.number].fen,
                "reason": decided[one.entry.number].reason,
            }
            for one in ranking(found)
        ],
    }


def edition_of(found: Round) -> Edition:
    """Return the edition of the pack that a round began under (适用版本)."""
    try:
        return rulebook.edition(found.pack, found.edition)
    except KeyError:
        return rulebook.current(found.pack)


def terms(found: Round) -> Grants:
    """Return what the pack says of grants; every round began under a pack that does (创投规则)."""
    said = edition_of(found).grants
    if said is None:
        raise LookupError(f"{found.pack} 的方法包没有写公益创投")
    return said


def notice_of(found: Round, *, stage: Stage) -> "Notice | None":
    """Return the notice that made a step known, in its last corrected form (公示)."""
    showing = Showing.objects.filter(round=found, stage=stage).select_related("notice").first()
    return _last(showing.notice) if showing else None


def notices(found: Round) -> list[tuple[str, "Notice"]]:
    """Return the notices of a round, with what each makes known (历次公示)."""
    rows = Showing.objects.filter(round=found).select_related("notice").order_by("pk")
    own = [(_TITLES[Stage(one.stage)], one.notice) for one in rows]
    reports = Report.objects.filter(application__round=found).exclude(notice=None).select_related("notice")
    told = {one.notice_id: (Half(one.half).label + "公示", one.notice) for one in reports.order_by("pk")}
    return own + [(str(title), notice) for title, notice in told.values() if notice is not None]


def is_shown(notice: "Notice | None", *, of: str, at: datetime) -> Verdict:
    """Answer whether a notice has hung its days and nothing stands against it (公示期满)."""
    if notice is None:
        return no(f"{of}还没有公示。", asked="公示", remedy="先公示，公示期满再办下一步。")
    notice = _last(notice)
    clause = disclosure.clause_of(notice)
    if notice.taken_down_at is not None:
        return no(f"{of}的公示已经撤下，不算数。", clause, asked="公示", remedy="请重新公示。")
    unanswered = disclosure.unanswered([notice.pk])
    closing = Publicity(notice.shown_at, notice.days, clause).may_close(at=at, objections=unanswered)
    if disclosure.is_upheld([notice.pk]):
        upheld = no(
            f"对{of}的异议成立：不能办下一步。", clause, asked="公示",
            remedy="先更正公示，更正后重新公示满期限。",
        )  # fmt: skip
        return all_of(upheld, closing)
    return closing


def spent(found: Application) -> int:
    """Add up the receipts of the reports that were accepted, in fen (已用)."""
    rows = Report.objects.filter(application=found, is_accepted=True)
    return rows.aggregate(total=Sum("spent"))["total"] or 0


def paid(found: Application) -> int:
    """Say from the book how much of a grant was paid and not given back, in fen (已付)."""
    return books.balance(found.round.purse, code=f"paid/{found.number}") or 0


def money_of(found: Round) -> tuple[dict[str, int], dict[str, int]]:
    """Say from the book what was paid for each application, and what each source gave (已付、来源)."""
    standing = books.balances(found.purse)
    paid = {code.removeprefix("paid/"): fen for code, fen in standing.items() if code.startswith("paid/")}
    sources = {code.removeprefix("from/"): -fen for code, fen in standing.items() if code.startswith("from/")}
    given = {SOURCES.get(kind, kind): fen for kind, fen in sources.items()}
    return paid, given


def waiting(found: Round) -> dict[int, str]:
    """Name the report of each application that waits for an answer (待审核的报告)."""
    rows = Report.objects.filter(application__round=found, is_accepted=None)
    return {one: str(Half(half).label) for one, half in rows.values_list("application", "half")}


def reports(found: Application) -> list[Report]:
    """Return the reports on an application with their receipts, the first on top (报告)."""
    rows = Report.objects.filter(application=found).select_related("notice")
    return list(rows.prefetch_related("receipts").order_by("pk"))


def report(found: Application, *, half: str) -> Report | None:
    """Return the report of a half that stands: not answered yet, or accepted."""
    rows = Report.objects.filter(application=found, half=half).exclude(is_accepted=False)
    return rows.select_related("notice", "application__round").first()


def unshown(found: Round, *, half: str) -> list[Report]:
    """Return the accepted reports that no notice has made known yet (待公示的报告)."""
    rows = Report.objects.filter(application__round=found, half=half, is_accepted=True, notice=None)
    return list(rows.select_related("application").order_by("application"))


def tranches(found: Application) -> list[Tranche]:
    """Return the parts in which a grant is paid (各期)."""
    return list(Tranche.objects.filter(application=found).order_by("pk"))


def whole(found: Application) -> Application:
    """Read an application with its lines and milestones (全文)."""
    lines = Prefetch("lines", to_attr="all_lines")
    milestones = Prefetch("milestones", to_attr="all_milestones")
    return (
        Application.objects.select_related("round__place", "contact")
        .prefetch_related(lines, milestones)
        .get(pk=found.pk)
    )


def decisions(found: Round) -> dict[str, Decision]:
    """Return what was decided on each application that was ranked (审定)."""
    return {
        one.number: Decision(one.number, one.granted, one.reason)
        for one in applications(found).exclude(rank=None)
    }


def _last(notice: "Notice") -> "Notice":
    while (fresh := getattr(notice, "corrected_by", None)) is not None:
        notice = fresh
    return notice


_TITLES = {Stage.LISTED: "申报名单公示", Stage.DETERMINED: "资助结果公示"}
