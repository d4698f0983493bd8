"""Entering resident institutions, and keeping the three lists (驻区单位、三张清单)."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from linli.bodies.access import speaks_as
from linli.bodies.actor import Actor
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.places.queries import Spot
from linli.pledges import access, queries
from linli.pledges.models import OPEN, Listing, LocalInstitution, Sort
from linli.record import actions as record


@dataclass(frozen=True, slots=True)
class Described:
    """What an institution says of itself (情况)."""

    name: str
    words: str = ""
    contact: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list; without an institution it is the community's own (条目)."""

    sort: str
    title: str
    words: str = ""
    institution: int | None = None
    matter_number: str = ""
    asked_by: int | None = None


@transaction.atomic
def enter(told: Described, *, place: Spot, by: Actor, at: datetime) -> LocalInstitution:
    """Enter an institution into the register of its place (登记驻区单位)."""
    access.may_keep(by, path=place.path).require()
    if LocalInstitution.objects.filter(place_id=place.id, name=told.name, left_at=None).exists():
        raise Refused(
            Refusal(f"{place.name}已经有「{told.name}」。", remedy="核对是不是同一个单位。", asked="登记单位")
        )
    found = LocalInstitution.objects.create(
        pack=place.pack, place_id=place.id, place_path=place.path, entered_at=at, **asdict(told)
    )
    _note(found, "enter_institution", "登记单位", by=by, at=at)
    return found


@transaction.atomic
def leave(number: int, *, words: str, by: Actor, at: datetime) -> LocalInstitution:
    """Take an institution out of the register; refused while it has pledges to keep (迁出)."""
    found = _institution(number, by=by)
    if not words.strip():
        raise Refused(Refusal("还没有写原因。", remedy="写明为什么迁出，留在经过里。", asked="迁出"))
    if left := found.pledges.filter(stage__in=OPEN).count():
        raise Refused(
            Refusal(f"还有 {left} 件承诺没有了结。", remedy="先兑现，或者写明原因撤回。", asked="迁出")
        )
    found.left_at = at
    found.save(update_fields=["left_at"])
    found.listings.filter(closed_at=None).update(closed_at=at)
    _note(found, "institution_left", "迁出", by=by, at=at, words=words.strip())
    return found


@transaction.atomic
def list_one(told: Line, *, place: Spot, by: Actor, at: datetime) -> Listing:
    """Put something on one of the three lists (列入清单)."""
    access.may_keep(by, path=place.path).require()
    owner = _institution(told.institution, by=by) if told.institution else None
    if owner is None and told.sort == Sort.RESOURCE:
        raise Refused(
            Refusal("资源要写明是哪个单位的。", remedy="先登记驻区单位，再列它的资源。", asked="列入清单")
        )
    if owner is not None and not owner.place_path.startswith(place.path):
        raise Refused(Refusal("这个单位不在这里。", remedy="从列出的里面选。", asked="列入清单"))
    line = Listing.objects.create(
        pack=place.pack, place_id=place.id, place_path=place.path, listed_at=at, sort=told.sort,
        title=told.title, words=told.words, institution=owner, matter_number=told.matter_number,
        asked_by_id=told.asked_by,
    )  # fmt: skip
    note_line(line, "list_one", f"列入{line.get_sort_display()}", by=by, at=at)
    return line


@transaction.atomic
def strike(number: int, *, by: Actor, at: datetime) -> Listing:
    """Strike a line off its list; refused while a pledge stands for it or makes use of it (划去)."""
    line = queries.listing(number, to_act=True)
    if line is None or line.closed_at is not None:
        raise Refused(Refusal("清单上没有这一条，或者已经划去。", asked="划去"))
    access.may_keep(by, path=line.place_path).require()
    if queries.open_pledges(line).exists() or queries.is_lent(line):
        raise Refused(Refusal("还有承诺没有了结，不能划去。", remedy="先兑现，或者撤回承诺。", asked="划去"))
    line.closed_at = at
    line.save(update_fields=["closed_at"])
    note_line(line, "strike_line", "划去", by=by, at=at)
    return line


def forget(person: int) -> None:
    """Take somebody off the needs they asked for, because they wished it (删除)."""
    Listing.objects.filter(asked_by_id=person).update(asked_by=None)


def chain_of(number: int) -> str:
    """Name the chain of the record that an institution has (记录链)."""
    return f"institution-{number}"


def note_line(line: Listing, act: str, title: str, *, by: Actor, at: datetime) -> None:
    """Put one act on the record of a line (留痕)."""
    record.write(
        chain=f"listing-{line.pk}", act=act, title=title, by=by.person_id,
        office=speaks_as(by, path=line.place_path), at=at,
    )  # fmt: skip


def _institution(number: int, *, by: Actor) -> LocalInstitution:
    found = queries.institution(number, to_act=True)
    if found is None or found.left_at is not None:
        raise Refused(Refusal("没有这个驻区单位，或者已经迁出。", remedy="从列出的里面选。"))
    access.may_keep(by, path=found.place_path).require()
    return found


def _note(found: LocalInstitution, act: str, title: str, *, by: Actor, at: datetime, words: str = "") -> None:
    record.write(
        chain=chain_of(found.pk), act=act, title=title, by=by.person_id,
        office=speaks_as(by, path=found.place_path), at=at, words=words,
    )  # fmt: skip
