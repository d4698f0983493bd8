"""One of everything that has an address, in two communities, and one of everybody who may come (全景)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any
from unittest import mock

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from linli.ballots.actions import opening as voting
from linli.bodies import roster
from linli.bodies.actor import Actor
from linli.campaigns.actions import Proposal
from linli.cases.actions import attaching
from linli.core.eligibility import Roll, Voter
from linli.core.forum import Electorate
from linli.deliberation.models import Sounding, Statement
from linli.disclosure.actions import noticing
from linli.frame import upload, upload_papers
from linli.gateways.burden import actions as apps
from linli.gateways.burden.actions import Facts
from linli.gateways.choices import Carried
from linli.gateways.hooks import actions as hooks
from linli.gateways.messages import actions as carriers
from linli.gateways.systems.actions import Connected
from linli.grants.actions import applying
from linli.handoffs import cases_to_campaign
from linli.handoffs.intake import receiving
from linli.handoffs.intake.receiving import Sender
from linli.insight import hot
from linli.matters import queries as matters
from linli.matters.actions import following
from linli.matters.actions.following import Voice
from linli.meetings.actions import convening, subscribing
from linli.places.queries import Spot
from linli.privacy import actions as privacy
from linli.privacy.actions import Subject
from linli.privacy.kinds import Wish
from tests import flats, make
from tests.activities import dances
from tests.ballots import polls
from tests.deliberation import topics
from tests.disclosure.test_notices import posting
from tests.facilities import stations
from tests.gateways import doors
from tests.grants import calls
from tests.meetings import halls
from tests.pledges import offers
from tests.projects import wishes
from tests.societies import groups
from tests.world import TUESDAY, World, spots

if TYPE_CHECKING:
    from linli.matters.models import Matter

DAYS = 5

# A visitor's column in the table, and their part in the cast of the small community.
CAST = {
    "resident": "resident",  # raised what is here
    "neighbour": "neighbour",  # joined it
    "part-timer": "part_timer",
    "grid": "grid_worker",
    "next-grid": "other_grid_worker",  # of the same community
    "dispatcher": "dispatcher",
    "secretary": "secretary",
    "handler": "enforcer",  # works on what is here
    "idle-body": "fireman",  # has no part in it
    "street": "street_dispatcher",
    "district": "district_dispatcher",
}
VISITORS = ("stranger", *CAST, "site", "system")


@dataclass(frozen=True, slots=True)
class Ground:
    """One of everything that lies in one community, by what stands for it in an address (一处)."""

    told: Mapping[str, Any]

    def of(self, *kinds: str) -> Any:
        """Return what stands for the first of these kinds that is known."""
        return next(self.told[kind] for kind in kinds if kind in self.told)


@dataclass(frozen=True, slots=True)
class House:
    """Everybody at the door, and everything behind it (全景)."""

    clients: Mapping[str, Client]
    grounds: Mapping[str, Ground]


def furnish(world: World) -> House:
    """Put one of everything into the community of the cast, and into the one beside it."""
    beside = make.office(make.person("冯建业"), office="secretary", at="tongdu")
    here, key = _ground(world, "tonghua", home=world.home, by=world.resident, keeper=world.secretary)
    there, _ = _ground(world, "tongdu", home=world.elsewhere, by=world.stranger, keeper=beside)
    sent_on = matters.of_number(here.of("matter"))
    assert sent_on is not None
    make.act(sent_on, "dispatch", by=world.dispatcher, at=TUESDAY, lead=world.enforcement)
    public = make.report(
        world, by=world.stranger, at=TUESDAY, spots=world.elsewhere, words="路灯不亮了。", is_public=True
    )
    grounds = {
        "-": Ground(here.told),
        "here": here,
        "there": there,
        "public": Ground(there.told | _of_matter(public, by=world.stranger)),
        "lost": Ground(
            here.told
            | {
                "matter": "XX20260101001",
                "ballot": "XX-B-2026-999999",
                "topic": "XX-2026-999999",
                "notice": "XX-G-2026-999999",
                "activity": "XX-HD-2026-999999",
                "round": "XX-CT-2026-999999",
                "application": "XX-CT-2026-999999-001",
                "pledge": "XX-GJ-2026-999999",
                "wish": "XX-XQ-2026-999999",
                "token": "0" * 16,
                "joined": "0" * 16,
            }
        ),
    }
    return House({name: _client(name, world, key=key) for name in VISITORS}, grounds)


def _client(name: str, world: World, *, key: str) -> Client:
    if name == "site":
        return doors.keeper()
    if name == "system":
        return doors.caller(key)
    return doors.desk(getattr(world, CAST[name])) if name in CAST else Client()


def _ground(
    world: World, place: str, *, home: tuple[Spot, ...], by: Actor, keeper: Actor
) -> tuple[Ground, str]:
    """Furnish one community; what has a matter's number gets it through the acts people use."""
    within = spots(place)[-1]
    many = [
        make.report(world, by=by, at=TUESDAY - timedelta(days=day), spots=home) for day in range(DAYS, 0, -1)
    ]
    matter = make.report(world, by=by, at=TUESDAY - timedelta(hours=1), spots=home, words="楼道灯坏了。")
    attaching.attach(matter, photos=(_photo(),), act="report", at=TUESDAY)
    hot.find(at=TUESDAY)
    campaign = _campaign(world, many, home=spots(place), by=keeper)
    connected = doors.connect(world, at=place, by=keeper)
    _hand_over(connected, place)
    told: dict[str, Any] = {
        "place": f"xinxialu.{place}",
        "grid": f"xinxialu.{place}_g1",
        "path": within.path,
        "campaign": campaign,
        "problem": next(one.pk for one in hot.standing(within.path)),
        "office": _office(place),
        **offers.furnish(keeper, at=place),
        "facility": stations.enter(keeper, at=place).pk,
        "wish": wishes.put(keeper, at=place).number,
        "activity": dances.announce(keeper, at=place).number,
        "team": dances.enter(keeper, at=place).pk,
        "society": groups.enter(keeper, at=place).pk,
        **_grants(keeper, of=by, at=place),
        "flat": flats.flat("101", at=home[-1].key.removeprefix("xinxialu.")),
        "intake": _intake(within, by=keeper),
        "system": connected.system.pk,
        "hook": _hook(connected, by=keeper),
        "app": apps.enter(_app(), within=within, by=keeper, at=TUESDAY).pk,
        "carrier": carriers.set_up(
            Carried.DINGTALK, "dingtalk://0123456789abcdef/", within=within, by=keeper, at=TUESDAY
        ).pk,
        "ref": f"{place}/1",
        "ballot": _ballot(within, of=(by, world.neighbour), by=keeper),
        **_meeting(world, place, of=by, by=keeper),
        **_topic(keeper, home),
        "notice": noticing.post(
            posting(world, spot=within), by=keeper, edition=world.edition, at=TUESDAY
        ).number,
    }
    return Ground(told | _of_matter(matter, by=by, joined_by=world.neighbour)), connected.key


def _grants(by: Actor, *, of: Actor, at: str) -> dict[str, Any]:
    """Open a grant round for which whoever raised what is here has applied."""
    found = calls.opened(by, at=at)
    made = applying.apply(found.number, calls.asked(), by=of, at=TUESDAY)
    return {"round": found.number, "application": made.number}


def _topic(by: Actor, home: tuple[Spot, ...]) -> dict[str, Any]:
    """Raise a topic on which opinions were gathered once."""
    topic = topics.propose(by, spots=home)
    sounding = Sounding.objects.create(topic=topic, is_screened=False, opened_at=TUESDAY)
    said = Statement.objects.create(sounding=sounding, words="留给老人坐。", state="shown", added_at=TUESDAY)
    return {"topic": topic.matter.number, "statement": said.pk}


def _of_matter(matter: "Matter", *, by: Actor, joined_by: Actor | None = None) -> dict[str, Any]:
    told: dict[str, Any] = {"matter": matter.number, "token": matter.token}
    if joined_by is None:
        return told
    voice = Voice(joined_by.person_id)
    follower = following.join(matter.number, voice, by=joined_by, at=TUESDAY, may_see=True)
    subject = Subject(matter.place_path, by.person_id)
    left = Subject(matter.place_path, matter=matter.pk, number=matter.number)
    return told | {
        "joined": follower.token,
        "photo": next(iter(matters.attachments(matter))).pk,
        "claim": privacy.ask(subject, wish=Wish.ERASE, words="", at=TUESDAY).pk,
        "left_claim": privacy.ask(left, wish=Wish.ERASE, words="", at=TUESDAY).pk,
    }


def _meeting(world: World, place: str, *, of: Actor, by: Actor) -> dict[str, Any]:
    """Let a meeting be called for whoever raised what is here, with one paper, and a calendar of theirs."""
    voter = halls.voter(of)
    meeting = halls.convened(
        world, of=Roll(Electorate.DELEGATES, (voter,)), by=by, at=TUESDAY - timedelta(hours=1),
        spots=spots(place), chair=halls.guest(by), recorder=halls.guest(by),
    )  # fmt: skip
    sent = upload_papers.paper(SimpleUploadedFile("方案.pdf", b"%PDF-1.7"))
    paper = halls.do(meeting, by, convening.attach, sent, at=TUESDAY)
    feed = subscribing.subscribe(of.person_id or 0, at=TUESDAY).token
    return {"meeting": meeting.number, "paper": paper.pk, "feed": feed}


def _ballot(within: Spot, *, of: tuple[Actor, ...], by: Actor) -> str:
    """Let whoever raised what is here, and a neighbour, vote on something."""
    roll = Roll(
        Electorate.ADULTS, tuple(Voter(str(one.person_id), one.name, (one.person_id or 0,)) for one in of)
    )
    return voting.open_ballot(polls.asked(place_path=within.path), roll, by=by, at=TUESDAY).number


def _campaign(world: World, of: "list[Matter]", *, home: tuple[Spot, ...], by: Actor) -> str:
    told = Proposal(
        title="盖板专项治理", goal="全部换新。", category="manhole", spots=home,
        due_on=TUESDAY.date() + timedelta(days=30), owner=world.enforcement, measures="逐块排查。",
    )  # fmt: skip
    return cases_to_campaign.take_up(
        told, numbers=[one.number for one in of], by=by, at=TUESDAY
    ).matter.number


def _office(place: str) -> int:
    holder = make.person("戴红", phone="13900001234")
    make.office(holder, office="part_time_grid_worker", at=f"{place}_g1")
    return roster.held_by(holder.pk, on=TUESDAY.date())[0].pk


def _hand_over(connected: Connected, place: str) -> None:
    told = {"ref": f"{place}/1", "words": "路面积水。"}
    answer = doors.send(doors.caller(connected.key), "/hotline/v1/sheets", told)
    assert answer.status_code == 201, answer.content.decode()


def _intake(within: Spot, *, by: Actor) -> int:
    with NamedTemporaryFile(suffix=".csv") as file:
        file.write("人员编号,居民姓名,楼栋,手机号\n1,王芳,1栋,13800001111\n".encode())
        file.flush()
        sender = Sender(by.person_id, "街道书记")
        return receiving.receive(
            Path(file.name), name="名单.csv", kind="residents", place=within, by=sender, at=TUESDAY
        ).pk


def _hook(connected: Connected, *, by: Actor) -> int:
    # No name is looked up here.
    with mock.patch("linli.gateways.hooks.actions.guard.may_call"):
        return hooks.set_up(connected.system, url="https://outside.example/", by=by, at=TUESDAY).hook.pk


def _app() -> Facts:
    return Facts(
        name="平安通",
        owner="区平安办",
        asks="每日走访照片",
        often="daily",
        minutes_a_week=90,
        known_here="all",
    )


def _photo() -> upload.Photo:
    out = BytesIO()
    Image.new("RGB", (8, 8), "grey").save(out, "JPEG")
    return upload.photo(SimpleUploadedFile("1.jpg", out.getvalue(), content_type="image/jpeg"))
