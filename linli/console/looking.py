"""Seeing what is masked: say why first, and it stays on record (查看隐去的内容)."""

from dataclasses import dataclass

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from linli.bodies import access as seats
from linli.bodies import roster
from linli.bodies.actor import Actor
from linli.bodies.entering import actor_of
from linli.cases import access
from linli.console.keeping import keeper
from linli.console.nav import surroundings
from linli.console.sheet import raiser_of
from linli.core.masking import mask_name, mask_phone
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.frame.clock import now
from linli.frame.refused import STATUS
from linli.frame.signed_in import signed_in
from linli.privacy import actions, queries
from linli.privacy.actions import Subject
from linli.privacy.kinds import Item

_MOST_WORDS = 120


class LookForm(forms.Form):
    """Why somebody wants to see it (查看事由)."""

    reason = forms.ChoiceField(
        label="为什么要看",
        choices=lambda: queries.reasons().items(),
        widget=forms.RadioSelect,
        error_messages={"required": "选一个事由再查看。", "invalid_choice": "没有这个事由，请重新选。"},
    )
    words = forms.CharField(
        label="说明",
        help_text="例如：约周三下午上门。",
        max_length=_MOST_WORDS,
        required=False,
        error_messages={"max_length": "最多 %(limit_value)d 字，现在有 %(show_value)d 字，请删减一些。"},
    )


@dataclass(frozen=True, slots=True)
class Hidden:
    """Something masked, whose it is and where one came from (隐去的内容)."""

    subject: Subject
    item: Item
    office: str
    title: str
    back: str
    back_words: str
    name: str
    phone: str

    @property
    def masked(self) -> tuple[str, str]:
        """Return what may be seen without a reason."""
        return (mask_name(self.name) if self.name else "", mask_phone(self.phone) if self.phone else "")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def contact(request: HttpRequest, number: str) -> HttpResponse:
    """Show who left a matter and how to reach them, once somebody with a part in it says why (查看联系人)."""
    actor = actor_of(request)
    desk = access.sit(number, by=actor, at=now())
    if desk is None or not actor.is_staff or not desk.standing or not desk.sees_all:
        raise Http404
    matter, case = desk.matter, desk.case
    hidden = Hidden(
        subject=Subject(matter.place_path, matter.raised_by_id, matter.pk, matter.number),
        item=Item.CONTACT,
        office=actor.words_for(matter.place_path),
        title=matter.title,
        back=reverse("console:matter", args=(matter.number,)),
        back_words="回到这件事",
        name=case.contact_name or raiser_of(desk),
        phone=case.contact_phone or (matter.raised_by.phone if raiser_of(desk) and matter.raised_by else ""),
    )
    return _show(request, actor, hidden, here="inbox")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def phone(request: HttpRequest, number: int) -> HttpResponse:
    """Show the telephone of somebody in office to whoever keeps the roll, once they say why (查看电话)."""
    actor, held = keeper(request), roster.of_id(number)
    if held is None or not held.person.phone or not seats.leads(actor, held.place.path):
        raise Http404
    hidden = Hidden(
        subject=Subject(held.place.path, held.person_id),
        item=Item.PHONE,
        office=seats.speaks_as(actor, path=held.place.path),
        title=f"{held.place.name} {held.title}",
        back=reverse("console:office", args=(held.pk,)),
        back_words="回到任职",
        name=held.person.name,
        phone=held.person.phone,
    )
    return _show(request, actor, hidden, here="people")


def _show(request: HttpRequest, actor: Actor, hidden: Hidden, *, here: str) -> HttpResponse:
    form = LookForm(request.POST if request.method == "POST" else None)
    refusals: tuple[Refusal, ...] = ()
    is_seen, status = False, 200
    if form.is_bound:
        try:
            is_seen = form.is_valid() and _look(form, actor, hidden)
        except Refused as refused:
            refusals = refused.refusals
        status = 200 if is_seen else STATUS
    context = {
        "form": form,
        "hidden": hidden,
        "is_seen": is_seen,
        "refusals": refusals,
        "clause": queries.rule(queries.LOOKING).clause,
    }
    return render(request, "console/look.html", surroundings(request, here=here) | context, status=status)


@transaction.atomic
def _look(form: LookForm, actor: Actor, hidden: Hidden) -> bool:
    said = form.cleaned_data
    actions.look(
        hidden.subject,
        item=hidden.item,
        reason=said["reason"],
        words=said["words"],
        by=actor,
        office=hidden.office,
        at=now(),
    )
    return True
