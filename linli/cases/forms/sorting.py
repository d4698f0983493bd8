"""The form of putting a case into another category (改分类)."""

from typing import TYPE_CHECKING

from django import forms

from linli.cases import guessing
from linli.cases.access import Desk
from linli.cases.actions import sorting
from linli.cases.forms.acting import ActForm
from linli.matters import queries as matters

if TYPE_CHECKING:
    from linli.matters.models import Matter


class ReclassifyForm(ActForm):
    """Choose another category, the suggested one first of all (改分类)."""

    field_order = ("category", "words")

    def furnish(self) -> None:
        """Offer the other categories, and say which one is suggested and why."""
        matter = self.desk.matter
        edition = matters.edition_of(matter)
        guess = guessing.category(edition, title=matter.title, words=self.desk.case.words)
        is_other = guess.key != matter.category
        others = [(key, one.title) for key, one in edition.categories.items() if key != matter.category]
        said = f"建议「{edition.categories[guess.key].title}」，{guess.because}。" if is_other else ""
        self.fields["category"] = forms.ChoiceField(
            label="改为",
            choices=[("", "请选择"), *others],
            initial=guess.key if is_other and guess.reasons else "",
            help_text=f"现在是「{edition.categories[matter.category].title}」。{said}改了以后，建议会跟着学。",
            error_messages={"required": "还没有选改成哪一类。"},
        )

    def carry_out(self, desk: Desk) -> "Matter":
        """Change the category."""
        return sorting.reclassify(desk, category=self.cleaned_data["category"], said=self.said)
