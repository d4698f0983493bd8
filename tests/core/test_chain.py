"""A chain shows every change, and names the place."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.core.chain import SAID, START, Head, Link, breaks, first_break

pytestmark = pytest.mark.req("A2")


def link(head: Head = START, **changes) -> Link:
    said = {
        "chain": "sx-2026-0001",
        "seq": head.seq + 1,
        "at": "2026-11-22T07:15:02.000123Z",
        "by": 7,
        "office": "铜花社区 网格员",
        "act": "take_in",
        "title": "受理",
        "clause": "petitions.accept",
        "clause_words": "《信访工作条例》第二十三条",
        "figures": (("期限", "15 日"),),
        "words_digest": "",
        "algorithm": "sha256",
        "prev": head.digest,
    }
    return Link(**(said | changes)).sealed()


def chain(length: int, **changes) -> list[Link]:
    links: list[Link] = []
    head = START
    for _ in range(length):
        links.append(link(head, **changes))
        head = Head(links[-1].seq, links[-1].digest)
    return links


CHANGED = {
    "chain": "sx-2026-0002",
    "seq": 9,
    "at": "2026-11-22T07:15:02.000124Z",
    "by": None,
    "office": "铜花社区 书记",
    "act": "decline",
    "title": "不予受理",
    "clause": "petitions.decline",
    "clause_words": "《信访工作条例》第二十四条",
    "figures": (("期限", "16 日"),),
    "words_digest": "ab",
    "algorithm": "sm3",
    "prev": "00",
}


@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
def test_an_untouched_chain_has_no_break(algorithm):
    assert first_break(chain(5, algorithm=algorithm)) is None


def test_an_empty_chain_has_no_break():
    assert first_break([]) is None


def test_the_algorithm_may_change_on_the_way():
    old = chain(2)
    new = link(Head(2, old[-1].digest), algorithm="sm3")
    assert first_break([*old, new]) is None


def test_the_table_of_changes_names_every_field():
    assert set(CHANGED) == set(SAID)


@pytest.mark.parametrize("field", SAID)
def test_a_changed_field_breaks_the_chain_at_its_entry(field):
    links = chain(4)
    links[2] = replace(links[2], **{field: CHANGED[field]})
    found = first_break(links)
    assert found is not None
    assert found.index == 2


@pytest.mark.parametrize("field", ["seq", "prev", "digest"])
def test_a_field_the_neighbours_know_is_named(field):
    links = chain(4)
    links[2] = replace(links[2], **{field: 9 if field == "seq" else "00"})
    found = breaks(links)
    assert [(fault.index, fault.field) for fault in found] == [(2, field)]
    assert field in found[0].sentence


def test_an_entry_rewritten_with_a_fresh_digest_is_betrayed_by_its_follower():
    links = chain(4)
    links[1] = replace(links[1], title="不予受理").sealed()
    found = breaks(links)
    assert [fault.index for fault in found] == [2]
    assert "前一条被整条换过" in found[0].sentence


def test_a_missing_entry_is_named_by_its_number():
    links = chain(4)
    del links[1]
    found = first_break(links)
    assert found is not None
    assert found.seq == 3
    assert "缺少第 2 条" in found.sentence


def test_several_missing_entries_are_named_as_a_range():
    links = chain(6)
    del links[1:4]
    found = first_break(links)
    assert found is not None
    assert "缺少第 2 至第 4 条" in found.sentence


def test_a_chain_without_its_beginning_is_broken_at_its_first_entry():
    found = first_break(chain(3)[1:])
    assert found is not None
    assert (found.index, found.seq) == (0, 2)


def test_a_part_of_a_chain_holds_after_the_head_it_follows():
    links = chain(4)
    assert first_break(links[2:], after=Head(2, links[1].digest)) is None


def test_exchanged_entries_are_found():
    links = chain(4)
    links[1], links[2] = links[2], links[1]
    found = first_break(links)
    assert found is not None
    assert found.index == 1


def test_a_repeated_entry_is_found():
    links = chain(3)
    found = first_break([*links, links[2]])
    assert found is not None
    assert (found.index, "重复" in found.sentence) == (3, True)


def test_an_entry_inserted_from_another_chain_is_found():
    links = chain(3)
    stranger = chain(4, title="派单")[3]
    found = first_break([*links, stranger])
    assert found is not None
    assert found.index == 3


@given(st.integers(2, 12), st.data())
def test_any_permutation_other_than_the_true_order_is_broken(length, data):
    links = chain(length)
    order = data.draw(st.permutations(range(length)))
    is_true_order = order == list(range(length))
    assert (first_break([links[index] for index in order]) is None) == is_true_order
