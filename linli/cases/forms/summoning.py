"""The forms of calling departments and of rating (吹哨、评价)."""

from typing import TYPE_CHECKING

from django import forms

from linli.appraisal.aspects import SCORES
from linli.cases.access import Desk
from linli.cases.actions import summoning
from linli.cases.forms.acting import ActForm

if TYPE_CHECKING:
    from linli.matters.models import Matter


class ScoreField(forms.TypedChoiceField):
    """Five faces, from very unhappy to very happy (评分)."""

    face = "rating"

    def __init__(self, *, label: str) -> None:
        choices = sorted(SCORES.items())
        wanted = {"required": "请点一个满意程度。", "invalid_choice": "请点一个满意程度。"}
        super().__init__(label=label, coerce=int, choices=choices, error_messages=wanted)


class SummonForm(ActForm):
    """Choose the departments to call (吹哨)."""

    field_order = ("departments", "words")

    def furnish(self) -> None:
        """Offer the bodies that were not called yet."""
        called = {one.body_id for one in self.desk.summonses}
        self.fields["departments"] = forms.TypedMultipleChoiceField(
            label="请哪些部门到场",
            coerce=int,
            choices=[(key, name) for key, name in self.candidates.bodies if key not in called],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "请至少选一个部门。"},
        )

    def carry_out(self, desk: Desk) -> "Matter":
        """Call the departments."""
        return summoning.summon(desk, departments=self.cleaned_data["departments"], said=self.said)


class RateForm(ActForm):
    """Rate the result, or the side that called (评价)."""

    score = ScoreField(label="您满意吗")

    field_order = ("score", "words")

    def carry_out(self, desk: Desk) -> "Matter":
        """Keep the score."""
        rate = summoning.rate_summoner if self.act == "rate_summoner" else summoning.rate_result
        return rate(desk, score=self.cleaned_data["score"], said=self.said)


class RateDepartmentForm(ActForm):
    """Rate one department that reported in (评价报到部门)."""

    score = ScoreField(label="到场和配合得怎么样")

    field_order = ("department", "score", "words")

    def furnish(self) -> None:
        """Offer the departments that reported in."""
        here = [(one.body_id, one.body.name) for one in self.desk.summonses if one.reported_in_at]
        self.fields["department"] = forms.TypedChoiceField(label="评价哪个部门", coerce=int, choices=here)

    def carry_out(self, desk: Desk) -> "Matter":
        """Keep the score of the department."""
        said = self.cleaned_data
        return summoning.rate_department(
            desk, department=said["department"], score=said["score"], said=self.said
        )
