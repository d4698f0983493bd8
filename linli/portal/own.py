"""Whose data it is: a person's with an account, or what was left with a matter and its link (本人)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest
from django.urls import reverse

from linli.bodies.entering import actor_of
from linli.cases import queries as cases
from linli.core.masking import mask_identity, mask_name, mask_phone
from linli.core.purpose import Purpose
from linli.handoffs import person_data, trades
from linli.handoffs.person_data import Chapter
from linli.matters import queries as matters
from linli.people import queries as people
from linli.privacy import queries
from linli.privacy.actions import Subject

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from linli.matters.models import Matter
    from linli.people.models import Person
    from linli.privacy.models import Claim, Look

Rows = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Own:
    """What one page of one's own data shows, and where it stands (我的信息)."""

    subject: Subject
    address: str
    person: "Person | None" = None
    matter: "Matter | None" = None

    @property
    def looks(self) -> "QuerySet[Look]":
        """Return who looked."""
        if self.person is None:
            return queries.looks_at(self.subject.matter or 0)
        raised = list(matters.raised_by(self.person.pk).values_list("pk", flat=True))
        return queries.looks_about(self.person.pk, matters=raised)

    @property
    def claims(self) -> "QuerySet[Claim]":
        """Return what was asked for, newest first."""
        if self.person is None:
            return queries.claims_on(self.subject.matter or 0)
        return queries.claims_of(self.person.pk)

    @property
    def kept(self) -> Rows:
        """Say masked what is kept: somebody may look over the shoulder."""
        return _left(self.matter) if self.person is None else _registered(self.person)

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """Gather everything that is kept, to be taken home."""
        if self.person is not None:
            return person_data.of_person(self.person)
        return person_data.of_matter(self.matter) if self.matter else ()

    @property
    def pictures(self) -> tuple[str, ...]:
        """Name the photos that go along."""
        if self.person is not None:
            return person_data.pictures_of(matters.raised_by(self.person.pk))
        return person_data.pictures_of([self.matter] if self.matter else [])

    @property
    def consents(self) -> tuple[tuple[Purpose, bool], ...]:
        """List what may be agreed to, and whether it is, as it is worded now."""
        if self.person is None:
            return ()
        agreed = queries.agreed(self.person.pk)
        return tuple(
            (one, one.key in agreed and agreed[one.key].wording == queries.wording(one)) for one in optional()
        )

    def href(self, what: str, *args: object) -> str:
        """Find the address of something one may do here."""
        if self.matter is not None:
            return reverse(f"portal:left_{what}", args=(self.matter.token, *args))
        return reverse(f"portal:personal_{what}", args=args)


def optional() -> tuple[Purpose, ...]:
    """Return the purposes that nobody has to agree to (可以不同意的); a trade is agreed to by naming it."""
    return tuple(one for one in queries.purposes() if one.asks_consent and one.key != trades.PURPOSE)


def own_of(request: HttpRequest, token: str) -> Own:
    """Return whose data a page is about; for anybody else there is no page."""
    return _by_link(token) if token else of_account(request)


def of_account(request: HttpRequest) -> Own:
    """Return the data of whoever signed in."""
    person = people.of_id(actor_of(request).person_id or 0)
    if person is None:
        raise Http404
    return Own(Subject(_path_of(person), person.pk), reverse("portal:personal"), person=person)


def _by_link(token: str) -> Own:
    matter = matters.of_token(token)
    if matter is None:
        raise Http404
    subject = Subject(matter.place_path, matter=matter.pk, number=matter.number)
    return Own(subject, reverse("portal:left", args=(matter.token,)), matter=matter)


def _path_of(person: "Person") -> str:
    """Say who answers somebody: those at their home, else where they last raised something."""
    if person.lives_at is not None:
        return person.lives_at.path
    last = matters.raised_by(person.pk).first()
    return last.place_path if last else ""


def _registered(person: "Person") -> Rows:
    rows = (
        ("姓名", mask_name(person.name)),
        ("电话", mask_phone(person.phone)),
        ("公民身份号码", mask_identity(person.id_number)),
        ("电子邮箱", "登记了" if person.email else ""),
        ("住处", person.lives_at.name if person.lives_at else ""),
        ("反映过的事", f"{matters.raised_by(person.pk).count()} 件"),
    )
    return tuple((name, words or "没有登记") for name, words in rows)


def _left(matter: "Matter | None") -> Rows:
    case = cases.of_matter(matter.pk) if matter else None
    if case is None:
        return ()
    return (
        ("称呼", mask_name(case.contact_name) if case.contact_name else "没有留"),
        ("电话", mask_phone(case.contact_phone) or "没有留"),
        ("内容", "您写的话和照片"),
    )
