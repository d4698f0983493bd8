"""Somebody votes on a phone and keeps the receipt; the office brings in paper and publishes."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from linli.ballots.actions import closing
from linli.bodies.actor import Actor
from linli.core.eligibility import Roll, Voter
from linli.core.forum import Electorate
from linli.frame.clock import now
from tests.ballots import polls
from tests.world import TUESDAY, World, build

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.req("X8")]
# So many that some of their codes are of wide letters.
SLIPS = 60


@pytest.fixture
def settled() -> World:
    """Build the small community where the browser's server can see it."""
    return build()


def roll_of(*people: Actor) -> Roll:
    return Roll(
        Electorate.ADULTS,
        tuple(Voter(f"person:{one.person_id}", one.name, (one.person_id or 0,)) for one in people),
    )


def running(world: World) -> str:
    """Let an election begin that is open whatever the day is."""
    at = now()
    roll = roll_of(world.resident, world.neighbour, world.stranger)
    closes = max(at, TUESDAY) + timedelta(days=5)
    return polls.election(world, roll, opens_at=at - timedelta(hours=1), closes_at=closes).number


def test_one_votes_on_a_phone_and_keeps_the_receipt(
    settled: World, screen: Page, enter: Callable[[Actor], None], judge: Callable[[Page], None]
) -> None:
    running(settled)
    enter(settled.resident)
    screen.goto("/ballots/")
    judge(screen)
    screen.get_by_role("link", name="选举居委会委员").click()
    judge(screen)
    screen.locator(".choice", has_text="林小芳").click()
    screen.get_by_role("button", name="下一步：核对").click()
    expect(screen.get_by_text("您选的是：林小芳")).to_be_visible()
    judge(screen)
    screen.get_by_role("button", name="确定投票").click()
    expect(screen.get_by_role("heading", name="投好了")).to_be_visible()
    expect(screen.locator(".keep-code")).to_have_text(re.compile(r"[A-Z2-7]{4}(-[A-Z2-7]{4}){3}"))
    judge(screen)


def test_the_slip_reads_well_in_large_print_and_after_the_count(
    settled: World, screen: Page, enter: Callable[[Actor], None], judge: Callable[[Page], None]
) -> None:
    number = running(settled)
    enter(settled.resident)
    screen.goto(f"/ballots/{number}/")
    screen.get_by_role("button", name="长者版").click()
    expect(screen.locator("html[data-elders]")).to_have_count(1)
    judge(screen)
    ballot = polls.queries.of_number(number)
    assert ballot is not None
    for voter in (settled.resident, settled.neighbour, settled.stranger):
        polls.cast(ballot, voter, "c1", at=now())
    closing.close(ballot, by=settled.secretary, at=now())
    for page in ("", "list/", "receipt/?code=AAAA"):
        screen.goto(f"/ballots/{number}/{page}")
        judge(screen)
    screen.goto(f"/ballots/{number}/")
    expect(screen.get_by_text("陈大海（3 票）当选").first).to_be_visible()


def test_the_office_runs_a_ballot(
    settled: World, screen: Page, enter: Callable[[Actor], None], judge: Callable[[Page], None]
) -> None:
    number = running(settled)
    enter(settled.secretary)
    for page in ("", "new/", f"{number}/", f"{number}/enter/", f"{number}/typing/", f"{number}/proxies/"):
        screen.goto(f"/desk/ballots/{page}")
        judge(screen)
    screen.goto(f"/desk/ballots/{number}/slips/")
    judge(screen)
    screen.get_by_label("印几张").fill(str(SLIPS))
    screen.get_by_role("button", name="生成并打印").click()
    expect(screen.locator(".slip")).to_have_count(SLIPS)
    judge(screen)
