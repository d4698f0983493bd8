import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.methods import plan

STREET = ((0, 0), (1000, 0), (1000, 800), (0, 800))
ESTATE = ((100, 100), (500, 100), (500, 500), (100, 500))
HOUSE = ((200, 200), (260, 200), (260, 220), (200, 220))
PLACES = (("street", STREET), ("estate", ESTATE), ("house", HOUSE))
CORNER = ((0, 0), (90, 0), (90, 10), (10, 10), (10, 90), (0, 90))
# Two triangles that meet in the middle: a hand slipped while drawing.
CROSSED = ((0, 0), (100, 100), (100, 0), (0, 100))


@pytest.mark.parametrize(
    ("point", "place"),
    [
        pytest.param((210, 210), "house", id="楼里"),
        pytest.param((200, 200), "house", id="楼角上"),
        pytest.param((199, 200), "estate", id="楼角外一米"),
        pytest.param((100, 300), "estate", id="小区边上"),
        pytest.param((99, 300), "street", id="小区边外一米"),
        pytest.param((1000, 800), "street", id="街道角上"),
        pytest.param((1001, 800), None, id="街道外一米"),
    ],
)
def test_the_smallest_place_around_a_point_is_found(point: plan.Point, place: str | None) -> None:
    assert plan.locate(point, outlines=PLACES) == place


def test_a_place_that_is_only_a_line_holds_nothing() -> None:
    assert plan.locate((5, 5), outlines=(("line", ((0, 0), (10, 10))),)) is None


def test_an_outline_that_crosses_itself_still_holds_its_two_halves() -> None:
    outlines = (("crossed", CROSSED),)
    assert plan.locate((90, 50), outlines=outlines) == "crossed"
    assert plan.locate((50, 90), outlines=outlines) is None


@pytest.mark.parametrize(
    "outline", [STREET, HOUSE, CROSSED, ((0, 0), (90, 0), (90, 10), (10, 10), (10, 90), (0, 90))]
)
def test_a_label_stands_inside_its_place(outline: plan.Outline) -> None:
    assert plan.locate(plan.middle(outline), outlines=(("here", outline),)) == "here"


def test_nothing_to_draw_is_an_error() -> None:
    with pytest.raises(ValueError, match="没有轮廓"):
        plan.fit([])


corner = st.tuples(st.integers(-20_000, 20_000), st.integers(-20_000, 20_000))
outlines = st.lists(corner, min_size=1, max_size=12)


@given(outlines)
def test_everything_lies_on_the_sheet(outline: list[plan.Point]) -> None:
    sheet = plan.fit([outline])
    for x, y in map(sheet.spot, outline):
        assert 0 <= x <= plan.WIDTH
        assert 0 <= y <= sheet.height


@given(outlines)
def test_a_tap_on_the_sheet_comes_back_to_the_same_metres(outline: list[plan.Point]) -> None:
    sheet = plan.fit([outline])
    off = 1 + 1 / sheet.scale
    for point in outline:
        back = sheet.metres(sheet.spot(point))
        assert abs(back[0] - point[0]) <= off
        assert abs(back[1] - point[1]) <= off
