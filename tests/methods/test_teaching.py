import pytest

from linli.methods import traits
from linli.methods.learned import Learned
from linli.methods.lesson import Lesson
from linli.methods.teaching import teach

LIGHT = ("路灯不亮", "楼道灯坏了", "晚上太黑", "灯泡坏了", "路灯闪烁", "灯杆倒了")
NOISE = ("夜里施工很吵", "广场舞声音大", "装修噪音", "狗叫扰民", "音响太吵", "噪声睡不着")


def lessons(times: int = 1) -> list[Lesson]:
    """Tell of light and of noise in turn, as time brings them."""
    told = [
        (words, label)
        for pair in zip(LIGHT, NOISE, strict=True)
        for words, label in zip(pair, "灯声", strict=True)
    ]
    return [Lesson(traits.of_text(words, words), label) for words, label in told * times]


@pytest.fixture(scope="module")
def learned() -> Learned:
    traits.know(["路灯"])
    return teach(lessons(3))


@pytest.mark.parametrize(("words", "label"), [("楼下路灯又坏了", "灯"), ("隔壁装修太吵", "声")])
def test_it_suggests_what_people_decided_before(learned: Learned, words: str, label: str) -> None:
    assert learned.suggest(traits.of_text(words, words))[0].label == label


def test_it_is_never_surer_than_sure(learned: Learned) -> None:
    guesses = learned.suggest(traits.of_text("路灯", "路灯"), most=9)
    assert sum(one.confidence for one in guesses) == pytest.approx(1)
    assert [one.confidence for one in guesses] == sorted((one.confidence for one in guesses), reverse=True)


def test_it_says_why_in_words_that_were_written(learned: Learned) -> None:
    assert "「路灯」" in learned.suggest(traits.of_text("路灯不亮", "路灯不亮"))[0].reasons


def test_it_says_nothing_for_what_it_never_saw(learned: Learned) -> None:
    assert learned.suggest(traits.of_text("xyz", "xyz"))[0].reasons == ()


def test_facts_are_reasons_as_people_say_them() -> None:
    told = [({"地点": place, "分类": "路灯"}, body) for place, body in [("东区", "甲"), ("西区", "乙")] * 9]
    learned = teach([Lesson(traits.of_facts(facts), body) for facts, body in told])
    first = learned.suggest(traits.of_facts({"地点": "东区", "分类": "路灯"}))[0]
    assert first.label == "甲"
    assert "东区" in first.reasons[0]


def test_keywords_are_enough_to_begin_with() -> None:
    known = [
        Lesson(traits.of_text(words, ""), label)
        for words, label in (("路灯 照明", "灯"), ("噪声 扰民", "声"))
    ]
    learned = teach([], known=known)
    assert learned.score is None
    assert learned.suggest(traits.of_text("门口照明坏了", ""))[0].label == "灯"


def test_the_held_back_part_is_the_newest_and_was_not_learned_from() -> None:
    # Everything new is called otherwise than before: whoever had seen it would be right.
    old, new = lessons(2), [Lesson(one.traits, "新") for one in lessons()[:6]]
    score = teach([*old, *new]).score
    assert score is not None
    assert (score.learned_from, score.tried_on) == (24, 6)
    assert score.first == 0


def test_the_score_stands_beside_the_plainest_guess(learned: Learned) -> None:
    assert learned.score is not None
    assert learned.score.first > learned.score.plain


def test_what_was_learned_is_kept_as_bytes(learned: Learned) -> None:
    again = Learned.from_bytes(learned.to_bytes())
    seen = traits.of_text("路灯不亮", "路灯不亮")
    assert [(one.label, one.reasons) for one in again.suggest(seen)] == [
        (one.label, one.reasons) for one in learned.suggest(seen)
    ]
    assert again.score == learned.score


def test_nothing_can_be_learned_from_one_label() -> None:
    with pytest.raises(ValueError, match="one label"):
        teach([Lesson(traits.of_text("路灯", ""), "灯")])


def test_bytes_of_something_else_are_refused() -> None:
    with pytest.raises(ValueError, match=r"pickle|zip|file"):
        Learned.from_bytes(b"PK something else")
