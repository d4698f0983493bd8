"""A value has one way of being written, and a content has one digest in its role."""

import hashlib
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.core.digest import NotCanonical, Role, UnknownAlgorithm, canonical, digest, instant, words_digest

pytestmark = pytest.mark.req("A2")

text = st.text(max_size=6)
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | text.filter(lambda drawn: "\x00" not in drawn),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "ab", "邻里"]), inner),
    max_leaves=6,
)


def test_keys_are_sorted_and_chinese_is_written_as_it_is():
    assert canonical({"b": [1, None, True], "a": "邻里"}) == '{"a":"邻里","b":[1,null,true]}'.encode()


@given(st.dictionaries(st.sampled_from(["a", "ab", "b", "邻里"]), plain))
def test_the_order_in_which_keys_were_set_does_not_matter(value):
    turned = dict(reversed(list(value.items())))
    assert canonical(turned) == canonical(value)


@given(plain, plain)
def test_two_values_are_written_alike_only_when_they_are_alike(one, other):
    assert (canonical(one) == canonical(other)) == (_shape(one) == _shape(other))


def _shape(value):
    """Tell True from 1, which Python takes for equal."""
    if isinstance(value, list):
        return [_shape(item) for item in value]
    if isinstance(value, dict):
        return {key: _shape(item) for key, item in value.items()}
    return (type(value), value)


@pytest.mark.parametrize(
    "value",
    [1.0, float("nan"), {1: "a"}, {"a\x00": 1}, ["a\x00"], "\ud800", b"a", {1, 2}, datetime(2026, 1, 1)],  # noqa: DTZ001
    ids=["小数", "非数", "键不是文字", "键里有空字符", "空字符", "代理字符", "字节", "集合", "时刻"],
)
def test_what_has_no_single_way_of_being_written_is_refused(value):
    with pytest.raises(NotCanonical):
        canonical(value)


def test_an_instant_is_written_in_utc_whatever_its_zone():
    here = datetime(2026, 11, 22, 15, 15, 2, 123, tzinfo=timezone(timedelta(hours=8)))
    assert instant(here) == "2026-11-22T07:15:02.000123Z"


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(NotCanonical):
        instant(datetime(2026, 11, 22))  # noqa: DTZ001


def test_sha256_is_the_sha256_everybody_knows():
    assert digest(Role.ENTRY, b"abc", algorithm="sha256") == hashlib.sha256(b"\x02abc").hexdigest()


def test_sm3_is_the_digest_of_the_chinese_standard():
    assert hashlib.new("sm3", b"abc").hexdigest().startswith("66c7f0f462eeedd9")
    assert digest(Role.ENTRY, b"abc", algorithm="sm3") == hashlib.new("sm3", b"\x02abc").hexdigest()


@pytest.mark.parametrize("algorithm", ["md5", "sha1", "", "SHA256"])
def test_no_other_algorithm_is_accepted(algorithm):
    with pytest.raises(UnknownAlgorithm):
        digest(Role.ENTRY, b"", algorithm=algorithm)


def test_an_algorithm_this_machine_lacks_is_named(monkeypatch):
    def lacking(name, content):
        raise ValueError(name)

    monkeypatch.setattr(hashlib, "new", lacking)
    with pytest.raises(UnknownAlgorithm, match="没有摘要算法「sm3」"):
        digest(Role.ENTRY, b"", algorithm="sm3")


def test_the_same_content_in_two_roles_has_two_digests():
    assert len({digest(role, b"abc", algorithm="sha256") for role in Role}) == len(Role)


def test_the_same_words_under_two_salts_cannot_be_matched():
    one, other = (words_digest("已联系物业", salt=salt, algorithm="sha256") for salt in ("aa", "bb"))
    assert one != other


def test_salt_and_words_do_not_run_into_each_other():
    assert words_digest("bc", salt="a", algorithm="sha256") != words_digest(
        "c", salt="ab", algorithm="sha256"
    )
