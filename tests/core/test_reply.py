import pytest

from linli.core.reply import doubts

# asked, answer, what is doubted
REPLIES = (
    pytest.param("路灯不亮", "已换新灯泡，今晚亮了。", (), id="做了什么说清楚了"),
    pytest.param("路灯不亮", "好了。", ("short",), id="太短"),
    pytest.param("路灯不亮", "修好了。", (), id="刚好够长"),
    pytest.param("路灯不亮", "您的诉求已转交电力公司。", ("passed_on",), id="只说转交"),
    pytest.param("路灯不亮", "已转交电力公司，昨天更换了灯泡。", (), id="转交并有结果"),
    pytest.param("路灯不亮", "我们将尽快安排维修，感谢理解。", ("promise",), id="只说会做"),
    pytest.param("路灯不亮", "街道高度重视，正在研究解决方案中。", (), id="说到解决就不拦"),
    pytest.param("什么时候修好？", "灯泡坏了，线路老化。", ("unanswered",), id="问时间没答"),
    pytest.param("什么时候修好？", "11月25日前换好灯泡。", (), id="问时间答了"),
    pytest.param("物业费多少钱一平？", "物业费由业主大会决定，请协商。", ("unanswered",), id="问多少没答"),
    pytest.param("物业费多少钱一平？", "物业费每平方米1.2元，业主大会决定。", (), id="问多少答了"),
    pytest.param("为什么停水？", "水管已修好，恢复供水了。", ("unanswered",), id="问原因没答"),
    pytest.param("为什么停水？", "因水管爆裂停水，已修好恢复。", (), id="问原因答了"),
    pytest.param("低保去哪里办？", "已向您说明了办理条件。", ("unanswered",), id="问去哪没答"),
    pytest.param("低保去哪里办？", "已说明条件，请到社区便民窗口办。", (), id="问去哪答了"),
    pytest.param(
        "楼上漏水", "已联系302室王建国，电话13800138000，约定周六修。", ("personal",), id="带了别人的电话"
    ),
    pytest.param("楼上漏水", "已联系楼上住户，约定周六修。", (), id="没有写是谁"),
)


@pytest.mark.req("X13")
@pytest.mark.parametrize(("asked", "answer", "found"), REPLIES)
def test_a_reply_is_doubted_for_what_it_lacks_or_tells(
    asked: str, answer: str, found: tuple[str, ...]
) -> None:
    assert tuple(one.key for one in doubts(answer, asked=asked)) == found


def test_a_name_of_the_matter_is_told_though_nothing_labels_it() -> None:
    words = "已上门向婷婷说明情况，门已修好。"
    assert [one.key for one in doubts(words, asked="门坏了", names=["婷婷"])] == ["personal"]
    assert doubts(words, asked="门坏了") == ()
