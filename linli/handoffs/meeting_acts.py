"""Every act in a meeting by its name, from whichever page it is done: desk, wall or phone (会上动作)."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from linli.core.floor import Kind, Side
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.frame import upload_papers
from linli.handoffs import meeting_proxies
from linli.handoffs import meeting_to_ballot as ballots
from linli.meetings.access import Hall
from linli.meetings.actions import attending, convening, holding, minuting, proxies, sittings
from linli.meetings.actions.convening import Item
from linli.meetings.actions.holding import Hands
from linli.meetings.actions.sittings import Again

Said = Mapping[str, Any]
_SHORTEST = 1


class _Said(forms.Form):
    """Whatever an act in a meeting may need: a seat, words, a side, counted hands, a paper."""

    key = forms.CharField(max_length=64, required=False)
    holder = forms.CharField(max_length=64, required=False)
    words = forms.CharField(max_length=2000, required=False)
    kind = forms.ChoiceField(choices=[(one.value, one.title) for one in Kind], required=False)
    side = forms.ChoiceField(choices=[(one.value, one.title) for one in Side], required=False)
    item = forms.IntegerField(required=False, min_value=1)
    remark = forms.IntegerField(required=False, min_value=1)
    code = forms.CharField(max_length=16, required=False)
    comes = forms.ChoiceField(choices=[("yes", "参加"), ("no", "请假")], required=False)
    upheld = forms.ChoiceField(choices=[("yes", "成立"), ("no", "不成立")], required=False)
    agreeing = forms.IntegerField(required=False, min_value=0, max_value=1_000_000)
    against = forms.IntegerField(required=False, min_value=0, max_value=1_000_000)
    abstaining = forms.IntegerField(required=False, min_value=0, max_value=1_000_000)
    chair = forms.ChoiceField(choices=[(one.value, one.title) for one in Side], required=False)
    minutes = forms.IntegerField(required=False, min_value=1, max_value=600)
    mark = forms.CharField(max_length=16, required=False)
    digest = forms.CharField(max_length=64, required=False)
    file = forms.FileField(required=False)
    meets_at = forms.DateTimeField(
        required=False,
        input_formats=["%Y-%m-%dT%H:%M"],
        error_messages={"invalid": "时间要写成 2026-12-31T19:00 这样。"},
    )
    venue = forms.CharField(max_length=80, required=False)


def _hands(said: Said) -> Hands:
    if said["agreeing"] is None or said["against"] is None:
        raise Refused(Refusal("还没有填赞成和反对各多少。", remedy="数清楚再填。", asked="举手表决"))
    chair = Side(said["chair"]) if said["chair"] else None
    return Hands(said["agreeing"], said["against"], said["abstaining"] or 0, chair)


def _paper(said: Said) -> upload_papers.Paper:
    file = said["file"]
    if not isinstance(file, UploadedFile):
        raise Refused(Refusal("还没有选文件。", remedy="请选一份材料再传。", asked="会议材料"))
    return upload_papers.paper(file, title=said["words"])


def _again(said: Said) -> Again:
    if said["meets_at"] is None:
        raise Refused(Refusal("还没有写下一次什么时候开。", remedy="请选日期和时间。", asked="开会时间"))
    return Again(said["meets_at"], said["venue"], said["words"][:400])


def _side(said: Said) -> Side:
    if not said["side"]:
        raise Refused(Refusal("先说明支持还是反对。", remedy="请选一边。", asked="发言"))
    return Side(said["side"])


ACTS: Mapping[str, tuple[str, Callable[[Hall, Said], object]]] = MappingProxyType(
    {
        "answer": (
            "回复",
            lambda hall, said: attending.answer(hall, said["key"], comes=said["comes"] == "yes"),
        ),
        "sign_in": ("签到", lambda hall, said: attending.sign_in(hall, said["key"], code=said["code"])),
        "leave": ("离会", lambda hall, said: attending.leave(hall, said["key"])),
        "register_proxy": (
            "登记委托",
            lambda hall, said: meeting_proxies.register(
                hall, said["key"], holder=said["holder"], paper=said["words"][:200]
            ),
        ),
        "withdraw_proxy": ("撤销委托", lambda hall, said: proxies.withdraw(hall, said["key"])),
        "recuse": ("回避", lambda hall, said: attending.recuse(hall, said["key"], reason=said["words"])),
        "add_item": ("追加议程", lambda hall, said: convening.add_item(hall, Item(said["words"][:120]))),
        "attach": ("加入材料", lambda hall, said: convening.attach(hall, _paper(said))),
        "cancel": ("取消会议", lambda hall, said: convening.cancel(hall, words=said["words"])),
        "adjourn": ("休会", lambda hall, said: sittings.adjourn(hall, _again(said))),
        "end": ("散会，不再复会", lambda hall, said: sittings.end(hall, words=said["words"][:400])),
        "put_off": ("改期", lambda hall, said: sittings.put_off(hall, _again(said))),
        "open": ("宣布开会", lambda hall, _: holding.open_meeting(hall)),
        "take_up": ("进入议程", lambda hall, said: holding.take_up(hall, said["item"] or 0)),
        "move": (
            "提出动议",
            lambda hall, said: holding.move(
                hall, Kind(said["kind"] or Kind.MAIN.value), said["words"], key=said["key"]
            ),
        ),
        "second": ("附议", lambda hall, said: holding.second(hall, key=said["key"])),
        "withdraw": ("撤回动议", lambda hall, said: holding.withdraw(hall, key=said["key"])),
        "drop": ("动议不成立", lambda hall, _: holding.drop(hall)),
        "speak": ("申请发言", lambda hall, said: holding.ask_to_speak(hall, _side(said), key=said["key"])),
        "lower": ("取消发言", lambda hall, said: holding.lower_hand(hall, key=said["key"])),
        "call": ("请人发言", lambda hall, _: holding.call(hall)),
        "finish": ("说完", lambda hall, said: holding.finish(hall, key=said["key"])),
        "point": ("秩序问题", lambda hall, said: holding.raise_point(hall, said["words"], key=said["key"])),
        "rule": ("裁定", lambda hall, said: holding.rule_on(hall, upheld=said["upheld"] == "yes")),
        "hand_over": ("交出主持", lambda hall, said: holding.hand_over(hall, to=said["key"])),
        "put": ("付表决", lambda hall, _: holding.put(hall)),
        "count": ("举手表决", lambda hall, said: holding.count(hall, _hands(said))),
        "open_vote": (
            "发起表决",
            lambda hall, said: ballots.open_vote(hall, minutes=said["minutes"] or _SHORTEST),
        ),
        "cast": ("投票", lambda hall, said: ballots.cast(hall, said["mark"])),
        "close_vote": ("结束表决", lambda hall, _: ballots.close_vote(hall)),
        "close": ("散会", lambda hall, _: holding.close(hall)),
        "remark": ("补充纪要", lambda hall, said: minuting.remark(hall, said["words"], item=said["item"])),
        "change_remark": (
            "修改纪要补充",
            lambda hall, said: minuting.change_remark(hall, said["remark"] or 0, said["words"]),
        ),
        "sign": ("签名", lambda hall, said: minuting.sign(hall, digest=said["digest"])),
    }
)


def title_of(act: str) -> str:
    """Say an act in Chinese."""
    return ACTS[act][0]


def do(hall: Hall, act: str, *, sent: Any, files: Any = None) -> object:
    """Do an act as it was sent; raises ``Refused`` with the rule, or with what could not be read (办理)."""
    form = _Said(sent, files)
    if not form.is_valid():
        wrong = "；".join(str(one) for errors in form.errors.values() for one in errors)
        raise Refused(Refusal(f"填的内容看不懂：{wrong}", asked=title_of(act)))
    return ACTS[act][1](hall, form.cleaned_data)
