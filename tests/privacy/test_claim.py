"""What people ask about their own data gets a day, an answer and a reason."""

from datetime import timedelta

import pytest
from django.db import connection

from linli.core.verdict import Refused
from linli.privacy import actions, queries
from linli.privacy.actions import Subject
from linli.privacy.kinds import Ruling, Wish
from linli.privacy.models import Claim
from linli.record import queries as record
from tests import make
from tests.world import TUESDAY, World, spots

pytestmark = [pytest.mark.django_db, pytest.mark.req("N5")]


@pytest.fixture
def claim(world: World) -> Claim:
    person = make.person("王婷").pk
    where = Subject(spots("tonghua")[-1].path, person=person)
    return actions.ask(where, wish=Wish.CORRECT, words="电话换了", new_phone="13900001111", at=TUESDAY)


def decide(world: World, claim: Claim, *, ruling: Ruling = Ruling.GRANTED, answer: str = "已改。") -> None:
    actions.decide(
        claim, ruling=ruling, answer=answer, by=world.cast["dispatcher"], office="铜花社区 调度员", at=TUESDAY
    )


def test_a_claim_is_answered_within_thirty_days(claim: Claim) -> None:
    assert (claim.due_at - timedelta(microseconds=1)).date() == (TUESDAY + timedelta(days=30)).date()


def test_what_was_asked_lies_encrypted(claim: Claim) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM privacy_claim")
        kept = repr(cursor.fetchall())
    assert "13900001111" not in kept
    assert "电话换了" not in kept
    assert Claim.objects.get().new_phone == "13900001111"


def test_the_same_is_not_asked_twice_while_it_waits(claim: Claim) -> None:
    where = Subject(claim.place_path, person=claim.person_id)
    with pytest.raises(Refused, match="更正申请已经在办"):
        actions.ask(where, wish=Wish.CORRECT, words="又换了", at=TUESDAY)
    actions.ask(where, wish=Wish.ERASE, words="", at=TUESDAY)


def test_a_correction_says_what_is_wrong(world: World) -> None:
    with pytest.raises(Refused, match="还没有写哪里不对"):
        actions.ask(Subject(spots("tonghua")[-1].path, person=1), wish=Wish.CORRECT, words="", at=TUESDAY)


@pytest.mark.parametrize("ruling", [Ruling.GRANTED, Ruling.PARTLY, Ruling.REFUSED])
def test_every_answer_has_a_reason(world: World, claim: Claim, ruling: Ruling) -> None:
    with pytest.raises(Refused, match="还没有写理由"):
        decide(world, claim, ruling=ruling, answer=" ")
    decide(world, claim, ruling=ruling)
    found = queries.claim(claim.pk)
    assert (found.ruling, found.answer, found.decided_by) == (
        ruling,
        "已改。",
        world.cast["dispatcher"].person_id,
    )


def test_an_answer_is_given_once(world: World, claim: Claim) -> None:
    decide(world, claim)
    with pytest.raises(Refused, match="已经答复过"):
        decide(world, claim)


def test_whoever_asked_may_take_it_back(world: World, claim: Claim) -> None:
    actions.take_back(claim, at=TUESDAY)
    with pytest.raises(Refused, match="已经答复过"):
        decide(world, claim)
    titles = [line.title for line in record.timeline(f"claim-{claim.pk}")]
    assert titles == ["提出申请", "撤回申请"]


def test_the_record_says_who_asked_and_who_answered_but_not_what(world: World, claim: Claim) -> None:
    decide(world, claim)
    lines = record.timeline(f"claim-{claim.pk}")
    assert [(line.title, line.office) for line in lines] == [
        ("提出申请", "本人"),
        ("已照办", "铜花社区 调度员"),
    ]
    assert all(line.words == "" for line in lines)


def test_a_claim_is_seen_where_the_person_lives_and_above(world: World, claim: Claim) -> None:
    paths = [spots(key)[-1].path for key in ("tonghua", "xinxialu", "tongdu")]
    assert [queries.claims_within((path,)).count() for path in paths] == [1, 1, 0]
    assert queries.claims_within(()).count() == 1
