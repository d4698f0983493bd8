"""The acts on a grant round and on an application, as the staff door offers them (公益创投的动作)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.forms import Form
from django.http import HttpRequest

from linli.bodies.actor import Actor
from linli.console.grant_forms import NothingForm, ReceiptForm, ReviewerForm, TerminateForm, WordsForm
from linli.core.verdict import Refused, Verdict, all_of, no, yes
from linli.frame.clock import now
from linli.grants import queries
from linli.grants.actions import applying, carrying_out, determining, opening, reviewing
from linli.handoffs import application_to_registry

if TYPE_CHECKING:
    from linli.grants.models import Application, Round


@dataclass(frozen=True, slots=True)
class Step:
    """One act: open with its form, or closed with the reason (动作)."""

    key: str
    title: str
    verdict: Verdict
    form: Form
    is_wrong: bool = False


@dataclass(frozen=True, slots=True)
class Act:
    """How one act is asked for, answered and done (动作)."""

    title: str
    may: Callable[[Any], Verdict]
    form: Callable[[Any], Form]
    do: Callable[[str, dict[str, Any], Actor], object]


def do(one: Act, about: Any, number: str, request: HttpRequest, actor: Actor) -> Form | None:
    """Do an act; return its form when it was filled in wrong or refused."""
    form = one.form(request.POST)
    if not form.is_valid():
        return form
    try:
        one.may(about).require()
        one.do(number, form.cleaned_data, actor)
    except Refused as refused:
        form.add_error(None, [str(why) for why in refused.refusals])
        return form
    return None


def steps_of(acts: dict[str, Act], about: Any, *, wrong: Form | None, wrong_act: str) -> tuple[Step, ...]:
    """List some acts with their forms, or with the reason why they are closed (动作)."""
    return tuple(
        Step(
            key, one.title, one.may(about), wrong if wrong and key == wrong_act else one.form(None),
            key == wrong_act,
        )
        for key, one in acts.items()
    )  # fmt: skip


def ahead(found: "Application") -> tuple[str, ...]:
    """Name the acts on an application that do not lie behind it (还没办的)."""
    paid = {f"release_{one.upon}" for one in queries.tranches(found) if one.paid_at is not None}
    answered = {
        f"{act}_{one.half}"
        for one in queries.reports(found)
        for act in ("accept", "return")
        if one.is_accepted
    }
    keys = APPLICATION_AT.get(found.state, ())
    if found.state == "accepted" and not applying.can_decline(found, at=now()):
        return ()
    return tuple(key for key in keys if key not in paid | answered)


def fitting(acts: dict[str, Act], keys: tuple[str, ...]) -> dict[str, Act]:
    """Pick the acts that belong to where something stands."""
    return {key: acts[key] for key in keys}


_PARTS = {"agreement": "付首期", "mid": "付中期款"}


def _plain(_: Any) -> Form:
    return NothingForm(_)


def _always(_: Any) -> Verdict:
    return yes()


def _any_unshown(half: str) -> Callable[["Round"], Verdict]:
    def ask(found: "Round") -> Verdict:
        if queries.unshown(found, half=half):
            return yes()
        return no("没有等着公示的报告。", asked="公示报告", remedy="先逐个审核通过。")

    return ask


def _show(half: str) -> Callable[[str, dict[str, Any], Actor], object]:
    return lambda number, said, by: carrying_out.show_reports(number, half=half, by=by, at=now())  # noqa: ARG005


def _answer(half: str, *, is_accepted: bool) -> Callable[[str, dict[str, Any], Actor], object]:
    return lambda number, said, by: carrying_out.answer_report(
        number, half=half, is_accepted=is_accepted, words=said["words"], by=by, at=now()
    )


def _waits(half: str) -> Callable[["Application"], Verdict]:
    def ask(found: "Application") -> Verdict:
        report = queries.report(found, half=half)
        if report is not None and report.is_accepted is None:
            return yes()
        return no("没有等着审核的报告。", asked="审核报告", remedy="请申报单位提交。")

    return ask


def _release(upon: str) -> Act:
    return Act(
        _PARTS[upon],
        lambda one: carrying_out.can_release(one, upon=upon, at=now()),
        ReceiptForm,
        lambda number, said, by: carrying_out.release(
            number, upon=upon, receipt=said["receipt"], by=by, at=now()
        ),
    )


ROUND: dict[str, Act] = {
    "name_reviewer": Act(
        "请评审人", _always, ReviewerForm,
        lambda number, said, by: reviewing.name_reviewer(number, **said, by=by, at=now()),
    ),
    "show_list": Act(
        "公示申报名单", lambda one: opening.can_show(one, at=now()), _plain,
        lambda number, said, by: opening.show_list(number, by=by, at=now()),  # noqa: ARG005
    ),
    "begin_review": Act(
        "开始评审", lambda one: opening.can_begin(one, at=now()), _plain,
        lambda number, said, by: opening.begin_review(number, by=by, at=now()),  # noqa: ARG005
    ),
    "go_back": Act(
        "异议成立，退回重办", determining.can_go_back, WordsForm,
        lambda number, said, by: determining.go_back(number, words=said["words"], by=by, at=now()),
    ),
    "show_mid": Act("公示中期报告", _any_unshown("mid"), _plain, _show("mid")),
    "show_final": Act("公示末期报告", _any_unshown("final"), _plain, _show("final")),
    "end": Act(
        "结束这一轮", opening.can_end, _plain,
        lambda number, said, by: opening.end_round(number, by=by, at=now()),  # noqa: ARG005
    ),
}  # fmt: skip
ROUND_AT: dict[str, tuple[str, ...]] = {
    "applying": ("show_list", "name_reviewer"),
    "listed": ("begin_review", "name_reviewer", "go_back"),
    "reviewing": ("name_reviewer",),
    "determined": ("show_mid", "show_final", "end", "go_back"),
    "finished": (),
}
APPLICATION: dict[str, Act] = {
    "accept": Act(
        "受理",
        lambda one: all_of(applying.can_accept(one), application_to_registry.is_registered(one)),
        _plain,
        lambda number, said, by: application_to_registry.accept(number, by=by, at=now()),  # noqa: ARG005
    ),
    "tell_missing": Act(
        "一次告知补正", applying.can_tell,
        lambda data: WordsForm(data, label="另外还缺什么", required=False),
        lambda number, said, by: applying.tell_missing(number, words=said["words"], by=by, at=now()),
    ),
    "decline": Act(
        "不予受理", lambda one: applying.can_decline(one, at=now()), WordsForm,
        lambda number, said, by: applying.decline(number, words=said["words"], by=by, at=now()),
    ),
    "withdraw": Act(
        "申报单位放弃", applying.can_withdraw, WordsForm,
        lambda number, said, by: applying.withdraw(number, words=said["words"], by=by, at=now()),
    ),
    "sign": Act(
        "签协议", lambda one: carrying_out.can_sign(one, at=now()), _plain,
        lambda number, said, by: carrying_out.sign(number, by=by, at=now()),  # noqa: ARG005
    ),
    "release_agreement": _release("agreement"),
    "accept_mid": Act(
        "中期报告通过", _waits("mid"), lambda data: WordsForm(data, label="审核意见", required=False),
        _answer("mid", is_accepted=True),
    ),
    "return_mid": Act("退回中期报告", _waits("mid"), WordsForm, _answer("mid", is_accepted=False)),
    "release_mid": _release("mid"),
    "accept_final": Act(
        "末期报告通过", _waits("final"), lambda data: WordsForm(data, label="审核意见", required=False),
        _answer("final", is_accepted=True),
    ),
    "return_final": Act("退回末期报告", _waits("final"), WordsForm, _answer("final", is_accepted=False)),
    "terminate": Act(
        "终止协议", carrying_out.can_terminate, TerminateForm,
        lambda number, said, by: carrying_out.terminate(number, **said, by=by, at=now()),
    ),
    "close": Act(
        "验收、结项", lambda one: carrying_out.can_close(one, at=now()), ReceiptForm,
        lambda number, said, by: carrying_out.close(number, receipt=said["receipt"], by=by, at=now()),
    ),
}  # fmt: skip
APPLICATION_AT: dict[str, tuple[str, ...]] = {
    "lodged": ("accept", "tell_missing", "decline", "withdraw"),
    "to_complete": ("decline", "withdraw"),
    "accepted": ("decline",),
    "granted": ("sign", "withdraw"),
    "signed": (
        "release_agreement", "accept_mid", "return_mid", "release_mid",
        "accept_final", "return_final", "close", "terminate",
    ),
}  # fmt: skip
