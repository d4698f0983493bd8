"""Text becomes pairs of letters, so that any part of it can be found (检索词)."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.methods import tokens
from linli.methods.tokens import Term

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=12)
WRITING = st.text(
    st.one_of(st.characters(min_codepoint=0x4E00, max_codepoint=0x4E40), st.sampled_from("aB1，。 Ａ"))
)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        pytest.param("电梯坏了", " 电梯 梯坏 坏了 了 ", id="逐对，末字单列"),
        pytest.param("灯", " 灯 ", id="单字"),
        pytest.param("５栋ＡＢ", " 5栋 栋a ab b ", id="全角写作半角，大写写作小写"),
        pytest.param("路灯，不亮", " 路灯 灯 不亮 亮 ", id="标点隔开"),
        pytest.param("12-3", " 12 2 3 ", id="连字符隔开"),
        pytest.param("", "", id="没有文字"),
        pytest.param("……！", "", id="只有标点"),
    ],
)
def test_a_text_is_written_as_pairs(text: str, written: str) -> None:
    assert tokens.tokens_of(text) == written


def test_keys_stand_behind_the_words() -> None:
    assert tokens.tokens_of("灯", keys=("@0001", "#lamp")) == " 灯 @0001 #lamp "
    assert tokens.tokens_of("", keys=("#lamp",)) == " #lamp "


@given(HAN, HAN)
def test_every_part_of_a_text_leaves_its_trace(one: str, other: str) -> None:
    written = tokens.tokens_of(f"{one}，{other}")
    parts = [one[start:end] for start in range(len(one)) for end in range(start + 1, len(one) + 1)]
    assert all(tokens.trace(part) in written for part in parts if tokens.plain(part) == part)


@given(
    HAN.filter(lambda text: tokens.plain(text) == text), HAN.filter(lambda text: tokens.plain(text) == text)
)
def test_no_phrase_is_found_across_the_end_of_a_run(one: str, other: str) -> None:
    across = one[-1] + other[0]
    written = tokens.tokens_of(f"{one}，{other}")
    assert (tokens.trace(across) in written) == (across in one or across in other)


@given(WRITING)
def test_tokens_hold_nothing_but_letters_and_digits(text: str) -> None:
    assert all(token.isalnum() and 1 <= len(token) <= 2 for token in tokens.tokens_of(text).split())


@given(st.integers(0, 40_000), st.integers(0, 1500))
def test_spans_cover_a_stretch_of_days_once(first: int, length: int) -> None:
    named = tokens.days_between(first, first + length)
    for day in {first, first + length, first + length // 2}:
        assert len(set(named) & set(tokens.on_day(day))) == 1
    for day in (first - 1, first + length + 1):
        assert not set(named) & set(tokens.on_day(day))


@given(st.integers(20_000, 40_000), st.integers(1, 3000))
def test_stretches_lie_next_to_each_other_and_are_few_spans(day: int, pace: int) -> None:
    found = list(tokens.stretches(day, pace=pace))
    assert not found or found[0][0] <= day <= found[0][1]
    assert all(later[1] == earlier[0] - 1 for earlier, later in pairwise(found))
    assert all(len(tokens.days_between(*one)) <= 45 for one in found)


def test_a_busy_site_looks_into_little_first_and_a_quiet_one_into_everything_at_once() -> None:
    assert list(tokens.stretches(20_000, pace=2)) == [(19_999, 20_002), (19_991, 19_998), (19_959, 19_990)]
    assert not list(tokens.stretches(20_000, pace=2000))


def test_a_term_is_any_of_its_phrases_or_keys() -> None:
    assert Term(("消防通道",), ("#fire",)).ways == (("消防", "防通", "通道"), ("#fire",))
