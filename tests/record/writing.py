"""Short ways to write, seal and export in the tests of the record."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from linli.core.clause import Clause
from linli.record import actions
from linli.record.models import Entry
from linli.record.reading import decode
from linli.record.transcript import End, Proof, Seal, Statement, encode, running

START_AT = datetime(2026, 11, 22, 7, 15, 2, 123, tzinfo=UTC)
CLAUSE = Clause("petitions.accept", "信访工作条例", "第二十三条")


def act(chain: str = "sx-1", *, minute: int = 0, **changes: Any) -> Entry:
    """Write one act."""
    said: dict[str, Any] = {
        "act": "take_in",
        "title": "受理",
        "by": 7,
        "office": "铜花社区 网格员",
        "at": START_AT + timedelta(minutes=minute),
    }
    return actions.write(chain=chain, **said | changes)


def told_chain(chain: str, length: int) -> None:
    """Write a chain in which every second entry has free words and every third a clause and figures."""
    for index in range(length):
        more: dict[str, Any] = {"words": f"已到现场查看，第 {index} 次"} if index % 2 else {}
        if index % 3 == 0:
            more |= {"clause": CLAUSE, "figures": (("期限", "15 日"), ("剩余", "3 日"))}
        act(chain, minute=index, by=None if index == 0 else 7, **more)


def seal(minute: int = 60) -> Seal | None:
    """Make a checkpoint."""
    return actions.seal(at=START_AT + timedelta(minutes=minute))


def closed(lines: Sequence[bytes]) -> list[bytes]:
    """Put a fresh end under lines, as a careful forger would."""
    body = [raw for raw in lines if not isinstance(decode(raw), End)]
    said = [decode(raw) for raw in body]
    so_far = ""
    for raw in body:
        so_far = running(so_far, raw)
    chains = {line.link.chain for line in said if isinstance(line, Statement)}
    kinds = [sum(isinstance(line, kind) for line in said) for kind in (Seal, Proof, Statement)]
    return [*body, encode(End(kinds[0], kinds[1], len(chains), kinds[2], so_far))]
