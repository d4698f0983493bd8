"""Showing a case to everybody, masked, and taking it down (公开)."""

from typing import TYPE_CHECKING

from django.db import transaction

from linli.cases import queries
from linli.cases.access import Desk
from linli.cases.actions.stepping import NOTHING, Said, as_move
from linli.cases.models import Case
from linli.disclosure.actions import showing as disclosure
from linli.matters.actions import remarks
from linli.matters.choices import Visibility

if TYPE_CHECKING:
    from linli.matters.models import Matter


@transaction.atomic(savepoint=False)
def publish(desk: Desk, *, title: str, words: str, said: Said = NOTHING) -> "Matter":
    """Show a case to everybody, with the words as the person publishing left them, masked again (公开)."""
    rule = desk.require("publish")
    move = as_move(desk, rule, said)
    disclosure.publish(
        desk.matter.pk,
        title=title,
        words=words,
        answer=desk.case.answer,
        names=queries.names_in(desk.case, desk.matter),
        at=desk.at,
    )
    return remarks.show(desk.matter, move, is_public=True)


@transaction.atomic(savepoint=False)
def keep_secret(desk: Desk, said: Said) -> "Matter":
    """Never show a case to everybody whose raiser wants it so, and show it no more if it was (要求保密)."""
    if desk.case.is_secret:
        return desk.matter
    move = as_move(desk, desk.require("add_words"), said)
    Case.objects.filter(pk=desk.matter.pk).update(is_secret=True)
    if desk.matter.visibility == Visibility.PUBLIC:
        disclosure.take_down(desk.matter.pk, reason=move.words, at=desk.at)
    return remarks.show(desk.matter, move, is_public=False)


@transaction.atomic(savepoint=False)
def unpublish(desk: Desk, said: Said) -> "Matter":
    """Stop showing a case; that it was shown stays on record (停止公开)."""
    rule = desk.require("unpublish")
    move = as_move(desk, rule, said)
    disclosure.take_down(desk.matter.pk, reason=said.words.strip(), at=desk.at)
    return remarks.show(desk.matter, move, is_public=False)
