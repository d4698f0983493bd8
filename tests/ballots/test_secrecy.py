"""Whoever has the whole database cannot join a voter with a choice (无记名)."""

from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from linli.ballots import boxes, export, queries
from linli.ballots.actions import closing, papers
from linli.ballots.models import Ballot, Box, Elector, Vote
from linli.core.ballot import receipt_digest
from linli.people import queries as register
from linli.record import queries as record
from tests.ballots.polls import CLOSES, LATER, cast, election, neighbours, refused, seat, voter
from tests.world import World

pytestmark = pytest.mark.req("X8")
_TIMES = ("DateTimeField", "DateField", "TimeField")


def snapshot() -> dict[str, list[Any]]:
    """Everything that the room stores, as an administrator reads it, in the order of the disk."""
    tables = [model._meta.db_table for model in apps.get_app_config("ballots").get_models()]
    with connection.cursor() as cursor:
        rows = {}
        for table in tables:
            hidden = "rowid" if connection.vendor == "sqlite" else "ctid"
            cursor.execute(f"SELECT * FROM {table} ORDER BY {hidden}")
            rows[table] = cursor.fetchall()
        return rows


def voted(world: World, votes: tuple[str, ...], order: tuple[int, ...]) -> Ballot:
    roll = neighbours(len(votes))
    ballot = election(world, roll)
    for place in order:
        cast(ballot, voter(roll, place), votes[place])
    return ballot


def test_a_secret_ballot_keeps_no_vote_of_anybody(world: World) -> None:
    ballot = voted(world, ("c1", "c2", "c1"), (0, 1, 2))
    assert not Vote.objects.exists()
    assert dict(Box.objects.filter(ballot=ballot).values_list("choice", "heads")) == {
        "": 3, "c1": 2, "c2": 1, "c3": 0, "abstain": 0, "spoilt": 0
    }  # fmt: skip


def test_who_voted_how_and_in_which_order_leaves_no_trace(world: World) -> None:
    """Two runs that differ only in who chose what and when leave the same rows, but for random codes."""
    before = snapshot()
    left = []
    for votes, order in ((("c1", "c2", "c1"), (0, 1, 2)), (("c2", "c1", "c1"), (2, 0, 1))):
        ballot = voted(world, votes, order)
        rows = {
            "electors": list(Elector.objects.filter(ballot=ballot).order_by("id").values_list("name", "how")),
            "boxes": list(
                Box.objects.filter(ballot=ballot).order_by("slot", "choice").values_list("choice", "heads")
            ),
            "others": [
                table
                for table, found in snapshot().items()
                if table.endswith(("vote", "papercode")) and found != before[table]
            ],
        }
        left.append(rows)
        Ballot.objects.filter(pk=ballot.pk).update(cancelled_at=LATER)
        for number in range(3):
            person = register.of_key(f"poll-{number}")
            assert person is not None
            person.key = f"{person.key}-{ballot.pk}"
            person.save(update_fields=["key"])
    assert left[0] == left[1]


def test_no_row_beside_an_elector_of_a_secret_ballot_has_a_time() -> None:
    for model in (Elector, Box):
        assert not [field.name for field in model._meta.fields if field.get_internal_type() in _TIMES]


@pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite has no xmin: run tests/postgres.sh to check it"
)
def test_the_last_writer_of_a_row_does_not_point_to_a_choice(world: World) -> None:
    ballot = voted(world, ("c1", "c2", "c1"), (0, 1, 2))
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT xmin::text FROM ballots_box WHERE ballot_id = %s", [ballot.pk])
        assert len(cursor.fetchall()) == 1


def test_all_rows_of_a_box_are_written_with_each_vote(world: World, django_assert_num_queries: Any) -> None:
    ballot = election(world, neighbours(3))
    with django_assert_num_queries(1) as asked:
        assert boxes.drop(ballot, ("c1",), area=0)
    sql = asked.captured_queries[0]["sql"]
    assert "choice =" not in sql.split("WHERE", 1)[1]


def test_nobody_sees_how_a_secret_ballot_stands_before_it_ends(world: World) -> None:
    assert queries.progress(voted(world, ("c1", "c2", "c1"), (0, 1, 2))).live == ()


def test_the_record_of_a_secret_ballot_has_no_entry_for_a_vote(world: World) -> None:
    ballot = voted(world, ("c1", "c2", "c1"), (0, 1, 2))
    assert [line.act for line in record.timeline(chain=ballot.number)] == ["open_ballot"]


def test_the_published_file_says_nothing_about_who(world: World) -> None:
    ballot = voted(world, ("c1", "c2", "c1"), (0, 1, 2))
    closing.close(ballot, by=world.secretary, at=CLOSES)
    found = queries.of_number(ballot.number)
    assert found is not None
    document = export.document(found)
    assert {key for line in document["roll"] for key in line} == {"line", "name", "household", "area"}
    assert document["receipts"] == sorted(document["receipts"])


def test_a_receipt_is_the_same_whatever_was_chosen(world: World) -> None:
    roll = neighbours(3)
    ballot = election(world, roll)
    codes = [cast(ballot, voter(roll, place), mark) for place, mark in enumerate(("c1", "c2", "abstain"))]
    kept = Elector.objects.filter(ballot=ballot).order_by("id").values_list("receipt", "how")
    assert list(kept) == [(receipt_digest(ballot.number, code), "phone") for code in codes]


def test_a_slip_of_a_secret_ballot_names_nobody_and_forgets_what_was_typed(world: World) -> None:
    roll = neighbours(3)
    ballot = election(world, roll)
    (slip,) = papers.print_slips(ballot, count=1, by=world.secretary, at=LATER)
    papers.hand_out(seat(ballot, voter(roll, 0)), by=world.secretary, at=LATER)
    for actor in (world.secretary, world.dispatcher):
        papers.type_in(ballot, code=slip.code, chosen=("c2",), by=actor, at=LATER)
    (kept,) = ballot.papers.values()
    assert (kept["elector_id"], kept["typed"]) == (None, [])
    assert boxes.standing(ballot)["c2"] == (1, 0)


def test_more_slips_than_were_handed_out_do_not_count(world: World) -> None:
    roll = neighbours(3)
    ballot = election(world, roll)
    slips = papers.print_slips(ballot, count=2, by=world.secretary, at=LATER)
    papers.hand_out(seat(ballot, voter(roll, 0)), by=world.secretary, at=LATER)
    for slip in slips:
        papers.type_in(ballot, code=slip.code, chosen=("c1",), by=world.secretary, at=LATER)
    papers.type_in(ballot, code=slips[0].code, chosen=("c1",), by=world.dispatcher, at=LATER)
    with refused("收回的票多于发出的票"):
        papers.type_in(ballot, code=slips[1].code, chosen=("c1",), by=world.dispatcher, at=LATER)


def test_whoever_took_a_slip_does_not_vote_by_phone(world: World) -> None:
    roll = neighbours(3)
    ballot = election(world, roll)
    papers.print_slips(ballot, count=1, by=world.secretary, at=LATER)
    papers.hand_out(seat(ballot, voter(roll, 0)), by=world.secretary, at=LATER)
    with refused("已经领了纸质票"):
        cast(ballot, voter(roll, 0), "c1")
    with refused("印好的票已经发完"):
        papers.hand_out(seat(ballot, voter(roll, 1)), by=world.secretary, at=LATER)


def test_a_slip_handed_out_and_not_returned_is_no_vote(world: World) -> None:
    roll = neighbours(3)
    ballot = election(world, roll)
    papers.print_slips(ballot, count=1, by=world.secretary, at=LATER)
    papers.hand_out(seat(ballot, voter(roll, 0)), by=world.secretary, at=LATER)
    cast(ballot, voter(roll, 1), "c1")
    outcome = closing.close(ballot, by=world.secretary, at=CLOSES)
    assert outcome.said == "应参加 3 人，参加表决 1 人，未过半数（2 人）：投票无效。"


def test_large_rolls_have_several_boxes_and_small_ones_a_single_one() -> None:
    assert [boxes.how_many(voters) for voters in (1, 999, 1000, 5000, 10**6)] == [1, 1, 2, 10, 16]
