"""What was learned from cases that people decided: labels with their confidence and reasons (学习所得)."""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linli.methods.traits import Traits, spoken

_REASONS = 3
_FORMAT = 1

Numbers = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Score:
    """How well it guessed what it had never seen (留出检验): shares from 0 to 1, on how many.

    ``plain`` and ``plain_three`` are those of the plainest guess: the commonest label.
    """

    learned_from: int
    tried_on: int
    first: float
    within_three: float
    macro_f1: float
    plain: float
    plain_three: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A label, how sure, and what speaks for it (建议)."""

    label: str
    confidence: float
    reasons: tuple[str, ...]


class Learned:
    """Weights of traits for labels (学习所得); made by ``teaching.teach``, kept as bytes."""

    def __init__(
        self,
        *,
        labels: Sequence[str],
        rarity: Mapping[str, float],
        weights: Numbers,
        bias: Numbers,
        heat: float,
        score: Score | None,
    ) -> None:
        self.labels, self.score, self.heat = tuple(labels), score, heat
        self._places = {trait: place for place, trait in enumerate(rarity)}
        self._rarity = np.fromiter(rarity.values(), dtype=np.float32, count=len(rarity))
        self._weights, self._bias = weights, bias

    def suggest(self, traits: Traits, *, most: int = 3) -> tuple[Suggestion, ...]:
        """Return the likeliest labels, the first one first (建议)."""
        places, values = self._seen(traits)
        spoken_for = self._weights[:, places] * values
        chances = _chances((spoken_for.sum(axis=1) + self._bias) / self.heat)
        names = [trait for trait in traits if trait in self._places]
        apart = spoken_for - spoken_for.mean(axis=0)
        return tuple(
            Suggestion(self.labels[one], float(chances[one]), _reasons(names, apart[one]))
            for one in np.argsort(-chances, kind="stable")[:most]
        )

    def _seen(self, traits: Traits) -> tuple[NDArray[np.intp], Numbers]:
        known = {trait: count for trait, count in traits.items() if trait in self._places}
        places = np.fromiter((self._places[trait] for trait in known), dtype=np.intp, count=len(known))
        weighed = weigh(known, self._rarity[places])
        return places, weighed

    def to_bytes(self) -> bytes:
        """Write everything down, without anything that could run when it is read."""
        about = {
            "format": _FORMAT,
            "labels": self.labels,
            "heat": self.heat,
            "score": self.score and asdict(self.score),
        }
        room = io.BytesIO()
        np.savez_compressed(
            room,
            about=np.frombuffer(json.dumps(about).encode(), dtype=np.uint8),
            traits=np.frombuffer("\n".join(self._places).encode(), dtype=np.uint8),
            rarity=self._rarity,
            weights=self._weights.astype(np.float16),
            bias=self._bias,
        )
        return room.getvalue()

    @classmethod
    def from_bytes(cls, written: bytes) -> "Learned":
        """Read what was written; raises ``ValueError`` for anything else."""
        with np.load(io.BytesIO(written), allow_pickle=False) as kept:
            about: dict[str, Any] = json.loads(kept["about"].tobytes())
            if about["format"] != _FORMAT:
                raise ValueError("written in another format")
            traits = kept["traits"].tobytes().decode().split("\n") if kept["traits"].size else []
            return cls(
                labels=about["labels"],
                rarity=dict(zip(traits, kept["rarity"].tolist(), strict=True)),
                weights=kept["weights"].astype(np.float32),
                bias=kept["bias"],
                heat=about["heat"],
                score=Score(**about["score"]) if about["score"] else None,
            )


def weigh(traits: Traits, rarity: Numbers) -> Numbers:
    """Weigh traits by how often they were seen and how rare they are; each group has length one."""
    values = (1 + np.log(np.fromiter(traits.values(), dtype=np.float32, count=len(traits)))) * rarity
    groups = np.fromiter((ord(trait[0]) for trait in traits), dtype=np.int32, count=len(traits))
    for group in np.unique(groups):
        inside = groups == group
        values[inside] /= np.linalg.norm(values[inside])
    return values.astype(np.float32)


def _chances(scores: Numbers) -> Numbers:
    grown = np.exp(scores - scores.max())
    chances: Numbers = grown / grown.sum()
    return chances


def _reasons(names: Sequence[str], spoken_for: Numbers) -> tuple[str, ...]:
    found: list[str] = []
    for place in np.argsort(-spoken_for, kind="stable"):
        if len(found) == _REASONS or spoken_for[place] <= 0:
            break
        said = spoken(names[place])
        if said and not any(said.strip("「」") in one or one.strip("「」") in said for one in found):
            found.append(said)
    return tuple(found)
