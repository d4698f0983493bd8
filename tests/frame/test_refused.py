import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.frame.pages")]


@pytest.mark.req("X17")
def test_a_refused_act_answers_with_sentence_clause_figures_and_remedy(client: Client) -> None:
    response = client.post("/closed/", {"words": "很长的一段话"})
    page = response.content.decode()
    assert response.status_code == 422
    for said in ("还差2人才过半数。", "《议事规则》第三条", "应到", "10", "请再通知未到会的代表。"):
        assert said in page


def test_what_was_typed_is_still_there_on_the_page(client: Client) -> None:
    page = client.post("/closed/", {"words": "很长的<一段>话", "password": "hush"}).content.decode()
    assert "很长的&lt;一段&gt;话" in page
    assert "hush" not in page


def test_htmx_gets_the_part_alone(client: Client) -> None:
    response = client.post("/closed/", headers={"HX-Request": "true"})
    assert response.status_code == 422
    assert response.headers["HX-Retarget"] == "#refusal"
    assert "<html" not in response.content.decode()
    assert 'id="refusal"' in response.content.decode()


def test_a_program_gets_json(client: Client) -> None:
    response = client.post("/closed/", headers={"Accept": "application/json"})
    assert response.status_code == 422
    assert response.json() == {
        "refusals": [
            {
                "sentence": "还差2人才过半数。",
                "clause": "《议事规则》第三条",
                "figures": {"应到": "10", "到会": "4"},
                "remedy": "请再通知未到会的代表。",
                "asked": "开始表决",
            }
        ]
    }


def test_any_other_error_is_left_alone(client: Client) -> None:
    with pytest.raises(ZeroDivisionError):
        client.get("/broken/")


def test_an_error_page_tells_that_nothing_submitted_is_lost() -> None:
    response = Client(raise_request_exception=False).get("/broken/")
    assert response.status_code == 500
    assert "已经提交成功" in response.content.decode()


def test_a_missing_page_says_what_to_do(client: Client) -> None:
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "回到首页" in response.content.decode()
