"""Statements compiled once: the same answers as the ORM's own, with any values (预编语句)."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from linli.frame.compiled import ROWS, Change, Question, Removal, insert
from linli.matters.models import Matter, Numbering, Waiting
from linli.outbox.models import Letter
from linli.record.models import Entry
from tests import make
from tests.world import TUESDAY, World

OF_NUMBER = Question(lambda number: Matter.objects.select_related("lead__place").filter(number=number))


def facts(of: Matter) -> dict[str, Any]:
    """Return what an object holds, besides where it came from."""
    return {name: value for name, value in of.__dict__.items() if name != "_state"}


def test_an_object_is_the_one_that_the_query_itself_would_read(world: World) -> None:
    for matter in (make.report(world), make.dispatched(world)):
        own = Matter.objects.select_related("lead__place").get(number=matter.number)
        asked = OF_NUMBER.first(number=matter.number)
        assert asked is not None
        assert facts(asked) == facts(own)
        assert (asked.lead and asked.lead.place.name) == (own.lead and own.lead.place.name)


def test_what_is_read_together_costs_no_second_query(world: World) -> None:
    matter = make.dispatched(world)
    with CaptureQueriesContext(connection) as sent:
        asked = OF_NUMBER.first(number=matter.number)
        assert asked is not None
        assert asked.lead is not None
        assert asked.lead.place.kind
    assert len(sent) == 1


def test_nothing_is_read_where_nothing_is(world: World) -> None:
    assert OF_NUMBER.first(number="XXL-2026-999999") is None


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_a_list_may_have_any_length(world: World, count: int) -> None:
    numbers = [make.report(world).number for _ in range(count)]
    among = Question(
        lambda numbers: Matter.objects.filter(number__in=numbers).values_list("number", flat=True)
    )
    assert sorted(among.ask(numbers=numbers)) == numbers


def test_instants_are_read_and_compared_as_instants(world: World) -> None:
    make.report(world)
    opened = Question(lambda at: Matter.objects.filter(opened_at__lte=at).values_list("number", "opened_at"))
    assert opened.ask(at=TUESDAY - timedelta(seconds=1)) == []
    assert [at for _, at in opened.ask(at=TUESDAY)] == [TUESDAY]


def test_a_change_counts_the_rows_that_still_stood_so(world: World) -> None:
    matter = make.report(world)
    seize = Change(lambda pk, turn: Matter.objects.filter(pk=pk, turn=turn))
    fresh = {"turn": matter.turn + 1, "lead_id": world.enforcement, "moved_at": TUESDAY, "answered_at": None}
    assert seize.make(fresh, pk=matter.pk, turn=matter.turn) == 1
    assert seize.make(fresh, pk=matter.pk, turn=matter.turn) == 0
    now = make.fresh(matter)
    assert (now.turn, now.lead_id, now.moved_at) == (matter.turn + 1, world.enforcement, TUESDAY)


def test_a_removal_counts_what_it_removed(world: World) -> None:
    matter = make.report(world)
    other = make.report(world)
    strike = Removal(lambda matter, kept: Waiting.objects.filter(matter=matter).exclude(what__in=kept))
    standing = Waiting.objects.filter(matter=matter).count()
    assert strike.make(matter=matter.pk, kept=("step",)) == 0
    assert strike.make(matter=matter.pk, kept=()) == standing
    assert Waiting.objects.filter(matter=other).count() == standing


def test_one_row_learns_its_number(world: World) -> None:
    letter = Letter(to_id=world.resident.person_id, subject="通知", body="正文", written_at=TUESDAY)
    assert insert([letter])
    kept = Letter.objects.get(pk=letter.pk)
    assert (kept.subject, kept.body, kept.written_at, kept.sent_at) == ("通知", "正文", TUESDAY, None)


def test_many_rows_are_all_written(world: World) -> None:
    count = ROWS + 1
    rows = [
        Letter(to_id=world.resident.person_id, subject=f"第 {n} 封", body="正文", written_at=TUESDAY)
        for n in range(count)
    ]
    before = Letter.objects.count()
    with CaptureQueriesContext(connection) as sent:
        insert(rows)
    assert len(sent) == (1 if connection.vendor == "postgresql" else 2)
    assert Letter.objects.count() == before + count


@pytest.mark.django_db
def test_each_column_is_prepared_by_its_own_field() -> None:
    figures = [["时限", "3 个工作日"]]
    entry = Entry(
        chain="试", seq=1, at=TUESDAY, office="系统", act="open", title="立项", figures=figures, digest="0"
    )
    insert([entry])
    assert Entry.objects.get(pk=entry.pk).figures == figures


@pytest.mark.django_db
def test_a_row_that_is_there_is_left_alone_only_when_asked() -> None:
    assert insert([Numbering(prefix="甲-2026", last=7)], or_leave=True)
    assert not insert([Numbering(prefix="甲-2026", last=8)], or_leave=True)
    assert Numbering.objects.get(prefix="甲-2026").last == 7
    with pytest.raises(IntegrityError), transaction.atomic():
        insert([Numbering(prefix="甲-2026", last=8)])


@pytest.mark.parametrize(
    "wanted",
    [
        Q(),
        Q(step="raised"),
        Q(step="raised") & Q(closed_at=None),
        Q(step__in=["raised", "responded"], order="routine") | Q(number__icontains="0001"),
        ~Q(step="raised"),
        Q(Q(due_at=None) | Q(due_at__gt=TUESDAY), closed_at__isnull=True),
        Q(step__in=[]),
    ],
    ids=str,
)
def test_a_condition_keeps_its_sense_and_may_have_other_values(world: World, wanted: Q) -> None:
    make.report(world), make.dispatched(world), make.report(world, order="routine")
    found = Question(lambda wanted: Matter.objects.filter(wanted).values_list("pk", flat=True))
    for asked in (Q(step="responded"), wanted, Q(step="raised")):
        assert sorted(found.ask(wanted=asked)) == sorted(
            Matter.objects.filter(asked).values_list("pk", flat=True)
        )


def test_a_condition_of_the_same_shape_is_compiled_once(world: World) -> None:
    built: list[Q] = []
    found = Question(lambda wanted: built.append(wanted) or Matter.objects.filter(wanted).values_list("pk"))
    for step in ("raised", "responded", "raised"):
        found.ask(wanted=Q(step=step))
    assert len(built) == 1
