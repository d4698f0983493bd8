"""What couriers, riders and drivers reported, who of them serve, and the matters behind (新就业群体)."""

from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linli.console import lists
from linli.console.nav import surroundings
from linli.console.reach import scope_of
from linli.frame import paging
from linli.frame.clock import now
from linli.frame.signed_in import signed_in
from linli.insight import trades
from linli.matters import queries as matters

PAGE = 50


@signed_in
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show by trade and by month what was reported and solved, and how many serve (新就业群体)."""
    scope = scope_of(request)
    context = {
        "scope": scope,
        "road": trades.read(scope.place.path, trades=scope.edition.trades, at=now()),
    }
    return render(request, "console/trades.html", surroundings(request, here="coverage") | context)


@signed_in
@require_safe
def behind(request: HttpRequest) -> HttpResponse:
    """List the matters behind a number of the page (数字背后的事项)."""
    scope, at = scope_of(request), now()
    trade, month = request.GET.get("trade", ""), _month(request.GET.get("month", ""))
    if trade and trade not in scope.edition.trades:
        raise Http404
    is_solved = bool(request.GET.get("solved"))
    found = trades.behind(scope.place.path, trade=trade, month=month, solved=is_solved, at=at)
    facts = found.values_list(*lists.COLUMNS, named=True)
    page = paging.page(facts, by=matters.NEWEST, cursor=request.GET.get("after", ""), size=PAGE)
    query = request.GET.copy()
    query.pop("after", None)
    context = {
        "scope": scope,
        "words": _words(scope.edition.trades.get(trade, "新就业群体"), month=month, is_solved=is_solved),
        "number": found.count(),
        "rows": lists.rows(page.rows, at=at, names=lists.full_names(page.rows)),
        "query": query.urlencode(),
        "following": page.following,
        "first": not request.GET.get("after"),
    }
    return render(request, "console/trade_matters.html", surroundings(request, here="coverage") | context)


def _month(said: str) -> date | None:
    if not said:
        return None
    try:
        return datetime.strptime(said, "%Y-%m").date()  # noqa: DTZ007  (a month has no zone)
    except ValueError as wrong:
        raise Http404 from wrong


def _words(who: str, *, month: date | None, is_solved: bool) -> str:
    when = f"{month.year}年{month.month}月" if month else f"近 {trades.MONTHS} 个月"
    return f"{who}{when}反映的事项" + ("，已经办成的" if is_solved else "")
