"""Boxes around points and around places."""

from __future__ import annotations

from collections.abc import Iterable

from perftable_etl.document import Box, Place, Word


def around_points(points: Iterable[tuple[float, float]]) -> Box:
    """The smallest box that holds all of `points`, of which there must be at least one."""
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def around_words(words: Iterable[Word]) -> Box:
    """The smallest box that holds all of `words`, of which there must be at least one."""
    return Box.around(word.box for word in words)


def around_places(places: Iterable[Place]) -> Place:
    """The smallest place that holds all of `places`, of which there must be at least one, all on one page."""
    places = list(places)
    return Place(places[0].page, Box.around(place.box for place in places))
