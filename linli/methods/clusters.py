"""Points on a plane fall into as many clusters as set them apart best, without any chance (聚类)."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Labels = NDArray[np.intp]
MOST_CLUSTERS = 5
# Kaufman and Rousseeuw 1990: what lies no higher has no substantial structure.
LEAST_APART = 0.25
# So many points tell how far clusters lie apart; of more every so-manieth is asked.
_ASKED = 2_000
_ROUNDS = 100


def divide(points: Points, *, least: int) -> tuple[Labels, Points]:
    """Put points into the clusters that lie apart best, none of fewer than ``least`` points (分组).

    Two to five clusters are tried; the widest average silhouette wins, the fewer on a tie. Where none lies
    apart there is one cluster. Returns the cluster of each point, and the centres.
    """
    best, highest = _whole(points), LEAST_APART
    asked = np.arange(0, len(points), max(1, -(-len(points) // _ASKED)))
    far = _distances(points[asked]) if len(points) >= 2 * least else np.empty((0, 0))
    centres = best[1]
    for number in range(2, MOST_CLUSTERS + 1):
        if len(points) < number * least:
            break
        labels, centres = _into(points, number, fewer=centres)
        if np.bincount(labels, minlength=number).min() < least:
            continue
        apart = _silhouette(far, labels[asked], number=number)
        if apart > highest:
            best, highest = (labels, centres), apart
    return best


def settle(points: Points, centres: Points, *, rounds: int = _ROUNDS) -> tuple[Labels, Points]:
    """Move centres to the middle of the points nearest to them until nothing moves (k 均值)."""
    labels = nearest(points, centres)
    for _ in range(rounds):
        sizes = np.bincount(labels, minlength=len(centres))
        sums = [np.bincount(labels, weights=axis, minlength=len(centres)) for axis in points.T]
        centres = np.where(
            sizes[:, None] > 0, np.stack(sums, axis=1) / np.maximum(sizes, 1)[:, None], centres
        )
        moved = nearest(points, centres)
        if (moved == labels).all():
            break
        labels = moved
    return labels, centres


def nearest(points: Points, centres: Points) -> Labels:
    """Return the centre nearest to each point, the first of those as near (最近的中心)."""
    found: Labels = _squares(points, centres).argmin(axis=1)
    return found


def _into(points: Points, number: int, *, fewer: Points) -> tuple[Labels, Points]:
    """Try every beginning, and keep the clusters that are tightest, the first of those as tight."""
    tried = [settle(points, centres) for centres in _beginnings(points, number, fewer=fewer)]
    loose = [float(((points - centres[labels]) ** 2).sum()) for labels, centres in tried]
    return tried[int(np.argmin(np.round(loose, 9)))]


def _beginnings(points: Points, number: int, *, fewer: Points) -> Iterator[Points]:
    """Begin in slices along either axis, from corner to corner, and with one more than the last number."""
    for axis in range(points.shape[1]):
        order = np.argsort(points[:, axis], kind="stable")
        yield np.stack([part.mean(axis=0) for part in np.array_split(points[order], number)])
    corners = points.mean(axis=0, keepdims=True)
    for _ in range(number):
        corners = _with_farthest(points, corners)
    yield corners[1:]
    yield _with_farthest(points, fewer)


def _with_farthest(points: Points, centres: Points) -> Points:
    farthest = _squares(points, centres).min(axis=1).argmax()
    return np.concatenate([centres, points[farthest : farthest + 1]])


def _whole(points: Points) -> tuple[Labels, Points]:
    middle = points.mean(axis=0, keepdims=True) if len(points) else np.zeros((1, points.shape[1]))
    return np.zeros(len(points), dtype=np.intp), middle


def _squares(points: Points, centres: Points) -> Points:
    apart = [(axis[:, None] - centre[None, :]) ** 2 for axis, centre in zip(points.T, centres.T, strict=True)]
    together: Points = np.add.reduce(apart)
    return together


def _distances(points: Points) -> Points:
    return np.sqrt(_squares(points, points))


def _silhouette(far: Points, labels: Labels, *, number: int) -> float:
    """Average how much nearer each point lies to its own cluster than to the next (轮廓系数)."""
    belongs = np.eye(number)[labels]
    sizes = belongs.sum(axis=0)
    sums = far @ belongs
    here = np.arange(len(labels))
    own = sums[here, labels] / np.maximum(sizes[labels] - 1, 1)
    others = sums / np.maximum(sizes, 1)
    others[:, sizes == 0] = np.inf
    others[here, labels] = np.inf
    next_best = others.min(axis=1)
    widest = np.maximum(own, next_best)
    alone = (sizes[labels] <= 1) | (widest == 0)
    apart = np.where(alone, 0.0, (next_best - own) / np.where(widest == 0, 1, widest))
    return round(float(apart.mean()), 9)
