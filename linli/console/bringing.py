"""Bringing tables in: send, match the columns, try, run, and see what came of it (导入)."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from linli.bodies import access
from linli.bodies.actor import Actor
from linli.console import columns
from linli.console.keeping import keeper, tabs
from linli.console.nav import surroundings
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.frame import paging
from linli.frame.clock import now, today
from linli.frame.excel import download
from linli.frame.signed_in import signed_in
from linli.handoffs.intake import asking, exporting, job, receiving, rejects, running
from linli.handoffs.intake.kinds import DWELLINGS, KINDS, PLACES, RESIDENTS
from linli.handoffs.intake.receiving import SAMPLE, Sender
from linli.handoffs.intake.sent import LARGEST_BYTES, MOST_ROWS
from linli.pack.complaint import PackError
from linli.places import queries as places
from linli.places.queries import Spot
from linli.record import queries as record

if TYPE_CHECKING:
    from linli.handoffs.models import Intake

ENDINGS = ".xlsx,.xls,.xlsb,.xlsm,.ods,.csv,.tsv,.txt"
_LARGEST = LARGEST_BYTES // 1024**2
_LONGEST_NAME = 60
_LONGEST_LINE = 2
_UNDER_WAY = ("trying", "running")
_EXPORTS: Mapping[str, Callable[[Spot], bytes]] = {
    RESIDENTS.key: exporting.residents,
    PLACES.key: exporting.spots,
    DWELLINGS.key: exporting.dwellings,
}


class SendForm(forms.Form):
    """What is sent, what it holds, and for which place it speaks (上传)."""

    kind = forms.ChoiceField(label="里面是什么", widget=forms.RadioSelect)
    place = forms.ChoiceField(label="范围", help_text="文件里的地点都要在这里面。")
    file = forms.FileField(
        label="文件",
        help_text=f"Excel（xlsx、xls、xlsb、ods）或 CSV，最大 {_LARGEST} MB、{MOST_ROWS // 10_000} 万行。",
        error_messages={"required": "请选一个文件。", "empty": "文件是空的，核对是不是选错了文件。"},
    )

    def __init__(self, actor: Actor, *sent: Any) -> None:
        super().__init__(*sent)
        self.starts = {str(spot.id): spot for spot in _starts(actor)}
        kinds = [(kind.key, kind.title, kind.about) for kind in KINDS.values()]
        self.fields["kind"].choices = [(key, title) for key, title, _ in kinds]  # type: ignore[attr-defined]
        self.fields["kind"].cards = kinds  # type: ignore[attr-defined]
        choices = [(key, spot.name) for key, spot in self.starts.items()]
        self.fields["place"].choices = choices  # type: ignore[attr-defined]


@signed_in
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show what was brought in, and send the next file (导入)."""
    return _list(request, keeper(request))


@signed_in
@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """Take a file, and show what its columns seem to mean (上传)."""
    actor = keeper(request)
    form = SendForm(actor, request.POST, request.FILES)
    if not form.is_valid():
        return _list(request, actor, form=form)
    sent, place = form.cleaned_data, form.starts[form.cleaned_data["place"]]
    by = Sender(actor.person_id, access.speaks_as(actor, path=place.path))
    file: UploadedFile[bytes] = sent["file"]
    try:
        with _on_disk(file) as path:
            intake = receiving.receive(
                path, name=Path(file.name or "文件").name, kind=sent["kind"], place=place, by=by, at=now()
            )
    except Refused as refused:
        form.add_error("file", [str(one) for one in refused.refusals])
        return _list(request, actor, form=form)
    return redirect("console:intake", intake.pk)


@signed_in
@require_safe
@never_cache
def intake(request: HttpRequest, number: int) -> HttpResponse:
    """Show one import: its columns, its trial, how far it is, what came of it (一次导入)."""
    return _page(request, _load(request, number))


@signed_in
@require_POST
def header(request: HttpRequest, number: int) -> HttpResponse:
    """Read the titles from another row (列名所在行)."""
    one, said = _load(request, number), request.POST.get("line", "")
    if not (said.isascii() and said.isdigit() and 0 < len(said) <= _LONGEST_LINE and int(said)):
        raise _refused("列名所在行要写一个数字。", "数一数列名在第几行，例如 2。")
    receiving.find_header_again(one, header_line=int(said))
    return redirect("console:intake", one.pk)


@signed_in
@require_POST
def match(request: HttpRequest, number: int) -> HttpResponse:
    """Settle what the columns mean, and try every row or take them in (核对列)."""
    one = _load(request, number)
    before = receiving.mapping_of(one)
    mapping = columns.read(KINDS[one.kind], sent=request.POST, header=one.header, before=before)
    name = request.POST.get("keep_as", "").strip()[:_LONGEST_NAME]
    try:
        receiving.match(one, mapping, keep_as=name, at=now())
    except PackError as error:
        one.mapping = receiving.written(mapping)
        return _page(request, one, faults=tuple(_fault(one, fault.path[0]) for fault in error.complaints))
    running.try_out(one)
    job.wake()
    return redirect("console:intake", one.pk)


@signed_in
@require_POST
def act(request: HttpRequest, number: int) -> HttpResponse:
    """Start, stop, go on with, or give up an import (录入、停下、继续、作废)."""
    one, wanted = _load(request, number), request.POST.get("act", "")
    if wanted not in _ACTS:
        raise Http404
    sentence, perform = _ACTS[wanted]
    perform(one)
    job.wake()
    messages.success(request, sentence)
    return redirect("console:intake", one.pk)


@signed_in
@require_safe
@never_cache
def progress(request: HttpRequest, number: int) -> HttpResponse:
    """Say how far an import is, for a page that asks now and then; the end shows the whole page (进度)."""
    one = _load(request, number)
    answer = render(request, "console/parts/intake_progress.html", {"intake": one, **_turn(one)})
    if one.step not in _UNDER_WAY:
        answer.headers["HX-Refresh"] = "true"
    return answer


@signed_in
@require_safe
@never_cache
def bad_rows(request: HttpRequest, number: int) -> HttpResponse:
    """Hand over the rows that were sent back, each with the reason (退回的行)."""
    one = _load(request, number)
    return download(rejects.workbook(one), name=f"{Path(one.name).stem} 退回的行")


@signed_in
@require_safe
@never_cache
def export(request: HttpRequest, key: str) -> HttpResponse:
    """Hand over the residents or the places within a place; what comes back changes nothing (导出)."""
    actor, path = keeper(request), request.GET.get("within", "")
    chain = places.chain(path) if path.isdecimal() and access.leads(actor, path) else ()
    if key not in _EXPORTS or not chain or chain[-1].path != path:
        raise Http404
    content = _EXPORTS[key](chain[-1])
    return download(content, name=f"{chain[-1].name}{KINDS[key].title} {today():%Y-%m-%d}")


_ACTS: Mapping[str, tuple[str, Callable[["Intake"], None]]] = {
    "start": ("开始录入了。可以离开这一页，录完会记在这里。", lambda one: running.start(one, at=now())),
    "stop": ("录完手上这一批就停下。", running.stop),
    "go_on": ("接着录了。", running.go_on),
    "drop": ("这次导入作废了，文件已经清除；已经录进去的不受影响。", lambda one: running.drop(one, at=now())),
}


def _list(request: HttpRequest, actor: Actor, *, form: SendForm | None = None) -> HttpResponse:
    rows = asking.everywhere() if actor.runs_site else asking.within(access.led_by(actor))
    page = paging.page(rows, by="-sent_at", cursor=request.GET.get("after", ""))
    context = {
        "form": form or SendForm(actor),
        "page": page,
        "kinds": {kind.key: kind.title for kind in KINDS.values()},
        "endings": ENDINGS,
        "exports": [(KINDS[kind].title, kind) for kind in _EXPORTS],
        "starts": _starts(actor),
        "tabs": tabs("bringing"),
    }
    return render(
        request, "console/bringing.html", surroundings(request, here="people") | context,
        status=422 if form and form.errors else 200,
    )  # fmt: skip


def _page(request: HttpRequest, one: "Intake", *, faults: tuple[str, ...] = ()) -> HttpResponse:
    context: dict[str, Any] = {
        "intake": one,
        "kind": KINDS[one.kind],
        "place_words": places.full_name(places.chain(one.place_path)),
        "reasons": asking.reasons(one) if one.bad else [],
        "faults": faults,
        "entries": record.timeline(running.chain_of(one.pk), newest_first=True),
        **_turn(one),
    }
    if one.step in {"matching", "tried"}:
        context |= _matching(one)
    page = surroundings(request, here="people") | context
    return render(request, "console/intake.html", page, status=422 if faults else 200)


def _matching(one: "Intake") -> dict[str, Any]:
    sample = receiving.table_of(one).sample(SAMPLE)
    mapping, kind = receiving.mapping_of(one), KINDS[one.kind]
    return {
        "lines": columns.lines(kind, mapping=mapping, header=one.header, sample=sample),
        "choices": [("", "（没有这一列）"), *((title, title) for title in one.header if title)],
        "moments": "\n".join(mapping.moments),
        "before": asking.sent_before(one),
        "kept": asking.kept_names(kind=one.kind, place_id=one.place_id),
        "shown": [
            (row, columns.masked_cells(row.cells, mapping=mapping, kind=kind, header=one.header))
            for row in asking.sample(one)
        ],
        "titles": [title for title in one.header if title],
    }


def _turn(one: "Intake") -> dict[str, Any]:
    under_way = one.step in _UNDER_WAY
    return {"is_under_way": under_way, "waits_for": asking.waits_for(one) if under_way else None}


def _fault(one: "Intake", key: object) -> str:
    fact = next(fact for fact in KINDS[one.kind].facts if fact.key == key)
    return f"「{fact.title}」还没有对应的列。选一列，或写明空着时算什么。"


def _load(request: HttpRequest, number: int) -> "Intake":
    actor, one = keeper(request), asking.of_id(number)
    if one is None or not access.leads(actor, one.place_path):
        raise Http404
    return one


def _starts(actor: Actor) -> tuple[Spot, ...]:
    if actor.runs_site:
        return places.spots(places.roots())
    return tuple(chain[-1] for _, chain in sorted(places.chains(access.led_by(actor)).items()))


@contextmanager
def _on_disk(file: "UploadedFile[bytes]") -> Iterator[Path]:
    """Lay a sent file on the disk for as long as it is looked at."""
    if (file.size or 0) > LARGEST_BYTES:
        raise _refused(
            f"「{file.name}」超过了 {_LARGEST} MB。",
            "拆成几个文件，或另存为 CSV，分几次导入。",
        )
    with NamedTemporaryFile() as kept:
        for chunk in file.chunks():
            kept.write(chunk)
        kept.flush()
        yield Path(kept.name)


def _refused(sentence: str, remedy: str) -> Refused:
    return Refused(Refusal(sentence, remedy=remedy, asked="导入"))
