import re
from pathlib import Path

import pytest
from django.test import Client

LINLI = Path(__file__).parents[2] / "linli"

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


@pytest.mark.req("N5")
def test_nothing_is_left_to_a_browsers_own_judgement(client: Client) -> None:
    headers = client.get("/form/").headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["object-src"] == policy["frame-src"] == policy["base-uri"] == "'none'"
    assert policy["form-action"] == policy["connect-src"] == policy["worker-src"] == "'self'"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "microphone=()" in headers["Permissions-Policy"]


@pytest.mark.req("N5")
@pytest.mark.parametrize("page", sorted(LINLI.rglob("*.html")), ids=lambda page: page.name)
def test_no_template_needs_an_inline_style_or_script(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=[\"']|javascript:", text)
    assert not re.findall(r"<script(?![^>]*(\ssrc=|type=\"application/json\"))", text)
