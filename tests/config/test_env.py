import pytest
from django.core.exceptions import ImproperlyConfigured

from linli.config import env


@pytest.fixture(autouse=True)
def given(monkeypatch: pytest.MonkeyPatch):
    def give(value: str | None) -> None:
        if value is None:
            monkeypatch.delenv("X", raising=False)
        else:
            monkeypatch.setenv("X", value)

    return give


@pytest.mark.parametrize(("value", "read"), [(None, "d"), ("", "d"), ("  ", "d"), (" a ", "a")])
def test_an_empty_text_counts_as_not_given(given, value: str | None, read: str) -> None:
    given(value)
    assert env.text("X", default="d") == read


@pytest.mark.parametrize(("value", "read"), [(None, ()), ("a", ("a",)), ("a, b,,", ("a", "b"))])
def test_words_are_separated_by_commas(given, value: str | None, read: tuple[str, ...]) -> None:
    given(value)
    assert env.words("X") == read


@pytest.mark.parametrize(("value", "read"), [(None, 7), ("1", 1), ("65535", 65535)])
def test_a_number_is_read(given, value: str | None, read: int) -> None:
    given(value)
    assert env.number("X", default=7, least=1) == read


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "八", "8000 "[:4] + "x"])
def test_a_wrong_number_is_named_in_both_languages(given, value: str) -> None:
    given(value)
    with pytest.raises(ImproperlyConfigured, match=r"环境变量 X .*不小于 1.*at least 1"):
        env.number("X", default=7, least=1)


@pytest.mark.parametrize(
    ("value", "read"), [("1", True), ("YES", True), ("off", False), ("0", False), (None, True)]
)
def test_a_flag_is_yes_or_no(given, value: str | None, read: bool) -> None:
    given(value)
    assert env.flag("X", default=True) is read


def test_a_flag_that_is_neither_is_refused(given) -> None:
    given("maybe")
    with pytest.raises(ImproperlyConfigured, match="应为 1 或 0"):
        env.flag("X", default=True)


@pytest.mark.parametrize(
    "value", ["https://linli.example.cn", "https://linli.example.cn/", "http://10.0.0.2:8000"]
)
def test_an_origin_is_scheme_host_and_port(given, value: str) -> None:
    given(value)
    assert env.origin("X", default="") == value.rstrip("/")


@pytest.mark.parametrize("value", ["linli.example.cn", "ftp://a.cn", "https://a.cn/linli", "https://"])
def test_anything_else_is_no_origin(given, value: str) -> None:
    given(value)
    with pytest.raises(ImproperlyConfigured, match="不带路径"):
        env.origin("X", default="")


@pytest.mark.parametrize(("value", "read"), [(None, "a"), ("B", "b")])
def test_one_of_a_few_words_is_read(given, value: str | None, read: str) -> None:
    given(value)
    assert env.choice("X", of=("a", "b"), default="a") == read


def test_another_word_is_refused_with_the_few(given) -> None:
    given("c")
    with pytest.raises(ImproperlyConfigured, match=r"环境变量 X .*a、b 之一"):
        env.choice("X", of=("a", "b"), default="a")
