"""Putting an application for a grant to the register of social organisations (申报 → 组织库)."""

from datetime import datetime
from typing import TYPE_CHECKING

from linli.bodies.actor import Actor
from linli.core.verdict import Verdict, no, yes
from linli.grants import queries as grants
from linli.grants.actions import applying
from linli.rulebook import queries as rulebook
from linli.societies import queries as societies

if TYPE_CHECKING:
    from linli.grants.models import Application


def is_registered(application: "Application") -> Verdict:
    """Answer whether an applicant stands in the register of the round's place, where there is one (核对)."""
    found = application.round
    if rulebook.current(found.pack).societies is None:
        return yes("这里没有组织库，按提交的证号核对原件。")
    match = societies.within(found.place_path).filter(name=application.name).first()
    if match is None:
        return no(
            f"组织库里没有「{application.name}」。", grants.terms(found).clause, asked="受理",
            remedy="是居民自己的团队，先在「社会组织」里登记；名称写错的，请申报单位改。",
        )  # fmt: skip
    return yes(f"组织库里是「{match.get_rung_display()}」。")


def accept(number: str, *, by: Actor, at: datetime) -> "Application":
    """Take an application in, if its organisation is known here (受理)."""
    application = grants.application(number)
    if application is not None:
        is_registered(application).require()
    return applying.accept(number, by=by, at=at)
