"""The components in a real browser, under the content security policy of the product."""

import functools
import http.server
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser import gallery

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "form-action 'self'",
    )
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EDITIONS = (("", 390), ("", 1280), ("-elders", 390))


class Guarded(http.server.SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("gallery")
    gallery.write(folder)
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Guarded, directory=str(folder))
    )
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    one = context.new_page()
    one.set_default_timeout(5000)
    yield one
    context.close()


@pytest.mark.req("X24", "N6")
@pytest.mark.parametrize(("edition", "width"), EDITIONS)
@pytest.mark.parametrize("name", gallery.PAGES)
def test_a_page_is_accessible_fits_and_breaks_no_policy(
    page: Page, address: str, name: str, edition: str, width: int
) -> None:
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}/{name}{edition}.html")
    violations = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert complaints == []


def test_a_half_written_form_survives_a_reload_and_is_forgotten_when_it_is_done(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/report.html")
    page.get_by_label("发生了什么").fill("下水道盖板断了")
    page.get_by_label("您的电话").fill("")
    page.evaluate("document.querySelector('[aria-invalid]').removeAttribute('aria-invalid')")
    page.wait_for_selector("form[data-draft-state=kept]")
    page.route("**/report.html", _without_values)
    page.reload()
    expect(page.get_by_label("发生了什么")).to_have_value("下水道盖板断了")
    expect(page.get_by_text("上次没有写完的内容已经放回来了")).to_be_visible()
    page.evaluate("document.body.dataset.draftDone = 'report'")
    page.evaluate("import('/static/linli/draft.js').then(({forgetDraft}) => forgetDraft('report'))")
    page.reload()
    expect(page.get_by_label("发生了什么")).to_have_value("")


def _without_values(route: Any) -> None:
    answer = route.fetch()
    body = answer.text().replace('value="1390000"', 'value=""').replace(' aria-invalid="true"', "")
    route.fulfill(response=answer, body=body)


def test_a_photo_is_made_smaller_shown_and_taken_out_again(page: Page, address: str, tmp_path: Path) -> None:
    photo = tmp_path / "盖板.png"
    Image.effect_noise((2400, 1200), 90).save(photo)
    page.goto(f"{address}/report.html")
    chooser = page.locator("input[type=file]")
    chooser.set_input_files(photo)
    page.get_by_role("img", name="盖板.png").wait_for()
    page.wait_for_function("() => document.querySelector('input[type=file]').files[0].name === '盖板.jpg'")
    page.get_by_role("button", name="去掉 盖板.png").click()
    page.wait_for_function("() => document.querySelector('input[type=file]').files.length === 0")


def test_a_file_that_is_no_photo_is_named_and_left_out(page: Page, address: str, tmp_path: Path) -> None:
    letter = tmp_path / "信.png"
    letter.write_text("不是照片", encoding="utf-8")
    page.goto(f"{address}/report.html")
    page.locator("input[type=file]").set_input_files(letter)
    page.get_by_text("「信.png」不是能看的照片").wait_for()
    page.wait_for_function("() => document.querySelector('input[type=file]').files.length === 0")


def test_a_tap_on_the_plan_chooses_the_building_and_writes_the_point(page: Page, address: str) -> None:
    page.goto(f"{address}/report.html")
    page.locator("[data-key=b5]").click()
    expect(page.get_by_label("在哪里")).to_have_value("b5")
    expect(page.locator("[data-plan-x]")).to_have_value(re.compile("60[5-9]|61[0-9]|620"))
    page.get_by_label("在哪里").select_option("b1")
    expect(page.locator("[data-plan-x]")).to_have_value("93")


def test_without_a_script_the_list_and_the_file_field_are_there(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{address}/report.html")
    expect(page.get_by_label("在哪里")).to_be_visible()
    expect(page.locator("input[type=file]")).to_be_visible()
    expect(page.locator("[data-plan-drawing]")).to_be_hidden()
    context.close()


def test_the_inbox_is_walked_by_keyboard_and_opens_beside_the_list(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{address}/inbox.html")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator("[data-lit]")).to_contain_text("菜场后巷")
    page.keyboard.press("o")
    page.locator("#pane h2").first.wait_for()
    page.keyboard.press("Escape")
    expect(page.locator("#pane h2")).to_have_count(0)
    page.keyboard.press("Enter")
    page.wait_for_url("**/matter.html")


def test_the_present_station_is_in_view_on_a_phone(page: Page, address: str) -> None:
    page.goto(f"{address}/matter.html")
    box = page.locator(".station-now").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
