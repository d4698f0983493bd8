import re

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.frame.pages")]


def test_no_page_may_load_anything_from_outside(client: Client) -> None:
    policy = client.get("/form/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "*" not in policy


def test_every_answer_has_its_own_nonce(client: Client) -> None:
    nonces = {
        re.findall(r"'nonce-([^']+)'", client.get("/form/").headers["Content-Security-Policy"])[0]
        for _ in range(3)
    }
    assert len(nonces) == 3


def test_no_page_may_be_framed(client: Client) -> None:
    headers = client.get("/form/").headers
    assert headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
