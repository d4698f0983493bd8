"""The register of outside apps: list, form, decision, spreadsheet (应用登记)."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.bodies.actor import Actor
from linli.console.keeping import keeper, tabs
from linli.console.nav import surroundings
from linli.frame.clock import now, today
from linli.frame.excel import Cell, Column, download, sheet
from linli.frame.refused import STATUS
from linli.frame.signed_in import signed_in
from linli.gateways.burden import actions, queries, rules
from linli.gateways.burden.forms import AppForm, DecisionForm, NewAppForm
from linli.gateways.choices import Decision
from linli.gateways.placed import spots_of
from linli.gateways.systems import access
from linli.record import queries as record

if TYPE_CHECKING:
    from linli.gateways.models import OutsideApp

_COLUMNS = (
    Column("应用", width=24), Column("主管单位", width=20), Column("范围"), Column("依据", width=24),
    Column("要填的数据", width=40), Column("多久一次"), Column("每人每周分钟", "number"),
    Column("本系统已有"), Column("规则提示", width=40), Column("处理意见"), Column("理由", width=30),
    Column("决定日期", "day"),
)  # fmt: skip


@signed_in
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """List the apps, and what they cost one grid worker a week (应用登记)."""
    actor = keeper(request)
    apps = list(queries.led_by(actor))
    context = {
        "tabs": tabs("apps"),
        "rows": [(app, rules.warnings(app)) for app in apps],
        "loads": queries.loads(actor, apps=apps),
    }
    return render(request, "gateways/apps.html", surroundings(request, here="people") | context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def enter(request: HttpRequest) -> HttpResponse:
    """Show the form, or enter an app (登记)."""
    actor = keeper(request)
    form = NewAppForm(request.POST if request.method == "POST" else None, spots=spots_of(actor))
    if request.method == "POST" and form.is_valid():
        app = actions.enter(form.facts, within=form.spot, by=actor, at=now())
        messages.success(request, "已登记。请看规则提示，再定处理意见。")
        return redirect("gateways:app", app.pk)
    page = surroundings(request, here="people") | {"form": form}
    return render(request, "gateways/app_new.html", page, status=STATUS if form.errors else 200)


@signed_in
@require_safe
@never_cache
def one(request: HttpRequest, number: int) -> HttpResponse:
    """Show one app with what the rules say (外部应用)."""
    actor = keeper(request)
    return _page(request, actor, _load(actor, number))


@signed_in
@require_POST
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Correct what is known of an app (更正)."""
    actor = keeper(request)
    app, form = _load(actor, number), AppForm(request.POST)
    if not form.is_valid():
        return _page(request, actor, app, form=form)
    actions.change(app, form.facts, by=actor, at=now())
    messages.success(request, "已更正。")
    return redirect("gateways:app", number)


@signed_in
@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Decide what becomes of an app (处理意见)."""
    actor = keeper(request)
    app, form = _load(actor, number), DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, actor, app, decision_form=form)
    said = form.cleaned_data
    actions.decide(app, Decision(said["decision"]), reason=said["reason"], by=actor, at=now())
    messages.success(request, "处理意见已记下。")
    return redirect("gateways:app", number)


@signed_in
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Hand the register over as a spreadsheet (导出)."""
    apps = queries.led_by(keeper(request))
    content = sheet("向网格员要数据的应用", columns=_COLUMNS, rows=map(_cells, apps), notes=(f"{today()}",))
    return download(content, name=f"应用登记 {today()}")


def _cells(app: "OutsideApp") -> tuple[Cell, ...]:
    said = "".join(str(one) for one in rules.warnings(app))
    return (
        app.name, app.owner, app.place.name, app.basis, app.asks, app.get_often_display(),
        app.minutes_a_week, app.get_known_here_display(), said, app.get_decision_display(), app.reason,
        app.decided_on,
    )  # fmt: skip


def _page(
    request: HttpRequest, actor: Actor, app: "OutsideApp", *,
    form: AppForm | None = None, decision_form: DecisionForm | None = None,
) -> HttpResponse:  # fmt: skip
    context = {
        "app": app,
        "warnings": rules.warnings(app),
        "may_change": access.may_connect(actor, path=app.place_path),
        "form": form or AppForm(initial=dict(vars(app))),
        "decision_form": decision_form or DecisionForm(initial=dict(vars(app))),
        "is_changing": form is not None,
        "is_deciding": decision_form is not None,
        "entries": record.timeline(actions.chain_of(app), newest_first=True),
    }
    page = surroundings(request, here="people") | context
    is_wrong = form is not None or decision_form is not None
    return render(request, "gateways/app.html", page, status=STATUS if is_wrong else 200)


def _load(actor: Actor, number: int) -> "OutsideApp":
    found = queries.led_by(actor).filter(pk=number).first()
    if found is None:
        raise Http404
    return found
