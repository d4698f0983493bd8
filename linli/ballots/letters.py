"""What a ballot writes to those on its roll (信件)."""

from collections.abc import Iterable
from datetime import datetime

from linli.ballots.models import Ballot
from linli.matters.letters import instant
from linli.outbox.actions import Draft


def invitations(ballot: Ballot, people: Iterable[int], *, at: datetime) -> list[Draft]:
    """Ask everybody on the roll to vote (请投票)."""
    begins = f"{instant(ballot.opens_at)} 开始，" if ballot.opens_at > at else ""
    body = (
        f"{ballot.forum_title}表决：{ballot.question} {begins}{instant(ballot.closes_at)} 截止。"
        f"登录后在「我要参与」里投票，表决编号 {ballot.number}。"
    )
    return [Draft(person, f"请您表决：{ballot.question}"[:200], body) for person in people]


def results(ballot: Ballot, people: Iterable[int]) -> list[Draft]:
    """Tell everybody on the roll what was decided (公布结果)."""
    body = f"「{ballot.question}」{ballot.said} 票数和清单见表决 {ballot.number}，人人可以重新计票。"
    return [Draft(person, f"表决结果：{ballot.question}"[:200], body) for person in people]


def uncounted(ballot: Ballot, people: Iterable[int]) -> list[Draft]:
    """Ask those who run it to count what is over (请计票)."""
    body = (
        f"「{ballot.question}」的表决 {instant(ballot.closes_at)} 已经截止，还没有计票，大家在等结果。"
        f"请打开表决 {ballot.number}，把收回的纸质票录完、复核，再结束并公布结果。"
    )
    return [Draft(person, f"请计票：{ballot.question}"[:200], body) for person in people]


def cancellations(ballot: Ballot, people: Iterable[int]) -> list[Draft]:
    """Tell everybody on the roll that it was called off, and why (取消表决)."""
    body = f"「{ballot.question}」的表决已经取消，投过的票作废。理由：{ballot.reason}"
    return [Draft(person, f"表决取消：{ballot.question}"[:200], body) for person in people]


def entered(ballot: Ballot, people: Iterable[int], *, said: str) -> list[Draft]:
    """Ask somebody to confirm what staff entered for them (代录请确认)."""
    body = (
        f"工作人员替您在「{ballot.question}」的表决里记了：{said}。"
        f"是您的意思，请打开表决 {ballot.number} 确认；不是，请在 {instant(ballot.closes_at)} 前在那里说明，"
        "这一票就不算，您可以重新投。"
    )
    return [Draft(person, f"请确认您的表决：{ballot.question}"[:200], body) for person in people]
