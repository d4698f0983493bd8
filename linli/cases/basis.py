"""What stood on a page when its form was filled in, held against what stands now (所依据)."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from linli.cases.access import Desk
from linli.core.acts import ACTS
from linli.people import queries as people
from linli.record import queries as record

if TYPE_CHECKING:
    from linli.matters.models import Matter

SET_ASIDE = "set_aside"
_MOVES = frozenset({"step", "lead", "level"})
# Which values an act writes; whatever moves the matter writes where it stands.
_WRITES = {
    "regrade": frozenset({"order"}),
    "reclassify": frozenset({"category"}),
    "pause": frozenset({"pause"}),
    "resume": frozenset({"pause"}),
    "ask_extension": frozenset({"due"}),
    "grant_extension": frozenset({"due"}),
    "refuse_extension": frozenset({"due"}),
    "publish": frozenset({"visibility"}),
    "unpublish": frozenset({"visibility"}),
}
_MOST_TOLD = 5


@dataclass(frozen=True, slots=True)
class Theirs:
    """What somebody else did in the meantime (别人办的)."""

    act: str
    who: str
    at: datetime
    words: str


def basis(desk: Desk) -> str:
    """Write down what a form of this desk is based on, to be sent along with it."""
    return urlencode({"at": desk.at.isoformat(), **_values(desk.matter)})


def is_overtaken(desk: Desk, act: str, *, based: str, seen: int | None) -> bool:
    """Tell whether somebody changed what this act would write, or moved the matter past it (冲突).

    Whatever else changed in the meantime leaves the act as good as it was.
    """
    if seen == desk.matter.turn:
        return False
    then, now = dict(parse_qsl(based, keep_blank_values=True)), _values(desk.matter)
    written = _WRITES.get(act, _MOVES if ACTS[act].moves else frozenset())
    changed = frozenset(name for name in now if then.get(name) != now[name])
    return bool(changed & written) or bool(changed and not desk.ask(act))


def theirs(desk: Desk, *, based: str) -> tuple[Theirs, ...]:
    """Tell what was done since the page was shown, the newest last."""
    since = _instant(dict(parse_qsl(based)).get("at", ""))
    lines = record.timeline(desk.matter.number, limit=_MOST_TOLD, newest_first=True)[::-1]
    told = [line for line in lines if line.act != SET_ASIDE and (since is None or line.at > since)]
    names = people.names(line.by for line in told if line.by is not None)
    return tuple(
        Theirs(line.title, _who(line.office, names.get(line.by or 0, "")), line.at, line.words or "")
        for line in told
    )


def _values(matter: "Matter") -> dict[str, str]:
    return {
        "step": matter.step,
        "lead": str(matter.lead_id or ""),
        "level": matter.level,
        "order": matter.order,
        "category": matter.category,
        "place": matter.place_path,
        "pause": matter.pause_reason,
        "due": matter.clock_extensions,
        "visibility": matter.visibility,
    }


def _who(office: str, name: str) -> str:
    return f"{office} {name}".strip()


def _instant(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
