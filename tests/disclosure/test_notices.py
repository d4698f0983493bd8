"""A notice hangs for the law's days; what is held against it is answered before anything goes on (公示)."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from linli.bodies.actor import NOBODY
from linli.core.term import Term
from linli.core.verdict import Refused
from linli.disclosure import queries
from linli.disclosure.actions import noticing, objecting
from linli.disclosure.actions.noticing import Posting
from linli.outbox import queries as outbox
from linli.record import queries as record
from linli.rulebook import queries as rulebook
from tests.world import TUESDAY, World

if TYPE_CHECKING:
    from linli.disclosure.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.req("X8", "L5")]
LAST = datetime.fromisoformat("2026-12-09T23:59:00+08:00")
OVER = datetime.fromisoformat("2026-12-10T00:00:00+08:00")
RULE = "RC-34"


def posting(world: World, **changes: Any) -> Posting:
    rule = rulebook.law().rule(RULE)
    told: dict[str, Any] = {
        "kind": "decision",
        "title": "3 号楼加装扶手的决定",
        "words": "居民代表会议通过加装扶手。联系人王小婷 13907140000。",
        "spot": world.home[-1],
        "term": rule.term("shown_for"),
        "clause": rule.clause,
        "office": "铜花社区居民委员会",
    }
    return Posting(**told | changes)


def posted(world: World, **changes: Any) -> "Notice":
    return noticing.post(posting(world, **changes), by=world.secretary, edition=world.edition, at=TUESDAY)


def object_to(notice: "Notice", world: World, *, at: datetime = TUESDAY, words: str = "价格太高。") -> Any:
    return objecting.object_to(notice, words=words, by=world.neighbour, at=at)


def answer(objection: Any, world: World, *, is_upheld: bool, words: str = "已重新比价。") -> Any:
    return objecting.answer(objection, words=words, is_upheld=is_upheld, by=world.secretary, at=TUESDAY)


def test_a_notice_hangs_fifteen_whole_days_and_shows_no_telephone(world: World) -> None:
    notice = posted(world)
    assert notice.ends_at == OVER
    assert "13907140000" not in notice.words
    assert list(queries.board(world.home[2].path, at=LAST)) == [notice]
    assert list(queries.board(world.home[2].path, at=OVER)) == []
    assert list(queries.came_down(world.home[2].path, at=OVER)) == [notice]


def test_a_notice_of_no_matter_has_a_record_of_its_own(world: World) -> None:
    notice = posted(world)
    (line,) = record.timeline(notice.number)
    assert (line.act, line.clause) == ("post_notice", RULE)


@pytest.mark.parametrize("blank", ["title", "words"])
def test_a_notice_without_words_is_refused(world: World, blank: str) -> None:
    with pytest.raises(Refused, match="标题和内容"):
        posted(world, **{blank: " "})


def test_a_notice_that_counts_no_natural_days_is_refused(world: World) -> None:
    with pytest.raises(ValueError, match="自然日"):
        posted(world, term=Term.parse("15 working_days"))


def test_a_corrected_notice_hangs_for_the_whole_term_again(world: World) -> None:
    notice, later = posted(world), TUESDAY + timedelta(days=10)
    fresh = noticing.correct(
        notice, words="金额改为三万元。", reason="金额写错", by=world.secretary, at=later
    )
    assert fresh.ends_at == OVER + timedelta(days=10)
    assert list(queries.board(world.home[-1].path, at=later)) == [fresh]
    assert [line.act for line in record.timeline(notice.number)] == ["post_notice", "correct_notice"]
    with pytest.raises(Refused, match="已经撤下"):
        noticing.correct(notice, words="再改", reason="又错", by=world.secretary, at=later)


@pytest.mark.parametrize(("at", "title"), [(LAST, "提前撤下公示"), (OVER, "撤下公示")])
def test_taking_a_notice_down_too_early_stands_on_record(world: World, at: datetime, title: str) -> None:
    notice = posted(world)
    with pytest.raises(Refused, match="理由"):
        noticing.take_down(notice, reason=" ", by=world.secretary, at=at)
    noticing.take_down(notice, reason="公示栏要修", by=world.secretary, at=at)
    assert record.timeline(notice.number)[-1].title == title


def test_an_objection_may_be_raised_until_the_last_minute_and_not_after(world: World) -> None:
    notice = posted(world)
    assert object_to(notice, world, at=LAST).raised_at == LAST
    with pytest.raises(Refused, match="不能再提异议"):
        object_to(notice, world, at=OVER)
    assert queries.unanswered([notice.pk]) == 1


def test_an_objection_needs_words_and_somebody_who_raises_it(world: World) -> None:
    notice = posted(world)
    with pytest.raises(Refused, match="理由"):
        object_to(notice, world, words=" ")
    with pytest.raises(Refused, match="登录"):
        objecting.object_to(notice, words="价格高", by=NOBODY, at=TUESDAY)


@pytest.mark.parametrize(("is_upheld", "said"), [(True, "异议成立"), (False, "异议不成立")])
def test_an_objection_is_answered_once_and_whoever_raised_it_is_told(
    world: World, is_upheld: bool, said: str
) -> None:
    objection = object_to(posted(world), world)
    answer(objection, world, is_upheld=is_upheld)
    assert queries.unanswered([objection.notice_id]) == 0
    assert queries.is_upheld([objection.notice_id]) is is_upheld
    (letter,) = outbox.inside(to=world.neighbour.person_id or 0)
    assert said in letter.subject
    with pytest.raises(Refused, match="已经答复"):
        answer(objection, world, is_upheld=is_upheld)
    with pytest.raises(Refused, match="理由"):
        answer(object_to(objection.notice, world), world, is_upheld=True, words="")
