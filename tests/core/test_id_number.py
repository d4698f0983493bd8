from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.core.id_number import born_on, check_digit, is_valid, normal

pytestmark = pytest.mark.req("N5")


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014"])
def test_the_examples_of_the_standard_are_valid(number: str) -> None:
    assert is_valid(number)


@pytest.mark.parametrize(
    ("why", "number"),
    [
        ("校验位不对", "110105194912310021"),
        ("没有这一天", "110105194902300020"),
        ("没有这个月", "110105194913310020"),
        ("少一位", "11010519491231002"),
        ("多一位", "11010519491231002X0"),
        ("小写须先规范", "11010519491231002x"),
        ("以零开头", "010105194912310021"),
        ("空", ""),
        ("十五位旧号", "110105491231002"),
    ],
)
def test_a_wrong_number_is_seen(why: str, number: str) -> None:
    assert not is_valid(number), why


def test_a_number_is_written_as_on_the_card() -> None:
    assert normal(" １１０１０５ 19491231 002ｘ") == "11010519491231002X"


def test_the_birthday_is_told() -> None:
    assert born_on("11010519491231002X") == date(1949, 12, 31)
    assert born_on("110105194902300020") is None


@given(digits=st.from_regex(r"[1-9][0-9]{5}19[5-9][0-9]0[1-9]1[0-9][0-9]{3}", fullmatch=True), data=st.data())
def test_one_wrong_digit_never_passes(digits: str, data: st.DataObject) -> None:
    number = digits + check_digit(digits)
    at = data.draw(st.integers(0, 16))
    wrong = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != number[at]]))
    assert is_valid(number)
    assert not is_valid(number[:at] + wrong + number[at + 1 :])
