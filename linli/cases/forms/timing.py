"""The forms of the clock: a pause, one extension, another order kind (计时)."""

from typing import TYPE_CHECKING

from django import forms
from django.utils.html import format_html

from linli.cases import guessing
from linli.cases.access import Desk
from linli.cases.actions import timing
from linli.cases.forms.acting import ActForm
from linli.core.term import Term
from linli.frame.citing import cite
from linli.matters import queries as matters

if TYPE_CHECKING:
    from linli.matters.models import Matter


MOST = 9999


class Cards(forms.ChoiceField):
    """Offer a few choices as cards, each with a line that says when it is the right one (选项)."""

    face = "cards"

    def __init__(self, label: str, *, cards: tuple[tuple[str, ...], ...], wanted: str) -> None:
        choices = [(key, title) for key, title, *_ in cards]
        super().__init__(label=label, choices=choices, error_messages={"required": wanted})
        self.cards = cards


class PauseForm(ActForm):
    """Choose one of the reasons that the pack allows (暂停计时)."""

    field_order = ("reason", "words")

    def furnish(self) -> None:
        """Offer the reasons, each with its clause."""
        matter = self.desk.matter
        cards = tuple(
            (one.key, one.title, "", "", format_html("依据：{}", cite(one.clause, matter.pack, beside=True)))
            for one in matters.edition_of(matter).pauses.values()
        )
        self.fields["reason"] = Cards("暂停事由", cards=cards, wanted="请选一个事由。")

    def carry_out(self, desk: Desk) -> "Matter":
        """Stop the clock for the reason chosen."""
        return timing.pause(desk, reason=self.cleaned_data["reason"], said=self.said)


class ExtensionForm(ActForm):
    """Say how much longer it takes, in the unit of the pack (申请延期)."""

    field_order = ("amount", "words")

    def furnish(self) -> None:
        """Ask in the unit of the pack, and say how much it allows."""
        allowed = matters.edition_of(self.desk.matter).extension
        self.unit, clause = allowed.at_most.unit, cite(allowed.clause, self.desk.matter.pack, beside=True)
        self.fields["amount"] = forms.IntegerField(
            label=f"延长几{self.unit.title}",
            min_value=1,
            max_value=MOST,
            initial=allowed.at_most.amount,
            help_text=format_html("最多 {}，依据{}。", allowed.at_most.words, clause),
            error_messages={"required": "请写要延长多少。", "invalid": "请写一个整数。"},
        )

    def carry_out(self, desk: Desk) -> "Matter":
        """Ask for the time."""
        term = Term(self.cleaned_data["amount"], self.unit)
        return timing.ask_extension(desk, term=term, said=self.said)


class RegradeForm(ActForm):
    """Choose another order kind (调整缓急)."""

    field_order = ("order", "words")

    def furnish(self) -> None:
        """Offer the other order kinds, each with its time and when it is right."""
        orders = matters.edition_of(self.desk.matter).orders.values()
        others = (one for one in orders if one.key != self.desk.matter.order)
        cards = tuple((one.key, one.title, f"{one.resolve.words}。{one.when}") for one in others)
        self.fields["order"] = Cards("改为", cards=cards, wanted="请选改成哪一种单。")
        guess = guessing.order(self.desk)
        if guess and guess.key != self.desk.matter.order:
            title = matters.edition_of(self.desk.matter).orders[guess.key].title
            self.fields["order"].help_text = f"建议「{title}」：{guess.because}。"

    def carry_out(self, desk: Desk) -> "Matter":
        """Change the order kind."""
        return timing.regrade(desk, order=self.cleaned_data["order"], said=self.said)
