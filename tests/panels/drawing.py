"""Draws a panel: units that publish their projects year by year, and of each link whether it is true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import count, pairwise
from random import Random
from typing import NamedTuple

from perftable_etl.linking.members import IndicatorMember, ProjectMember
from tests.panels.rewordings import REWORDINGS, printed_otherwise, renamed
from tests.panels.words import (
    ACTS,
    AUDIENCES,
    KINDS,
    LEVELS,
    MEASURES,
    OFFICES,
    OTHER_UNITS,
    PLACES,
    SIBLINGS,
    SUBJECTS,
    TOPICS,
)

YEARS = range(2020, 2026)


@dataclass(frozen=True)
class Thing:
    """An indicator as it goes through the years: `origins` are the entities that it is, several after a merger."""

    origins: frozenset[int]
    subject: str
    ending: str
    name: str
    level2: str
    unit: str
    value: int


@dataclass(frozen=True)
class Undertaking:
    """A project as it goes through the years."""

    origins: frozenset[int]
    topic: str
    act: str
    kind: str
    name: str
    funds: int
    things: tuple[Thing, ...] = field(default=())


class Panel(NamedTuple):
    """The projects of each unit in all years, and the pairs of ids that are the same from one year to the next."""

    units: tuple[tuple[ProjectMember, ...], ...]
    truth: frozenset[tuple[str, str]]


@dataclass
class _Unit:
    """A unit that is being drawn."""

    random: Random
    ids: Iterator[int]
    number: int

    def first_year(self) -> list[Undertaking]:
        return [self.project() for _ in range(self.random.randrange(3, 8))]

    def project(self) -> Undertaking:
        random = self.random
        topic, act, kind = random.choice(TOPICS), random.choice(ACTS), random.choice(KINDS)
        things = [self.thing() for _ in range(random.randrange(5, 13))]
        audience = random.choice(AUDIENCES)
        things.append(
            Thing(
                self.entity(),
                audience,
                "满意度",
                f"{audience}满意度",
                "服务对象满意度指标",
                "%",
                random.choice((85, 90, 95)),
            )
        )
        if random.random() < 0.3:
            things += self.siblings()
        return Undertaking(
            self.entity(), topic, act, kind, topic + act + kind, random.randrange(1, 900), _unlike(things)
        )

    def thing(self) -> Thing:
        measure, subject = self.random.choice(MEASURES), self.random.choice(SUBJECTS)
        value = self.random.randrange(measure.least, measure.most + 1)
        return Thing(
            self.entity(), subject, measure.ending, subject + measure.ending, measure.level2, measure.unit, value
        )

    def siblings(self) -> list[Thing]:
        """Two indicators that differ in one word."""
        one = self.thing()
        return [
            replace(one, origins=self.entity(), subject=word + one.subject, name=word + one.name)
            for word in self.random.choice(SIBLINGS)
        ]

    def entity(self) -> frozenset[int]:
        return frozenset([next(self.ids)])

    def next_year(self, before: Iterable[Undertaking]) -> list[Undertaking]:
        """What becomes of projects: most go on, some end, two become one, some are new."""
        going_on = [self.grown(project) for project in before if self.random.random() > 0.06]
        if len(going_on) > 2 and self.random.random() < 0.08:
            one, other, *rest = self.random.sample(going_on, len(going_on))
            going_on = [self.merged(one, other), *rest]
        if self.random.random() < 0.4:
            going_on.append(self.project())
        if self.random.random() < 0.06:
            going_on.append(self.twin(self.random.choice(going_on or [self.project()])))
        return going_on

    def twin(self, project: Undertaking) -> Undertaking:
        """Another project whose name differs in one word: the next phase of what may go on beside it."""
        new = self.project()
        word = self.random.choice(("二期", "三期", "农村", "配套设备"))
        return replace(new, topic=project.topic, name=f"{project.topic}{word}{project.act}{project.kind}")

    def merged(self, one: Undertaking, other: Undertaking) -> Undertaking:
        kept = [*one.things, *self.random.sample(other.things, max(1, len(other.things) * 2 // 3))]
        return replace(one, origins=one.origins | other.origins, funds=one.funds + other.funds, things=_unlike(kept))

    def grown(self, project: Undertaking) -> Undertaking:
        random = self.random
        things = [self.grown_thing(thing) for thing in project.things if random.random() > 0.08]
        things += [self.thing() for _ in range(random.choice((0, 0, 1, 1, 2)))]
        if things and random.random() < 0.08:
            things = self.with_sibling_exchanged(things)
        name = project.name
        if random.random() < 0.08:
            name = renamed(project.topic, project.act, project.kind, random)
        elif random.random() < 0.05:
            name = printed_otherwise(name, random)
        return replace(
            project, name=name, funds=max(1, project.funds + random.randrange(-20, 40)), things=_unlike(things)
        )

    def with_sibling_exchanged(self, things: list[Thing]) -> list[Thing]:
        """One indicator ends, and one begins that is named like it: a trap."""
        ended = self.random.choice(things)
        one, other = self.random.choice(SIBLINGS)
        rest = [thing for thing in things if thing is not ended]
        named = ended if ended.subject.startswith(one) else replace(ended, origins=self.entity())
        return [*rest, replace(named, origins=self.entity(), subject=other + ended.subject, name=other + ended.name)]

    def grown_thing(self, thing: Thing) -> Thing:
        random = self.random
        if random.random() < 0.35 and thing.unit != "%":
            thing = replace(thing, value=max(1, round(thing.value * random.uniform(0.7, 1.4))))
        if random.random() < 0.12:
            thing = replace(thing, name=random.choice(REWORDINGS)(thing.subject, thing.ending, random))
        elif random.random() < 0.05:
            thing = replace(thing, name=printed_otherwise(thing.name, random))
        if random.random() < 0.05 and thing.unit in OTHER_UNITS:
            thing = replace(thing, unit=random.choice(OTHER_UNITS[thing.unit]))
        if random.random() < 0.03:
            thing = replace(thing, level2=random.choice(LEVELS))
        return thing


def _unlike(things: Iterable[Thing]) -> tuple[Thing, ...]:
    """Indicators of which no two are printed alike, so that what is the same is beyond doubt."""
    seen: dict[tuple[str, str], Thing] = {}
    for thing in things:
        seen.setdefault(("", thing.name), thing)
    return tuple(seen.values())


def draw_panel(seed: int, units: int = 30) -> Panel:
    """A panel of so many units over six years."""
    random, ids, numbers = Random(seed), count(), count()
    drawn, truth = [], set[tuple[str, str]]()
    for number in range(units):
        unit = _Unit(random, ids, number)
        years = [unit.first_year()]
        for _ in YEARS[1:]:
            years.append(unit.next_year(years[-1]))
        name = PLACES[number % len(PLACES)] + "区" + OFFICES[number // len(PLACES) % len(OFFICES)]
        published = [
            [_published(project, name, year, numbers) for project in sorted(of_year, key=lambda one: random.random())]
            for year, of_year in zip(YEARS, years, strict=True)
        ]
        drawn.append(tuple(project for of_year in published for project, _ in of_year))
        for before, after in pairwise(published):
            truth.update(_same(before, after))
    return Panel(tuple(drawn), frozenset(truth))


Entities = dict[str, frozenset[int]]


def _published(project: Undertaking, unit: str, year: int, numbers: Iterator[int]) -> tuple[ProjectMember, Entities]:
    """A project as a form prints it, and who its members are."""
    entities: Entities = {}
    indicators = []
    for thing in project.things:
        member = f"i{next(numbers)}"
        entities[member] = thing.origins
        indicators.append(
            IndicatorMember(member, "year", "", thing.level2, thing.name, str(Decimal(thing.value)), thing.unit)
        )
    member = f"p{next(numbers)}"
    entities[member] = project.origins
    form = ProjectMember(
        member, unit, unit, "declaration", year, project.name, str(project.funds * 10000), 1, tuple(indicators)
    )
    return form, entities


def _same(
    before: Iterable[tuple[ProjectMember, Entities]], after: Iterable[tuple[ProjectMember, Entities]]
) -> Iterator[tuple[str, str]]:
    """The pairs of members of two years that are of one entity."""
    of_entity: dict[int, list[str]] = {}
    for _, entities in after:
        for member, origins in entities.items():
            for origin in origins:
                of_entity.setdefault(origin, []).append(member)
    for _, entities in before:
        for member, origins in entities.items():
            for origin in origins:
                yield from ((member, later) for later in of_entity.get(origin, ()))
