from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.frame.pages")]


def test_a_missing_page_leads_back(screen: Page, judge: Callable[[Page], None]) -> None:
    screen.goto("/nowhere/")
    expect(screen.get_by_role("heading", name="没有这一页")).to_be_visible()
    judge(screen)


def test_a_refusal_can_be_read_by_everybody(screen: Page, judge: Callable[[Page], None]) -> None:
    screen.goto("/closed/")
    expect(screen.get_by_role("alert")).to_contain_text("《议事规则》第三条")
    judge(screen)


def test_what_was_typed_before_signing_in_is_sent_after_it(
    screen: Page, judge: Callable[[Page], None]
) -> None:
    screen.goto("/ask/")
    screen.get_by_label("请写下经过").fill("三号楼前积水\n已经两天")
    screen.get_by_role("button", name="提交").click()
    screen.goto("/draft/")
    expect(screen.get_by_role("textbox")).to_have_value("三号楼前积水\n已经两天")
    judge(screen)
