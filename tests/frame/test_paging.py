from datetime import UTC, datetime, timedelta

import pytest
from django_q.models import Schedule
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from linli.frame.paging import page

# To the microsecond, as every database keeps it.
START = datetime(2026, 11, 1, 9, 30, 0, 123_456, tzinfo=UTC)


def schedules(minutes: list[int]) -> None:
    Schedule.objects.bulk_create(
        Schedule(func="f", name=str(place), minutes=one, next_run=START + timedelta(minutes=one))
        for place, one in enumerate(minutes)
    )


def read_through(*, by: str, size: int) -> list[int]:
    found, cursor = [], ""
    while True:
        one = page(Schedule.objects.all(), by=by, cursor=cursor, size=size)
        found += [row.id for row in one.rows]
        cursor = one.following
        if not cursor:
            return found


class Reading(TestCase):
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        minutes=st.lists(st.integers(0, 4), max_size=12),
        size=st.integers(1, 5),
        by=st.sampled_from(["minutes", "-minutes", "next_run", "-next_run"]),
    )
    def test_reading_page_after_page_gives_every_row_once_and_in_order(
        self, minutes: list[int], size: int, by: str
    ) -> None:
        schedules(minutes)
        key = f"{'-' if by.startswith('-') else ''}id"
        assert read_through(by=by, size=size) == list(
            Schedule.objects.order_by(by, key).values_list("id", flat=True)
        )


@pytest.mark.django_db
def test_a_page_costs_one_query(django_assert_num_queries) -> None:
    schedules([1, 2, 3, 4])
    first = page(Schedule.objects.all(), by="-next_run", size=2)
    with django_assert_num_queries(1):
        page(Schedule.objects.all(), by="-next_run", cursor=first.following, size=2)


@pytest.mark.django_db
def test_plain_values_can_be_paged() -> None:
    schedules([1, 2, 3])
    rows = Schedule.objects.values("id", "minutes")
    first = page(rows, by="minutes", size=2)
    second = page(rows, by="minutes", cursor=first.following, size=2)
    assert [row["minutes"] for row in (*first.rows, *second.rows)] == [1, 2, 3]


@pytest.mark.django_db
def test_the_last_full_page_is_followed_by_nothing() -> None:
    schedules([1, 2])
    assert page(Schedule.objects.all(), by="minutes", size=2).following == ""


@pytest.mark.django_db
@pytest.mark.parametrize("cursor", ["%", "AAAA", "WzFd", "e30", "bnVsbA", "中文"])
def test_a_cursor_that_was_tampered_with_gives_the_first_page(cursor: str) -> None:
    schedules([1, 2])
    assert [row.minutes for row in page(Schedule.objects.all(), by="minutes", cursor=cursor).rows] == [1, 2]
