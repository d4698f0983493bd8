"""The calendar of a year, and the official arrangement that confirms it (节假日)."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_POST, require_safe

from linli.bodies import access
from linli.console import year as sheets
from linli.console.keeping import keeper, tabs
from linli.console.nav import surroundings
from linli.frame.clock import now, today
from linli.frame.signed_in import signed_in
from linli.handoffs.holidays import begin, foresee, is_quiet, latest
from linli.pack.calendars import CalendarYear, parse_year
from linli.pack.complaint import PackError
from linli.pack.notice import NotUnderstood, read_notice
from linli.rulebook import queries as rulebook

FIRST_YEAR, LAST_YEAR = 2000, 2100
LARGEST_BYTES = 64 * 1024
_AREA = {"max_length": "最多 %(limit_value)d 字。"}


class NoticeForm(forms.Form):
    """An official arrangement: as lines copied from the notice, or as a file (放假安排)."""

    source = forms.CharField(
        label="通知名称",
        max_length=120,
        required=False,
        help_text="例如：国务院办公厅关于 2027 年部分节假日安排的通知。",
    )
    days_off = forms.CharField(
        label="放假", max_length=4000, required=False, widget=forms.Textarea, error_messages=_AREA,
        help_text="一行一个节日，例如：国庆节 10月1日至10月7日。",
    )  # fmt: skip
    makeup_days = forms.CharField(
        label="调休上班", max_length=2000, required=False, widget=forms.Textarea, error_messages=_AREA,
        help_text="一行一天，例如：10月10日。",
    )  # fmt: skip
    file = forms.FileField(label="或者上传 TOML 文件", required=False)

    def __init__(
        self,
        year: int,
        data: QueryDict | None = None,
        files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, files, **kwargs)
        self.year = year
        self.told: CalendarYear | None = None

    def clean(self) -> dict[str, Any]:
        """Read the year out of what was sent, and say line by line what was not understood."""
        if self.errors:
            return self.cleaned_data
        try:
            self.told = self._read()
        except NotUnderstood as error:
            for sentence in error.sentences:
                self.add_error("makeup_days" if sentence.startswith("上班") else "days_off", f"{sentence}。")
        except PackError as error:
            self.add_error("file", "；".join(str(one) for one in error.complaints))
        return self.cleaned_data

    def _read(self) -> CalendarYear:
        sent = self.cleaned_data
        if file := sent["file"]:
            return self._read_file(file)
        source = sent["source"]
        if not source:
            self.add_error("source", "要写通知的名称：期限改动的记录要引用它。")
        return read_notice(
            self.year, source=source or "-", days_off=sent["days_off"], makeup_days=sent["makeup_days"]
        )

    def _read_file(self, file: "UploadedFile[bytes]") -> CalendarYear:
        if (file.size or 0) > LARGEST_BYTES:
            raise forms.ValidationError({"file": "文件太大，这不像一年的放假安排。"})
        told = parse_year(file.read(), name=file.name or "文件")
        if told.year != self.year:
            raise forms.ValidationError({"file": f"文件写的是 {told.year} 年，这一页是 {self.year} 年。"})
        if not told.confirmed:
            raise forms.ValidationError({"file": "文件写着 confirmed = false：这是推算，不是官方安排。"})
        return told


@signed_in
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show a year (年历)."""
    keeper(request)
    year = _year(request.GET.get("year", str(today().year)))
    return _page(request, year, form=NoticeForm(year, initial=_initial(rulebook.official_years().get(year))))


@signed_in
@require_POST
def foresee_notice(request: HttpRequest) -> HttpResponse:
    """Show what a notice would change, to be confirmed; nothing is kept yet (预览)."""
    actor = keeper(request)
    access.may_keep_rules(actor).require()
    year = _year(request.POST.get("year", ""))
    form = NoticeForm(year, request.POST, request.FILES)
    if "back" in request.POST:
        return _page(request, year, form=form)
    reckoned = None
    if form.is_valid() and form.told:
        try:
            reckoned = foresee(form.told, at=now())
        except PackError as error:
            form.add_error("days_off", "；".join(one.reason for one in error.complaints))
    if reckoned is None or form.told is None:
        return _page(request, year, form=form, status=422)
    context = {
        "year": year,
        "told": form.told,
        "lines": _initial(form.told),
        "reckoned": reckoned,
        "months": sheets.sheets(year, calendar=rulebook.calendar_with(form.told)),
        "tabs": tabs("holidays"),
    }
    return render(request, "console/holidays_foreseen.html", surroundings(request, here="people") | context)


@signed_in
@require_POST
def confirm_notice(request: HttpRequest) -> HttpResponse:
    """Take the notice in, and let the worker reckon the deadlines anew (录入)."""
    actor = keeper(request)
    access.may_keep_rules(actor).require()
    year = _year(request.POST.get("year", ""))
    form = NoticeForm(year, request.POST)
    if not form.is_valid() or form.told is None:
        return _page(request, year, form=form, status=422)
    told = form.told
    begin(
        year, source=told.source, holidays=told.days_off, makeup_days=told.makeup_days, at=now(),
        by=actor.person_id, office=access.speaks_as(actor),
    )  # fmt: skip
    messages.success(request, f"{year} 年的安排已录入，从现在起按它计时。")
    return redirect(f"{reverse('console:holidays')}?year={year}")


@signed_in
@require_safe
def reckoning(request: HttpRequest) -> HttpResponse:
    """Show how far the deadlines have followed the notice of a year (进度)."""
    keeper(request)
    progress = _progress(_year(request.GET.get("year", "")))
    if progress["reckoning"] is None:
        raise Http404
    return render(request, "console/parts/reckoning.html", progress)


def _progress(year: int) -> dict[str, Any]:
    found = latest(year)
    return {"year": year, "reckoning": found, "is_quiet": bool(found and is_quiet(found, at=now()))}


def _page(request: HttpRequest, year: int, *, form: NoticeForm, status: int = 200) -> HttpResponse:
    calendar, known = rulebook.calendar(), rulebook.official_years()
    months = sheets.sheets(year, calendar=calendar)
    context = {
        "year": year,
        "years": sorted({*known, today().year, max(known) + 1}),
        "known": known.get(year),
        "is_provisional": calendar.is_provisional(date(year, 1, 1)),
        "months": months,
        "working_days": sum(month.working_days for month in months),
        "form": form,
        "may_enter": access.may_keep_rules(keeper(request)),
        "tabs": tabs("holidays"),
        **_progress(year),
    }
    return render(
        request, "console/holidays.html", surroundings(request, here="people") | context, status=status
    )


def _initial(told: CalendarYear | None) -> dict[str, str]:
    """Write a year back as the lines one would copy."""
    if told is None:
        return {}
    off = [f"{one.title} {one.first} 至 {one.last or one.first}" for one in told.holidays]
    return {
        "source": told.source if told.confirmed else "",
        "days_off": "\n".join(off),
        "makeup_days": "\n".join(str(day) for day in told.makeup_days),
    }


def _year(text: str) -> int:
    if not text.isdecimal() or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise Http404
    return int(text)
