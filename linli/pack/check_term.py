"""No place gives itself more time than the law or the city gives it (不弱于上位规定)."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from linli.core.calendar import Calendar
from linli.core.law import Law
from linli.core.term import Term, due
from linli.pack.complaint import Complaint, TomlPath
from linli.pack.files import Files
from linli.pack.toml import TomlFile

Bound = tuple[TomlFile, TomlPath, str, str]


def terms(files: Files, *, law: Law, calendar: Calendar) -> Iterator[Complaint]:
    """Complain about each local term that is longer than the number it must keep to."""
    for file, path, written, reference in _bounds(files):
        bound = _bound_of(law, reference)
        if bound is None:
            yield file.complaint(_beside(path), reason=f"没有叫「{reference}」的法定期限")
        elif (said := _longer(Term.parse(written), bound, calendar)) is not None:
            yield file.complaint(path, reason=f"{said}（{reference}）")


def _bounds(files: Files) -> Iterator[Bound]:
    file, pack = files.pack.file, files.pack.said
    for place, order in enumerate(pack.order):
        if order.no_longer_than:
            yield file, ("order", place, "resolve"), order.resolve, order.no_longer_than
    if pack.extension.no_longer_than:
        yield file, ("extension", "at_most"), pack.extension.at_most, pack.extension.no_longer_than
    file = files.procedures.file
    for place, procedure in enumerate(files.procedures.said.procedure):
        for row, step in enumerate(procedure.step):
            for order_key, written in step.within.items() if step.no_longer_than else ():
                where = ("procedure", place, "step", row, "within", order_key)
                yield file, where, written, step.no_longer_than


def _beside(path: TomlPath) -> TomlPath:
    """Return where the bound of a term is written: beside the term, or beside the table it stands in."""
    table = path[:-2] if "within" in path else path[:-1]
    return (*table, "no_longer_than")


def _bound_of(law: Law, reference: str) -> Term | None:
    try:
        bound = law.number(reference)
    except LookupError:
        return None
    return bound if isinstance(bound, Term) else None


def _longer(local: Term, bound: Term, calendar: Calendar) -> str | None:
    """Say by which day or amount a local term is longer, None when it never is."""
    if local.unit is bound.unit:
        return f"{local.words}，长于规定的 {bound.words}" if local.amount > bound.amount else None
    day = _first_day_longer(local, bound, calendar)
    if day is None:
        return None
    return f"{local.words}和规定的 {bound.words} 单位不同，{day} 起算时会晚于规定"


@lru_cache(maxsize=64)
def _first_day_longer(local: Term, bound: Term, calendar: Calendar) -> date | None:
    """Try each day of the years whose holidays are known, at the opening and the end of business."""
    years = sorted({day.year for day in calendar.holidays})
    day, last = date(years[0], 1, 1), date(years[-1], 11, 30)
    while day <= last:
        for hour in (calendar.hours[0][0], calendar.hours[-1][1], time(23, 59)):
            at = datetime.combine(day, hour, calendar.zone)
            if due(local, at=at, calendar=calendar) > due(bound, at=at, calendar=calendar):
                return day
        day += timedelta(days=1)
    return None
