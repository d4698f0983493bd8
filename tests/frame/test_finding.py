"""The index of tokens follows its table, on both databases (检索)."""

import pytest
from django.db import connection
from django.db.models import Model

from linli.cases.models import Case
from linli.frame import finding
from linli.methods.tokens import Term, tokens_of
from tests import make
from tests.world import World

pytestmark = pytest.mark.django_db


def found(*phrases: str, keys: tuple[str, ...] = (), within: tuple[str, ...] = ()) -> list[str]:
    terms = [Term((phrase,)) for phrase in phrases] + ([Term((), keys)] if keys else [])
    rows = Case.objects.filter(finding.matching(terms, within=within))
    return sorted(rows.values_list("words", flat=True))


@pytest.fixture
def three(world: World) -> list[Case]:
    """Three cases: words about a lift, a lamp and both."""
    texts = ("电梯坏了", "路灯不亮", "电梯旁的路灯不亮，消防的通道堵了，防通风")
    cases = [Case.objects.get(pk=make.report(world).pk) for _ in texts]
    for case, text in zip(cases, texts, strict=True):
        Case.objects.filter(pk=case.pk).update(
            words=text, tokens=tokens_of(text, keys=("@00010002", f"#{len(text)}"))
        )
    return cases


def test_every_term_must_be_there(three: list[Case]) -> None:
    assert found("电梯") == ["电梯坏了", "电梯旁的路灯不亮，消防的通道堵了，防通风"]
    assert found("电梯", "路灯") == ["电梯旁的路灯不亮，消防的通道堵了，防通风"]
    assert found("水管") == []


def test_a_single_letter_is_found_within_words(three: list[Case]) -> None:
    assert found("坏") == ["电梯坏了"]
    assert found("亮") == ["电梯旁的路灯不亮，消防的通道堵了，防通风", "路灯不亮"]


def test_pairs_that_do_not_stand_in_order_are_no_phrase(three: list[Case]) -> None:
    # 消防 通道 and 防通 all stand there, 消防通道 does not.
    assert found("消防", "防通", "通道")
    assert not found("消防通道")
    assert found("路灯不亮")


def test_a_key_or_a_phrase_will_do(three: list[Case]) -> None:
    rows = Case.objects.filter(finding.matching([Term(("坏了",), ("#4",))]))
    assert sorted(rows.values_list("words", flat=True)) == ["电梯坏了", "路灯不亮"]


def test_places_narrow_what_is_found(three: list[Case]) -> None:
    assert found("电梯", within=("00010002",))
    assert not found("电梯", within=("00010003",))
    assert found("电梯", within=("00010003", "00010002"))


def test_words_that_change_or_go_are_no_longer_found(three: list[Case]) -> None:
    Case.objects.filter(pk=three[0].pk).update(words="换好了", tokens=tokens_of("换好了"))
    assert found("坏了") == []
    assert found("换好") == ["换好了"]
    Case.objects.filter(pk=three[0].pk).update(tokens="")
    assert found("换好") == []
    Case.objects.filter(pk=three[1].pk).delete()
    assert found("不亮") == ["电梯旁的路灯不亮，消防的通道堵了，防通风"]


def test_an_index_built_anew_finds_the_same(three: list[Case]) -> None:
    before = found("电梯")
    finding.rebuild(Case)
    assert found("电梯") == before


def test_what_somebody_types_is_never_a_command(three: list[Case]) -> None:
    for typed in ('"', "'", "a OR b", "电梯*", "电梯)", "\\", "电梯' | '", "NEAR(电梯)", "-- x", "%", "_"):
        finding_terms = [Term((word,)) for word in tokens_of(typed).split()]
        if finding_terms:
            Case.objects.filter(finding.matching(finding_terms)).count()


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="只有 SQLite 改表时会丢触发器；用 SQLite 运行")
def test_a_table_made_anew_gets_its_triggers_back(three: list[Case]) -> None:
    table = Case._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {table}_found_changed")
    Case.objects.filter(pk=three[0].pk).update(words="换好了", tokens=tokens_of("换好了"))
    finding.keep_up(using="default")
    assert found("换好") == ["换好了"]
    assert found("坏了") == []


def test_searched_tables_are_known() -> None:
    names: tuple[type[Model], ...] = finding.searched()
    assert Case in names
