"""The acts of a case as a page offers them: the first, the others, the closed ones and why (动作面板)."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import chain
from urllib.parse import urlencode

from linli.cases.access import Desk
from linli.cases.candidates import Candidates
from linli.cases.forms import ActForm, form_of
from linli.core.clause import Clause
from linli.core.procedure import ActRule, Opening
from linli.core.refusal import Refusal
from linli.matters import queries as matters

# Acts that change no step, but are what their inbox line asks for.
ASKED_FOR = ("report_in", "answer", "grant_extension", "resume", "rate", "rate_department", "rate_summoner")
FINAL = frozenset({"decline", "withdraw", "unpublish", "refuse_extension", "uphold_return"})
# Where the matter goes on in another one.
ASIDE = frozenset({"merge", "unmerge"})
# What ends a matter, or opens a closed one again, is never what a page asks for first.
NEVER_FIRST = FINAL | ASIDE | {"reopen"}
ICONS = {
    "call_up": "voice",
    "solve": "work",
    "take_in": "inbox",
    "decline": "cross",
    "dispatch": "dispatch",
    "take_on": "hand_over",
    "return_order": "return",
    "uphold_return": "scales",
    "reject_return": "scales",
    "send_up": "up_level",
    "hand_back": "return",
    "finish": "check",
    "verify": "check",
    "send_back": "return",
    "confirm": "check",
    "reopen": "reopen",
    "withdraw": "cross",
    "merge": "hand_over",
    "unmerge": "return",
    "add_words": "edit",
    "answer": "check",
    "pause": "pause",
    "resume": "play",
    "ask_extension": "clock",
    "grant_extension": "check",
    "refuse_extension": "cross",
    "regrade": "filter",
    "reclassify": "register",
    "summon": "whistle",
    "report_in": "pin",
    "rate": "star",
    "rate_department": "star",
    "rate_summoner": "star",
    "expedite": "bell",
    "publish": "eye",
    "unpublish": "lock",
}


@dataclass(frozen=True, slots=True)
class OpenAct:
    """An act that may be done now, with its form unless that is fetched when it is opened (可办)."""

    key: str
    name: str
    icon: str
    form: ActForm | None
    is_final: bool
    clause: Clause | None


@dataclass(frozen=True, slots=True)
class ClosedAct:
    """An act that may not be done now, and why (不可办)."""

    key: str
    name: str
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class ActPanel:
    """What somebody may do to a case: first of all, besides, not now, and not at this step (动作面板)."""

    number: str
    pack: str
    token: str
    back: str
    primary: OpenAct | None
    others: tuple[OpenAct, ...]
    closed: tuple[ClosedAct, ...]
    elsewhere: tuple[ClosedAct, ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing can be done now."""
        return self.primary is None and not self.others

    @property
    def query(self) -> str:
        """Return the follow-up secret as it stands behind an address."""
        return f"?token={self.token}" if self.token else ""

    @property
    def way(self) -> str:
        """Return what stands behind the address of a form that leads back to the page of this panel."""
        said = {"token": self.token, "back": self.back}
        return f"?{urlencode({name: value for name, value in said.items() if value})}"


def panel(desk: Desk, *, back: str, token: str = "", brings_all: bool = True) -> ActPanel:
    """Lay out the acts of a case for a page that is returned to at ``back`` (动作面板).

    A page that is opened offline brings all forms along; another one fetches each when it is opened.
    """
    candidates = Candidates(desk)
    openings = desk.openings()
    first = _first(openings)

    def form(act: str) -> ActForm | None:
        return form_of(act)(act, desk, candidates=candidates, back=back) if brings_all else None

    opened = [lay_out(one.rule, form(one.act)) for one in openings if one.is_open]
    others = [one for one in opened if not first or one.key != first.act]
    shut = [one for one in openings if not one.is_open]
    procedure = matters.procedure_of(desk.matter)
    here = procedure.rules_at(procedure.step(desk.matter.step))
    return ActPanel(
        number=desk.matter.number,
        pack=desk.matter.pack,
        token=token,
        back=back,
        primary=next((one for one in opened if first and one.key == first.act), None),
        others=tuple(sorted(others, key=lambda one: one.is_final)),
        closed=tuple(_closed(one) for one in shut if _is_near(one, here)),
        elsewhere=tuple(_closed(one) for one in shut if not _is_near(one, here)),
    )


def _first(openings: tuple[Opening, ...]) -> Opening | None:
    """Take the act that the step waits for, or the one an inbox line asks for."""
    opened = {one.act: one for one in openings if one.is_open}
    moving = (one for one in opened.values() if one.rule.kind.moves and one.act not in NEVER_FIRST)
    asked = (opened[act] for act in ASKED_FOR if act in opened)
    return next(chain(moving, asked), None)


def lay_out(rule: ActRule, form: ActForm | None) -> OpenAct:
    """Put an open act and its form together as a page shows them (可办)."""
    return OpenAct(
        key=rule.act,
        name=rule.name,
        icon=ICONS.get(rule.act, "arrow"),
        form=form,
        is_final=rule.act in FINAL,
        clause=rule.clause,
    )


def _is_near(one: Opening, here: Collection[ActRule]) -> bool:
    """Tell whether an act is mine at this step, and something would help to open it."""
    is_here = any(rule is one.rule for rule in here)
    return is_here and any(refusal.remedy for refusal in one.verdict.refusals)


def _closed(one: Opening) -> ClosedAct:
    return ClosedAct(one.act, one.rule.name, tuple(one.verdict.refusals))
