import pytest

from linli.core.phone import normal


@pytest.mark.req("N5")
@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("13812345678", "13812345678"),
        ("+86 138-1234-5678", "13812345678"),
        ("8613812345678", "13812345678"),
        ("008613812345678", "13812345678"),
        ("１３８ １２３４ ５６７８", "13812345678"),
        ("0516-83456789", "051683456789"),
        ("86123456", "86123456"),
        ("没有", ""),
    ],
)
def test_a_number_is_compared_by_its_digits(given: str, read: str) -> None:
    assert normal(given) == read
