"""Whatever happens on the pages, the log holds nothing that people typed or that points to them."""

import logging
from collections.abc import Iterator
from io import StringIO
from unittest import mock

import pytest
from django.test import Client

from linli.config.logs import Lines
from linli.frame.clock import now
from linli.frame.vault import EncryptedText
from linli.handoffs import clearing, sweep
from linli.people import queries as people
from tests import make
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.req("N5")]
MARKS = {
    "name": "独孤求败",
    "phone": "13877778888",
    "words": "独一无二的话",
    "password": "qiubai-secret-9",
    "id_number": "11010519491231002X",
}


@pytest.fixture
def log() -> Iterator[StringIO]:
    """Listen to everything, in the form in which it is written down."""
    written, root = StringIO(), logging.getLogger()
    listener = logging.StreamHandler(written)
    listener.setFormatter(Lines())
    before = root.level
    root.addHandler(listener)
    root.setLevel(logging.DEBUG)
    yield written
    root.removeHandler(listener)
    root.setLevel(before)


def silent_about_people(log: StringIO, *more: str) -> bool:
    said = log.getvalue()
    assert said, "the test must have made something worth a line"
    return not [mark for mark in (*MARKS.values(), *more) if mark in said]


def test_sending_finding_signing_in_and_asking_leave_no_name_in_the_log(world: World, log: StringIO) -> None:
    browser = Client(raise_request_exception=False)
    report = f"/p/{world.home[-1].key}/report/"
    told = {"kind": "help", "words": MARKS["words"], "name": MARKS["name"], "phone": MARKS["phone"]}
    browser.post(report, told | {"spot": world.home[-1].key})
    browser.post(report, told | {"phone": MARKS["phone"] + "x"})
    browser.post("/mine/", {"number": "XXL-2026-000001", "last_four": MARKS["phone"][-4:]})
    browser.post("/mine/", {"number": MARKS["name"], "last_four": "12"})
    browser.get("/mine/", {"q": MARKS["phone"]})
    browser.get(f"/no/{MARKS['phone']}/")
    browser.post("/accounts/login/", {"login": MARKS["phone"], "password": MARKS["password"]})
    assert silent_about_people(log)


def test_looking_asking_and_exporting_leave_no_name_in_the_log(world: World, log: StringIO) -> None:
    person = people.of_id(world.resident.person_id or 0)
    person.phone, person.id_number = MARKS["phone"], MARKS["id_number"]
    person.save()
    matter = make.report(
        world, at=now(), words=MARKS["words"], contact_name=MARKS["name"], contact_phone=MARKS["phone"]
    )
    staff, own = Client(), Client()
    staff.force_login(make.account(world.dispatcher))
    own.force_login(make.account(world.resident))
    staff.post(f"/desk/m/{matter.number}/contact/", {"reason": "visit", "words": MARKS["name"]})
    staff.post(f"/desk/m/{matter.number}/contact/", {"reason": MARKS["name"]})
    own.post("/mine/data/", {"wish": "correct", "new_name": MARKS["name"], "words": MARKS["words"]})
    own.post("/mine/data/", {"wish": MARKS["name"]})
    own.post("/mine/data/export/")
    own.get(f"/s/{matter.token}x/data/")
    assert silent_about_people(log, matter.token)


def test_an_error_in_the_middle_of_personal_data_is_logged_without_it(world: World, log: StringIO) -> None:
    matter = make.report(world, at=now(), contact_name=MARKS["name"], contact_phone=MARKS["phone"])
    browser = Client(raise_request_exception=False)
    with mock.patch("linli.portal.own.mask_phone", side_effect=lambda number: 1 / int(number[:0] or 0)):
        assert browser.get(f"/s/{matter.token}/data/").status_code == 500
    with mock.patch("linli.portal.own.mask_phone", side_effect=ValueError(MARKS["phone"])):
        assert browser.get(f"/s/{matter.token}/data/").status_code == 500
    assert "ZeroDivisionError" in log.getvalue()
    assert silent_about_people(log, matter.token)


def test_what_cannot_be_decrypted_is_logged_by_its_column_alone(log: StringIO) -> None:
    person = make.person(MARKS["name"], phone=MARKS["phone"])
    field = type(person)._meta.get_field("phone")
    assert isinstance(field, EncryptedText)
    assert field.from_db_value("v1.aes.gone.AAAA", None, None) == "（无法解密）"
    assert "people_person.phone" in log.getvalue()
    assert silent_about_people(log)


def test_the_jobs_of_the_worker_are_quiet(world: World, log: StringIO) -> None:
    make.report(world, at=now(), contact_name=MARKS["name"], contact_phone=MARKS["phone"])
    logging.getLogger("linli").info("worker")
    sweep.every_minute()
    clearing.every_day()
    assert silent_about_people(log)
