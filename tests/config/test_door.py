import re

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import connection
from django.test import Client

from linli.bodies.entering import actor_of
from linli.people.actions import enrol, open_account, start_over

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


THROTTLED = "尝试次数过多，请 5 分钟后再试"


def said(client: Client, name: str, password: str = "wrong") -> str:
    page = client.post("/accounts/login/", {"login": name, "password": password}).content.decode()
    # What was typed and the form's own token differ between two pages that say the same.
    return re.sub(r'value="[^"]*"', "", page)


def test_tries_are_counted_in_the_database_where_every_process_counts_alike(client: Client) -> None:
    enter(client, "wrong")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM cache")
        assert any("login_failed" in key for (key,) in cursor.fetchall())


@pytest.mark.parametrize("tries", [1, 5, 6], ids=("第一次", "第五次", "第六次"))
def test_the_answer_is_the_same_for_a_name_that_exists_and_one_that_does_not(
    client: Client, account, tries: int
) -> None:
    known = [said(client, "chen") for _ in range(tries)][-1]
    cache.clear()
    unknown = [said(Client(), "nobody") for _ in range(tries)][-1]
    assert known == unknown
    assert (THROTTLED in known) == (tries > 5)


def test_an_address_that_keeps_asking_is_told_to_wait_in_chinese(client: Client) -> None:
    answers = [client.post("/accounts/login/", {}) for _ in range(31)]
    assert [answers[29].status_code, answers[30].status_code] == [200, 429]
    assert THROTTLED in answers[30].content.decode()


@pytest.mark.parametrize("page", ["signup", "email", "password/reset"])
def test_the_librarys_other_pages_do_not_exist(client: Client, account, page: str) -> None:
    client.force_login(account)
    assert client.get(f"/accounts/{page}/").status_code == 404


def test_who_has_no_password_is_told_so(client: Client) -> None:
    client.force_login(open_account(enrol(name="宋桂兰"), username="song"))
    answer = client.get("/accounts/password/change/", follow=True)
    assert answer.status_code == 422
    assert "这个账号没有密码" in answer.content.decode()


def test_leaving_is_asked_first(client: Client, account) -> None:
    client.force_login(account)
    assert "要退出登录吗" in client.get("/accounts/logout/").content.decode()
    assert client.post("/accounts/logout/").status_code == 302
    assert "_auth_user_id" not in client.session


class TestStartingPassword:
    @pytest.fixture
    def newcomer(self, client: Client, account) -> Client:
        start_over(account, password="first-words-7")
        client.post("/accounts/login/", {"login": "chen", "password": "first-words-7"})
        return client

    def change(self, client: Client, new: str) -> str:
        typed = {"oldpassword": "first-words-7", "password1": new, "password2": new}
        return client.post("/accounts/password/change/", typed, follow=True).content.decode()

    def test_signing_in_leads_to_the_page_where_it_is_changed(self, client: Client, account) -> None:
        start_over(account, password="first-words-7")
        answer = client.post("/accounts/login/", {"login": "chen", "password": "first-words-7"})
        assert answer.headers["Location"] == "/accounts/password/change/"

    def test_no_page_opens_until_it_is_changed(self, newcomer: Client) -> None:
        answer = newcomer.get("/desk/")
        assert answer.headers["Location"] == "/accounts/password/change/?next=%2Fdesk%2F"

    def test_its_bearer_acts_for_nobody(self, newcomer: Client) -> None:
        request = newcomer.get("/accounts/password/change/").wsgi_request
        assert not actor_of(request).is_known

    def test_it_cannot_be_kept(self, newcomer: Client, account) -> None:
        assert "新密码不能和起始密码一样。" in self.change(newcomer, "first-words-7")
        account.refresh_from_db()
        assert account.must_change_password

    def test_a_new_one_opens_the_house(self, newcomer: Client, account) -> None:
        self.change(newcomer, "own-words-77")
        account.refresh_from_db()
        assert not account.must_change_password
        assert account.check_password("own-words-77")
        assert actor_of(newcomer.get("/accounts/password/change/").wsgi_request).is_known
