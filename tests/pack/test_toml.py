"""A fault in a pack is told in Chinese, with its file and line."""

from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, field_validator

from linli.pack.complaint import PackError
from linli.pack.toml import read_toml


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Step(Part):
    key: str
    kind: Literal["raise", "close"] = "raise"
    days: Annotated[int, Field(ge=1, le=60)] = 1
    by: tuple[str, ...] = ()
    label: Annotated[str, Field(pattern="^[a-z]+$", max_length=8)] = "a"
    open: bool = True
    clock: "int | Clock" = 1

    @field_validator("key")
    @classmethod
    def refuse_blank(cls, key: str) -> str:
        if not key:
            raise ValueError("步骤要有名字")
        return key


class Clock(Part):
    hours: int


class Pack(Part):
    title: str
    step: Annotated[tuple[Step, ...], Field(min_length=1)]


def complaints_about(text: str, tmp_path: Path) -> list[str]:
    file = tmp_path / "packs" / "xinxialu" / "pack.toml"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    with pytest.raises(PackError) as refused:
        read_toml(file, Pack, root=tmp_path)
    assert str(refused.value).splitlines() == [str(complaint) for complaint in refused.value.complaints]
    return str(refused.value).splitlines()


HEAD = 'title = "新下陆"\n\n[[step]]\nkey = "raise"\n\n[[step]]\n'


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        pytest.param("days = 3\n", "6 step[1].key：缺少「key」", id="缺少键"),
        pytest.param(
            'key = "a"\ndaays = 3\n', "8 step[1].daays：没有「daays」这一项，请核对拼写", id="多出的键"
        ),
        pytest.param('key = ""\n', "7 step[1].key：步骤要有名字", id="自己的检查"),
        pytest.param("key = 5\n", "7 step[1].key：应当是文字，现在写的是「5」", id="不是文字"),
        pytest.param(
            'key = "a"\ndays = "三"\n', "8 step[1].days：应当是整数，现在写的是「三」", id="不是整数"
        ),
        pytest.param('key = "a"\ndays = 2.5\n', "8 step[1].days：应当是整数，现在写的是「2.5」", id="小数"),
        pytest.param('key = "a"\ndays = 0\n', "8 step[1].days：不能小于 1，现在写的是「0」", id="太小"),
        pytest.param('key = "a"\ndays = 61\n', "8 step[1].days：不能大于 60，现在写的是「61」", id="太大"),
        pytest.param(
            'key = "a"\nkind = "shut"\n',
            "8 step[1].kind：只能是 raise、close，现在写的是「shut」",
            id="不在其列",
        ),
        pytest.param(
            'key = "a"\nby = "街道"\n', "8 step[1].by：应当是一列值，现在写的是「街道」", id="不是一列"
        ),
        pytest.param(
            'key = "a"\nby = [\n"x",\n7]\n',
            "10 step[1].by[1]：应当是文字，现在写的是「7」",
            id="一列里的第二个",
        ),
        pytest.param(
            'key = "a"\nlabel = "A1"\n',
            "8 step[1].label：写法不对，应当合于 ^[a-z]+$，现在写的是「A1」",
            id="写法",
        ),
        pytest.param(
            'key = "a"\nlabel = "abcdefghi"\n',
            "8 step[1].label：最多只能写 8 个字，现在写的是「abcdefghi」",
            id="太长",
        ),
        pytest.param(
            'key = "a"\nopen = "也许"\n',
            "8 step[1].open：应当是真或假（true 或 false），现在写的是「也许」",
            id="不是真假",
        ),
    ],
)
def test_each_fault_has_its_line_its_place_and_its_reason(body: str, complaint: str, tmp_path: Path) -> None:
    assert complaints_about(HEAD + body, tmp_path) == [f"packs/xinxialu/pack.toml:{complaint}"]


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    assert complaints_about("[[step]]\nkey = 1\ndays = 0\n", tmp_path) == [
        "packs/xinxialu/pack.toml:1 title：缺少「title」",
        "packs/xinxialu/pack.toml:2 step[0].key：应当是文字，现在写的是「1」",
        "packs/xinxialu/pack.toml:3 step[0].days：不能小于 1，现在写的是「0」",
    ]


def test_a_fault_inside_one_of_two_forms_is_told_where_the_file_has_it(tmp_path: Path) -> None:
    told = complaints_about(HEAD + 'key = "a"\nclock = { hours = "x" }\n', tmp_path)
    assert all(line.startswith("packs/xinxialu/pack.toml:8 step[1].clock") for line in told)


def test_an_empty_list_of_steps_is_refused(tmp_path: Path) -> None:
    assert complaints_about('title = "x"\nstep = []\n', tmp_path) == [
        "packs/xinxialu/pack.toml:2 step：至少要有 1 项"
    ]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        pytest.param('title = "x\nb = 1\n', ":1：有不能出现的字符，引号可能没有闭合", id="引号"),
        pytest.param('title = "x"\ntitle = "y"\n', ":2：同一个键写了两次", id="重复的键"),
        pytest.param("a = 1\n[a]\n", ":2：同一个键写了两次", id="键又写成表"),
        pytest.param("a = 1\n[b]\n[b]\n", ":3：同一张表写了两次", id="重复的表"),
        pytest.param("a = 1\ntitle\n", ":2：键的后面缺少等号", id="没有等号"),
        pytest.param("title = 新下陆\n", ":1：等号后面的值写法不对，文字要加引号", id="没有引号"),
        pytest.param("a = [1,\n2\n", ":3：方括号没有闭合", id="方括号"),
        pytest.param("a = 1 b = 2\n", ":1：一行只能写一个值", id="一行两个值"),
        pytest.param("标题 = 1\n", ":1：这一行看不懂", id="中文键没有引号"),
    ],
)
def test_what_is_no_toml_is_told_with_its_line(text: str, complaint: str, tmp_path: Path) -> None:
    assert complaints_about(text, tmp_path) == [f"packs/xinxialu/pack.toml{complaint}"]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"^pack\.toml：找不到这个文件$"):
        read_toml(tmp_path / "pack.toml", Pack, root=tmp_path)


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "pack.toml").write_bytes('title = "新下陆"'.encode("gbk"))
    with pytest.raises(PackError, match="不是 UTF-8"):
        read_toml(tmp_path / "pack.toml", Pack)


def test_a_sound_file_becomes_its_model(tmp_path: Path) -> None:
    (tmp_path / "pack.toml").write_text(HEAD + 'key = "close"\n', encoding="utf-8")
    assert [step.key for step in read_toml(tmp_path / "pack.toml", Pack).step] == ["raise", "close"]
