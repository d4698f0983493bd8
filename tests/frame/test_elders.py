import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.req("X24", "N6")
def test_the_elders_version_is_remembered_until_it_is_changed_back(client: Client) -> None:
    assert "data-elders" not in client.get("/elders/").content.decode()
    chosen = client.post("/elders/", {"version": "elders", "back": "/elders/?back=/"})
    assert chosen.headers["Location"] == "/elders/?back=/"
    assert '<html lang="zh-CN" data-elders ' in client.get("/elders/").content.decode()
    client.post("/elders/", {"version": "standard"})
    assert "data-elders" not in client.get("/elders/").content.decode()


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_the_choice_never_leads_to_another_site(client: Client, back: str) -> None:
    assert client.post("/elders/", {"version": "elders", "back": back}).headers["Location"] == "/"
