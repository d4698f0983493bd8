"""The forms of the acts: what is sent, what comes back (办理页面)."""

import json
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from linli.cases import queries as cases
from linli.core.acts import ACTS
from linli.disclosure import queries as disclosure
from linli.frame.clock import now
from linli.matters import queries as matters
from tests import make
from tests.cases import pages
from tests.world import World


def picture(name: str = "井盖.jpg") -> SimpleUploadedFile:
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "green").save(drawn, "JPEG")
    return SimpleUploadedFile(name, drawn.getvalue(), content_type="image/jpeg")


@pytest.mark.req("X3", "X13")
def test_an_act_leads_back_to_where_it_was_asked(world: World) -> None:
    matter = make.report(world, at=now())
    answer = pages.send(matter, "dispatch", by=world.dispatcher, lead=world.enforcement)
    assert (answer.status_code, answer.headers["Location"]) == (302, pages.BACK)
    assert make.fresh(matter).lead_id == world.enforcement


def test_htmx_is_led_back_by_a_header(world: World) -> None:
    matter = make.report(world, at=now())
    answer = pages.send(matter, "dispatch", by=world.dispatcher, htmx=True, lead=world.enforcement)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (200, pages.BACK)


def test_a_way_back_to_another_site_is_not_followed(world: World) -> None:
    matter = make.report(world, at=now())
    answer = pages.send(
        matter, "add_words", by=world.dispatcher, words="已电话联系。", back="//evil.example/"
    )
    assert answer.headers["Location"] == f"/m/{matter.number}/"


def test_a_stranger_gets_404_for_a_case_outside_their_reach(world: World) -> None:
    matter = make.report(world, at=now())
    assert pages.send(matter, "add_words", by=world.other_dispatcher, words="看看").status_code == 404
    assert pages.page(matter, "add_words", by=world.stranger).status_code == 404


@pytest.mark.parametrize("act", ["lapse", "unknown"])
def test_an_act_nobody_may_send_has_no_page(world: World, act: str) -> None:
    matter = make.report(world, at=now())
    assert pages.send(matter, act, by=world.dispatcher).status_code == 404


def test_whoever_is_not_signed_in_is_asked_to_and_their_words_are_kept(world: World) -> None:
    matter = make.report(world, at=now())
    client = pages.browser()
    answer = client.post(f"/m/{matter.number}/act/add_words/", {"words": "楼下又积水了。"})
    assert answer.headers["Location"].startswith("/accounts/login/")
    assert ["words", "楼下又积水了。"] in [list(pair) for pair in client.session["draft"]["fields"]]


def test_whoever_was_signed_out_on_a_public_case_is_asked_to_sign_in_too(world: World) -> None:
    matter = make.report(world, at=now(), is_public=True)
    client = pages.browser()
    answer = client.post(f"/m/{matter.number}/act/add_words/", {"words": "楼下又积水了。"})
    assert answer.headers["Location"].startswith("/accounts/login/")
    assert ["words", "楼下又积水了。"] in [list(pair) for pair in client.session["draft"]["fields"]]


def test_a_resident_acts_by_the_follow_up_link_without_an_account(world: World) -> None:
    matter = make.report(world, at=now())
    answer = pages.send(matter, "add_words", by=None, token=matter.token, words="孩子差点踩进去。")
    assert answer.status_code == 302
    assert make.fresh(matter).turn == matter.turn + 1


def test_a_wrong_follow_up_link_opens_nothing(world: World) -> None:
    matter = make.report(world, at=now())
    answer = pages.send(matter, "add_words", by=None, token="x" * 16, words="你好")
    assert answer.headers["Location"].startswith("/accounts/login/")
    assert make.fresh(matter).turn == matter.turn


@pytest.mark.req("X13")
def test_a_closed_act_is_answered_with_the_reason_the_clause_and_the_words_typed(world: World) -> None:
    matter = make.report(world, at=now())
    answer = pages.send(matter, "finish", by=world.dispatcher, words="已经修好了。")
    said = pages.text(answer)
    assert answer.status_code == 422
    assert "主办单位经办人" in said or "才能办" in said
    assert '依据：<a href="/rules/xinxialu/' in said
    assert "回到事项</a>" in said
    assert "已经修好了。" in said


def test_a_closed_act_is_answered_to_programs_in_json(world: World) -> None:
    matter = make.report(world, at=now())
    address = f"/m/{matter.number}/act/finish/"
    answer = pages.browser(world.dispatcher).post(address, {}, headers={"Accept": "application/json"})
    assert answer.status_code == 422
    assert json.loads(answer.content)["refusals"][0]["sentence"]


def test_missing_words_are_asked_for_and_nothing_happens(world: World) -> None:
    matter = make.taken_on(world, at=now())
    answer = pages.send(matter, "finish", by=world.enforcer, words="")
    assert answer.status_code == 422
    assert "还没有写「办理结果」" in pages.text(answer)
    assert make.fresh(matter).turn == matter.turn


def test_words_that_are_too_long_are_kept_and_counted(world: World) -> None:
    matter = make.report(world, at=now())
    answer = pages.send(matter, "decline", by=world.dispatcher, words="长" * 2001)
    assert answer.status_code == 422
    assert "最多 2000 字，现在有 2001 字" in pages.text(answer)
    assert "长" * 2001 in pages.text(answer)


def test_a_wrong_form_comes_back_to_htmx_alone(world: World) -> None:
    matter = make.taken_on(world, at=now())
    answer = pages.send(matter, "finish", by=world.enforcer, htmx=True, words="")
    assert answer.status_code == 422
    assert pages.text(answer).lstrip().startswith('<form class="form"')


def test_a_stale_page_is_refused_and_may_be_sent_again_after_reading(world: World) -> None:
    matter = make.report(world, at=now())
    seen = matter.turn
    make.act(matter, "add_words", by=world.resident, at=now())
    answer = pages.send(matter, "decline", by=world.dispatcher, words="不属于社区。", seen=seen)
    said = pages.text(answer)
    assert answer.status_code == 422
    assert "刚刚有人先办了这件事" in said
    assert "不属于社区。" in said
    assert f'name="seen" value="{seen + 1}"' in said
    assert make.fresh(matter).step == matter.step


def test_a_stale_part_is_refused_and_its_form_learns_the_new_turn(world: World) -> None:
    matter = make.report(world, at=now())
    seen = matter.turn
    make.act(matter, "add_words", by=world.resident, at=now())
    answer = pages.send(matter, "decline", by=world.dispatcher, htmx=True, words="不属于社区。", seen=seen)
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (422, "#refusal")
    assert f'value="{seen + 1}" id="decline-seen" hx-swap-oob="true"' in pages.text(answer)


@pytest.mark.req("X3", "C13")
def test_joint_bodies_get_their_task_and_their_own_term(world: World) -> None:
    matter = make.report(world, at=now())
    answer = pages.send(
        matter, "dispatch", by=world.dispatcher, lead=world.enforcement, words="请尽快",
        joint_body=[str(world.fire), "", str(world.housing)],
        joint_task=["检查消防通道", "", "联系维修"],
        joint_amount=["1", "", ""],
        joint_unit=["working_days", "working_days", "working_days"],
    )  # fmt: skip
    joint = cases.joint_of([matter.pk])[matter.pk]
    assert answer.status_code == 302
    assert [(order.body_id, order.task) for order in joint] == [
        (world.fire, "检查消防通道"),
        (world.housing, "联系维修"),
    ]
    assert joint[0].due_at is not None
    assert joint[0].due_at < matter.due_at
    assert joint[1].due_at == matter.due_at


def test_a_joint_task_without_a_body_is_pointed_out(world: World) -> None:
    matter = make.report(world, at=now())
    answer = pages.send(
        matter, "dispatch", by=world.dispatcher, lead=world.enforcement,
        joint_body=[""], joint_task=["检查消防通道"], joint_amount=[""], joint_unit=["working_days"],
    )  # fmt: skip
    assert answer.status_code == 422
    assert "写了任务，还没有选由谁协办" in pages.text(answer)
    assert "检查消防通道" in pages.text(answer)


@pytest.mark.req("X3")
def test_the_lead_the_pack_suggests_is_chosen_beforehand_with_the_reason(world: World) -> None:
    matter = make.report(world, at=now(), category="illegal_building")
    said = pages.text(pages.page(matter, "dispatch", by=world.dispatcher))
    assert "建议由" in said
    assert '依据<a href="/rules/xinxialu/' in said
    assert " selected>" in said


def test_a_body_that_does_not_serve_the_place_cannot_be_chosen(world: World) -> None:
    matter = make.report(world, at=now())
    elsewhere = world.enforcement + 10_000
    answer = pages.send(matter, "dispatch", by=world.dispatcher, lead=elsewhere)
    assert answer.status_code == 422
    assert "这个单位不能接这张单" in pages.text(answer)


@pytest.mark.req("X14")
def test_an_order_is_returned_with_evidence_and_ruled_on(world: World) -> None:
    matter = make.dispatched(world, at=now())
    lacking = pages.send(matter, "return_order", by=world.enforcer, words="不归我们管。", evidence="")
    assert lacking.status_code == 422
    assert "依据和证据" in pages.text(lacking)
    pages.send(matter, "return_order", by=world.enforcer, words="不归我们管。", evidence="职责清单第三条。")
    pages.send(matter, "reject_return", by=world.secretary, words="职责清单写明归执法中心。")
    ruled = cases.returns(matter.pk)[0]
    assert (ruled.evidence, ruled.is_upheld, ruled.ruling) == (
        "职责清单第三条。",
        False,
        "职责清单写明归执法中心。",
    )


@pytest.mark.req("X14")
def test_the_clock_stands_still_only_for_a_reason_of_the_pack(world: World) -> None:
    matter = make.taken_on(world, at=now())
    wrong = pages.send(matter, "pause", by=world.enforcer, reason="holiday", words="人手不够")
    assert wrong.status_code == 422
    reason = next(iter(world.edition.pauses))
    pages.send(matter, "pause", by=world.enforcer, reason=reason, words="等居民补照片")
    assert make.fresh(matter).is_paused
    pages.send(matter, "resume", by=world.enforcer)
    assert not make.fresh(matter).is_paused


@pytest.mark.req("X14")
def test_more_time_is_asked_for_within_the_limit_and_granted(world: World) -> None:
    matter = make.taken_on(world, at=now())
    most = world.edition.extension.at_most.amount
    too_much = pages.send(matter, "ask_extension", by=world.enforcer, amount=most + 1, words="等配件")
    assert too_much.status_code == 422
    assert f"最多延长 {world.edition.extension.at_most.words}" in pages.text(too_much)
    pages.send(matter, "ask_extension", by=world.enforcer, amount=most, words="等配件")
    pages.send(matter, "grant_extension", by=world.secretary)
    assert [one.is_granted for one in matters.extensions(matter)] == [True]


@pytest.mark.req("X14")
def test_the_order_kind_is_changed_to_another_one_only(world: World) -> None:
    matter = make.report(world, at=now(), order="routine")
    assert pages.send(matter, "regrade", by=world.dispatcher, order="routine", words="急").status_code == 422
    pages.send(matter, "regrade", by=world.dispatcher, order="urgent", words="有人受伤。")
    assert make.fresh(matter).order == "urgent"


@pytest.mark.req("C13", "X3")
def test_departments_are_summoned_report_in_and_rate_each_other(world: World) -> None:
    at = now()
    matter = make.taken_on(world, at=at)
    called = [str(world.fire), str(world.housing)]
    pages.send(matter, "summon", by=world.dispatcher, departments=called, words="到现场联合检查。")
    pages.send(matter, "report_in", by=world.fireman)
    here = [one.body_id for one in cases.summonses(matter.pk) if one.reported_in_at]
    assert here == [world.fire]
    absent = pages.send(matter, "rate_department", by=world.dispatcher, department=world.housing, score=5)
    assert absent.status_code == 422
    rated = pages.send(matter, "rate_department", by=world.dispatcher, department=world.fire, score=5)
    back = pages.send(matter, "rate_summoner", by=world.fireman, score=4)
    assert (rated.status_code, back.status_code) == (302, 302)


def test_a_joint_body_answers(world: World) -> None:
    from linli.cases.actions.dispatching import JointTask

    matter = make.taken_on(world, at=now(), joint=[JointTask(world.fire)])
    pages.send(matter, "answer", by=world.fireman, words="通道已清。")
    assert [order.answer for order in cases.joint_of([matter.pk])[matter.pk]] == ["通道已清。"]


@pytest.mark.req("X13")
def test_the_raiser_rates_with_one_of_five_faces(world: World) -> None:
    matter = make.verified(world, at=now())
    assert pages.send(matter, "rate", by=world.resident, score="9").status_code == 422
    assert pages.send(matter, "rate", by=world.resident, score="5").status_code == 302
    again = pages.send(matter, "rate", by=world.resident, score="4")
    assert again.status_code == 422
    assert "已经评价过了" in pages.text(again)


def test_what_is_published_is_read_masked_first_and_may_be_changed(world: World) -> None:
    matter = make.report(world, at=now(), words="楼道堆物，联系人：王小明，电话13812345678。")
    preview = pages.text(pages.page(matter, "publish", by=world.dispatcher))
    assert "13812345678" not in preview.split('name="public_title"')[1]
    pages.send(matter, "publish", by=world.dispatcher, public_title="楼道堆物", public_words="楼道有杂物。")
    shown = disclosure.of_matter(matter.pk)
    assert shown is not None
    assert (shown.title, shown.words) == ("楼道堆物", "楼道有杂物。")
    pages.send(matter, "unpublish", by=world.dispatcher, words="反映人要求。")
    assert disclosure.of_matter(matter.pk) is None


@pytest.mark.req("X3")
def test_photos_of_the_result_are_kept_and_shown_to_those_concerned(world: World) -> None:
    matter = make.taken_on(world, at=now())
    pages.send(matter, "finish", by=world.enforcer, words="换好了。", photos=[picture(), picture("二.jpg")])
    kept = matters.attachments(matter)
    assert [(one.act, default_storage.exists(one.file)) for one in kept] == [("finish", True)] * 2
    address = f"/m/{matter.number}/photo/{kept[0].pk}/"
    shown = pages.browser(world.resident).get(address)
    assert shown.status_code == 200
    assert b"".join(shown.streaming_content).startswith(b"\xff\xd8")
    assert pages.browser(world.other_dispatcher).get(address).status_code == 404
    assert pages.browser().get(address).status_code == 404


def test_a_file_that_is_no_photo_is_refused_and_the_words_stay(world: World) -> None:
    matter = make.taken_on(world, at=now())
    file = SimpleUploadedFile("说明.pdf", b"%PDF-1.7", content_type="application/pdf")
    answer = pages.send(matter, "finish", by=world.enforcer, words="换好了。", photos=file)
    assert answer.status_code == 422
    assert "不是能打开的照片" in pages.text(answer)
    assert "换好了。" in pages.text(answer)
    assert make.fresh(matter).turn == matter.turn


@pytest.mark.parametrize("act", sorted(set(ACTS) - {"lapse"}))
def test_every_act_either_has_a_form_or_says_why_it_is_closed(world: World, act: str) -> None:
    matter = make.taken_on(world, at=now())
    answers = [pages.page(matter, act, by=one) for one in (world.dispatcher, world.enforcer, world.resident)]
    for answer in answers:
        assert answer.status_code in (200, 422)
        assert f"/act/{act}/" in pages.text(answer) or "现在还不能办" in pages.text(answer)
