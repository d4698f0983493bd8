"""What the office fills in about a grant round (公益创投表单)."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django import forms

from linli.books.earmarks import SOURCES
from linli.core.grant import Decision
from linli.core.society import yuan
from linli.frame.clock import start_of
from linli.grants.actions.opening import Call
from linli.grants.choices import Seat
from linli.grants.forms import fen, line_field, words_field, yuan_field


class DayInput(forms.DateInput):
    """A day, picked with the device's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class CallForm(forms.Form):
    """What a round offers, to whom, until when (发起征集)."""

    name = line_field("名称", most=60, hint="例如：2026 年“微自治”公益创投")
    words = words_field("说明", most=2000, hint="支持做什么、为了谁。")
    funder = line_field("出资方", most=60)
    source = forms.ChoiceField(
        label="新建账本的，钱从哪里来", choices=[("", "不新建"), *SOURCES.items()], required=False,
        error_messages={"invalid_choice": "没有这一种来源。"},
    )  # fmt: skip
    receipt = line_field("到账凭证号", most=20, required=False, hint="新建账本的，照银行回单上写。")
    budget = yuan_field("预算（元）")
    cap = yuan_field("每个项目最多（元）")
    closes_on = forms.DateField(
        label="申报截止日", widget=DayInput(), help_text="当天 24:00 截止。",
        error_messages={"required": "还没有选截止日。", "invalid": "日期写成 2026-12-31 这样。"},
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, kinds: Mapping[str, str], least: int, purses: Mapping[str, str],
        **more: Any,
    ) -> None:  # fmt: skip
        super().__init__(data, **more)
        known = [(key, f"{name}（{key}）") for key, name in purses.items()]
        self.fields["purse"] = forms.ChoiceField(
            label="资金账本", required=False, error_messages={"invalid_choice": "这里没有这个账本。"},
            choices=[("", "新建一个，预算这次到账"), *known],
            help_text="已有的账本，未安排的钱要够预算。",
        )  # fmt: skip
        self.fields["kinds"] = forms.MultipleChoiceField(
            label="哪些单位可以申报", choices=list(kinds.items()), widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "至少选一类。", "invalid_choice": "这里没有这一类。"},
        )  # fmt: skip
        self.order_fields(["name", "words", "funder", "budget", "cap", "purse", "source", "receipt"])
        self.fields["reviewers"] = forms.IntegerField(
            label="每件几个人评审", min_value=least, max_value=99, initial=least,
            help_text=f"至少 {least} 人，有专家，也有居民。",
            error_messages={
                "required": "还没有写几个人。", "invalid": "写整数。", "min_value": f"至少 {least} 人。",
            },
        )  # fmt: skip

    @property
    def call(self) -> Call:
        """Return what was filled in, money in fen."""
        said = self.cleaned_data
        words = {key: said[key].strip() for key in ("name", "words", "funder", "purse", "source", "receipt")}
        return Call(
            **words, budget=fen(said["budget"]), cap=fen(said["cap"]), kinds=tuple(said["kinds"]),
            reviewers=said["reviewers"], closes_at=start_of(said["closes_on"] + timedelta(days=1)),
        )  # fmt: skip


class ReviewerForm(forms.Form):
    """Who reviews (请评审人)."""

    name = line_field("姓名", most=40)
    phone = line_field("电话", most=20)
    seat = forms.ChoiceField(label="身份", choices=Seat.choices)
    organisation = line_field("所在单位", most=60, required=False, hint="和申报单位相同的，自动回避。")


class WordsForm(forms.Form):
    """What is said with an act, sometimes nothing (说明)."""

    def __init__(self, data: Any = None, *, label: str = "理由", required: bool = True) -> None:
        super().__init__(data)
        self.fields["words"] = words_field(label, most=1000, required=required)


class ReceiptForm(forms.Form):
    """The number of the bank's paper (凭证号)."""

    receipt = line_field("凭证号", most=40, hint="照银行回单上写。")


class TerminateForm(forms.Form):
    """Why an agreement ends early, and the paper of what came back (终止协议)."""

    words = words_field("理由", most=1000)
    receipt = line_field(
        "退款凭证号", most=40, required=False, hint="已付、没有用掉的要先退回；没有要退的不写。"
    )


class NothingForm(forms.Form):
    """An act that asks for nothing more."""


class DecisionForm(forms.Form):
    """What each application is granted, beside the ranking (审定)."""

    def __init__(self, data: Any = None, *, ranked: Iterable[Any], **more: Any) -> None:
        super().__init__(data, **more)
        self.numbers = []
        for one in ranked:
            number = one.entry.number
            self.numbers.append(number)
            suggested = one.entry.asked if one.reached else 0
            hint = f"申请 {yuan(one.entry.asked)}，按排名资助 {yuan(suggested)}"
            self.fields[f"{number}-yuan"] = yuan_field("资助（元）", hint=hint)
            self.fields[f"{number}-yuan"].initial = f"{suggested / 100:.2f}".removesuffix(".00")
            self.fields[f"{number}-reason"] = line_field("理由", most=400, required=False)

    def rows(self) -> list[tuple[str, Any, Any]]:
        """Return the two fields of each application."""
        return [(number, self[f"{number}-yuan"], self[f"{number}-reason"]) for number in self.numbers]

    @property
    def decisions(self) -> dict[str, Decision]:
        """Return the decision on each application."""
        said = self.cleaned_data
        return {one: Decision(one, fen(said[f"{one}-yuan"]), said[f"{one}-reason"]) for one in self.numbers}
