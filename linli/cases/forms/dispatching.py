"""The forms of giving a case to bodies and of sending it back (派单、退单)."""

from functools import cached_property
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

from linli.cases.access import Desk
from linli.cases.actions import dispatching, returning
from linli.cases.actions.dispatching import JointTask
from linli.cases.candidates import Candidates
from linli.cases.forms.acting import SHORT, ActForm
from linli.cases.forms.hint import Hint
from linli.core.term import Term, Unit
from linli.frame.citing import cite
from linli.matters import queries as matters

if TYPE_CHECKING:
    from linli.matters.models import Matter

_UNITS = tuple(
    (unit.value, unit.title.removeprefix("个"))
    for unit in (Unit.HOURS, Unit.WORKING_HOURS, Unit.DAYS, Unit.WORKING_DAYS)
)
Numbers = frozenset[str]
NONE: Numbers = frozenset()


class BodyField(forms.TypedChoiceField):
    """Let one of the bodies around be chosen; all are read only to show them (选单位).

    ``open_to`` are those of the numbers a form was sent with that may be chosen.
    """

    def __init__(self, candidates: Candidates, *, open_to: Numbers, blank: str, **options: Any) -> None:
        super().__init__(coerce=int, choices=lambda: [("", blank), *candidates.bodies], **options)
        self._open_to = open_to

    def valid_value(self, value: Any) -> bool:
        """Tell whether a body may be chosen."""
        return str(value) in self._open_to


class JointRow(forms.Form):
    """One joint body, its task and its own term; a row without a body is left out (协办)."""

    joint_body = forms.ChoiceField(label="协办单位", required=False)
    joint_task = forms.CharField(label="请它做什么", max_length=SHORT, required=False)
    joint_amount = forms.IntegerField(label="期限", min_value=1, max_value=999, required=False)
    joint_unit = forms.ChoiceField(label="时间单位", choices=_UNITS, required=False)

    def __init__(
        self,
        place: str,
        *,
        candidates: Candidates,
        open_to: Numbers = NONE,
        data: Any = None,
        initial: Any = None,
    ) -> None:
        super().__init__(data, initial=initial, auto_id=f"dispatch-{place}-%s")
        self.fields["joint_body"] = BodyField(
            candidates, open_to=open_to, blank="不需要", label="协办单位", required=False
        )
        self.order_fields(tuple(self.base_fields))

    def clean(self) -> dict[str, Any]:
        """Ask for the body when a task was written."""
        said = self.cleaned_data
        if said.get("joint_task") and not said.get("joint_body"):
            self.add_error("joint_body", "写了任务，还没有选由谁协办。")
        return said

    @property
    def task(self) -> JointTask | None:
        """Return the joint task, if a body was chosen."""
        said = self.cleaned_data
        if not said.get("joint_body"):
            return None
        amount, unit = said.get("joint_amount"), Unit(said.get("joint_unit") or Unit.WORKING_DAYS.value)
        term = Term(amount, unit) if amount else None
        return JointTask(body=said["joint_body"], task=said["joint_task"], term=term)


class DispatchForm(ActForm):
    """Choose one lead and any number of joint bodies (派单)."""

    field_order = ("lead", "words")

    def furnish(self) -> None:
        """Offer the bodies, the suggested one first, and a row for each joint body."""
        sent = (*self._listed("lead"), *self._listed("joint_body"))
        open_to = self.candidates.among(sent) if self.is_bound else NONE
        self.fields["lead"] = BodyField(
            self.candidates,
            open_to=open_to,
            blank="请选择",
            label="主办单位",
            initial=lambda: self.candidates.suggestion.lead,
            help_text=Hint(self._why),  # shown as text, and only then made
            error_messages={
                "required": "还没有选主办单位。",
                "invalid_choice": "这个单位不能接这张单，请另选。",
            },
        )
        self.joint = self._sent_rows(open_to) if self.is_bound else self._suggested_rows()

    @cached_property
    def spare_row(self) -> JointRow:
        """Return an empty row for one more joint body."""
        return JointRow("spare", candidates=self.candidates)

    def is_valid(self) -> bool:
        """Check the rows of the joint bodies too."""
        wrong = [row for row in self.joint if not row.is_valid()]
        return super().is_valid() and not wrong

    def carry_out(self, desk: Desk) -> "Matter":
        """Dispatch to the lead and the joint bodies."""
        joint = [task for row in self.joint if (task := row.task)]
        return dispatching.dispatch(desk, lead=self.cleaned_data["lead"], joint=joint, said=self.said)

    def _why(self) -> SafeString:
        suggestion, matter = self.candidates.suggestion, self.desk.matter
        name = dict(self.candidates.bodies).get(suggestion.lead or 0)
        category = matters.edition_of(matter).categories[matter.category].title
        if not name:
            return format_html("「{}」没有固定的主办单位，请您选定。{}", category, self._as_before())
        if not suggestion.clause:
            return format_html("「{}」建议由{}主办。可以改。{}", category, name, self._as_before())
        clause = cite(suggestion.clause, matter.pack, beside=True)
        return format_html(
            "「{}」建议由{}主办，依据{}。可以改。{}", category, name, clause, self._as_before()
        )

    def _as_before(self) -> str:
        """Say who was given such cases before, where that is somebody else than the pack suggests."""
        guess = self.candidates.as_before
        if guess is None or guess.key == str(self.candidates.suggestion.lead):
            return ""
        return f"另外，{guess.because}，多由{dict(self.candidates.bodies)[int(guess.key)]}主办。"

    def _listed(self, name: str) -> list[str]:
        return self.data.getlist(name) if isinstance(self.data, QueryDict) else []

    def _sent_rows(self, open_to: Numbers) -> tuple[JointRow, ...]:
        names = tuple(JointRow.base_fields)
        columns = [self._listed(name) for name in names]
        rows = [dict(zip(names, row, strict=True)) for row in zip_longest(*columns, fillvalue="")]
        return tuple(
            JointRow(str(place), candidates=self.candidates, open_to=open_to, data=row)
            for place, row in enumerate(rows)
        )

    def _suggested_rows(self) -> tuple[JointRow, ...]:
        wanted = [*self.candidates.suggestion.joint, ""]
        return tuple(
            JointRow(
                str(place),
                candidates=self.candidates,
                initial={"joint_body": body, "joint_unit": "working_days"},
            )
            for place, body in enumerate(wanted)
        )


class ReturnForm(ActForm):
    """Say why an order is not one's own, with what proves it (退单)."""

    evidence = forms.CharField(
        label="依据和证据",
        help_text="职责清单、文件条款或现场情况，裁定时要看。",
        max_length=SHORT,
        widget=forms.Textarea,
        error_messages={
            "required": "退单要写依据和证据，写明文件或条款。",
            "max_length": "最多 %(limit_value)d 字，现在有 %(show_value)d 字，请删减一些。",
        },
    )

    field_order = ("words", "evidence")

    def carry_out(self, desk: Desk) -> "Matter":
        """Return the order with reason and evidence."""
        return returning.return_order(desk, evidence=self.cleaned_data["evidence"], said=self.said)
