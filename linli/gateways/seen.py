"""A matter as an outside system may see it: public and masked, or more for a stated purpose (对外可见)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from linli.cases import queries as cases
from linli.cases.kinds import NEVER_PUBLIC
from linli.disclosure import queries as disclosure
from linli.gateways.models import Handover, System
from linli.matters import queries as matters
from linli.matters.choices import Visibility
from linli.places.path import is_within
from linli.portal.way import TOLD
from linli.record import queries as record
from linli.record.queries import Line

if TYPE_CHECKING:
    from linli.cases.models import Case
    from linli.matters.models import Matter

STATES = {"open": "办理中", "paused": "计时暂停", "answered": "已有结果", "closed": "已办结"}
LONGEST_WAY = 200


@dataclass(frozen=True, slots=True)
class Face:
    """What is shown of one matter (对外的样子)."""

    matter: "Matter"
    title: str
    external_ref: str = ""
    words: str = ""
    answer: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    is_own: bool = False
    is_personal: bool = False

    @property
    def state(self) -> str:
        """Return one of four states that every procedure has (状态)."""
        return state_of(self.matter)


def state_of(matter: "Matter") -> str:
    """Say in one of four words how far a matter is (状态)."""
    if matter.closed_at:
        return "closed"
    if matter.answered_at:
        return "answered"
    return "paused" if matter.is_paused else "open"


def in_state(state: str) -> Q:
    """Build the condition that a matter is in a state."""
    conditions = {
        "closed": Q(closed_at__isnull=False),
        "answered": Q(closed_at=None, answered_at__isnull=False),
        "paused": Q(closed_at=None, answered_at=None, paused_at__isnull=False),
        "open": Q(closed_at=None, answered_at=None, paused_at=None),
    }
    return conditions[state]


def visible_to(system: System) -> "QuerySet[Matter]":
    """Return the matters in a system's place that it may know of (可见范围).

    Without a purpose for personal data: what is public, and what it handed over itself.
    """
    inside = matters.within(system.place_path).select_related("place", "lead")
    if system.purpose:
        return inside
    own = Handover.objects.filter(system=system).values("matter")
    return inside.filter(Q(visibility=Visibility.PUBLIC) | Q(pk__in=own))


def handed_over_by(system: System) -> "QuerySet[Matter]":
    """Return the matters that a system handed over (它送来的)."""
    own = Handover.objects.filter(system=system).values("matter")
    return matters.every().select_related("place", "lead").filter(pk__in=own)


def briefly(found: "Sequence[Matter]", *, to: System) -> tuple[Face, ...]:
    """Show matters in a list, without anything personal, in two queries (列表)."""
    numbers = [matter.pk for matter in found]
    titles, refs = disclosure.titles(numbers), _refs(numbers, system=to)
    return tuple(
        Face(
            matter,
            title=matter.title if matter.pk in refs else titles.get(matter.pk, ""),
            external_ref=refs.get(matter.pk, ""),
            is_own=matter.pk in refs,
        )
        for matter in found
    )


def publicly(matter: "Matter") -> Face | None:
    """Show the masked face of a matter to everybody; none when it is not public (公开件)."""
    shown = disclosure.of_matter(matter.pk)
    if shown is None or matter.visibility != Visibility.PUBLIC:
        return None
    return Face(matter, title=shown.title, words=shown.words, answer=shown.answer)


def wholly(number: str, *, to: System) -> Face | None:
    """Show one matter as far as a system may see it; none when it may not know of it (一件事项)."""
    matter = matters.of_number(number)
    if matter is None or not is_within(matter.place_path, to.place_path):
        return None
    ref = _refs([matter.pk], system=to).get(matter.pk)
    case = cases.of_matter(matter.pk)
    if case and ref is not None:
        return _own(matter, case, ref=ref)
    if case and to.purpose:
        return _personal(matter, case)
    return publicly(matter)


def way_of(face: Face) -> tuple[Line, ...]:
    """Return what happened, with the words that this reader may read (经过)."""
    lines = record.timeline(face.matter.number, limit=LONGEST_WAY, newest_first=True)[::-1]
    return tuple(line._replace(words=_said(line, face)) for line in lines)


def _own(matter: "Matter", case: "Case", *, ref: str) -> Face:
    return Face(
        matter, title=matter.title, external_ref=ref, words=case.words, answer=case.answer, is_own=True,
        contact_name=case.contact_name, contact_phone=case.contact_phone,
    )  # fmt: skip


def _personal(matter: "Matter", case: "Case") -> Face:
    if case.is_secret or case.concern_kind in NEVER_PUBLIC:
        # Whoever informed is protected from every reader but the one they told, in later words as well.
        return Face(matter, title="保密件" if case.is_secret else "举报")
    return Face(
        matter, title=matter.title, words=case.words, answer=case.answer, is_personal=True,
        contact_name=case.contact_name, contact_phone=case.contact_phone,
    )  # fmt: skip


def _said(line: Line, face: Face) -> str:
    if line.act == "open" or not (face.is_own or face.is_personal):
        return ""
    return line.words or "" if line.act in TOLD or face.is_personal else ""


def _refs(numbers: Sequence[int], *, system: System) -> dict[int, str]:
    rows = Handover.objects.filter(system=system, matter__in=numbers)
    return dict(rows.values_list("matter", "external_ref"))
