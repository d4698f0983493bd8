"""Many matters quickly: stories told by real acts, copied in bulk with every invariant kept (填充)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Max

from bench import stories
from bench.cast import Cast, enrol
from bench.rows import Copier
from linli.cases.models import Case, WorkOrder
from linli.core.chain import Link
from linli.core.digest import instant
from linli.disclosure.models import Publication
from linli.frame.clock import now
from linli.matters import tally
from linli.matters.models import Matter, Numbering, Waiting
from linli.matters.tokens import new_token
from linli.record.models import Entry, Words
from linli.record.queries import LINK, link_of

# Acts after the report: two of five matters are open, at every step of the straight way.
STAGES = (5, 0, 5, 1, 5, 5, 2, 5, 5, 3)
CHUNK = 5000
DAYS = 90
ONE_OF_SO_MANY_OPEN_IS_LATE = 50


def fill(size: int) -> Cast:
    """Build a site with a number of matters (填充)."""
    cast = enrol()
    copies = Copies(_tell(cast))
    for start in range(0, size - copies.told, CHUNK):
        with transaction.atomic():
            copies.write(range(start, min(start + CHUNK, size - copies.told)))
    _follow_numbers()
    return cast


class Copies:
    """Copy the told stories: each with its own number and place in time, its chain digested anew (副本)."""

    def __init__(self, told: list[Matter]) -> None:
        keys = [matter.pk for matter in told]
        cases, shown = Case.objects.in_bulk(keys), Publication.objects.in_bulk(keys)
        self._orders = _by("case_id", WorkOrder.objects.filter(case_id__in=keys))
        self._lines = _by("matter_id", Waiting.objects.filter(matter_id__in=keys))
        chains = [matter.number for matter in told]
        self._entries = _by("chain", Entry.objects.filter(chain__in=chains).order_by("seq"))
        said = Words.objects.in_bulk([one.pk for held in self._entries.values() for one in held])
        self._matters, self._entry = Copier(Matter, told), Copier(Entry, _all(self._entries))
        self._order = Copier(WorkOrder, _all(self._orders), numbered=False)
        self._line = Copier(Waiting, _all(self._lines), numbered=False)
        self._case, self._shown = Copier(Case, [*cases.values()]), Copier(Publication, [*shown.values()])
        self._words = Copier(Words, [*said.values()])
        self._of_matter, self._of_entry = (cases, shown), said
        self._told, self._last_entry, self._started = told, _last(Entry), now()
        self._weigh, self._link = cache(_weights), cache(_link)

    @property
    def told(self) -> int:
        """Return how many stories there are."""
        return len(self._told)

    def write(self, turns: range) -> None:
        """Write some copies with everything that hangs on them, and count them."""
        cells: list[Counter[tally.Cell]] = [Counter() for _ in range(tally.SLOTS)]
        after = self._told[-1].pk + 1
        for turn in turns:
            story, shift = turn % self.told, self._shift(turn)
            self._copy(self._told[story], key=after + turn, shift=shift)
            cells[(after + turn) % tally.SLOTS].update(self._weigh(self._told[story], shift))
        for copier in (self._matters, self._case, self._shown, self._order, self._line):
            copier.write()
        self._entry.write()
        self._words.write()
        for slot, counted in enumerate(cells):
            tally.add(dict(counted), slot=slot)

    def _copy(self, of: Matter, *, key: int, shift: timedelta) -> None:
        cases, shown = self._of_matter
        number = f"{of.number.rpartition('-')[0]}-{key:06d}"
        self._matters.copy(of, shift=shift, facts={"id": key, "number": number, "token": new_token()})
        self._case.copy(cases[of.pk], shift=shift, facts={"matter_id": key})
        if of.pk in shown:
            self._shown.copy(shown[of.pk], shift=shift, facts={"matter_id": key})
        for order in self._orders.get(of.pk, ()):
            self._order.copy(order, shift=shift, facts={"case_id": key})
        for line in self._lines.get(of.pk, ()):
            self._copy_line(line, key=key, shift=shift)
        self._copy_chain(self._entries[of.number], number=number, shift=shift)

    def _copy_line(self, line: Waiting, *, key: int, shift: timedelta) -> None:
        # What is late here was shown one level up long ago: a sweep finds nothing to do.
        is_late = line.due_at is not None and line.due_at + shift < self._started
        facts = {"matter_id": key, "escalated_at": self._started if is_late else None}
        self._line.copy(line, shift=shift, facts=facts)

    def _copy_chain(self, entries: list[Entry], *, number: str, shift: timedelta) -> None:
        prev = ""
        for of in entries:
            self._last_entry += 1
            digest = replace(self._link(of, shift), chain=number, prev=prev).recomputed()
            facts = {"id": self._last_entry, "chain": number, "prev": prev, "digest": digest}
            self._entry.copy(of, shift=shift, facts=facts)
            prev = digest
            if of.pk in self._of_entry:
                self._words.copy(self._of_entry[of.pk], shift=shift, facts={"entry_id": self._last_entry})

    def _shift(self, turn: int) -> timedelta:
        lap = turn // self.told
        if self._told[turn % self.told].closed_at:
            return -timedelta(days=1 + lap % DAYS)
        if lap % ONE_OF_SO_MANY_OPEN_IS_LATE == 1:
            return -timedelta(days=20)
        return -timedelta(minutes=lap % 60)


def _weights(of: Matter, shift: timedelta) -> tally.Cells:
    shape = tally.shape(of)
    names = ("climbed_at", "opened_at", "due_at", "answered_at", "closed_at")
    instants = {name: getattr(shape, name) for name in names}
    return tally.weights(replace(shape, **{name: at + shift for name, at in instants.items() if at}))


def _link(of: Entry, shift: timedelta) -> Link:
    return replace(link_of([getattr(of, name) for name in LINK]), at=instant(of.at + shift))


def _tell(cast: Cast) -> list[Matter]:
    until = now()
    told = [
        stories.tell(home, cast, acts=acts, is_public=place % 2 == 0, until=until).pk
        for home in cast.homes
        for place, acts in enumerate(STAGES)
    ]
    return list(Matter.objects.filter(pk__in=told).order_by("pk"))


def _by(name: str, rows: Iterable[Any]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, name), []).append(row)
    return found


def _all(rows: dict[Any, list[Any]]) -> list[Any]:
    return [row for held in rows.values() for row in held]


def _last(model: Any) -> int:
    return int(model.objects.aggregate(last=Max("pk"))["last"])


def _follow_numbers() -> None:
    """Let the numbers that the database gives out itself go on after ours."""
    Numbering.objects.update(last=_last(Matter))
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), [Matter, Entry]):
            cursor.execute(sql)
