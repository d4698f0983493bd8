"""What a pack's demo files may say: a cast and its stories (演示脚本)."""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from linli.pack.toml import read_toml


class Part(BaseModel):
    """Refuse fields nobody reads."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class OfficePart(Part):
    """An office that somebody of the cast holds (职务)."""

    office: str
    place: str
    body: str = ""


class PersonPart(Part):
    """Somebody of the cast; those leading show the whole loop of their place (人物)."""

    key: str
    name: str
    born: int
    gender: str
    phone: str
    lives: str
    about: str
    leading: bool = False
    trade: str = ""
    office: tuple[OfficePart, ...] = ()


class EndPart(Part):
    """Where a story stands now, and what happened on the way (结局).

    Bodies are named by key, or by kind for the nearest one; without a level, any level will do.
    """

    step: str
    level: str = ""
    lead: str = ""
    joint: tuple[str, ...] = ()
    joint_task: str = ""
    joint_within: str = ""
    answer: str = ""
    rating: int = 0
    said: str = ""
    paused: str = ""
    returned: bool = False
    reopened: bool = False
    summons: tuple[str, ...] = ()
    unreported: bool = False
    late: bool = False
    extension: Literal["", "asked", "granted", "refused"] = ""


class StoryPart(Part):
    """One case of the demo (故事)."""

    kind: Literal["incident", "concern"]
    concern_kind: str
    category: str
    place: str
    title: str
    words: str
    raised_by: str
    days_ago: int
    channel: str
    order: str = ""
    trade: str = ""
    ends: EndPart


class ToldPart(Part):
    """One telling of an ordinary case (说法)."""

    title: str
    words: str
    answer: str


class OrdinaryPart(Part):
    """Cases that ended as most do; each telling becomes a story of its own (寻常事)."""

    kind: Literal["incident", "concern"]
    concern_kind: str = ""
    category: str
    channel: str
    lead: str = ""
    rating: int = 0
    late: bool = False
    told: tuple[ToldPart, ...]


class CampaignPart(Part):
    """The campaign that recurring trouble became, so many days ago (专项治理)."""

    title: str
    goal: str
    measures: str
    category: str
    place: str
    owner: str
    by: str
    days: int
    begun_days_ago: int


class ClusterPart(Part):
    """Trouble that came up again and again, and what those said who joined the first open one (高频问题)."""

    joined: tuple[str, ...] = ()
    campaign: CampaignPart | None = None
    story: tuple[StoryPart, ...]


class ClustersFile(Part):
    """clusters.toml, which a demo may have."""

    cluster: tuple[ClusterPart, ...]


class TaskPart(Part):
    """What a resolution asks of a body, and within how many days (任务)."""

    title: str
    owner: str
    days: int


class TopicPart(Part):
    """A topic, how it went, and at which step it stands now (议题).

    Those who support it live there: keys of the cast, or a name and a year of birth.
    """

    procedure: str
    place: str
    by: str
    title: str
    words: str
    days_ago: int
    until: str
    supporters: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    announcement: str = ""
    venue: str = "社区会议室"
    opinion: str = ""
    resolution: str = ""
    notice: str = ""
    result: str = ""
    vote_days: int = 2
    voters: int = 0
    task: tuple[TaskPart, ...] = ()


class TopicsFile(Part):
    """topics.toml, which a demo may have."""

    topic: tuple[TopicPart, ...]


class FlatPart(Part):
    """One flat: its area in square metres, who owns it, who lives there, who speaks for them (房屋).

    People are keys of the cast, or a name and a year of birth.
    """

    label: str
    area: str
    source: Literal["register", "measured", "contract"]
    developer: str = ""
    owners: tuple[str, ...] = ()
    lives: tuple[str, ...] = ()
    speaks: str = ""


class BuildingPart(Part):
    """The flats of one building (楼栋)."""

    place: str
    flats: tuple[FlatPart, ...]


class KinPart(Part):
    """Two people who are near kin (近亲属)."""

    one: str
    other: str
    relation: str


class SeatPart(Part):
    """An office that several people hold (任职)."""

    office: str
    place: str
    body: str
    people: tuple[str, ...]


class HouseholdsPart(Part):
    """households.toml, which a demo may have."""

    building: tuple[BuildingPart, ...] = ()
    kin: tuple[KinPart, ...] = ()
    seat: tuple[SeatPart, ...] = ()


class PeopleFile(Part):
    """people.toml."""

    person: tuple[PersonPart, ...]


class StoriesFile(Part):
    """stories.toml."""

    neighbours: tuple[str, ...]
    story: tuple[StoryPart, ...]
    ordinary: tuple[OrdinaryPart, ...]


def read_people(folder: Path) -> tuple[PersonPart, ...]:
    """Read the cast of a pack's demo; raises ``PackError``."""
    return read_toml(folder / "people.toml", PeopleFile).person


@cache
def leading(folder: Path) -> frozenset[str]:
    """Read who of a pack's cast shows the whole loop, once for this process (主要人物)."""
    people = read_people(folder) if folder.exists() else ()
    return frozenset(part.key for part in people if part.leading)


def read_clusters(folder: Path) -> tuple[ClusterPart, ...]:
    """Read what came up again and again in a pack's demo, if anything did; raises ``PackError``."""
    file = folder / "clusters.toml"
    return read_toml(file, ClustersFile).cluster if file.exists() else ()


def read_households(folder: Path) -> HouseholdsPart:
    """Read the flats of a pack's demo, if it has any; raises ``PackError``."""
    file = folder / "households.toml"
    return read_toml(file, HouseholdsPart) if file.exists() else HouseholdsPart()


def read_topics(folder: Path) -> tuple[TopicPart, ...]:
    """Read the topics of a pack's demo, if it has any; raises ``PackError``."""
    file = folder / "topics.toml"
    return read_toml(file, TopicsFile).topic if file.exists() else ()


def read_stories(folder: Path) -> StoriesFile:
    """Read the stories of a pack's demo; raises ``PackError``."""
    return read_toml(folder / "stories.toml", StoriesFile)
