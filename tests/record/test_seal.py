"""A checkpoint binds what moved since the last one, and the last one too."""

from dataclasses import replace
from datetime import timedelta
from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.core.chain import Head
from linli.core.merkle import Tree
from linli.core.seal import leaf
from linli.record import actions, queries
from linli.record.models import Checkpoint, Entry
from tests.record.writing import START_AT, act, seal, told_chain

pytestmark = [pytest.mark.django_db, pytest.mark.req("A2")]


def test_nothing_written_needs_no_checkpoint():
    assert seal() is None
    assert not Checkpoint.objects.exists()


def test_the_first_checkpoint_binds_the_head_of_every_chain():
    told_chain("sx-2", 3)
    told_chain("sx-1", 2)
    made = seal()
    heads = [(chain, queries.head(chain)) for chain in ("sx-1", "sx-2")]
    tree = Tree.grow([leaf(chain, head) for chain, head in heads], algorithm="sha256")
    assert made is not None
    assert (made.number, made.count, made.prev, made.tree) == (1, 2, "", tree.root)


def test_a_second_run_with_nothing_new_makes_no_checkpoint():
    act()
    seal()
    assert seal() is None


def test_the_next_checkpoint_carries_the_root_before_and_only_chains_that_moved():
    act("sx-1")
    act("sx-2")
    first = seal()
    act("sx-2")
    second = seal()
    assert first is not None
    assert second is not None
    assert (second.number, second.count, second.prev) == (2, 1, first.root)


def test_a_stored_checkpoint_is_read_back_with_the_root_it_must_carry():
    act()
    made = seal()
    [kept] = queries.checkpoints()
    assert kept == made
    assert kept.recomputed() == kept.root


@pytest.mark.parametrize("field", ["number", "at", "count", "last_entry", "tree", "prev"])
def test_a_root_stands_for_everything_the_checkpoint_says(field):
    act()
    act("sx-2")
    made = seal()
    assert made is not None
    other = {"at": "2026-01-01T00:00:00.000000Z", "tree": "00", "prev": "00"}.get(field, 99)
    assert replace(made, **{field: other}).recomputed() != made.root


def test_after_downtime_one_run_binds_everything():
    for day in range(3):
        act(minute=1440 * day)
    made = seal(minute=5000)
    assert made is not None
    assert made.last_entry == Entry.objects.order_by("-id").values_list("id", flat=True)[0]


def test_a_great_backlog_is_bound_in_several_checkpoints(monkeypatch):
    monkeypatch.setattr(actions, "_ENTRIES_PER_CHECKPOINT", 2)
    told_chain("sx-1", 5)
    last = seal()
    assert last is not None
    assert last.number == 3
    assert [found.count for found in queries.checkpoints()] == [1, 1, 1]


def test_the_statements_of_a_checkpoint_do_not_follow_the_number_of_chains():
    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            seal()
        return len(captured)

    for number in range(3):
        act(f"sx-{number}")
    few = statements()
    for number in range(30):
        act(f"sx-{number}")
    assert statements() == few


def test_a_checkpoint_reads_only_entries_after_the_last():
    told_chain("sx-1", 4)
    first = seal()
    act("sx-2")
    assert first is not None
    assert set(queries.heads_between(first.last_entry, first.last_entry + 10)) == {"sx-2"}


def test_of_two_workers_only_one_makes_the_checkpoint(monkeypatch):
    act()
    other = seal()
    monkeypatch.setattr(queries, "checkpoints", mock.Mock(return_value=()))
    assert seal() is None
    assert list(Checkpoint.objects.values_list("root", flat=True)) == [other and other.root]


def test_checkpoints_page_by_number_newest_first():
    for minute in range(3):
        act(minute=minute)
        actions.seal(at=START_AT + timedelta(minutes=minute))
    assert [found.number for found in queries.checkpoints(before=3, limit=1)] == [2]


def test_a_head_of_another_moment_is_another_leaf():
    assert leaf("sx-1", Head(1, "00")) != leaf("sx-1", Head(2, "00"))
