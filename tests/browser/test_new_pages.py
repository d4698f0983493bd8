"""The pages on which a place is kept and connected, each readable for everybody (无障碍)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from linli.bodies.actor import Actor
from tests.architecture.house import Ground, furnish
from tests.world import TUESDAY, World, build

pytestmark = pytest.mark.django_db(transaction=True)
Enter = Callable[[Actor], None]
Judge = Callable[[Page], None]

# As the secretary of the community sees them; {…} is what lies there.
PAGES = (
    "/desk/more/",
    "/desk/hot/",
    "/desk/hot/pick/?category=manhole",
    "/desk/hot/{problem}/",
    "/desk/campaigns/{campaign}/",
    "/desk/m/{matter}/similar/",
    "/desk/m/{matter}/contact/",
    "/desk/find/?q=盖板",
    "/desk/unsent/",
    "/desk/people/",
    "/desk/holidays/",
    "/desk/packs/",
    "/desk/bringing/",
    "/desk/bringing/{intake}/",
    "/desk/suggestions/",
    "/desk/privacy/",
    "/desk/privacy/{claim}/",
    "/desk/systems/",
    "/desk/systems/new/",
    "/desk/systems/{system}/",
    "/desk/systems/{system}/matches/",
    "/desk/systems/{system}/hooks/",
    "/desk/carriers/",
    "/desk/apps/",
    "/desk/apps/new/",
    "/desk/apps/{app}/",
    "/desk/letters/reaching/",
    "/accounts/security/",
    "/accounts/sessions/",
    "/accounts/security/totp/activate/",
    "/accounts/security/webauthn/add/",
    "/mine/data/",
    "/privacy/",
    "/s/{token}/data/",
    "/j/{joined}/",
    "/api/v1/",
)


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> tuple[World, Ground]:
    """Furnish the house where the browser's server can see it, while the clock stands."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: TUESDAY)
    settings.HOME = tmp_path
    world = build()
    return world, furnish(world).grounds["here"]


@pytest.mark.parametrize("version", ["standard", "elders"])
def test_every_new_page_is_readable_for_everybody(
    settled: tuple[World, Ground], screen: Page, enter: Enter, judge: Judge, version: str
) -> None:
    world, here = settled
    if version == "elders":
        screen.goto("/help/")
        screen.locator('button[value="elders"]').first.click()
        expect(screen.locator("html")).to_have_attribute("data-elders", "")
    enter(world.secretary)
    for page in PAGES:
        answer = screen.goto(page.format_map(here.told))
        assert answer is not None
        assert answer.ok, page
        judge(screen)
