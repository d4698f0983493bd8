"""What has had its time is erased by itself: contacts, addresses, looks (到期清理)."""

from dataclasses import dataclass
from datetime import datetime

from linli.cases import queries as cases
from linli.cases.actions.forgetting import forget_contacts
from linli.core.term import ago
from linli.deliberation.actions import papering
from linli.frame import once, photos_ahead, sqlite, throttle
from linli.frame.clock import day_of, now, start_of
from linli.matters.actions import forgetting as thread
from linli.outbox import actions as outbox
from linli.outbox import queries as letterbox
from linli.privacy import actions as privacy
from linli.privacy import queries
from linli.record import actions as record

CHAIN = "clearing"
_CONTACTS, _ADDRESSES, _LOOKS = "handle", "tell", "look"


@dataclass(frozen=True, slots=True)
class Cleared:
    """How many of each kind have had their time, or went (清理结果)."""

    contacts: int
    addresses: int
    looks: int

    @property
    def figures(self) -> tuple[tuple[str, str], ...]:
        """Say the numbers with their names."""
        return (
            ("事项的联系方式", str(self.contacts)),
            ("信件的收件地址", str(self.addresses)),
            ("查看记录", str(self.looks)),
        )

    @property
    def is_nothing(self) -> bool:
        """Tell whether there was nothing to do."""
        return not (self.contacts or self.addresses or self.looks)


def foresee(*, at: datetime) -> Cleared:
    """Count what would go at an instant, and change nothing (清理预估)."""
    closed_before = _before(_CONTACTS, at)
    joined = thread.contacts_of_followers(closed_before=closed_before)
    return Cleared(
        cases.contacts_kept(closed_before=closed_before).count() + joined.count(),
        letterbox.addressed(before=_before(_ADDRESSES, at)),
        queries.looks_before(_before(_LOOKS, at)),
    )


def clear(*, at: datetime, by: int | None = None, office: str = "系统") -> Cleared:
    """Erase what has had its time, some rows at a time, and put the numbers on record (清理)."""
    closed_before = _before(_CONTACTS, at)
    done = Cleared(
        forget_contacts(closed_before=closed_before) + thread.forget_contacts(closed_before=closed_before),
        outbox.forget_addresses(before=_before(_ADDRESSES, at)),
        privacy.forget_looks(before=_before(_LOOKS, at)),
    )
    if not done.is_nothing:
        record.write(
            chain=CHAIN, act="clear", title="到期清理", by=by, office=office, at=at,
            clause=queries.rule(queries.KEEPING).clause, figures=done.figures,
        )  # fmt: skip
    return done


def every_day() -> None:
    """Clear what has had its time: what the worker does each day."""
    at = now()
    clear(at=at)
    once.forget_old(before=queries.kept_since("sent_once", at=at))
    photos_ahead.forget_old(before=queries.kept_since("photo_ahead", at=at))
    papering.forget_sheets(closed_before=queries.kept_since("name_sheet", at=at))
    throttle.forget_old(at=at)
    sqlite.fold_journal()


def _before(purpose: str, at: datetime) -> datetime:
    kept_for = queries.purpose(purpose).kept_for
    if kept_for is None:
        raise LookupError(f"处理目的 {purpose} 没有写保存期限")
    return start_of(ago(kept_for, on=day_of(at)))
