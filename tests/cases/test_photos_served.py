"""A photo is shown to those concerned, as a picture and nothing else."""

import pytest

from linli.cases.actions import attaching
from linli.frame.clock import now
from linli.frame.upload import Photo
from linli.matters import queries as matters
from tests import make
from tests.cases import pages
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.req("N5")]


@pytest.fixture
def address(world: World) -> str:
    matter = make.report(world, at=now())
    attaching.attach(matter, photos=[Photo(b"\xff\xd8big", b"\xff\xd8small", 1, 1)], act="report", at=now())
    (kept,) = matters.attachments(matter)
    return f"/m/{matter.number}/photo/{kept.pk}/"


@pytest.mark.parametrize("size", ["", "small/"])
def test_it_is_sent_as_a_picture_that_runs_nothing(world: World, address: str, size: str) -> None:
    answer = pages.browser(world.dispatcher).get(address + size)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8")
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Disposition"].startswith('inline; filename="XXL-')
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"].startswith("private")


def test_a_stranger_and_another_community_do_not_see_it(world: World, address: str) -> None:
    assert pages.browser().get(address).status_code == 404
    assert pages.browser(world.other_dispatcher).get(address).status_code == 404
