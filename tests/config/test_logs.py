import json
import logging
import sys

import pytest
from django.test import Client

from linli.config.logs import Lines


def line(record: logging.LogRecord) -> dict[str, object]:
    written = Lines().format(record)
    assert "\n" not in written
    return json.loads(written)


def test_an_event_is_one_line_of_json() -> None:
    record = logging.LogRecord("linli", logging.WARNING, __file__, 1, "找不到 %s", ("/x",), None)
    written = line(record)
    assert (written["level"], written["logger"], written["message"]) == ("WARNING", "linli", "找不到 /x")
    assert str(written["at"]).endswith("+00:00")


def test_an_error_is_told_by_its_kind_and_place_but_not_by_what_people_typed() -> None:
    try:
        raise ValueError("王婷 13800138000")
    except ValueError:
        record = logging.LogRecord("linli", logging.ERROR, __file__, 1, "出错", (), sys.exc_info())
    written = line(record)
    assert written["error"] == "ValueError"
    assert "test_logs.py" in written["where"][0]
    assert "13800138000" not in json.dumps(written, ensure_ascii=False)


def test_a_failed_job_is_told_by_its_name_alone() -> None:
    words = "'linli.outbox.send' (idaho-apart) 失败 - 王婷 : Traceback (most recent call last)"
    record = logging.LogRecord("django-q", logging.ERROR, __file__, 1, words, (), None)
    assert line(record)["message"] == "'linli.outbox.send' (idaho-apart) 失败"


def test_a_page_is_told_by_its_pattern_and_not_by_its_address(
    client: Client, caplog: pytest.LogCaptureFixture, db: None
) -> None:
    client.get("/s/the-secret-of-somebody/?q=13800138000")
    (record,) = (one for one in caplog.records if one.name == "django.request")
    assert line(record)["message"] == "404 GET s/<slug:token>/"


def test_a_page_that_does_not_exist_is_told_without_its_address(
    client: Client, caplog: pytest.LogCaptureFixture, db: None
) -> None:
    client.get("/no/such/page/13800138000/")
    (record,) = (one for one in caplog.records if one.name == "django.request")
    assert line(record)["message"] == "404 GET (no such page)"
