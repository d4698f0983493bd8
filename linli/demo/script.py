"""What a pack's demo files may say: a cast and its stories (演示脚本)."""

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
    """Somebody of the cast (人物)."""

    key: str
    name: str
    born: int
    gender: str
    phone: str
    lives: str
    about: str
    office: tuple[OfficePart, ...] = ()


class EndPart(Part):
    """Where a story stands now, and what happened on the way (结局)."""

    step: str
    level: str
    lead: str = ""
    joint: tuple[str, ...] = ()
    answer: str = ""
    rating: int = 0
    said: str = ""
    paused: str = ""
    returned: bool = False
    reopened: bool = False
    summons: tuple[str, ...] = ()
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
    order: str
    ends: EndPart


class PeopleFile(Part):
    """people.toml."""

    person: tuple[PersonPart, ...]


class StoriesFile(Part):
    """stories.toml."""

    story: tuple[StoryPart, ...]


def read_people(folder: Path) -> tuple[PersonPart, ...]:
    """Read the cast of a pack's demo; raises ``PackError``."""
    return read_toml(folder / "people.toml", PeopleFile).person


def read_stories(folder: Path) -> tuple[StoryPart, ...]:
    """Read the stories of a pack's demo; raises ``PackError``."""
    return read_toml(folder / "stories.toml", StoriesFile).story
