"""The three registers, the weekly list of the lanes, and both as spreadsheets (清单)."""

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linli.console.nav import surroundings
from linli.console.reach import Scope, scope_of
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.frame.clock import now, today
from linli.frame.excel import download, sheet
from linli.frame.signed_in import signed_in
from linli.frame.wording import written
from linli.insight import registers
from linli.insight.columns import shown
from linli.insight.naming import titles
from linli.insight.registers import MOST_EXPORTED, STATES, Filter, Week
from linli.pack.edition import Register
from linli.places import queries as places

_FIRST_SIGHT = timedelta(days=29)
_LANE = "lane"


@signed_in
@require_safe
def show(request: HttpRequest, key: str = registers.VIEWS[0]) -> HttpResponse:
    """Show one of the three registers; the filter is the same for all (三张清单)."""
    scope, at = scope_of(request), now()
    register, chosen = _register(scope, key), _filter(request, scope)
    columns = registers.columns(register)
    page = registers.page(chosen, cursor=request.GET.get("after", ""), at=at)
    context = {
        "scope": scope,
        "register": register,
        "views": registers.views(scope.edition),
        "has_lanes": _LANE in scope.edition.registers,
        "chosen": chosen,
        "titles": [column.sheet.title for column in columns],
        "lines": [
            (line, [shown(column.cell(line), today=today()) for column in columns]) for line in page.rows
        ],
        "following": page.following,
        "first": not request.GET.get("after"),
        "subjects": (("", "诉求和事件"), *titles(scope.edition, "subject").items()),
        "states": tuple(STATES.items()),
        "places": [(place.path, place.name) for place in places.with_children(scope.place.path)],
        "query": _query(chosen),
    }
    return render(request, "console/register.html", surroundings(request, here="registers") | context)


@signed_in
@require_safe
def export(request: HttpRequest, key: str) -> HttpResponse:
    """Hand over a register as a spreadsheet (导出)."""
    scope, at = scope_of(request), now()
    register, chosen = _register(scope, key), _filter(request, scope)
    if registers.exceeds(chosen, most=MOST_EXPORTED, at=at):
        raise Refused(_too_many(register))
    columns = registers.columns(register)
    content = sheet(
        f"{scope.place.name}{register.title}",
        columns=[column.sheet for column in columns],
        rows=registers.export(chosen, columns=columns, at=at),
        notes=_notes(scope, chosen.words(scope.edition)),
    )
    return download(content, name=f"{scope.place.name}{register.title} {today():%Y-%m-%d}")


@signed_in
@require_safe
def lanes(request: HttpRequest) -> HttpResponse:
    """Show what was heard, worked on and done in each lane in a week (巷理事工作清单)."""
    return render(
        request,
        "console/lanes.html",
        surroundings(request, here="registers") | _lanes(request),
    )


@signed_in
@require_safe
def lane_paper(request: HttpRequest) -> HttpResponse:
    """Print the weekly list, with names masked: it hangs in the lane (张贴)."""
    known = _lanes(request)
    one = request.GET.get("lane", "")
    known["lanes"] = [lane.masked for lane in known["lanes"] if one in ("", lane.spot.path)]
    return render(request, "console/lane_paper.html", known | {"issuer": known["scope"].place.name})


@signed_in
@require_safe
def lane_export(request: HttpRequest) -> HttpResponse:
    """Hand over the weekly list as a spreadsheet (导出)."""
    known = _lanes(request)
    scope, week, register = known["scope"], known["week"], known["register"]
    columns = registers.columns(register)
    lines = tuple(line for lane in known["lanes"] for line in lane.entries)
    content = sheet(
        f"{scope.place.name}{register.title}",
        columns=[column.sheet for column in columns],
        rows=registers.cells(lines, columns=columns),
        notes=_notes(scope, f"第 {week.monday.isocalendar().week} 周，{week.words}"),
    )
    return download(content, name=f"{scope.place.name}{register.title} {week.monday:%Y-%m-%d}")


def _lanes(request: HttpRequest) -> dict[str, Any]:
    scope, at = scope_of(request), now()
    register = _register(scope, _LANE)
    week = Week.of(_day(request.GET.get("week"), otherwise=today()))
    columns = registers.columns(register, without=("lane",))
    found = registers.lanes(scope.place, week=week, at=at)
    return {
        "scope": scope,
        "register": register,
        "views": registers.views(scope.edition),
        "has_lanes": True,
        "week": week,
        "this_week": Week.of(today()),
        "lanes": found,
        "columns": columns,
        "titles": [column.sheet.title for column in columns],
        "shown": lambda cell: shown(cell, today=today()),
        "query": f"within={scope.place.path}",
    }


def _register(scope: Scope, key: str) -> Register:
    if key not in scope.edition.registers:
        raise Http404
    return scope.edition.registers[key]


def _filter(request: HttpRequest, scope: Scope) -> Filter:
    said = request.GET
    until = _day(said.get("until"), otherwise=today())
    since = _day(said.get("since"), otherwise=until - _FIRST_SIGHT)
    subject = said.get("subject", "")
    state = said.get("state", "")
    return Filter(
        place=scope.place,
        since=min(since, until),
        until=until,
        subject=subject if subject in scope.edition.serves else "",
        state=state if state in STATES else "",
    )


def _query(chosen: Filter) -> str:
    kept = {"subject": chosen.subject, "state": chosen.state}
    extra = "".join(f"&{name}={value}" for name, value in kept.items() if value)
    return f"within={chosen.place.path}&since={chosen.since}&until={chosen.until}{extra}"


def _day(text: str | None, *, otherwise: date) -> date:
    try:
        return date.fromisoformat(text) if text else otherwise
    except ValueError:
        return otherwise


def _notes(scope: Scope, chosen: str) -> tuple[str, ...]:
    return (f"单位：{scope.place.name}    导出日期：{written(today())}    范围：{chosen}",)


def _too_many(register: Register) -> Refusal:
    return Refusal(
        f"这样选有 {MOST_EXPORTED:,} 件以上，一张表放不下。",
        remedy="把日期选短一些，或者先选一个社区，再导出。",
        asked=f"导出{register.title}",
    )
