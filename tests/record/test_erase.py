"""Free words can be erased for good while the chain stays whole."""

import pytest

from linli.core.clause import Clause
from linli.core.verdict import Refused
from linli.record import actions, queries
from linli.record.examination import examine
from linli.record.export import export
from linli.record.models import Words
from tests.record.writing import START_AT, seal, told_chain

pytestmark = [pytest.mark.django_db, pytest.mark.req("A2")]
PRIVACY = Clause("privacy.erase", "个人信息保护法", "第四十七条")


def erase(seq: int = 2, chain: str = "sx-1"):
    return actions.erase_words(
        chain=chain, seq=seq, by=9, office="铜花社区 书记", at=START_AT, reason="本人申请", clause=PRIVACY
    )


def test_erased_words_and_their_salt_are_gone():
    told_chain("sx-1", 3)
    erase()
    assert not Words.objects.filter(entry__chain="sx-1", entry__seq=2).exists()
    assert queries.timeline("sx-1")[1].words is None


def test_erasing_is_an_act_on_the_same_chain_with_its_clause_and_reason():
    told_chain("sx-1", 3)
    erase()
    last = queries.timeline("sx-1")[-1]
    assert (last.seq, last.act, last.clause, last.words) == (4, "erase_words", "privacy.erase", "本人申请")
    assert last.figures == (("条目", "2"),)


def test_an_export_after_erasing_is_whole_and_says_so():
    told_chain("sx-1", 4)
    seal()
    erase()
    report = examine(export())
    assert report.is_whole
    assert (report.words, report.erased) == (2, 1)


def test_the_reason_itself_can_be_erased():
    told_chain("sx-1", 2)
    erase()
    erase(seq=3)
    assert examine(export()).is_whole


@pytest.mark.parametrize("seq", [1, 9], ids=["本来没有文字", "没有这一条"])
def test_where_there_are_no_words_there_is_nothing_to_erase(seq):
    told_chain("sx-1", 2)
    with pytest.raises(Refused, match="没有可删除的文字"):
        erase(seq=seq)
    assert queries.head("sx-1").seq == 2


def test_words_cannot_be_erased_twice():
    told_chain("sx-1", 2)
    erase()
    with pytest.raises(Refused, match="已经删除过"):
        erase()


def test_erasing_in_one_chain_leaves_another_alone():
    told_chain("sx-1", 2)
    told_chain("sx-2", 2)
    erase()
    assert queries.timeline("sx-2")[1].words
