"""Draw a published map of opinions again without a server: linli regroup FILE (重新分组)."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from linli.methods import opinion_map

_LARGEST = 256 * 1024 * 1024
_NAMES = {
    "people": "人数", "votes": "表态次数", "told": "各条观点的表态数", "groups": "各组",
    "common": "大家都同意的",
}  # fmt: skip


def main(argv: Sequence[str]) -> int:
    """Draw the map in the file of ``argv`` again and say what came out; 0 equal, 1 not."""
    parser = argparse.ArgumentParser(prog="linli regroup", description="用导出的文件重新分组，不用服务器。")
    parser.add_argument("file", help="观点图页上「下载全部表态」得到的 JSON 文件")
    asked = parser.parse_args(argv)
    try:
        document = _read(Path(asked.file))
        differences = tuple(compare(document))
    except OSError as error:
        _say(f"打不开文件 {asked.file}：{error.strerror or error}。请核对文件名和权限。")
        return 1
    except (ValueError, KeyError, TypeError) as error:
        _say(f"文件不对：{error}。请重新下载。")
        return 1
    _say(f"{document['number']}：{document['title']}，{len(document['votes'])} 人")
    for one in differences:
        _say(f"不符：{one}。")
    _say("重新分组与文件所公布的不一致。" if differences else "重新分组与文件所公布的完全一致。")
    return 1 if differences else 0


def compare(document: Mapping[str, Any]) -> Iterator[str]:
    """Name everything that comes out otherwise than was published; where dots lie is not compared (对照)."""
    keys = [one["key"] for one in document["statements"]]
    votes = opinion_map.read(document["votes"], statements=len(keys))
    again = opinion_map.draw(votes, keys, least=document["least"]).values
    for key, name in _NAMES.items():
        if _plain(again[key]) != _plain(document["outcome"][key]):
            yield f"{name}不同"


def _plain(told: Any) -> Any:
    if not isinstance(told, list):
        return told
    return [{key: value for key, value in one.items() if key != "dots"} for one in told]


def _read(path: Path) -> dict[str, Any]:
    if path.stat().st_size > _LARGEST:
        raise ValueError("文件太大")
    document = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(document, dict) or document.get("format") != opinion_map.FORMAT:
        raise ValueError("不是观点图的导出文件")
    return document


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
