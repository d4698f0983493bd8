"""Every address of the house for everybody who may come: who is let in, and who finds nothing (权限表)."""

from collections.abc import Iterator
from copy import copy, deepcopy
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import pytest
from django.db import transaction
from django.test import override_settings
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from tests.architecture.house import VISITORS, Ground, House, furnish
from tests.architecture.test_addresses import ADDRESSES
from tests.world import TUESDAY, World

TABLE = Path(__file__).with_name("roles.txt")
LOGIN = "/accounts/login/"
# Stands only where everybody is invented.
DEMO = "demo:"
# What an address means by its number, key or secret; a matter, where nothing is said.
MEANT = {
    "console:hot_one": "problem",
    "console:campaign": "campaign", "console:campaign_act": "campaign",
    "console:office": "office", "console:phone": "office", "console:relieve": "office",
    "console:let_in": "office", "console:let_in_again": "office",
    "portal:grants": "place", "portal:grant_round": "round", "portal:grant_apply": "round",
    "portal:grant_file": "round",
    "portal:grant_review": "round", "portal:grant_sheet": "round", "console:grant_round": "round",
    "console:grant_act": "round", "console:grant_hand_in": "round", "console:grant_determine": "round",
    "console:grant_application": "application", "console:grant_application_act": "application",
    "portal:grant_application": "application", "portal:grant_application_act": "application",
    "console:society": "society", "console:society_act": "society", "portal:societies": "place",
    "console:facility": "facility", "console:facility_act": "facility", "portal:facilities": "place",
    "console:pledge": "pledge", "console:pledge_act": "pledge", "portal:pledge": "pledge",
    "portal:pledge_rate": "pledge", "portal:pledges": "place",
    "console:need": "wish", "console:need_act": "wish", "portal:need": "wish",
    "portal:need_support": "wish", "portal:needs": "place", "portal:need_new": "place",
    "console:institution": "institution", "console:line_strike": "need",
    "console:activity": "activity", "console:activity_act": "activity", "console:activity_poster": "activity",
    "portal:activity": "activity", "portal:activity_act": "activity",
    "console:team": "team", "portal:team_act": "team",
    "portal:activities": "place", "portal:activities_calendar": "place",
    "console:claim": "claim", "portal:personal_back": "claim", "portal:left_back": "left_claim",
    "console:intake": "intake", "console:intake_header": "intake", "console:intake_match": "intake",
    "console:intake_act": "intake", "console:intake_progress": "intake", "console:intake_bad": "intake",
    "console:grid_sign": "grid",
    "console:flat": "flat", "console:flat_act": "flat", "console:flat_person": "flat",
    "gateways:system": "system", "gateways:change_system": "system", "gateways:rotate_key": "system",
    "gateways:revoke_key": "system", "gateways:end_system": "system", "gateways:matches": "system",
    "gateways:hooks": "system",
    "gateways:stop_hook": "hook", "gateways:send_again": "hook",
    "gateways:app": "app", "gateways:change_app": "app", "gateways:decide_app": "app",
    "gateways:stop_carrier": "carrier",
    "cases:photo": "photo", "cases:photo_small": "photo",
    "portal:joined": "joined", "portal:leave": "joined", "portal:rate_joined": "joined",
    "console:ballot": "ballot", "console:ballot_close": "ballot", "console:ballot_cancel": "ballot",
    "console:ballot_enter": "ballot", "console:ballot_slips": "ballot", "console:ballot_typing": "ballot",
    "console:ballot_proxies": "ballot",
    "portal:ballot": "ballot", "portal:ballot_vote": "ballot", "portal:ballot_answer": "ballot",
    "portal:ballot_receipt": "ballot", "portal:ballot_list": "ballot", "portal:ballot_export": "ballot",
    "portal:home": "place", "portal:matters": "place", "portal:find": "place", "portal:report": "place",
    "portal:riders": "place", "portal:riders_poster": "place",
    "portal:similar": "place",
    "console:meeting": "meeting", "console:meeting_act": "meeting", "console:meeting_live": "meeting",
    "console:meeting_wall": "meeting", "console:meeting_poster": "meeting",
    "console:meeting_minutes": "meeting",
    "portal:meeting": "meeting", "portal:meeting_now": "meeting", "portal:meeting_act": "meeting",
    "portal:meeting_minutes": "meeting", "portal:meeting_paper": "meeting", "portal:calendar": "feed",
    "console:topic": "topic", "console:topic_act": "topic",
    "console:topic_names": "topic", "console:topic_sheet": "topic",
    "portal:topic": "topic", "portal:topic_act": "topic",
    "portal:opinions": "topic", "portal:opinion": "topic", "portal:opinion_add": "topic",
    "portal:opinions_mine": "topic", "portal:opinion_map": "topic", "portal:opinion_file": "topic",
    "console:topic_opinions": "topic", "console:topic_opinion_act": "topic",
    "console:notice": "notice", "console:notice_act": "notice", "portal:notice": "notice",
    "portal:object": "notice",
    "portal:part": "place", "portal:topics": "place", "portal:propose": "place", "portal:board": "place",
    "portal:demand": "place",
    "portal:place_meetings": "place", "portal:place_calendar": "place",
}  # fmt: skip
KEYS = {
    "console:register": "problem", "console:register_export": "problem", "console:export_list": "residents",
    "portal:rule": "XXL-1",
}  # fmt: skip
# What is sent along where an empty form would not even be looked at.
SENT = {
    "console:intake_act": {"act": "stop"},
    "console:foresee_notice": {"year": "2026"},
    "console:confirm_notice": {"year": "2026"},
    "portal:personal_consent": {"purpose": "remind"},
    "portal:choose": {"place": "xinxialu.tonghua"},
    "console:meeting_live": {"act": "open"},
    "portal:meeting_act": {"act": "answer", "comes": "yes"},
    "portal:opinion": {"said": "1"},
    "portal:activity_act": {"act": "sign_up"},
}
# Whoever asks in the name of all where the table has one word for everybody.
SOME = ("stranger", "resident", "dispatcher", "site")
ACTS = {
    "cases:act": "dispatch", "console:campaign_act": "dispatch", "console:flat_act": "strike_out",
    "console:meeting_act": "sign_in", "console:topic_act": "take_in", "console:notice_act": "take_down",
    "portal:topic_act": "support", "console:topic_opinion_act": "open", "console:society_act": "close",
    "console:activity_act": "cancel", "portal:team_act": "join", "console:pledge_act": "finish",
    "console:facility_act": "close",
    "console:need_act": "decline",
    "console:grant_act": "show_list", "console:grant_application_act": "decline",
    "portal:grant_application_act": "complete",
}  # fmt: skip


class Row(NamedTuple):
    """One line of the table (一行)."""

    method: str
    address: str
    where: str
    answers: tuple[str, ...]

    @property
    def expected(self) -> dict[str, str]:
        """Return who is answered how; one word is for everybody."""
        if len(self.answers) == 1:
            return dict.fromkeys(SOME, self.answers[0])
        return dict(zip(VISITORS, self.answers, strict=True))

    @property
    def name(self) -> str:
        return self.address.partition("?")[0]


def _rows() -> Iterator[Row]:
    for line in TABLE.read_text().splitlines():
        if line and not line.startswith("#"):
            method, address, where, *answers = line.split()
            yield Row(method, address, where, tuple(answers))


ROWS = tuple(_rows())


@pytest.fixture(scope="module")
def house(
    built_world: World, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """Furnish the house once; the clock stands."""
    home = tmp_path_factory.mktemp("home")
    with (
        mock.patch("django.utils.timezone.now", return_value=TUESDAY),
        override_settings(HOME=home),
        django_db_blocker.unblock(),
    ):
        yield furnish(built_world)


def test_every_address_stands_in_the_table() -> None:
    assert {row.name for row in ROWS} == {name for name in ADDRESSES if not name.startswith(DEMO)}


def test_every_line_speaks_of_everybody_once() -> None:
    assert [row for row in ROWS if len(row.answers) not in (1, len(VISITORS))] == []
    assert len({row[:3] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", [pytest.param(row, id=" ".join(row[:3])) for row in ROWS])
def test_everybody_gets_what_the_table_says(house: House, db: None, row: Row) -> None:
    assert {name: _answer(house, name, row) for name in row.expected} == row.expected


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_no_other_way_of_asking_is_open(house: House, db: None, name: str) -> None:
    known = {row.method for row in ROWS if row.name == name}
    for method in sorted({"GET", "POST"} - known):
        for visitor in ("stranger", "resident", "dispatcher", "site", "system"):
            answer = _answer(house, visitor, Row(method, name, "here", ()))
            assert answer in ("404", "405", "login", "401"), (visitor, method)


def _answer(house: House, visitor: str, row: Row) -> str:
    """Ask, and undo what the asking did."""
    address = _address(row, house.grounds[row.where])
    client = copy(house.clients[visitor])
    client.cookies = deepcopy(client.cookies)
    with transaction.atomic():
        answer = client.get(address) if row.method == "GET" else client.post(address, SENT.get(row.name))
        if answer.streaming:
            b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    return _word(answer)


def _word(answer: Any) -> str:
    if answer.status_code in (301, 302):
        return "login" if answer["Location"].startswith(LOGIN) else "away"
    return str(answer.status_code)


def _address(row: Row, ground: Ground) -> str:
    name, _, asked = row.address.partition("?")
    meant = MEANT.get(name, "matter")
    known = {
        "number": ground.of(meant, "matter"),
        "key": KEYS.get(name) or ground.of(meant, "place"),
        "token": ground.of(meant if meant in ("joined", "feed") else "token"),
        "act": ACTS.get(name), "pack": "xinxialu", "form": "json", "code": "manhole",
        "ref": ground.of("ref"), "pk": 1, "part": "owner", "paper": ground.of("paper"),
        "statement": ground.of("statement"), "application": ground.of("application"),
    }  # fmt: skip
    if meant == "photo":
        known |= {"number": ground.of("matter"), "key": ground.of("photo")}
    if name == "portal:left_back":
        known["number"] = ground.of("left_claim")
    address = reverse(name, kwargs={key: known[key] for key in ADDRESSES[name]})
    if not asked:
        return address
    if asked == "year":
        return f"{address}?year={TUESDAY.year}"
    if asked == "need":
        return f"{address}?within={ground.of('path')}&need={ground.of('need')}"
    meaning = {"within": "path", "place": "path", "token": "token"}[asked]
    return f"{address}?{asked}={ground.of(meaning)}"
