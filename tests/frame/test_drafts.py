import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.frame.pages")]
OWN = {"Origin": "http://testserver"}


@pytest.fixture
def strict() -> Client:
    return Client(enforce_csrf_checks=True)


def test_an_expired_form_is_shown_again_with_all_that_was_typed(strict: Client) -> None:
    typed = {"words": "单元门口<积水>", "kind": "help", "many": ["1", "2"]}
    response = strict.post("/form/?place=3", typed, headers=OWN)
    page = response.content.decode()
    assert response.status_code == 403
    assert 'action="/form/?place=3"' in page
    for kept in (
        "\n单元门口&lt;积水&gt;</textarea>",
        'value="help"',
        'name="many" value="1"',
        'name="many" value="2"',
    ):
        assert kept in page


def test_the_form_shown_again_can_be_sent(strict: Client) -> None:
    strict.post("/form/", {"words": "积水"}, headers=OWN)
    token = strict.cookies["csrftoken"].value
    response = strict.post("/form/", {"words": "积水", "csrfmiddlewaretoken": token}, headers=OWN)
    assert response.content == b"taken"


def test_line_breaks_survive(strict: Client) -> None:
    page = strict.post("/form/", {"words": "\n第一行\n第二行"}, headers=OWN).content.decode()
    assert ">\n\n第一行\n第二行</textarea>" in page


def test_files_must_be_chosen_anew(strict: Client) -> None:
    photo = SimpleUploadedFile("a.jpg", b"x")
    page = strict.post("/form/", {"photos": photo}, headers=OWN).content.decode()
    assert 'type="file" name="photos"' in page
    assert "multipart/form-data" in page


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {}], ids=["别的网站", "来源不明"])
def test_words_from_a_stranger_never_get_into_a_form_of_ours(strict: Client, headers: dict[str, str]) -> None:
    response = strict.post("/form/", {"words": "别人的话"}, headers=headers)
    assert response.status_code == 403
    assert "别人的话" not in response.content.decode()
    assert "再次提交" not in response.content.decode()


def test_htmx_is_led_to_the_form_on_a_page_of_its_own(strict: Client) -> None:
    response = strict.post("/form/", {"words": "积水"}, headers=OWN | {"HX-Request": "true"})
    assert response.headers["HX-Redirect"] == "/draft/?expired"
    page = strict.get("/draft/?expired").content.decode()
    assert "打开得太久" in page
    assert "积水</textarea>" in page.replace("\n", "")


def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    response = client.get("/inside/?tab=2")
    assert response.status_code == 302
    assert response.headers["Location"] == "/accounts/login/?next=%2Finside%2F%3Ftab%3D2"


def test_what_was_typed_before_signing_in_is_shown_afterwards(client: Client) -> None:
    response = client.post("/inside/?tab=2", {"words": "楼道堆物", "password": "hush"})
    assert response.headers["Location"] == "/accounts/login/?next=%2Fdraft%2F"
    page = client.get("/draft/").content.decode()
    assert 'action="/inside/?tab=2"' in page
    assert "楼道堆物</textarea>" in page.replace("\n", "")
    assert "hush" not in page


def test_htmx_is_sent_to_the_door_as_a_whole_page(client: Client) -> None:
    response = client.post("/inside/", {"words": "楼道堆物"}, headers={"HX-Request": "true"})
    assert response.headers["HX-Redirect"] == "/accounts/login/?next=%2Fdraft%2F"


def test_without_a_draft_there_is_only_the_front_page(client: Client) -> None:
    assert client.get("/draft/").headers["Location"] == "/"
