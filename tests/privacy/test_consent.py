"""A person agrees to a purpose as it is worded, and may take it back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from linli.privacy import actions, queries
from linli.record import queries as record
from linli.rulebook import queries as rulebook
from tests import make
from tests.world import TUESDAY

pytestmark = [pytest.mark.django_db, pytest.mark.req("N5")]


@pytest.fixture
def person() -> int:
    return make.person("王婷").pk


def test_a_consent_names_the_wording_it_was_given_to(person: int) -> None:
    actions.agree(person, purpose="remind", at=TUESDAY)
    kept = queries.agreed(person)["remind"]
    assert kept.wording == queries.wording(rulebook.law().purpose("remind"))
    assert [line.title for line in record.timeline(f"consent-{person}")] == ["同意：请您参加调查和活动"]


def test_agreeing_twice_changes_nothing(person: int) -> None:
    actions.agree(person, purpose="remind", at=TUESDAY)
    actions.agree(person, purpose="remind", at=TUESDAY + timedelta(days=1))
    assert queries.consents(person).count() == 1


def test_a_consent_taken_back_no_longer_stands_and_may_be_given_again(person: int) -> None:
    actions.agree(person, purpose="remind", at=TUESDAY)
    actions.withdraw(person, purpose="remind", at=TUESDAY + timedelta(days=1))
    assert queries.agreed(person) == {}
    actions.agree(person, purpose="remind", at=TUESDAY + timedelta(days=2))
    assert queries.consents(person).count() == 2
    assert len(record.timeline(f"consent-{person}")) == 3


def test_taking_back_what_was_never_given_leaves_no_trace(person: int) -> None:
    actions.withdraw(person, purpose="remind", at=TUESDAY)
    assert record.timeline(f"consent-{person}") == ()


def test_another_wording_is_another_consent(person: int) -> None:
    old = rulebook.law().purpose("remind")
    assert old.wording != replace(old, why="把电话卖给别人。").wording
    assert old.wording == replace(old, then="别的话。").wording


def test_a_purpose_nobody_wrote_down_cannot_be_agreed_to(person: int) -> None:
    with pytest.raises(LookupError):
        actions.agree(person, purpose="sell", at=TUESDAY)
