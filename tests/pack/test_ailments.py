"""The city's stubborn ailments are categories with somebody who takes them (城市管理顽症)."""

from pathlib import Path

import pytest

from linli.core.dispatch import route_for
from linli.pack.calendars import read_calendar
from linli.pack.law import read_law
from linli.pack.reader import read_edition

PACKS = Path(__file__).parents[2] / "packs"
EDITION = read_edition(
    PACKS / "chaoyang" / "2026",
    law=read_law(PACKS / "law" / "2026"),
    calendar=read_calendar(PACKS / "calendars"),
)
TITLES = {category.title: category for category in EDITION.categories.values()}


@pytest.mark.req("C15")
@pytest.mark.parametrize("ailment", ["私搭乱建", "开墙打洞", "无照经营", "背街", "地锁", "小广告"])
def test_an_ailment_is_a_category_with_a_lead(ailment: str) -> None:
    (category,) = [one for title, one in TITLES.items() if ailment in title][:1]
    chain = EDITION.category_chain(category.key)
    route = route_for(EDITION.routes, category=category.key, category_chain=chain, places=())
    assert route is not None
    assert route.lead
