"""Putting a case into another category; what people settle on is learned from (改分类)."""

from typing import TYPE_CHECKING

from django.db import transaction

from linli.cases import finding
from linli.cases.access import Desk
from linli.cases.actions.stepping import NOTHING, Said, as_move
from linli.cases.models import Case
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.matters import queries as matters
from linli.matters.actions import sorting
from linli.matters.choices import Visibility

if TYPE_CHECKING:
    from linli.matters.models import Matter


@transaction.atomic(savepoint=False)
def reclassify(desk: Desk, *, category: str, said: Said = NOTHING) -> "Matter":
    """Change a case's category (改分类); one whose kind is never public must not be public."""
    rule = desk.require("reclassify")
    categories = matters.edition_of(desk.matter).categories
    if category not in categories or category == desk.matter.category:
        raise Refused(Refusal("请选一个不同的分类。", clause=rule.clause, asked=rule.name))
    if categories[category].is_private and desk.matter.visibility == Visibility.PUBLIC:
        sentence = f"「{categories[category].title}」不公开，而这一件现在公开着。"
        remedy = "请先停止公开，再改分类。"
        raise Refused(Refusal(sentence, clause=rule.clause, remedy=remedy, asked=rule.name))
    old = desk.matter.category
    matter = sorting.reclassify(desk.matter, as_move(desk, rule, said), category=category)
    desk.case.tokens = finding.moved(desk.case, old=old, new=category)
    Case.objects.filter(pk=matter.pk).update(tokens=desk.case.tokens)
    return matter
