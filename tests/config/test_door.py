import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client

from linli.people.actions import enrol, open_account

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_counters():
    cache.clear()


@pytest.fixture
def account():
    return open_account(enrol(name="陈建国"), username="chen", password="right-words-7")


def enter(client: Client, password: str) -> int:
    return client.post("/accounts/login/", {"login": "chen", "password": password}).status_code


def test_who_has_an_account_gets_in(client: Client, account) -> None:
    assert enter(client, "right-words-7") == 302
    assert client.session["_auth_user_id"] == str(account.pk)


def test_nobody_opens_an_account_alone(client: Client) -> None:
    typed = {"username": "guest", "password1": "right-words-7", "password2": "right-words-7"}
    client.post("/accounts/signup/", typed)
    assert not get_user_model().objects.exists()


def test_after_five_wrong_passwords_the_right_one_is_not_taken_either(client: Client, account) -> None:
    for _ in range(5):
        enter(client, "wrong")
    enter(client, "right-words-7")
    assert "_auth_user_id" not in client.session


def test_after_four_wrong_passwords_the_right_one_is_taken(client: Client, account) -> None:
    for _ in range(4):
        enter(client, "wrong")
    enter(client, "right-words-7")
    assert client.session["_auth_user_id"] == str(account.pk)
