"""Keys, codes and the list of devices one is signed in on."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from linli.config.second_step import SecondStep
from linli.people import actions as people
from linli.people.models import Account

pytestmark = pytest.mark.django_db
PASSWORD = "a long pass phrase"
INDEX = "/accounts/security/"


@pytest.fixture
def account() -> Account:
    made = people.open_account(people.enrol(name="王婷"), username="wangting")
    made.set_password(PASSWORD)
    made.save()
    return made


@pytest.fixture
def client(account: Account) -> Client:
    return signed_in(account)


def signed_in(account: Account) -> Client:
    client = Client(HTTP_USER_AGENT="Mozilla/5.0 (Linux; Android 14) MicroMessenger")
    client.post("/accounts/login/", {"login": account.username, "password": PASSWORD})
    # What concerns safety is asked for once more.
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def switch_on(client: Client) -> str:
    page = client.get(f"{INDEX}totp/activate/").content.decode()
    found = re.search(r"<code>(\w+)</code>", page)
    assert found
    secret = found[1]
    assert client.post(f"{INDEX}totp/activate/", {"code": code_of(secret)}).status_code == 302
    return secret


def test_the_way_back_leads_to_where_one_begins(client: Client) -> None:
    assert 'href="/start/"' in client.get(INDEX).content.decode()


def test_everything_about_signing_in_stands_on_one_page_in_chinese(client: Client) -> None:
    page = client.get(INDEX).content.decode()
    assert [
        words for words in ("改密码", "添加通行密钥", "启用动态码", "登录过的设备") if words not in page
    ] == []


def test_with_a_code_the_password_alone_opens_nothing(account: Account, client: Client) -> None:
    switch_on(client)
    other = Client()
    answer = other.post("/accounts/login/", {"login": account.username, "password": PASSWORD})
    assert answer.headers["location"].startswith(f"{INDEX}authenticate/")
    assert "_auth_user_id" not in other.session
    assert "六位数" in other.get(f"{INDEX}authenticate/").content.decode()
    wrong = other.post(f"{INDEX}authenticate/", {"code": "000000"})
    assert "动态码不对" in wrong.content.decode()


def test_each_code_lets_in_once(account: Account, client: Client) -> None:
    secret = switch_on(client)
    code = code_of(secret)
    let_in = []
    for _ in range(2):
        other = Client()
        other.post("/accounts/login/", {"login": account.username, "password": PASSWORD})
        other.post(f"{INDEX}authenticate/", {"code": code})
        let_in.append("_auth_user_id" in other.session)
    assert let_in[1] is False


def test_a_recovery_code_opens_the_door_once(account: Account, client: Client) -> None:
    switch_on(client)
    page = client.get(f"{INDEX}recovery-codes/").content.decode()
    spare = re.findall(r"<code>(\d+)</code>", page)[0]
    for expected in (True, False):
        other = Client()
        other.post("/accounts/login/", {"login": account.username, "password": PASSWORD})
        other.post(f"{INDEX}authenticate/", {"code": spare})
        assert ("_auth_user_id" in other.session) is expected


def test_the_secret_lies_encrypted(client: Client) -> None:
    secret = switch_on(client)
    kept = Authenticator.objects.filter(type=Authenticator.Type.TOTP).values_list("data", flat=True)[0]
    assert secret not in str(kept)


def test_the_code_to_scan_is_a_picture_of_its_own(client: Client) -> None:
    drawn = SecondStep().build_totp_svg("otpauth://totp/wangting")
    assert drawn.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert "data:image/svg+xml" in client.get(f"{INDEX}totp/activate/").content.decode()


@pytest.mark.parametrize(
    ("address", "label"), [("totp/activate/", "动态码"), ("webauthn/add/", "给它起个名字")]
)
def test_every_field_is_named_in_chinese(client: Client, address: str, label: str) -> None:
    page = client.get(f"{INDEX}{address}").content.decode()
    assert label in re.findall(r"<label[^>]*>([^<]*)", page)[0]


def test_the_page_for_a_key_asks_the_device(client: Client) -> None:
    page = client.get(f"{INDEX}webauthn/add/").content.decode()
    assert "allauth.webauthn.forms.addForm" in page
    assert '"challenge"' in page


def test_a_forged_key_is_refused(client: Client) -> None:
    client.get(f"{INDEX}webauthn/add/")
    answer = client.post(f"{INDEX}webauthn/add/", {"name": "手机", "credential": "{}", "passwordless": "on"})
    assert answer.status_code == 200
    assert not Authenticator.objects.exists()


def test_whoever_is_signed_in_elsewhere_sees_it_and_ends_it(account: Account, client: Client) -> None:
    other = signed_in(account)
    page = client.get("/accounts/sessions/").content.decode()
    assert page.count("安卓手机，微信") == 2
    client.post("/accounts/sessions/")
    assert client.get(INDEX).status_code == 200
    assert other.get(INDEX).status_code == 302


def test_what_concerns_safety_asks_for_the_password_once_more(account: Account) -> None:
    client = Client()
    client.post("/accounts/login/", {"login": account.username, "password": PASSWORD})
    door = client.get(f"{INDEX}webauthn/add/").headers["location"]
    assert door.startswith("/accounts/reauthenticate/")
    assert "再确认一次是您" in client.get(door).content.decode()


@pytest.mark.parametrize(
    "address",
    [
        INDEX,
        f"{INDEX}totp/activate/",
        f"{INDEX}webauthn/add/",
        f"{INDEX}recovery-codes/",
        "/accounts/sessions/",
    ],
)
def test_a_stranger_is_led_to_the_door(address: str) -> None:
    assert Client().get(address).headers["location"].startswith("/accounts/login/")
