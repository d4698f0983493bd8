"""Questions about imports (查询)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count, Min, QuerySet

from linli.handoffs.intake.receiving import table_of
from linli.handoffs.intake.table import copy_rows
from linli.handoffs.intake.work import How
from linli.handoffs.models import Intake, KeptMapping, SentBack, Step
from linli.places.path import inside, paths_above

REASONS = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """A row of the file with what would become, or became, of it (一行)."""

    line: int
    how: How
    reason: str
    cells: Sequence[str]


def within(paths: Sequence[str]) -> QuerySet[Intake]:
    """Return the imports within some places."""
    return Intake.objects.filter(inside(*paths, column="place_path")).select_related("place", "by")


def everywhere() -> QuerySet[Intake]:
    """Return every import."""
    return Intake.objects.select_related("place", "by")


def of_id(number: int) -> Intake | None:
    """Find an import."""
    return everywhere().filter(pk=number).first()


def sent_before(intake: Intake) -> Intake | None:
    """Return the last import of the same file that went in at the same place (同一文件)."""
    same = Intake.objects.filter(digest=intake.digest, kind=intake.kind, place_path=intake.place_path)
    return (
        same.filter(pk__lt=intake.pk, step__in=(Step.DONE, Step.RUNNING, Step.STOPPED))
        .order_by("-pk")
        .first()
    )


def unfinished(*, digest: str, kind: str, path: str) -> Intake | None:
    """Return an import of the same file that was stopped or is under way."""
    same = Intake.objects.filter(digest=digest, kind=kind, place_path=path)
    return same.filter(step__in=(Step.STOPPED, Step.RUNNING)).order_by("-pk").first()


def waits_for(intake: Intake) -> Intake | None:
    """Return the import that must end before this one has its turn."""
    around = inside(intake.place_path, column="place_path")
    earlier = Intake.objects.filter(pk__lt=intake.pk, step__in=(Step.TRYING, Step.RUNNING))
    above = earlier.filter(place_path__in=paths_above(intake.place_path))
    return (earlier.filter(around) | above).order_by("pk").first()


def reasons(intake: Intake) -> list[tuple[str, int, int]]:
    """Return why rows were sent back, the most frequent first, each with how many and the first line."""
    rows = SentBack.objects.filter(intake_id=intake.pk).values("reason")
    counted = rows.annotate(times=Count("id"), first=Min("line")).order_by("-times", "first")
    return [(row["reason"], row["times"], row["first"]) for row in counted[:REASONS]]


def sample(intake: Intake) -> list[Shown]:
    """Return the first rows with what became of them; none once the file is deleted."""
    seen = {line: (How(how), reason) for line, how, reason in intake.sample}
    if not seen:
        return []
    cells = dict(copy_rows(table_of(intake), tuple(seen)))
    return [Shown(line, how, reason, cells[line]) for line, (how, reason) in seen.items() if line in cells]


def bad_rows(intake: Intake) -> Iterator[tuple[int, str, Sequence[str]]]:
    """Yield the rows that were sent back: line, reason, cells (退回的行)."""
    why = dict(SentBack.objects.filter(intake_id=intake.pk).values_list("line", "reason"))
    for line, cells in copy_rows(table_of(intake), tuple(why)):
        yield line, why[line], cells


def kept_names(*, kind: str, place_id: int) -> list[str]:
    """Return the names of the mappings kept at a place."""
    rows = KeptMapping.objects.filter(kind=kind, place_id=place_id).order_by("name")
    return list(rows.values_list("name", flat=True))
