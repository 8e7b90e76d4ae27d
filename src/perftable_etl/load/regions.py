"""The regions of China by name: which one a text begins with, as far as that is sure.

The list is regions.tsv, with the codes of GB/T 2260; scripts/regions.py makes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

RegionLevel = Literal["provincial", "municipal", "county"]

_SHORTEST_SURE = 3
"""Two characters (城区, 矿区) are words too; only below a region that is named are they a county."""


_DIGITS = {"provincial": 2, "municipal": 4, "county": 6}
"""How many digits of its code a region shares with those that lie in it."""


class Region(NamedTuple):
    """A province, city or county, by its code of six digits and its name."""

    code: str
    name: str

    @property
    def level(self) -> RegionLevel:
        """Which government's it is."""
        if self.code.endswith("0000"):
            return "provincial"
        return "municipal" if self.code.endswith("00") else "county"

    def holds(self, other: Region) -> bool:
        """Whether the other one lies in it."""
        return self != other and other.code.startswith(self.code[: _DIGITS[self.level]])


class Regions(NamedTuple):
    """All regions: by their names, and by those short names that count only before the name of another one."""

    year: int
    named: Mapping[str, tuple[Region, ...]]
    short: Mapping[str, tuple[Region, ...]]
    by_code: Mapping[str, Region]


class RegionPrefix(NamedTuple):
    """The region that a text begins with, and what is left of the text."""

    region: Region | None
    rest: str


@cache
def regions() -> Regions:
    """The list that comes with the package."""
    lines = (files("perftable_etl.load") / "regions.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    listed = [(Region(code, name), name, shorter) for code, name, *shorter in rows]
    return Regions(
        year=next(int(line.rpartition(" ")[2]) for line in lines if line.startswith("# Year: ")),
        named=_grouped((each, region) for region, name, others in listed for each in _full(region, name, others)),
        short=_grouped((each, region) for region, _, others in listed for each in _before_others(region, others)),
        by_code={region.code: region for region, _, _ in listed},
    )


def full_name(region: Region) -> str:
    """The names of a region and of those that it lies in, from the largest: 云南省临沧市永德县."""
    codes = dict.fromkeys((region.code[:2] + "0000", region.code[:4] + "00", region.code))
    return "".join(regions().by_code[code].name for code in codes if code in regions().by_code)


def begins_with(text: str, within: Region | None = None) -> RegionPrefix:
    """The region that a name begins with, its smallest part: 上海市浦东新区教育局 is of 浦东新区.

    `within` is where it must lie if its name says no more. A name that several regions have says none.
    """
    short = _first(text, regions().short, within)
    if short.region:
        inner = _first(short.rest, regions().named, short.region)
        if inner.region and short.region.holds(inner.region):
            return _smallest(inner)
    return _smallest(_first(text, regions().named, within))


def _smallest(found: RegionPrefix) -> RegionPrefix:
    """The same, with the regions below it that follow."""
    while found.region:
        inner = _first(found.rest, regions().named, found.region)
        if inner.region is None or not found.region.holds(inner.region):
            return found
        found = inner
    return found


def _first(text: str, names: Mapping[str, tuple[Region, ...]], within: Region | None) -> RegionPrefix:
    """The region of the longest name that the text begins with."""
    for length in range(min(_LONGEST, len(text)), 1, -1):
        candidates = names.get(text[:length])
        if candidates:
            return RegionPrefix(_only(candidates, within, length), text[length:])
    return RegionPrefix(None, text)


_LONGEST = 15
"""The longest name of a region."""


def _only(candidates: tuple[Region, ...], within: Region | None, length: int) -> Region | None:
    """The one that is meant, where that is sure."""
    inner = [region for region in candidates if within and within.holds(region)]
    if len(inner) == 1:
        return inner[0]
    sure = len(candidates) == 1 and (length >= _SHORTEST_SURE or candidates[0].level == "provincial")
    return candidates[0] if sure else None


def _full(region: Region, name: str, others: Iterable[str]) -> Iterator[str]:
    """The names that stand for a region by themselves: 楚雄州 does, 云南 does not."""
    yield name
    if region.level != "provincial":
        yield from others


def _before_others(region: Region, others: Iterable[str]) -> Iterable[str]:
    return others if region.level == "provincial" else ()


def _grouped(pairs: Iterator[tuple[str, Region]]) -> Mapping[str, tuple[Region, ...]]:
    grouped: dict[str, tuple[Region, ...]] = {}
    for name, region in pairs:
        grouped[name] = (*grouped.get(name, ()), region)
    return grouped
