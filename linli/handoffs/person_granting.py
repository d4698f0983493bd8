"""What is kept of a person who applied for grants or reviewed them (公益创投)."""

from collections.abc import Iterator

from linli.grants import queries as grants
from linli.handoffs.person_rows import Rows, kept, moment


def applied(person: int, *, most: int) -> Iterator[Rows]:
    """Say for what somebody applied, for which organisation (申报)."""
    for one in grants.applied_by(person)[:most]:
        yield kept(
            ("编号", one.number),
            ("单位", one.name),
            ("项目", one.title),
            ("时间", moment(one.lodged_at)),
            ("进度", one.get_state_display()),
        )


def reviewed(person: int, *, most: int) -> Iterator[Rows]:
    """Say which rounds somebody reviewed in, and what they wrote (评审)."""
    for seat in grants.seats_of(person)[:most]:
        yield kept(
            ("轮次", seat.round.name),
            ("身份", seat.get_seat_display()),
            ("单位", seat.organisation),
            ("申报利害关系", moment(seat.declared_at)),
        )
    for sheet in grants.sheets_of(person)[:most]:
        yield kept(
            ("编号", sheet.application.number),
            ("评语", sheet.words),
            ("时间", moment(sheet.scored_at)),
        )
