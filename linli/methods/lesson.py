"""One decided case, as something to learn from (样本)."""

from dataclasses import dataclass

from linli.methods.traits import Traits


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was seen of a case, and the label that people gave it (样本)."""

    traits: Traits
    label: str
