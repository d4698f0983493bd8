"""One act leaves one entry, chained to the one before."""

import threading

import pytest
from django.db import connection

from linli.core.chain import START, Head, first_break
from linli.core.verdict import Refused
from linli.record import queries
from linli.record.models import Entry
from tests.record.writing import CLAUSE, START_AT, act

pytestmark = [pytest.mark.django_db, pytest.mark.req("A2")]


def links(chain: str = "sx-1"):
    rows = Entry.objects.filter(chain=chain).order_by("seq").values_list(*queries.LINK)
    return [queries.link_of(row) for row in rows]


def test_the_first_entry_opens_its_chain():
    entry = act()
    assert (entry.seq, entry.prev) == (1, "")
    assert queries.head("sx-1") == Head(1, entry.digest)


def test_the_next_entry_carries_the_digest_of_the_one_before():
    first, second = act(), act()
    assert (second.seq, second.prev) == (2, first.digest)


def test_each_chain_counts_by_itself():
    act("sx-1")
    assert act("sx-2").seq == 1


def test_what_was_written_is_read_back_as_a_whole_chain():
    act(clause=CLAUSE, figures=(("期限", "15 日"),), words="请尽快")
    act(by=None, office="系统")
    assert first_break(links()) is None


def test_an_entry_tells_who_for_which_office_when_under_which_clause_with_which_figures():
    act(clause=CLAUSE, figures=(("期限", "15 日"), ("剩余", "3 日")), words="请尽快")
    [line] = queries.timeline("sx-1")
    assert (line.by, line.office, line.at) == (7, "铜花社区 网格员", START_AT)
    assert (line.clause, line.clause_words) == ("petitions.accept", "《信访工作条例》第二十三条")
    assert line.figures == (("期限", "15 日"), ("剩余", "3 日"))
    assert (line.title, line.words) == ("受理", "请尽快")


def test_an_act_without_words_has_empty_words():
    act()
    assert queries.timeline("sx-1")[0].words == ""


def test_a_timeline_pages_by_place_in_both_directions():
    for minute in range(5):
        act(minute=minute)
    assert [line.seq for line in queries.timeline("sx-1", after=2, limit=2)] == [3, 4]
    assert [line.seq for line in queries.timeline("sx-1", before=4, limit=2, newest_first=True)] == [3, 2]


@pytest.mark.parametrize(
    ("given", "statements"),
    [({}, 2), ({"words": "请尽快"}, 3), ({"after": START}, 1), ({"after": START, "words": "请尽快"}, 2)],
    ids=["无文字", "有文字", "已知链头", "已知链头且有文字"],
)
def test_an_entry_costs_few_statements(django_assert_num_queries, given, statements):
    with django_assert_num_queries(statements):
        act(**given)


def test_who_writes_after_an_old_head_is_refused():
    first = act()
    act()
    with pytest.raises(Refused, match="别人已经办了一步"):
        act(after=Head(1, first.digest))


@pytest.mark.django_db(transaction=True)
def test_of_many_who_write_at_once_each_gets_a_place_or_a_refusal():
    outcomes = []
    gate = threading.Barrier(8)

    def write():
        gate.wait()
        try:
            outcomes.append(act().seq)
        except Refused:
            outcomes.append(None)
        finally:
            connection.close()

    writers = [threading.Thread(target=write) for _ in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    written = sorted(seq for seq in outcomes if seq)
    assert len(outcomes) == 8
    assert written == list(range(1, len(written) + 1))
    assert written
    assert first_break(links()) is None
