"""Learning from decided cases; slow, and only for the worker (学习)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from linli.methods.learned import Learned, Numbers, Score, weigh
from linli.methods.lesson import Lesson

# Of the cases in their order of time, the last part is held back, and never learned from, to tell the score.
HELD_BACK = 0.2
MOST_TRAITS = 60_000
# The inverse of regularisation.
_BOLDNESS = 10.0
_ROUNDS = 300
_HEATS = tuple(0.4 * 1.15**step for step in range(20))


def teach(
    lessons: Sequence[Lesson],
    *,
    known: Sequence[Lesson] = (),
    is_even: bool = True,
) -> Learned:
    """Learn from lessons in their order of time, and from what is known beforehand, such as keywords (学习).

    The score is that of a model which never saw the held-back lessons; what is returned learned from all.
    ``is_even`` gives rare labels the weight of common ones.
    Raises ``ValueError`` when there are fewer than two labels.
    """
    cut = round(len(lessons) * (1 - HELD_BACK))
    tried, heat = None, 1.0
    if _can_learn((*lessons[:cut], *known)) and len(lessons) > cut:
        tried, heat = _try(lessons[:cut], lessons[cut:], known=known, is_even=is_even)
    return _learn((*lessons, *known), is_even=is_even, heat=heat, score=tried)


def score_of(
    seen: Sequence[Lesson], unseen: Sequence[Lesson], *, known: Sequence[Lesson] = (), is_even: bool = True
) -> Score:
    """Tell how well what was learned from some lessons guesses others (检验)."""
    return _try(seen, unseen, known=known, is_even=is_even)[0]


def _try(
    seen: Sequence[Lesson],
    unseen: Sequence[Lesson],
    *,
    known: Sequence[Lesson],
    is_even: bool,
) -> tuple[Score, float]:
    model = _learn((*seen, *known), is_even=is_even, heat=1.0, score=None)
    guesses = [model.suggest(one.traits) for one in unseen]
    labels = [one.label for one in unseen]
    common = [label for label, _ in Counter(one.label for one in seen).most_common(3)]
    score = Score(
        learned_from=len(seen),
        tried_on=len(unseen),
        first=_share(guess[0].label == label for guess, label in zip(guesses, labels, strict=True)),
        within_three=_share(
            label in {one.label for one in guess} for guess, label in zip(guesses, labels, strict=True)
        ),
        macro_f1=float(
            f1_score(labels, [guess[0].label for guess in guesses], average="macro", zero_division=0)
        ),
        plain=_share(label in common[:1] for label in labels),
        plain_three=_share(label in common for label in labels),
    )
    return score, _heat(model, unseen)


def _heat(model: Learned, unseen: Sequence[Lesson]) -> float:
    """Return by how much to cool the model's certainty, so that eight of ten at 80 % are right."""
    guessed = [(model.suggest(one.traits, most=len(model.labels)), one.label) for one in unseen]
    known = [(guesses, label) for guesses, label in guessed if label in model.labels]
    if not known:
        return 1.0
    scores = np.log([[one.confidence + 1e-12 for one in guesses] for guesses, _ in known])
    places = np.array([[one.label for one in guesses].index(label) for guesses, label in known])
    return min(_HEATS, key=lambda heat: _surprise(scores / heat, places))


def _surprise(scores: NDArray[np.float64], places: NDArray[np.intp]) -> float:
    total = np.log(np.exp(scores).sum(axis=1))
    return float((total - scores[np.arange(len(places)), places]).mean())


def _learn(lessons: Sequence[Lesson], *, is_even: bool, heat: float, score: Score | None) -> Learned:
    if not _can_learn(lessons):
        raise ValueError("nothing can be learned from one label")
    rarity = _rarity(lessons)
    places = {trait: place for place, trait in enumerate(rarity)}
    taught = LogisticRegression(
        C=_BOLDNESS, class_weight="balanced" if is_even else None, max_iter=_ROUNDS
    ).fit(_table(lessons, places, rarity), [one.label for one in lessons])
    weights, bias = _both_sides(taught.coef_.astype(np.float32), taught.intercept_.astype(np.float32))
    kept = _strongest(weights)
    traits = list(rarity)
    return Learned(
        labels=[str(label) for label in taught.classes_],
        rarity={traits[place]: rarity[traits[place]] for place in kept},
        weights=weights[:, kept],
        bias=bias,
        heat=heat,
        score=score,
    )


def _both_sides(weights: Numbers, bias: Numbers) -> tuple[Numbers, Numbers]:
    """Give each of two labels its own row: the library keeps one for both."""
    if len(bias) > 1:
        return weights, bias
    half = np.float32(0.5)
    return np.concatenate([-weights, weights]) * half, np.concatenate([-bias, bias]) * half


def _strongest(weights: Numbers) -> NDArray[np.intp]:
    strength = np.abs(weights).max(axis=0)
    if strength.size <= MOST_TRAITS:
        return np.arange(strength.size)
    return np.sort(np.argpartition(-strength, MOST_TRAITS)[:MOST_TRAITS])


def _rarity(lessons: Sequence[Lesson]) -> dict[str, float]:
    found = Counter(trait for lesson in lessons for trait in lesson.traits)
    return {trait: log((1 + len(lessons)) / (1 + count)) + 1 for trait, count in found.items()}


def _table(lessons: Sequence[Lesson], places: dict[str, int], rarity: dict[str, float]) -> csr_matrix:
    values: list[Numbers] = []
    columns: list[int] = []
    starts = [0]
    for lesson in lessons:
        values.append(
            weigh(lesson.traits, np.array([rarity[trait] for trait in lesson.traits], dtype=np.float32))
        )
        columns.extend(places[trait] for trait in lesson.traits)
        starts.append(len(columns))
    return csr_matrix((np.concatenate(values), columns, starts), shape=(len(lessons), len(places)))


def _can_learn(lessons: Sequence[Lesson]) -> bool:
    return len({one.label for one in lessons}) > 1


def _share(right: Iterable[bool]) -> float:
    said = list(right)
    return sum(said) / len(said)
