"""One member of a year to one of another: which pairs are beyond doubt, and which a person should see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple


class Pair(NamedTuple):
    """Two members by their numbers in their years, how alike they are, and whether they may be linked unseen."""

    score: float
    earlier: int
    later: int
    is_sure: bool

    @property
    def rank(self) -> tuple[float, int, int]:
        """The best first; of equals those that stand first."""
        return -self.score, self.earlier, self.later


class Pairing(NamedTuple):
    """Pairs of which no member is in two: those beyond doubt, and the best of the others."""

    sure: tuple[Pair, ...]
    doubtful: tuple[Pair, ...]


MARGIN = 0.08
"""By how much a pair must be better than any other of its members."""

_SECOND = 2


def paired(candidates: Iterable[Pair]) -> Pairing:
    """Pairs of these candidates, the best first.

    A pair is beyond doubt where it is sure and no other pair of its members comes near it.
    """
    ranked = sorted(candidates, key=lambda pair: pair.rank)
    rivals = _Rivals(ranked)
    sure = [pair for pair in ranked if pair.is_sure and rivals.best_beside(pair) <= pair.score - MARGIN]
    return Pairing(tuple(sure), tuple(_left(ranked, sure)))


class _Rivals:
    """The two best scores of each member."""

    def __init__(self, ranked: Iterable[Pair]) -> None:
        self._earlier: dict[int, list[float]] = {}
        self._later: dict[int, list[float]] = {}
        for pair in ranked:
            for best in (self._earlier.setdefault(pair.earlier, []), self._later.setdefault(pair.later, [])):
                if len(best) < _SECOND:
                    best.append(pair.score)

    def best_beside(self, pair: Pair) -> float:
        """The best score that a member of the pair has with another."""
        return max(_beside(self._earlier[pair.earlier], pair.score), _beside(self._later[pair.later], pair.score))


def _beside(best: Sequence[float], score: float) -> float:
    """The best of a member's scores but for one of them."""
    others = list(best)
    if score in others:
        others.remove(score)
    return max(others, default=0.0)


def _left(ranked: Sequence[Pair], sure: Sequence[Pair]) -> Iterator[Pair]:
    """The best pairs of what is in no sure one."""
    earlier, later = {pair.earlier for pair in sure}, {pair.later for pair in sure}
    for pair in ranked:
        if pair.earlier not in earlier and pair.later not in later:
            earlier.add(pair.earlier)
            later.add(pair.later)
            yield pair
