"""Linli as a phone installs it: manifest, icons, worker (装到手机)."""

import json
import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image

pytestmark = [pytest.mark.django_db, pytest.mark.req("A5")]


def found(url: str) -> str:
    path = finders.find(url.removeprefix("/static/"))
    assert isinstance(path, str), url
    return path


def test_the_manifest_names_the_site_and_its_icons_are_as_large_as_it_says(client: Client) -> None:
    answer = client.get("/manifest.webmanifest")
    told = answer.json()
    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert (told["name"], told["start_url"], told["scope"]) == ("邻里", "/start/", "/")
    assert {icon["purpose"] for icon in told["icons"]} == {"any", "maskable"}
    for icon in told["icons"]:
        with Image.open(found(icon["src"])) as image:
            assert f"{image.width}x{image.height}" == icon["sizes"]


def test_the_worker_stands_at_the_root_and_is_asked_for_anew_each_time(client: Client) -> None:
    answer = client.get("/sw.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_the_worker_knows_every_script_and_style_of_ours(client: Client) -> None:
    script = client.get("/sw.js").content.decode()
    told = json.loads(re.search(r"begin\((.*)\);", script)[1])  # type: ignore[index]
    assert {"/static/linli/linli.js", "/static/linli/phone/unsent.js", "/static/linli/page.css"} <= set(
        told["shell"]
    )
    for url in told["shell"]:
        assert found(url)
    assert told["version"]


def test_the_worker_holds_only_the_forms_that_are_done_once(client: Client) -> None:
    script = client.get("/sw.js").content.decode()
    forms = json.loads(re.search(r"begin\((.*)\);", script)[1])["forms"]  # type: ignore[index]
    held = {
        path: any(re.fullmatch(form, path) for form in forms)
        for path in ("/desk/found/", "/m/XXL-2026-000001/act/solve/", "/p/xinxialu.tonghua_e1/report/")
    }
    assert all(held.values()), held
    assert not any(
        re.fullmatch(form, path) for form in forms for path in ("/accounts/login/", "/sending/photo/")
    )


def test_every_page_leads_to_the_manifest(client: Client) -> None:
    page = client.get("/accounts/login/").content.decode()
    assert '<link rel="manifest" href="/manifest.webmanifest">' in page


def test_the_page_without_a_network_is_nobodys(client: Client) -> None:
    page = client.get("/offline/").content.decode()
    assert "现在没有网络" in page
    assert "data-owner" not in page
