"""A place with its people in two browsers: staff at a desk, residents with a phone (走一遍程序)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from playwright.sync_api import Browser, Locator, Page, expect

from linli.bodies.actor import Actor
from linli.demo.cast import Cast
from linli.demo.script import read_people
from linli.disclosure import queries as disclosure
from linli.matters import queries as matters
from linli.meetings import queries as meetings
from linli.rulebook import actions as rulebook
from linli.rulebook import queries as rules
from tests.browser import cookies
from tests.deliberation import topics
from tests.world import TUESDAY

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
DAY = timedelta(days=1)
SLOW = 10_000
Said = Mapping[str, str | bool]


@dataclass(slots=True)
class Walk:
    """Whoever acts next sits down at the one desk or takes the one phone; time goes only when told to."""

    browser: Browser
    origin: str
    cast: Cast
    at: datetime = TUESDAY
    number: str = ""
    _screens: dict[str, Page] = field(default_factory=dict)

    def desk(self, who: str, path: str = "") -> Page:
        """Let one of the staff open a page at the desk; without a path that of the topic."""
        return self._open("desk", self.cast.actor(who), path or f"/desk/topics/{self.number}/")

    def phone(self, who: str | Actor | None, path: str = "") -> Page:
        """Let a resident, or a stranger who signs in nowhere, open a page on a phone."""
        actor = self.cast.actor(who) if isinstance(who, str) else who
        return self._open("phone", actor, path or f"/topics/{self.number}/")

    def raise_topic(self, who: str, place: str, method: str, title: str, words: str) -> None:
        """Raise a topic at the desk, by a method chosen by its name."""
        page = self.desk(who, f"/desk/topics/new/?within={self.cast.spots(place)[-1].path}")
        page.locator(".choice", has_text=method).first.click()
        fill(page.locator("main form").last, {"议题": title, "内容": words})
        page.get_by_role("button", name="提出", exact=True).click()
        expect(page.get_by_text("已提出")).to_be_visible()
        self.number = number_in(page)

    def act(self, who: str, act: str, said: Said | None = None) -> Page:
        """Unfold an act on the page of the topic, fill it in, and send it."""
        page = self.desk(who)
        folded = page.locator(f"#act-{act}")
        folded.locator("summary").click()
        fill(folded, said or {})
        folded.locator("button[type=submit]").click()
        expect(page.get_by_text("已办好").first).to_be_visible()
        return page

    def refuses(self, who: str, act: str, why: str) -> None:
        """Read on the page of the topic why an act is closed."""
        expect(self.desk(who).locator(f"#act-{act}")).to_contain_text(why)

    def leaves_to_others(self, who: str, act: str) -> None:
        """Find no way on the page of the topic to do what is for others to do."""
        page = self.desk(who)
        expect(page.get_by_role("heading", name="经过")).to_be_visible()
        expect(page.locator(f"#act-{act}")).to_have_count(0)

    def call_meeting(self, who: str, recorder: str) -> None:
        """Call the meeting that the step of the topic asks for, for the next day."""
        page = self.desk(who)
        page.get_by_role("link", name="召集会议").click()
        said = {
            "开会时间": (self.at + DAY).strftime("%Y-%m-%dT%H:%M"),
            "会场": "议事室",
            "主持人": self.cast.actor(who).name,
            "记录人": self.cast.actor(recorder).name,
        }
        fill(page.locator("main form").last, said)
        page.get_by_role("button", name="发出通知").click()
        expect(page.get_by_text("已召集")).to_be_visible()

    def meet(self, who: str, recorder: str) -> None:
        """Call the meeting; the next day it is held and its minutes are signed."""
        self.call_meeting(who, recorder)
        self.at += DAY
        (meeting, *_) = meetings.of_matter(self.matter)
        with transaction.atomic():
            topics.hold_under(meeting, self.cast.actor(who), self.cast.actor(recorder), at=self.at)

    def open_ballot(self, who: str, said: Said | None = None) -> str:
        """Put the topic to the vote of its step, and return the number of the ballot."""
        page = self.desk(who)
        page.get_by_role("link", name="发起表决").click()
        fill(page.locator("main form").last, said or {})
        page.get_by_role("button", name="发起表决").click()
        expect(page.get_by_text("表决已经发起")).to_be_visible()
        return number_in(page)

    def vote(self, who: str | Actor, ballot: str, choice: str) -> None:
        """Let somebody vote on the phone, and keep the receipt."""
        page = self.phone(who, f"/ballots/{ballot}/")
        page.locator(".choice", has_text=choice).first.click()
        page.get_by_role("button", name="下一步：核对").click()
        page.get_by_role("button", name="确定投票").click()
        expect(page.get_by_role("heading", name="投好了")).to_be_visible()

    def count(self, who: str, ballot: str, result: str) -> None:
        """Close a ballot at the desk a week later, and read what came out."""
        self.at += 8 * DAY
        page = self.desk(who, f"/desk/ballots/{ballot}/")
        page.locator("#act-close summary").click()
        page.locator("#act-close button[type=submit]").click()
        expect(page.locator("main").get_by_text(result).first).to_be_visible()

    def show(self, who: str, title: str, words: str) -> None:
        """Hang the notice; the days of the law go by, and its publicity ends."""
        self.act(who, "post_notice", {"公示标题": title, "公示内容": words})
        self.refuses(who, "end_notice", "公示期未满")
        notices = disclosure.notices(self.matter)
        self.at = max(one.ends_at for one in notices)
        self.act(who, "end_notice")

    def carry_out(
        self, who: str, doer: str, body: str, *, task: str, result: str, is_planned: bool = False
    ) -> None:
        """Give a body a task; whoever acts for it reports that it is done."""
        due = f"{self.at + 9 * DAY:%Y-%m-%d}"
        self.act(who, "add_task", {"做什么": task, "谁来做": body, "完成日期": due})
        if is_planned:
            self.act(who, "assign")
        self.at += DAY
        self.act(doer, "report_task", {"哪一项任务": task, "说明": result, "已经完成": True})

    @property
    def matter(self) -> int:
        """Return the key of the topic's matter."""
        found = matters.of_number(self.number)
        assert found is not None
        return found.pk

    def _open(self, screen: str, actor: Actor | None, path: str) -> Page:
        page = self._screens.get(screen) or self._screen(screen)
        # The page of whoever was there asks for nothing more.
        page.goto("about:blank")
        page.context.clear_cookies()
        if actor is not None:
            page.context.add_cookies(cookies.of(actor, origin=self.origin))
        page.goto(path)
        return page

    def _screen(self, screen: str) -> Page:
        context = self.browser.new_context(
            base_url=self.origin,
            viewport={"desk": DESK, "phone": PHONE}[screen],  # type: ignore[arg-type]
            locale="zh-CN",
            service_workers="block",
        )
        context.set_default_timeout(SLOW)
        self._screens[screen] = context.new_page()
        return self._screens[screen]

    def close(self) -> None:
        """Put both screens away."""
        for page in self._screens.values():
            page.context.close()


def settle(pack: str, *, at: datetime = TUESDAY) -> Cast:
    """Put a pack in force with the people of its demo, without their stories."""
    edition = rules.current(pack)
    rulebook.install(edition, at=at - 30 * DAY)
    cast = Cast(edition, on=at.date())
    cast.enrol(read_people(Path(settings.PACKS) / pack / "demo"))
    return cast


def fill(form: Locator, said: Said) -> None:
    """Fill in the fields of a form by their labels."""
    for label, words in said.items():
        if isinstance(words, bool):
            form.locator("label", has_text=label).first.click()
            continue
        box = form.get_by_label(re.compile(f"^{re.escape(label)}"))
        if box.evaluate("box => box.tagName") == "SELECT":
            box.select_option(label=words)
        else:
            box.fill(words)


def number_in(page: Page) -> str:
    """Read a number out of the address of its page."""
    return page.url.rstrip("/").rsplit("/", 1)[-1]
