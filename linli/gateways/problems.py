"""What can be wrong with a call from outside: a stable code, a sentence, and what would help (差错)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from linli.core.refusal import Refusal


class Problem(Enum):
    """The closed list of problems: code, status, sentence, remedy (差错代码)."""

    NO_KEY = ("no_key", 401, "没有带密钥。", "在 Authorization 头里写「Bearer 密钥」，或者用 X-Api-Key 头。")
    BAD_KEY = ("bad_key", 401, "密钥不对。", "请核对密钥；丢失的，请管理员换一把。")
    OLD_KEY = ("old_key", 401, "密钥已经过期或者作废。", "请管理员在「对接」页面换一把新的。")
    NOT_GIVEN = ("not_given", 403, "没有开放这个接口。", "需要的话，请管理员在「对接」页面开放。")
    NOT_FOUND = ("not_found", 404, "没有这一条，或者不在您的范围里。", "请核对编号和范围。")
    WRONG_METHOD = ("wrong_method", 405, "这个地址不能这样用。", "请看接口说明。")
    TAKEN_OTHERWISE = (
        "taken_otherwise",
        409,
        "同一个编号先前送来的内容不一样。",
        "要补充内容，请用「补充说明」；新事项请换编号。",
    )
    BUSY = ("busy", 409, "同一件事正在办理。", "请稍等几秒，原样再送一次。")
    TOO_LARGE = ("too_large", 413, "送来的内容太大。", "请分开送，照片先缩小。")
    UNREADABLE = ("unreadable", 400, "送来的内容读不懂。", "请用 UTF-8 编码，按接口说明的格式送。")
    INVALID = ("invalid", 422, "有的内容不符合要求。", "请按下面逐项改正。")
    REFUSED = ("refused", 422, "按规则不能这样办。", "")
    TOO_OFTEN = ("too_often", 429, "调用太频繁。", "请按 Retry-After 等一等再来。")
    BROKEN = ("broken", 500, "我们这边出错了，已经记下。", "请稍后原样再送；一直这样，请联系管理员。")

    def __init__(self, code: str, status: int, sentence: str, remedy: str) -> None:
        self.code = code
        self.status = status
        self.sentence = sentence
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is wrong, and where (逐项)."""

    where: str
    sentence: str


class Wrong(Exception):
    """Turn a call away for one of the problems (拒绝)."""

    def __init__(
        self, problem: Problem, sentence: str = "", *, items: Sequence[Item] = (), wait: int = 0
    ) -> None:
        super().__init__(sentence or problem.sentence)
        self.problem = problem
        self.sentence = sentence or problem.sentence
        self.items = tuple(items)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Told:
    """A problem in the words of an answer (答复)."""

    code: str
    status: int
    sentence: str
    remedy: str = ""
    clause: str = ""
    items: tuple[Item, ...] = field(default=())

    @classmethod
    def of(cls, wrong: Wrong) -> "Told":
        """Put a problem into words."""
        one = wrong.problem
        return cls(one.code, one.status, wrong.sentence, one.remedy, items=wrong.items)

    @classmethod
    def of_refusals(cls, refusals: Sequence[Refusal]) -> "Told":
        """Put a refusal of the house into words, with its article (不予办理)."""
        first = refusals[0]
        return cls(
            Problem.REFUSED.code, Problem.REFUSED.status, "".join(one.sentence for one in refusals),
            first.remedy, str(first.clause) if first.clause else "",
        )  # fmt: skip

    def as_json(self) -> dict[str, object]:
        """Return it in the shape of application/problem+json (RFC 9457)."""
        told: dict[str, object] = {
            "title": self.sentence, "status": self.status, "code": self.code,
            "remedy": self.remedy, "clause": self.clause,
            "errors": [{"where": one.where, "sentence": one.sentence} for one in self.items],
        }  # fmt: skip
        return told
